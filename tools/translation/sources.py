"""What of a lesson is translated: its prose and the lecturer's notes on it."""

from collections.abc import Iterator
from pathlib import Path

import nbformat

from tools.notes import NOTES, sections
from tools.translation.catalogues import ROOT, Source
from tools.translation.units import units

LESSONS = ROOT / "notebooks"
DOCUMENTS = {  # the English, and where it is in another language
    "README": (ROOT / "README.md", "README.{language}.md"),
    "glossary": (LESSONS / "glossary.md", "notebooks/{language}/glossary.md"),
}


def lessons() -> list[Path]:
    """The notebooks of all lessons, in English."""
    return sorted(LESSONS.glob("*.ipynb"))


def prose_of(notebook: Path) -> Iterator[Source]:
    """The prose of a lesson; a place is a cell's id, which stays when cells are moved."""
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type == "markdown":
            for unit in units(cell.source):
                yield Source(unit.text, f"{notebook.name}:{cell.id}", unit.kind)


def units_of(document: str) -> Iterator[Source]:
    """A document that readers open beside the lessons."""
    path, _ = DOCUMENTS[document]
    for unit in units(path.read_text("utf-8")):
        yield Source(unit.text, path.name, unit.kind)


def notes_on(notebook: Path) -> Iterator[Source]:
    """What the lecturer is told of a lesson."""
    path = NOTES / f"{notebook.name[:2]}.md"
    for name, text in sections(path.read_text("utf-8")).items():
        for unit in units(text):
            yield Source(unit.text, f"lecture/notes/{path.name}:{name}", "note")
