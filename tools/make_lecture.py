"""Write what a lecture is served from: the lessons in each language, the template with its entry page, and the notes.

    python -m tools.make_lecture build/lecture

The notes become files that only the presenter's window asks for: no page that is projected holds them.
"""

import json
import re
import shutil
import sys
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import nbformat

from tools.notes import NOTES, sections
from tools.translation.catalogues import path_of, read, words
from tools.translation.units import in_other_words

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = Path("jupyter", "voila", "templates", "lecture")
LANGUAGES = ("en", "ja")

_LESSON = """<li><a href="{{{{ base_url }}}}voila/render/{file}"><b>{title}</b> <span lang="ja">{japanese}</span></a>
<span class="minutes">{minutes}</span><ul>{claims}</ul></li>"""
_MINUTES = {"en": r"[^.;]* minutes", "ja": r"[^。、]*分"}


def notes_of(notebook: Any, name: str, language: str = "en") -> dict[str, str]:
    """The notes of a lesson by the names of their slides. Raises ValueError for a section whose tag no cell has."""
    path = NOTES / f"{name[:2]}.md"
    told = sections(path.read_text("utf-8")) if path.exists() else {}
    tags = {"start"}.union(*(cell.metadata.get("tags", []) for cell in notebook.cells))
    if told.keys() - tags:
        raise ValueError(f"{path.name}: no cell has the tag {', '.join(sorted(told.keys() - tags))}")
    return told if language == "en" else in_language(told, name, language)


def in_language(told: Mapping[str, str], name: str, language: str) -> dict[str, str]:
    """The notes of a lesson in another language."""
    said = words(read(path_of(name, language), language))
    return {slide: in_other_words(text, lambda unit: said.get(unit, unit)) for slide, text in told.items()}


def entry(notebook: Any, file: str, notes: dict[str, str], language: str = "en") -> str:
    """A lesson on the entry page: its title, its claims, and how many minutes it takes."""
    first = next(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    title, _, japanese = first.splitlines()[0].removeprefix("# ").partition(" · ")
    minutes = re.match(_MINUTES[language], notes.get("start", ""))
    claims = re.findall(r"(?m)^\| (\d\d\.\d+) \| (.*?) \|$", first)
    return _LESSON.format(
        file=file,
        title=escape(title),
        japanese=escape(japanese),
        minutes=escape(minutes[0] if minutes else ""),
        claims="".join(f"<li>{number} {_plain(claim)}</li>" for number, claim in claims),
    )


def _plain(markdown: str) -> str:
    """A claim as HTML: its code spans and what is stressed as such, and nothing else of it markup."""
    told = re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(markdown))
    return re.sub(r"\*([^*<]+)\*", r"<em>\1</em>", told).replace("{", "&#123;").replace("}", "&#125;")


def main(directory: str) -> None:
    """Write everything into a directory; what was there is replaced."""
    made = Path(directory)
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(ROOT / "notebooks", made / "notebooks", ignore=shutil.ignore_patterns("*.md", ".*"))
    shutil.copytree(ROOT / "lecture" / "voila" / "templates" / "lecture", made / TEMPLATE)
    for language in LANGUAGES:
        _write(made, language)


def _write(made: Path, language: str) -> None:
    """The notes and the entry page in a language, and what the pages say in it."""
    static, edition = made / TEMPLATE / "static", "" if language == "en" else f"{language}/"
    (static / "notes" / edition).mkdir(parents=True, exist_ok=True)
    entries = []
    for path in sorted((ROOT / "notebooks" / edition).glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        notes = notes_of(notebook, path.stem, language)
        held = json.dumps(notes, ensure_ascii=False)
        (static / "notes" / edition / f"{path.stem}.json").write_text(held, "utf-8")
        entries.append(entry(notebook, f"{edition}{path.name}", notes, language))
    (made / TEMPLATE / f"lessons_{language}.html").write_text("\n".join(entries), "utf-8")
    if language != "en":
        said = words(read(path_of("simlib", language), language))
        (static / f"words_{language}.json").write_text(json.dumps(said, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
