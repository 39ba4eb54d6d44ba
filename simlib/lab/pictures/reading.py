"""Letters as they were sent and as they are read, a line from one place to the other (claim 05.4)."""

from typing import TYPE_CHECKING

from simlib.lab.charts import numbers_of_reading, readings
from simlib.lab.pictures.common import at, how_many, lasting, one_of_every
from simlib.lab.pictures.drawing import BAD, GOOD, INK, Drawing
from simlib.lab.pictures.tapes import Cell, Link, Tape, Tapes
from simlib.language import phrase

if TYPE_CHECKING:
    from simlib.trace.record import Trace

SENT, IN_ORDER, BEHIND = phrase("sent"), "read before all younger ones", "read after a younger one"
KEY = {SENT: INK, IN_ORDER: GOOD, BEHIND: BAD}
MOST = 36  # letters; of more, one of every few has room


def reading(trace: "Trace") -> Drawing:
    """Letters as they were sent, numbered, and below as they lie in the mailbox.

    Lines that cross are letters that have overtaken each other; one that is read after a younger one, as an answer
    before its question, is marked, by the same decision as in ``lab.reading_order``. What came twice is read twice.
    """
    every = readings(trace)
    came = trace.deliveries["time"]
    by_age = sorted(range(len(every)), key=lambda n: every[n].sent)
    number = {n: place for place, n in enumerate(by_age, 1)}  # place in reading → number of the letter
    shown, cut = one_of_every(by_age, phrase("letters"), MOST)
    column = {n: place for place, n in enumerate(shown)}
    sent = [
        Cell(str(number[n]), SENT, phrase("letter {number} was sent {when}", number=number[n], when=at(every[n].sent)))
        for n in shown
    ]
    read, links = [], []
    for step, n in enumerate(sorted(shown), 1):
        one = every[n]
        kind = BEHIND if one.behind > 0 else IN_ORDER
        told = phrase(
            "letter {number}, sent {when}, came {came} and is number {n} in reading",
            number=number[n],
            when=at(one.sent),
            came=at(came[one.row]),
            n=n + 1,
        )
        told += (
            phrase(": after one that was sent {span} later", span=lasting(round(one.behind))) if one.behind > 0 else ""
        )
        read.append(Cell(str(number[n]), kind, told, step))
        links.append(Link(0, column[n], 1, step - 1, kind, told, step))
    tapes = [Tape("sent, the oldest first", sent), Tape("read, as they lie in the mailbox", read)]
    late = sum(one.behind > 0 for one in every)
    title = phrase(
        "Order of sending and of reading: {late:,} of {letters} after a younger one{cut}",
        late=late,
        letters=how_many(len(every), "letter"),
        cut=cut,
    )
    return Drawing(title, Tapes(tapes, links, lying=True), KEY, numbers_of_reading(every))
