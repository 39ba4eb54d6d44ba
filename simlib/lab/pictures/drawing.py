"""A drawing as data: what a picture of a run shows, its key, its key numbers; and the same as text."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol

from simlib.lab.numbers import Number, block, in_words, time_unit
from simlib.language import phrase

if TYPE_CHECKING:
    from simlib.lab.pictures.stage import Stage

# Tones: each is a colour, a pattern and a shape together; the page knows which.
GOOD, WAITS, BAD, OTHER, FURTHER, PALE, LIGHT, INK = range(8)

MOST_THINGS = 400  # on one drawing; of more, one of every few is drawn, and the title says so

HINT = "Point at anything, or reach it with Tab and the arrow keys, to read here what it is."


@dataclass(frozen=True)
class Span:
    """Where an axis begins and ends, in seconds where it is one of time; ``size`` is the length of its unit in these.

    ``timed``: it is time that can be played.
    """

    begin: float
    end: float
    name: str = "time since the start"
    unit: str = ""
    size: float = 1.0
    timed: bool = True


def time_span(end: float, begin: float = 0.0) -> Span:
    """An axis of time in the unit that fits it."""
    unit, size = time_unit(end - begin)
    return Span(begin, max(end, begin + 1e-3), unit=unit, size=size)


class Part(Protocol):
    """What a drawing consists of: lanes, tapes, streams or boxes."""

    @property
    def kind(self) -> Literal["lanes", "tapes", "streams", "boxes"]:
        """The program of the page that draws it."""

    def data(self) -> dict[str, Any]:
        """All of it as the page wants it."""

    def things(self) -> list[str]:
        """What is told of each thing on it, in order."""


@dataclass(frozen=True)
class Drawing:
    """What a picture function makes of a trace.

    ``key``: what each kind of thing is called, and its tone. ``numbers`` are the picture's key numbers, by name: as
    text they are its alternative, and what a notebook's test compares. ``hint`` stands below until something is told.
    """

    title: str
    part: Part
    key: dict[str, int]
    numbers: dict[str, Number] = field(default_factory=dict)
    hint: str = HINT
    wide: ClassVar[bool] = False

    def __repr__(self) -> str:
        return block(self.title, self.numbers)

    def scene(self) -> dict[str, Any]:
        """The whole drawing as plain data, for the page."""
        return {
            "title": phrase(self.title),
            "alternative": in_words(self.numbers, "; "),
            "hint": self.hint,
            "key": [(phrase(name), tone) for name, tone in self.key.items()],
            "part": self.part.kind,
            **self.part.data(),
        }

    def view(self) -> "Stage":
        """The drawing on the screen."""
        from simlib.lab.pictures.stage import Stage  # here: a drawing is also made where there is no notebook

        return Stage(self)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        from simlib.lab.screen import shown

        return shown(self.view().widget, repr(self))
