"""Lanes beside an axis, mostly one of time: stretches, marks, arrows from lane to lane, curves, and bands behind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from simlib.lab.pictures.drawing import Span


class Lane(NamedTuple):
    """A lane with its name at the left; ``note`` stands at its right end, ``rows`` is its height."""

    name: str
    note: str = ""
    rows: float = 1


class Stretch(NamedTuple):
    """Something that lasts; ``row`` is its place in the lane, from the top, ``high`` its height as a share of a row.

    ``text`` stands in it as far as it has room, ``after`` behind it.
    """

    lane: int
    begin: float
    end: float
    kind: str
    told: str
    text: str = ""
    row: float = 0
    high: float = 1
    after: str = ""


class Mark(NamedTuple):
    """Something of a moment; a tall one hangs on a thread from the uppermost lane."""

    lane: int
    at: float
    kind: str
    told: str
    text: str = ""
    row: float = 0
    tall: bool = False


class Arrow(NamedTuple):
    """Something that goes from one lane to another."""

    lane: int
    begin: float
    to: int
    end: float
    kind: str
    told: str
    text: str = ""


class Band(NamedTuple):
    """What holds for some lanes, from the first to the last, for a while."""

    first: int
    last: int
    begin: float
    end: float
    kind: str
    told: str
    text: str = ""


class Curve(NamedTuple):
    """A value that holds until the next point; ``top`` is the highest that the lane shows, limits are lines across."""

    lane: int
    points: tuple[tuple[float, float], ...]
    top: float
    kind: str
    told: str
    limits: tuple[tuple[float, str], ...] = ()
    filled: bool = True


@dataclass(frozen=True)
class Lanes:
    """A part of a drawing: all that stands along one axis."""

    axis: Span
    lanes: Sequence[Lane]
    spans: Sequence[Stretch] = ()
    marks: Sequence[Mark] = ()
    arrows: Sequence[Arrow] = ()
    bands: Sequence[Band] = ()
    curves: Sequence[Curve] = ()
    kind: Literal["lanes"] = field(default="lanes", init=False)

    def data(self) -> dict[str, Any]:
        """All of it as the page wants it."""
        parts = ("lanes", "spans", "marks", "arrows", "bands", "curves")
        return {"axis": vars(self.axis), **{name: [one._asdict() for one in getattr(self, name)] for name in parts}}

    def things(self) -> list[str]:
        """What is told of each thing on it, in order."""
        every: list[Band | Curve | Stretch | Arrow | Mark] = [*self.bands, *self.curves, *self.spans]
        return [one.told for one in (*every, *self.arrows, *self.marks)]


def beside_each_other(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same with rows, so that what overlaps in a lane does not lie on top of each other."""
    free: dict[int, list[float]] = {}  # lane → the end of what lies in each row
    placed = []
    for one in sorted(stretches, key=lambda one: (one.begin, one.end)):
        rows = free.setdefault(one.lane, [])
        row = next((n for n, end in enumerate(rows) if end <= one.begin), len(rows))
        rows[row : row + 1] = [one.end]
        placed.append(one._replace(row=row))
    return placed


def rows_in(stretches: Iterable[Stretch], lane: int) -> int:
    """How many rows a lane needs for these."""
    return max((int(one.row) + 1 for one in stretches if one.lane == lane), default=1)
