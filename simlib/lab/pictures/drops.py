"""The services of a site until they are ready, and the letters that fall into that (claims 15.1, 15.2 and 15.4)."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from simlib.lab.charts_of_letters import LATE
from simlib.lab.numbers import Number, text_of
from simlib.lab.pictures import drawing, falling
from simlib.lab.pictures.common import at
from simlib.lab.pictures.drawing import Drawing, time_span
from simlib.lab.pictures.falling import Rules
from simlib.lab.pictures.lanes import Lane, Lanes, Stretch
from simlib.lab.pictures.services import Times, not_ready
from simlib.language import phrase
from simlib.units import seconds

if TYPE_CHECKING:
    from simlib.trace.record import Trace

GONE = "not ready"
KEY = {GONE: drawing.PALE, **falling.KEY}
MOST_SERVICES = 8


def drops(trace: "Trace") -> Drawing:
    """When each service was ready, and each letter from its writing until it falls into that: a mark on a thread.

    Late is what took more than an hour. See ``drops_with``.
    """
    return _drops(trace, Rules(seconds(LATE), 0.0, {}))


def drops_with(
    late: str | float = LATE, since: str | float = 0, belongs: Mapping[str, str] | None = None
) -> "Callable[[Trace], Drawing]":
    """``drops`` with other rules, as an entry of ``show``; they are those of ``lab.letters_with``.

    Raises UnitError for what is no length of time.
    """
    rules = Rules(seconds(late), seconds(since), dict(belongs or {}))

    def picture(trace: "Trace") -> Drawing:
        return _drops(trace, rules)

    given = {"late": (late, LATE), "since": (since, 0), "belongs": (rules.belongs, {})}
    picture.__name__ = f"drops_with({', '.join(f'{k}={v!r}' for k, (v, usual) in given.items() if v != usual)})"
    return picture


def _drops(trace: "Trace", rules: Rules) -> Drawing:
    gone = not_ready(trace)
    lanes, spans = _services(gone, trace.until)
    fallen = falling.falling(trace, len(lanes), rules, gone)
    spans += fallen.spans
    numbers = {**fallen.numbers, "all services ready": Number(_all_ready(gone, trace.until), "s")}
    title = phrase("What {letters} met as the services started{cut}", letters=fallen.letters, cut=fallen.cut)
    axis = time_span(falling.until(spans, trace.until))
    return Drawing(title, Lanes(axis, [*lanes, fallen.lane], spans, fallen.marks), KEY, numbers)


def _services(gone: dict[str, Times], end: float) -> tuple[list[Lane], list[Stretch]]:
    """A lane for each service, with a stretch for each time that it was not ready."""
    lanes, spans = [], []
    for n, (name, times) in enumerate(list(gone.items())[:MOST_SERVICES]):
        last = times[-1][1] if times else 0.0
        lanes.append(Lane(name, "never ready" if last >= end else phrase("ready {when}", when=at(last))))
        for begin, over in times:
            told = phrase(
                "{name} is not ready from {begin} to {over}",
                name=name,
                begin=text_of(Number(begin, "s")),
                over=text_of(Number(round(over, 1), "s")),
            )
            spans.append(Stretch(n, begin, over, GONE, told))
    return lanes, spans


def _all_ready(gone: dict[str, Times], end: float) -> float | None:
    """From when on all were ready (s); None where one never was."""
    last = max((times[-1][1] for times in gone.values() if times), default=0.0)
    return None if last >= end else last
