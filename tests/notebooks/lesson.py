"""A lesson as it is committed, cell by cell; and the lesson run in this process, with what its cells end with."""

import ast
import linecache
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted(ROOT.glob("notebooks/*.ipynb"))
CLAIMS = {  # of each topic of the lecture
    "01": 7, "02": 4, "03": 4, "04": 5, "05": 6, "06": 4, "07": 9, "08": 4, "09": 5, "10": 4, "11": 3, "12": 6, "13": 4,
    "14": 6, "15": 5, "16": 4, "17": 8,
}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One cell: what stands in it, and what it showed when it was committed."""

    number: int
    kind: str
    source: str
    tags: tuple[str, ...]
    slide: str
    outputs: tuple[Any, ...] = ()

    @property
    def asks(self) -> str:
        """The question that it asks, if it asks one."""
        return next((tag.removeprefix("ask-") for tag in self.tags if tag.startswith("ask-")), "")

    @property
    def ends_with(self) -> str:
        """The function that it calls at its end, such as ``lab.predict``; what it is otherwise is empty."""
        body = ast.parse(self.source).body if self.kind == "code" else []
        last = body[-1].value if body and isinstance(body[-1], ast.Expr) else None
        return ast.unparse(last.func) if isinstance(last, ast.Call) else ""

    @property
    def text(self) -> str:
        """What it showed, as text."""
        return "\n".join(one.get("text") or one.get("data", {}).get("text/plain", "") for one in self.outputs)


def cells_of(path: Path) -> list[Cell]:
    """The cells of a lesson."""
    held = nbformat.read(path, as_version=4).cells
    return [
        Cell(
            number,
            cell.cell_type,
            cell.source,
            tuple(cell.metadata.get("tags", ())),
            cell.metadata.get("slideshow", {}).get("slide_type", ""),
            tuple(cell.get("outputs", ())),
        )
        for number, cell in enumerate(held)
    ]


def run(path: Path) -> list[tuple[Cell, Any]]:
    """Each code cell of a lesson with the value of its last line, which a notebook would show."""
    with chdir(path.parent):  # where its files are
        return list(_run(path))


def _run(path: Path) -> Iterator[tuple[Cell, Any]]:
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in (one for one in cells_of(path) if one.kind == "code"):
        body = ast.parse(cell.source).body
        last = ast.Expression(body.pop().value) if body and isinstance(body[-1], ast.Expr) else None
        place = f"<{path.name} cell {cell.number}>"
        linecache.cache[place] = (len(cell.source), None, cell.source.splitlines(keepends=True), place)  # for inspect
        exec(compile(ast.Module(body, []), place, "exec"), names)
        yield cell, eval(compile(last, place, "eval"), names) if last else None
