"""Boxes in a grid, each with what became of it as it stands at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from simlib.lab.pictures.drawing import Span


class Box(NamedTuple):
    """A box; ``steps``: (time, kind, text), what it is and what stands in it from then on."""

    name: str
    told: str
    steps: Sequence[tuple[float, str, str]]
    note: str = ""


@dataclass(frozen=True)
class Boxes:
    """A part of a drawing: boxes, so many in a row."""

    axis: Span
    boxes: Sequence[Box]
    columns: int
    kind: Literal["boxes"] = field(default="boxes", init=False)

    def data(self) -> dict[str, Any]:
        """All of it as the page wants it."""
        return {"axis": vars(self.axis), "boxes": [one._asdict() for one in self.boxes], "columns": self.columns}

    def things(self) -> list[str]:
        """What is told of each thing on it, in order."""
        return [one.told for one in self.boxes]
