"""Bring the translations up to date with the English, and make from them what readers of that language open.

    python -m tools.translate

What is new in English, or has changed there, then stands in translations/ja without its Japanese, or with a fuzzy one
beside it: write it there, and run this again. What lacks its translation stays English until then.
"""

import json
from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from shutil import copytree

import nbformat
from babel.messages.mofile import write_mo

from simlib.lab.screen import texts_in
from simlib.language import CELL
from tools.translation.catalogues import ROOT, Source, as_text, brought_up_to_date, entries, path_of, read, words
from tools.translation.code import texts_of_code
from tools.translation.notebooks import in_language
from tools.translation.screen import screen_of
from tools.translation.sources import DOCUMENTS, LESSONS, lessons, notes_on, prose_of, units_of
from tools.translation.units import in_other_words

LANGUAGE = "ja"
DATE = datetime(1998, 7, 1, tzinfo=UTC)  # in the header of what is compiled: the same texts make the same file
EXTENSION = ROOT / "jupyter/labextensions/simlib-workbook/static" / f"words_{LANGUAGE}.json"
COMPILED = ROOT / "simlib" / "translations"


def main() -> None:
    """Bring each catalogue up to date, and make the notebooks and what the code looks its texts up in."""
    for name, sources in all_sources().items():
        path = path_of(name, LANGUAGE)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_text(brought_up_to_date(read(path, LANGUAGE), sources)), "utf-8")
    COMPILED.mkdir(exist_ok=True)
    (COMPILED / f"{LANGUAGE}.mo").write_bytes(compiled())
    EXTENSION.write_text(words_of_pages(), "utf-8")
    made = LESSONS / LANGUAGE
    made.mkdir(exist_ok=True)
    for name in DOCUMENTS:
        place_of(name).write_text(translated_document(name), "utf-8")
    for notebook in lessons():
        (made / notebook.name).write_text(translated_notebook(notebook.stem), "utf-8")
    copytree(LESSONS / "files", made / "files", dirs_exist_ok=True)


def words_of_pages() -> str:
    """What the extension of JupyterLab says, for its own pages."""
    said = words(read(path_of("simlib", LANGUAGE), LANGUAGE))
    texts = [text for path in sorted(EXTENSION.parent.glob("*.js")) for text in texts_in(path.read_text("utf-8"))]
    return json.dumps({text: said.get(text, text) for text in texts}, ensure_ascii=False, indent=1) + "\n"


def all_sources() -> dict[str, list[Source]]:
    """What there is to translate, by the name of its catalogue.

    What several lessons have on their screens stands with the texts of the code, so that all of them call it the same.
    """
    code = list(texts_of_code())
    known = {source.text for source in code}
    screens = {path: screen_of(path) for path in lessons()}
    texts = Counter(text for screen in screens.values() for text in screen.texts if text not in known)
    cells = Counter(word for screen in screens.values() for word in screen.cells)
    code += [Source(text, "lessons", "screen") for text, many in texts.items() if many > 1]
    code += [Source(word, "lessons", "cell", CELL) for word, many in cells.items() if many > 1]
    held = {}
    for path, screen in screens.items():
        own = [Source(text, path.name, "screen") for text in screen.texts if texts[text] == 1]
        own += [Source(word, path.name, "cell", CELL) for word in screen.cells if cells[word] == 1]
        held[path.stem] = [*prose_of(path), *notes_on(path), *own]
    documents = {name: list(units_of(name)) for name in DOCUMENTS}
    return {**held, **documents, "simlib": code}


def translated_notebook(name: str) -> str:
    """A lesson in the other language, as it is kept."""
    notebook = nbformat.read(LESSONS / f"{name}.ipynb", as_version=4)
    said = words(read(path_of(name, LANGUAGE), LANGUAGE))
    units = {source.text for source in prose_of(LESSONS / f"{name}.ipynb")}
    return nbformat.writes(in_language(notebook, {text: said.get(text, text) for text in units}, LANGUAGE)) + "\n"


def place_of(document: str) -> Path:
    """Where a document stands in the other language."""
    return ROOT / DOCUMENTS[document][1].format(language=LANGUAGE)


def translated_document(name: str) -> str:
    """A document in the other language."""
    said = words(read(path_of(name, LANGUAGE), LANGUAGE))
    return in_other_words(DOCUMENTS[name][0].read_text("utf-8"), lambda text: said.get(text, text)) + "\n"


def compiled() -> bytes:
    """What the code looks up while it runs: its own texts, and those that lessons put on the screen."""
    whole = read(path_of("simlib", LANGUAGE), LANGUAGE)
    for path in lessons():
        for entry in entries(read(path_of(path.stem, LANGUAGE), LANGUAGE)):
            if "screen" in entry.auto_comments or entry.context:
                whole.add(entry.id, entry.string, flags=entry.flags, context=entry.context)
    whole.creation_date = whole.revision_date = DATE
    buffer = BytesIO()
    write_mo(buffer, whole)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
