"""Places and the streams of mail between them, as wide as what has flowed until a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from simlib.lab.pictures.drawing import Span


class Place(NamedTuple):
    """A place on the map, ``x`` from the left and ``y`` from the top, both from 0 to 1.

    ``steps``: (time, text), what stands in it from then on. ``note`` always stands there.
    """

    name: str
    x: float
    y: float
    told: str
    note: str = ""
    steps: Sequence[tuple[float, str]] = ()


class Stream(NamedTuple):
    """What flows from one place to another; ``steps``: (time, amount, text), sums until then."""

    start: int
    end: int
    kind: str
    told: str
    steps: Sequence[tuple[float, float, str]]


@dataclass(frozen=True)
class Streams:
    """A part of a drawing: a map of places, and streams between them."""

    axis: Span
    places: Sequence[Place]
    streams: Sequence[Stream]
    kind: Literal["streams"] = field(default="streams", init=False)

    def data(self) -> dict[str, Any]:
        """All of it as the page wants it."""
        return {
            "axis": vars(self.axis),
            "places": [one._asdict() for one in self.places],
            "streams": [one._asdict() for one in self.streams],
        }

    def things(self) -> list[str]:
        """What is told of each thing on it, in order."""
        return [*(one.told for one in self.streams), *(one.told for one in self.places)]
