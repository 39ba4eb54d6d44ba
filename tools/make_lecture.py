"""Write what a lecture is served from: the lessons in each language, the template with its entry page, and the notes.

    python -m tools.make_lecture build/lecture

The notes become files that only the presenter's window asks for: no page that is projected holds them.
"""

import json
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

import nbformat

from tools.notes import NOTES, sections
from tools.translation.catalogues import path_of, read, words
from tools.translation.units import in_other_words

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = Path("jupyter", "voila", "templates", "lecture")
STATIC = ROOT / "lecture" / "voila" / "templates" / "lecture" / "static"
LANGUAGES = ("en", "ja")

_LESSON = """<li><a href="{href}"><b>{title}</b> <span lang="ja">{japanese}</span></a>
<span class="minutes">{minutes}</span>{more}<ul>{claims}</ul></li>"""
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


def entry(notebook: Any, href: str, notes: dict[str, str], language: str = "en", more: str = "") -> str:
    """A lesson on an entry page: its title, its claims, how many minutes it takes, and ``more`` as HTML."""
    first = next(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    title, _, japanese = first.splitlines()[0].removeprefix("# ").partition(" · ")
    minutes = re.match(_MINUTES[language], notes.get("start", ""))
    claims = re.findall(r"(?m)^\| (\d\d\.\d+) \| (.*?) \|$", first)
    return _LESSON.format(
        href=href,
        more=more,
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
    shutil.copytree(STATIC.parent, made / TEMPLATE)
    for language in LANGUAGES:
        _write(made, language)


def _write(made: Path, language: str) -> None:
    """The entry page in a language, the notes, and what the pages say in it."""
    write_notes(made / TEMPLATE / "static", language)
    entries = [
        entry(held, f"{{{{ base_url }}}}voila/render/{file}", notes, language)
        for file, held, notes in lessons(language)
    ]
    (made / TEMPLATE / f"lessons_{language}.html").write_text("\n".join(entries), "utf-8")


def write_notes(static: Path, language: str) -> None:
    """The notes of all lessons in a language, a file each, and what the pages say in it."""
    folder = static / "notes" / _folder(language)
    folder.mkdir(parents=True, exist_ok=True)
    for file, _, notes in lessons(language):
        told = json.dumps(notes, ensure_ascii=False)
        (folder / f"{Path(file).stem}.json").write_text(told, "utf-8")
    if language != "en":
        said = words(read(path_of("simlib", language), language))
        (static / f"words_{language}.json").write_text(json.dumps(said, ensure_ascii=False), "utf-8")


def lessons(language: str) -> Iterator[tuple[str, Any, dict[str, str]]]:
    """Each lesson of an edition: its path within notebooks/, the notebook, and its notes."""
    for path in sorted((ROOT / "notebooks" / _folder(language)).glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        yield f"{_folder(language)}{path.name}", notebook, notes_of(notebook, path.stem, language)


def _folder(language: str) -> str:
    return "" if language == "en" else f"{language}/"


if __name__ == "__main__":
    main(sys.argv[1])
