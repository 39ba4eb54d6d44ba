"""For each host when packets were sent to it, and when letters were put off unseen (claim 04.4)."""

from typing import TYPE_CHECKING

from simlib.lab.numbers import Number
from simlib.lab.pictures.common import at, calm_from, first_of, how_many, lasting, moment
from simlib.lab.pictures.drawing import BAD, GOOD, INK, PALE, Drawing, time_span
from simlib.lab.pictures.lanes import Band, Lane, Lanes, Mark, Stretch
from simlib.language import phrase

if TYPE_CHECKING:
    from simlib.trace.record import Trace
    from simlib.trace.row_types import AttemptRow

ANSWERED, VAIN, UNSEEN, OUTAGE = phrase("answered"), "waited for in vain", "put off, no packet sent", "out of order"
KEY = {ANSWERED: GOOD, VAIN: BAD, UNSEEN: INK, OUTAGE: PALE}
MOST_HOSTS, HEIGHT = 6, 1.3  # lanes, and rows of each
TOGETHER = 60.0  # s: what comes of the letters of one queue run is one mark


def clocks(trace: "Trace") -> Drawing:
    """Each host a lane: when it answered, how long it was waited for in vain, and when nobody even tried.

    Letters that are put off in the same queue run, since a host is known to be down, are one mark.
    """
    tried = [one for one in trace.attempts if one.relay and "." in one.relay]
    names = list(dict.fromkeys(one.relay.rstrip(".") for one in tried))[:MOST_HOSTS]
    groups: list[tuple[str, list[AttemptRow]]] = []  # kind, and the attempts of one moment at one host
    newest: dict[str, int] = {}
    for one in tried:
        host, kind = one.relay.rstrip("."), _kind(one)
        last = groups[newest[host]] if host in newest else None
        if last and last[0] == kind != VAIN and one.time - last[1][-1].time < TOGETHER:
            last[1].append(one)
        elif host in names:
            newest[host] = len(groups)
            groups.append((kind, [one]))
    shown, cut = first_of(groups, phrase("marks"))
    stretches, marks = [], []
    waited: set[int] = set()  # lanes of hosts that have not answered yet
    for kind, held in shown:
        first, lane = held[0], names.index(held[0].relay.rstrip("."))
        what = how_many(len(held), "letter")
        if kind == VAIN:
            told = phrase(
                "{what} waited {span} for {names} in vain, from {when} on",
                what=what,
                span=lasting(first.seconds),
                names=names[lane],
                when=moment(first.time),
            )
            stretches.append(Stretch(lane, first.time, first.time + first.seconds, VAIN, told))
            waited.add(lane)
        else:
            words = (
                "{what} sent to {host} {when}"
                if kind == ANSWERED
                else "{what} put off without a packet to {host} {when}"
            )
            told = phrase(words, what=what, host=names[lane], when=at(first.time))
            back = kind == ANSWERED and lane in waited  # the moment that is waited for has its time beside it
            marks.append(Mark(lane, first.time, kind, told, at(first.time) if back else ""))
            waited -= {lane} if back else set()
    bands = [
        Band(names.index(one.name), names.index(one.name), one.start, min(one.end, trace.until), OUTAGE,
             phrase("{name} is out of order until {when}", name=one.name, when=moment(one.end)))
        for one in trace.outages
        if one.name in names and one.start < trace.until
    ]  # fmt: skip
    kinds = [_kind(one) for one in tried]
    lanes = []
    for name in names:
        here = [kind for kind, one in zip(kinds, tried, strict=True) if one.relay.rstrip(".") == name]
        lanes.append(Lane(name, phrase("{n} in vain", n=here.count(VAIN)) if VAIN in here else "", HEIGHT))
    numbers = {
        "waited for in vain": Number(kinds.count(VAIN)),
        "seconds wasted": Number(sum(one.seconds for one in tried if _kind(one) == VAIN), "s"),
        "put off, no packet sent": Number(kinds.count(UNSEEN)),
        "longest silence to a host that is back": Number(_silence(trace, tried), "s"),
    }
    ends = [*(one.end for one in stretches), *(one.end for one in bands), *(one.at for one in marks)]
    axis = time_span(calm_from(ends, trace.until))
    part = Lanes(axis, lanes, stretches, marks, bands=bands)
    return Drawing(phrase("Who is called, and who is not{cut}", cut=cut), part, KEY, numbers)


def _kind(one: "AttemptRow") -> str:
    """What an attempt was: a host that refused or took it has answered."""
    if one.outcome == "sent" or (one.connection is not None and one.seconds < 1):
        return ANSWERED
    return VAIN if one.connection is not None else UNSEEN


def _silence(trace: "Trace", tried: "list[AttemptRow]") -> float | None:
    """From the end of an outage to the next packet that goes there, at most."""
    waits = []
    for one in trace.outages:
        calls = [t.time for t in tried if t.relay.rstrip(".") == one.name and t.time >= one.end and _kind(t) != UNSEEN]
        waits += [calls[0] - one.end] if calls else []
    return max(waits, default=None)
