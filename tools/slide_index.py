"""Write notebooks/slide_index.md: for each slide of the lecture its claims, and the cells that show them.

``python tools/slide_index.py``. The claims are those of the notebooks' tables, the cells those with a claim's tag.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
INDEX = NOTEBOOKS / "slide_index.md"
SLIDES = {  # topic -> slides of the lecture
    "01": "1-2", "02": "3", "03": "4", "04": "5-6", "05": "7-8", "06": "9-10", "07": "11-13", "08": "14", "09": "15",
    "10": "16", "11": "17", "12": "18-19", "13": "20-21", "14": "22-23", "15": "20, 24", "16": "25", "17": "26-27",
}  # fmt: skip
HEAD = """# From slide to cell · スライド索引

For each slide of the lecture its claims, and the cells that show them: the place of the cell in its notebook, and what
it stands under. Made by `python tools/slide_index.py`.
"""


def index() -> str:
    """The page."""
    topics = [path for path in sorted(NOTEBOOKS.glob("*.ipynb")) if path.name[:2] in SLIDES]
    return "\n".join([HEAD, *(section(path) for path in topics)])


def section(path: Path) -> str:
    """The claims of one notebook."""
    cells = nbformat.read(path, as_version=4).cells
    title = cells[0].source.splitlines()[0].lstrip("# ")
    rows = [f"| {claim} | {text} | {', '.join(shown(cells, claim)) or '—'} |" for claim, text in claims(cells)]
    topic = path.name[:2]
    slides = "slides" if re.search(r"[-,]", SLIDES[topic]) else "slide"
    head = f"## [{title}]({path.name}) ({slides} {SLIDES[topic]})"
    return "\n".join([head, "", "| | claim | shown in |", "|---|---|---|", *rows, ""])


def claims(cells: list[nbformat.NotebookNode]) -> Iterator[tuple[str, str]]:
    """The claims that a notebook's own table names."""
    for cell in cells[:3]:
        yield from re.findall(r"(?m)^\| ?\**(\d\d\.\d)\**[^|]*\| *(.*?) *\|", cell.source)


def shown(cells: list[nbformat.NotebookNode], claim: str) -> Iterator[str]:
    """The cells that show a claim: their number, and the heading over them if it is another than before."""
    heading = last = ""
    for number, cell in enumerate(cells, 1):
        if cell.cell_type == "markdown" and (found := re.search(r"(?m)^#{2,3} (.*)$", cell.source)):
            heading = found[1]
        if f"claim-{claim}" in cell.metadata.get("tags", []):
            yield f"{number}" if heading == last else f"{number} “{heading}”"
            last = heading


if __name__ == "__main__":
    INDEX.write_text(index(), encoding="utf-8")
