"""The connection cache as hooks in a row: which connection hangs on which, and what was opened again (claim 04.1)."""

from collections import Counter
from typing import TYPE_CHECKING

from simlib.lab.numbers import Number
from simlib.lab.pictures.common import at, first_of, how_many, lasting
from simlib.lab.pictures.drawing import BAD, GOOD, INK, Drawing, time_span
from simlib.lab.pictures.lanes import Lane, Lanes, Mark, Stretch, beside_each_other, rows_in

if TYPE_CHECKING:
    from simlib.trace.record import Trace

FIRST, AGAIN, LETTER = "first connection to a host", "opened again", "a letter is sent"
MOST = 120  # connections; more would be hair lines


def hooks(trace: "Trace") -> Drawing:
    """Open connections, each on a hook of its own as long as it is kept; one that was opened again is marked.

    They are those of the host that opened most. A letter on a connection is a mark on it.
    """
    opened = trace.connections.where(lambda one: one.closed is not None and one.outcome != "refused")
    clients = Counter(opened["client"])
    client = max(clients, key=lambda name: clients[name], default="")
    mine = sorted(opened.where(client=client), key=lambda one: (one.opened, one.connection))
    known: Counter[str] = Counter()
    stretches, places = [], {}
    shown, cut = first_of(mine, "connections", MOST)
    for one in mine:
        known[one.server] += 1
    again = sum(known.values()) - len(known)
    known.clear()
    for one in shown:
        assert one.closed is not None  # by the choice above
        known[one.server] += 1
        time = "first" if known[one.server] == 1 else f"{known[one.server]}th"
        kept = f"{one.server}: opened {at(one.opened)} for the {time} time, kept for {lasting(one.closed - one.opened)}"
        told = f"{kept}, {how_many(one.messages, 'letter')}"
        kind = FIRST if known[one.server] == 1 else AGAIN
        stretches.append(Stretch(0, one.opened, one.closed, kind, told, one.server))
    placed = beside_each_other(stretches)
    hooked = [one._replace(lane=int(one.row), row=0) for one in placed]
    for one in shown:
        row = next(s.lane for s in hooked if (s.begin, s.end, s.text) == (one.opened, one.closed, one.server))
        places[one.connection] = row
    sent = trace.attempts.where(lambda one: one.connection in places)
    marks = [
        Mark(places[one.connection], one.time, LETTER, f"a letter to {one.recipients} {at(one.time)}: {one.stat}")
        for one in sent
        if one.connection is not None
    ]
    many = max(rows_in(placed, 0), 1) if placed else 1
    times = [time for one in hooked for time in (one.begin, one.end)] or [0.0, trace.until]
    axis = time_span(max(times), min(times))
    lanes = [Lane(f"hook {n + 1}") for n in range(many)]
    numbers = {
        "connections opened": Number(len(mine)),
        "opened again": Number(again),
        "hooks in use at once": Number(many if placed else 0),
    }
    key = {FIRST: GOOD, AGAIN: BAD, LETTER: INK}
    return Drawing(f"Open connections on their hooks{cut}", Lanes(axis, lanes, hooked, marks), key, numbers)
