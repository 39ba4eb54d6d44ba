"""The services of a site until they are ready, and the letters that fall into that (claims 15.1, 15.2 and 15.4)."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from simlib.lab.charts_of_letters import (
    CAME,
    CAME_LATE,
    LATE,
    LOST,
    RETURNED,
    WAITS,
    WRONG,
    fate_of,
    mail_of,
    wrong_mailboxes,
)
from simlib.lab.numbers import Number, text_of
from simlib.lab.pictures import drawing
from simlib.lab.pictures.common import at, how_many, lasting, one_of_every
from simlib.lab.pictures.drawing import Drawing, time_span
from simlib.lab.pictures.lanes import Lane, Lanes, Mark, Stretch
from simlib.lab.pictures.services import Times, not_ready
from simlib.units import seconds

if TYPE_CHECKING:
    from simlib.lab.charts_of_letters import Letter
    from simlib.trace.record import Trace

GONE, ON_ITS_WAY = "not ready", "on its way"
KEY = {
    GONE: drawing.PALE,
    ON_ITS_WAY: drawing.LIGHT,
    CAME: drawing.GOOD,
    CAME_LATE: drawing.WAITS,
    RETURNED: drawing.BAD,
    WRONG: drawing.FURTHER,
    WAITS: drawing.LIGHT,
    LOST: drawing.INK,
}
HARM = (CAME, WAITS, CAME_LATE, LOST, WRONG, RETURNED)  # the worst lie on top
MOST, MOST_NAMED, MOST_SERVICES = 60, 16, 8  # letters, a line each, such as are named, and lanes above them


def drops(trace: "Trace") -> Drawing:
    """When each service was ready, and each letter from its writing until it falls into that: a mark on a thread.

    Late is what took more than an hour. See ``drops_with``.
    """
    return _drops(trace, seconds(LATE), 0.0, {})


def drops_with(
    late: str | float = LATE, since: str | float = 0, belongs: Mapping[str, str] | None = None
) -> "Callable[[Trace], Drawing]":
    """``drops`` with other rules, as an entry of ``show``; they are those of ``lab.letters_with``.

    Raises UnitError for what is no length of time.
    """
    allowed, begin, where = seconds(late), seconds(since), dict(belongs or {})

    def picture(trace: "Trace") -> Drawing:
        return _drops(trace, allowed, begin, where)

    given = {"late": (late, LATE), "since": (since, 0), "belongs": (where, {})}
    picture.__name__ = f"drops_with({', '.join(f'{k}={v!r}' for k, (v, usual) in given.items() if v != usual)})"
    return picture


def _drops(trace: "Trace", late: float, since: float, belongs: Mapping[str, str]) -> Drawing:
    gone = not_ready(trace)
    lanes, spans = _services(gone, trace.until)
    every = sorted(mail_of(trace.messages), key=lambda one: one.submitted)
    wrong = wrong_mailboxes(trace, belongs)
    fates = [fate_of(one, late, since, wrong) for one in every]
    shown, cut = one_of_every(list(zip(every, fates, strict=True)), "letters", MOST)
    flat = max(min(0.65, 12 / max(len(shown), 1)), 0.25)  # lower lines where there are many
    letters = len(lanes)
    lanes.append(Lane("letters", f"late: more than {lasting(late)}", max(len(shown), 2) * flat))
    marks = []
    for n, (one, fate) in enumerate(shown):
        end = trace.until if one.finished is None or fate == WAITS else one.finished
        told = _told(one, fate, end, gone)
        spans.append(Stretch(letters, one.submitted, end, ON_ITS_WAY, told, row=n * flat, high=min(flat, 0.3)))
        whose = one.recipient if len(shown) <= MOST_NAMED else ""
        marks.append(Mark(letters, one.submitted if fate == WAITS else end, fate, told, whose, n * flat, fate != WAITS))
    marks.sort(key=lambda one: (HARM.index(one.kind), one.row))
    numbers = {name: Number(fates.count(name)) for name in (CAME, CAME_LATE, RETURNED, LOST, WAITS)}
    numbers |= {WRONG: Number(fates.count(WRONG))} if belongs else {}
    numbers["all services ready"] = Number(_all_ready(gone, trace.until), "s")
    title = f"What {how_many(len(every), 'letter')} met as the services started{cut}"
    return Drawing(title, Lanes(time_span(_until(spans, trace.until)), lanes, spans, marks), KEY, numbers)


def _services(gone: dict[str, Times], until: float) -> tuple[list[Lane], list[Stretch]]:
    """A lane for each service, with a stretch for each time that it was not ready."""
    lanes, spans = [], []
    for n, (name, times) in enumerate(list(gone.items())[:MOST_SERVICES]):
        last = times[-1][1] if times else 0.0
        lanes.append(Lane(name, "never ready" if last >= until else f"ready {at(last)}"))
        for begin, end in times:
            told = f"{name} is not ready from {text_of(Number(begin, 's'))} to {text_of(Number(round(end, 1), 's'))}"
            spans.append(Stretch(n, begin, end, GONE, told))
    return lanes, spans


def _until(spans: list[Stretch], until: float) -> float:
    """Where the picture ends: what comes after the last letter and the last service is of no interest (s)."""
    return min(1.5 * max((one.end for one in spans), default=until), until)


def _all_ready(gone: dict[str, Times], until: float) -> float | None:
    """From when on all were ready (s); None where one never was."""
    last = max((times[-1][1] for times in gone.values() if times), default=0.0)
    return None if last >= until else last


def _told(one: "Letter", fate: str, end: float, gone: dict[str, Times]) -> str:
    """What became of a letter, and what was not ready just then if it fared badly."""
    told = f"letter {one.message} to {one.recipient}, sent {at(one.submitted)}: {fate}"
    told += "" if fate == WAITS else f" {at(end)}"
    missing = [name for name, times in gone.items() if any(begin <= end < over for begin, over in times)]
    return told + (
        f", while {' and '.join(missing)} was not ready" if missing and fate not in (CAME, CAME_LATE) else ""
    )
