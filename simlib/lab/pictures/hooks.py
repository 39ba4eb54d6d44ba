"""The connection cache as hooks in a row: which connection hangs on which, and what was opened again (claim 04.1)."""

from collections import Counter
from typing import TYPE_CHECKING

from simlib.lab.numbers import Number
from simlib.lab.pictures.common import at, first_of, how_many, lasting, nth
from simlib.lab.pictures.drawing import BAD, GOOD, INK, Drawing, time_span
from simlib.lab.pictures.lanes import Lane, Lanes, Mark, Stretch, beside_each_other, rows_in
from simlib.language import phrase

if TYPE_CHECKING:
    from simlib.trace.record import Trace

FIRST, AGAIN, LETTER = "first connection to a host", "opened again", "a letter is sent"
MOST = 120  # connections; more would be hair lines


def hooks(trace: "Trace") -> Drawing:
    """Open connections, each on a hook of its own as long as it is kept; one that was opened again is marked.

    They are those of the host that opened most. A letter on a connection is a mark on it.
    """
    kept = trace.connections.where(lambda one: one.closed is not None and one.outcome != "refused")
    clients = Counter(kept["client"])
    client = max(clients, key=lambda name: clients[name], default="")
    mine = sorted(kept.where(client=client), key=lambda one: (one.opened, one.connection))
    shown, cut = first_of(mine, phrase("connections"), MOST)
    known: Counter[str] = Counter()
    stretches: list[Stretch] = []
    for one in shown:
        assert one.closed is not None  # by the choice above
        known[one.server] += 1
        told = phrase(
            "{server}: opened {when} for the {nth} time, kept for {span}, {letters}",
            server=one.server,
            when=at(one.opened),
            nth=nth(known[one.server]),
            span=lasting(one.closed - one.opened),
            letters=how_many(one.messages, "letter"),
        )
        kind = FIRST if known[one.server] == 1 else AGAIN
        stretches.append(Stretch(0, one.opened, one.closed, kind, told, one.server))
    placed = beside_each_other(stretches)
    hooked = [one._replace(lane=int(one.row), row=0) for one in placed]
    hook = {(one.begin, one.end, one.text): one.lane for one in hooked}
    calls = {one.connection: one for one in shown}
    marks = []
    for sent in trace.attempts:
        if sent.connection in calls:
            call = calls[sent.connection]
            assert call.closed is not None
            told = phrase(
                "a letter to {recipients} {when}: {stat}",
                recipients=sent.recipients,
                when=at(sent.time),
                stat=sent.stat,
            )
            time = max(sent.time, call.opened)  # it is tried before there is a connection
            marks.append(Mark(hook[call.opened, call.closed, call.server], time, LETTER, told))
    many = max(rows_in(placed, 0), 1) if placed else 1
    times = [time for one in hooked for time in (one.begin, one.end)] or [0.0, trace.until]
    axis = time_span(max(times), min(times))
    lanes = [
        Lane(phrase("hook {n}", n=n + 1), how_many(sum(one.lane == n for one in hooked), "connection"))
        for n in range(many)
    ]
    again = len(mine) - len({one.server for one in mine})
    numbers = {
        "connections opened": Number(len(mine)),
        "opened again": Number(again),
        "hooks in use at once": Number(many if placed else 0),
    }
    key = {FIRST: GOOD, AGAIN: BAD, LETTER: INK}
    return Drawing(
        phrase(
            "{connections} on their hooks, {again} opened again{cut}",
            connections=how_many(len(mine), "connection"),
            again=again,
            cut=cut,
        ),
        Lanes(axis, lanes, hooked, marks),
        key,
        numbers,
    )
