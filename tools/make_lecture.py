"""Write the notebooks as they are shown in a lecture: with the lecturer's notes, which no student's copy has.

    python tools/lecture_notebooks.py build/lecture

The notes of a lesson stand in lecture/notes, a section for each slide that has some: ``## start`` for the first one,
and for the others the tag of a cell on it, such as ``## ask-04.1``.
"""

import re
import shutil
import sys
from pathlib import Path
from typing import Any

import nbformat

ROOT = Path(__file__).resolve().parent.parent
NOTES = ROOT / "lecture" / "notes"


def sections(text: str) -> dict[str, str]:
    """The notes of a lesson: the name of each section, and what stands under it."""
    parts = re.split(r"(?m)^## +(\S+) *$", text)[1:]
    return {name: words.strip() for name, words in zip(parts[::2], parts[1::2], strict=True)}


def with_notes(notebook: Any, notes: dict[str, str]) -> Any:
    """Put the notes behind their cells. Raises ValueError for a section whose tag no cell has."""
    cells, left = [], dict(notes)
    for number, cell in enumerate(notebook.cells):
        cells.append(cell)
        names = ["start"] if number == 0 else cell.metadata.get("tags", [])
        for words in [left.pop(name) for name in names if name in left]:
            note = nbformat.v4.new_markdown_cell(f"*For the lecturer.* {words}")
            note.metadata["slideshow"] = {"slide_type": "notes"}
            cells.append(note)
    if left:
        raise ValueError(f"no cell has the tag {', '.join(left)}")
    notebook.cells = cells
    return notebook


def main(directory: str) -> None:
    """Write all lessons, and the files beside them, into a directory; what was there is replaced."""
    made = Path(directory)
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(ROOT / "notebooks", made, ignore=shutil.ignore_patterns("*.ipynb", ".*"))
    for path in sorted(ROOT.glob("notebooks/*.ipynb")):
        held = nbformat.read(path, as_version=4)
        notes = NOTES / f"{path.name[:2]}.md"
        told = sections(notes.read_text("utf-8")) if notes.exists() else {}
        (made / path.name).write_text(nbformat.writes(with_notes(held, told)) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
