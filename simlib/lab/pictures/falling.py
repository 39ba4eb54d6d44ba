"""Letters as lines from their writing to their end, which is a mark in the tone of what became of them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from simlib.lab.charts_of_letters import (
    CAME,
    CAME_LATE,
    LOST,
    RETURNED,
    WAITS,
    WRONG,
    fate_of,
    mail_of,
    wrong_mailboxes,
)
from simlib.lab.numbers import Number
from simlib.lab.pictures import drawing
from simlib.lab.pictures.common import at, how_many, lasting, one_of_every
from simlib.lab.pictures.lanes import Lane, Mark, Stretch
from simlib.language import phrase, sentences

if TYPE_CHECKING:
    from simlib.lab.charts_of_letters import Letter
    from simlib.lab.pictures.services import Times
    from simlib.trace.record import Trace

ON_ITS_WAY = "on its way"
KEY = {
    ON_ITS_WAY: drawing.LIGHT,
    CAME: drawing.GOOD,
    CAME_LATE: drawing.WAITS,
    RETURNED: drawing.BAD,
    WRONG: drawing.FURTHER,
    WAITS: drawing.LIGHT,
    LOST: drawing.INK,
}
HARM = (CAME, WAITS, CAME_LATE, LOST, WRONG, RETURNED)  # the worst lie on top
MOST, MOST_NAMED = 60, 16  # letters, a line each; such as have room for their names
HEIGHT = 9  # rows of them all, at most
THREADS = 20  # at most, where there are many


class Falling(NamedTuple):
    """The letters of a lane: what is drawn of them, the numbers of their fates, how many, and what is left out."""

    lane: Lane
    spans: list[Stretch]
    marks: list[Mark]
    numbers: dict[str, Number]
    letters: str
    cut: str


class Rules(NamedTuple):
    """When a letter is late (s, counted from ``since``), and where mailboxes are read, as ``lab.letters_with``."""

    late: float
    since: float
    belongs: Mapping[str, str]


def falling(trace: "Trace", place: int, rules: Rules, gone: "dict[str, Times]") -> Falling:
    """The letters as a lane, the ``place``-th from 0; ``gone``: what was not ready when, as ``not_ready`` has it."""
    every = sorted(mail_of(trace.messages), key=lambda one: one.submitted)
    wrong = wrong_mailboxes(trace, rules.belongs)
    fates = [fate_of(one, rules.late, rules.since, wrong) for one in every]
    shown, cut = one_of_every(list(zip(every, fates, strict=True)), phrase("letters"), MOST)
    flat = min(0.65, HEIGHT / max(len(shown), 1))  # lower lines where there are many
    few = len(shown) <= MOST_NAMED
    spans, marks, last = [], [], -trace.until
    for n, (one, fate) in enumerate(shown):
        end = trace.until if one.finished is None or fate == WAITS else one.finished
        told, row, ended = _told(one, fate, end, gone), n * flat, fate != WAITS
        spans.append(Stretch(place, one.submitted, end, ON_ITS_WAY, told, row=row, high=min(flat / 2, 0.3)))
        tall = ended and (few or (HARM.index(fate) >= HARM.index(LOST) and abs(end - last) > trace.until / THREADS))
        last = end if tall else last
        moment = end if ended else one.submitted
        marks.append(Mark(place, moment, fate, told, one.recipient if few else "", row, tall))
    marks.sort(key=lambda one: (HARM.index(one.kind), one.row))
    numbers = {name: Number(fates.count(name)) for name in (CAME, CAME_LATE, RETURNED, LOST, WAITS)}
    numbers |= {WRONG: Number(fates.count(WRONG))} if rules.belongs else {}
    note = phrase("late: more than {span}", span=lasting(rules.late)) if CAME_LATE in fates else ""
    lane = Lane(phrase("letters"), note, max(len(shown), 2) * flat + 0.3)  # the marks are as high as a row
    return Falling(lane, spans, marks, numbers, how_many(len(every), "letter"), cut)


def until(spans: list[Stretch], most: float, times: float = 1.5) -> float:
    """Where the picture ends: what comes after the last letter and the last service is of no interest (s)."""
    return min(times * max((one.end for one in spans), default=most), most)


def _told(one: "Letter", fate: str, end: float, gone: "dict[str, Times]") -> str:
    """What became of a letter, and what was not ready just then if it fared badly."""
    told = phrase(
        "letter {message} to {recipient}, sent {when}: {fate}",
        message=one.message,
        recipient=one.recipient,
        when=at(one.submitted),
        fate=phrase(fate),
    )
    told += "" if fate == WAITS else phrase(" {when}", when=at(end))
    missing = [name for name, times in gone.items() if any(begin <= end < over for begin, over in times)]
    return told + (
        phrase(", while {them} was not ready", them=sentences(missing, " and "))
        if missing and fate not in (CAME, CAME_LATE)
        else ""
    )
