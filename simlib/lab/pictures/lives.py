"""Each letter a line from when it was sent until it came, was returned or lost, and the outages behind (claim 07.2)."""

from typing import TYPE_CHECKING

from simlib.lab.charts_of_letters import (
    CAME,
    CAME_LATE,
    LATE,
    LOST,
    RETURNED,
    WAITS,
    WARNED,
    fate_of,
    mail_of,
)
from simlib.lab.numbers import Number, text_of
from simlib.lab.pictures import drawing
from simlib.lab.pictures.common import at, how_many, one_of_every
from simlib.lab.pictures.drawing import Drawing, time_span
from simlib.lab.pictures.lanes import Band, Lane, Lanes, Mark, Stretch
from simlib.language import phrase, sentences
from simlib.units import seconds

if TYPE_CHECKING:
    from simlib.trace.record import Trace
    from simlib.trace.row_types import OutageRow

OUTAGE = "out of order"
KEY = {
    CAME: drawing.GOOD,
    CAME_LATE: drawing.WAITS,
    RETURNED: drawing.BAD,
    LOST: drawing.FURTHER,
    WAITS: drawing.LIGHT,
    WARNED: drawing.INK,
    OUTAGE: drawing.PALE,
}
MOST, MOST_OUTAGES = 60, 4  # letters, a line each, and lanes above them


def lives(trace: "Trace") -> Drawing:
    """Each letter a line in the tone of what became of it, marks where its sender was warned, and the outages behind.

    Late is what took more than an hour.
    """
    every = sorted(mail_of(trace.messages), key=lambda one: one.submitted)
    late = seconds(LATE)
    fates = [fate_of(one, late, 0.0, ()) for one in every]
    shown, cut = one_of_every(list(zip(every, fates, strict=True)), phrase("letters"), MOST)
    lanes, stretches = _outages(trace)
    bands = [Band(one.lane, len(lanes), one.begin, one.end, OUTAGE, one.told) for one in stretches]
    many = max(len(shown), 1)
    flat = max(min(1.0, 22 / many), 0.3)  # lower lines where there are many
    letters = len(lanes)
    lanes.append(Lane(phrase("letters"), _counted(fates), many * flat))
    rows: dict[int, float] = {}
    several = len({one.recipient for one in every}) > 1  # or the name says nothing
    for n, (one, fate) in enumerate(shown):
        end = trace.until if one.finished is None or fate == WAITS else one.finished
        told = phrase(
            "letter {message} to {recipient}, sent {when}: {fate}",
            message=one.message,
            recipient=one.recipient,
            when=at(one.submitted),
            fate=fate,
        )
        told += "" if fate == WAITS else phrase(" {when}", when=at(end))
        stretches.append(Stretch(letters, one.submitted, end, fate, told, one.recipient if several else "", n * flat))
        rows.setdefault(one.message, n * flat)
    warned = trace.notices.where(kind="warning")
    marks = [
        Mark(
            letters,
            row.time,
            WARNED,
            phrase("the sender of letter {about} is warned {when}", about=row.about, when=at(row.time)),
            row=rows[row.about],
        )
        for row in warned
        if row.about in rows
    ]
    numbers = {name: Number(fates.count(name)) for name in (CAME, CAME_LATE, RETURNED, LOST, WAITS)}
    numbers["warnings sent"] = Number(len(warned))
    title = phrase("The life of each letter (late: more than {late}{cut})", late=text_of(Number(late, "s")), cut=cut)
    return Drawing(title, Lanes(time_span(trace.until), lanes, stretches, marks, bands=bands), KEY, numbers)


def _counted(fates: list[str]) -> str:
    """``"5 returned, 7 came late"``."""
    there = [phrase("{n} {fate}", n=fates.count(fate), fate=fate) for fate in KEY if fate in fates]
    return sentences(there, ", ") if there else how_many(0, "letter")


def _outages(trace: "Trace") -> tuple[list[Lane], list[Stretch]]:
    """A lane for each thing that was out of order, and when it was."""
    names = list(dict.fromkeys(_name(one) for one in trace.outages))[:MOST_OUTAGES]
    stretches = [
        Stretch(
            names.index(_name(one)),
            one.start,
            min(one.end, trace.until),
            OUTAGE,
            phrase(
                "{name} is out of order from {start} to {end}",
                name=_name(one),
                start=text_of(Number(one.start, "s")),
                end=text_of(Number(one.end, "s")),
            ),
        )
        for one in trace.outages
        if _name(one) in names and one.start < trace.until
    ]
    return [Lane(name) for name in names], stretches


def _name(outage: "OutageRow") -> str:
    return (
        outage.name if outage.what == "host" else phrase("{name}: {what}", name=outage.name, what=phrase(outage.what))
    )
