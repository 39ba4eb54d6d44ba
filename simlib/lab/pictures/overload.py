"""A host that has too much to do: its load, who is refused or waits, and where letters go (claims 02.1, 02.3)."""

from collections import Counter
from typing import TYPE_CHECKING

from simlib.lab.charts_of_load import Burden, burden_of, load_at, load_until, waiting_at
from simlib.lab.numbers import Number
from simlib.lab.pictures.common import at, how_many, lasting, one_of_every
from simlib.lab.pictures.drawing import BAD, GOOD, LIGHT, OTHER, WAITS, Drawing, time_span
from simlib.lab.pictures.lanes import Band, Curve, Lane, Lanes, Mark, Stretch
from simlib.lab.scale import counted, thinned
from simlib.language import phrase

if TYPE_CHECKING:
    from simlib.lab.chart import Point
    from simlib.trace.record import Trace

LOAD, REFUSED, CLOSED = "load average", phrase("refused"), "takes nobody"
TAKEN, CALLERS, QUEUED = "letters that came here", "callers wait for the greeting", "letters in queues"
KEY = {LOAD: LIGHT, REFUSED: BAD, CLOSED: BAD, CALLERS: WAITS, TAKEN: GOOD, QUEUED: OTHER}
HIGH, LOW = 4, 1.5  # rows of the load, and of the other lanes
MOST_REFUSALS, MOST_SERVERS, MOST_POINTS = 100, 2, 300


def overload(trace: "Trace") -> Drawing:
    """The load of the mail host that letters are for, with its limits, refusals, and when it takes nobody.

    Below are the callers that are connected and wait for its greeting, the letters that have come to mailboxes of it
    and of the next MX, and those in all queues. Its numbers are those of ``load_and_refusals``.
    """
    burden = burden_of(trace)
    servers = _servers(trace, burden)
    host = servers[0] if servers else ""
    until = burden.until
    lanes = [
        Lane(phrase("load of {host}", host=_short(host, servers)), "", HIGH),
        Lane("its port 25"),
        Lane("callers that wait", "", LOW),
    ]
    came = {one: _came(trace, one) for one in servers}
    top = max([1, *(points[-1][1] for points in came.values())])
    curves = [_load(burden, host), _callers(trace, host, until)] if host else []
    for one, points in came.items():
        letters = how_many(int(points[-1][1]), "letter")
        curves.append(
            _curve(
                len(lanes),
                points,
                top,
                TAKEN,
                phrase("{letters} came to mailboxes at {one}", letters=letters, one=one),
                until,
            )
        )
        lanes.append(Lane(phrase("came to {one}", one=_short(one, servers)), letters, LOW))
    most = max(length for _, length in burden.waiting)
    told = phrase("at most {letters} in the queues of all hosts", letters=how_many(int(most), "letter"))
    curves.append(_curve(len(lanes), waiting_at(trace, trace.hosts), max(most, 1), QUEUED, told, until))
    lanes.append(Lane("in all queues", phrase("at most {most:g}", most=most), LOW))
    shut = [(begin, min(end, until)) for name, begin, end in burden.closed if name == host]
    words = [phrase("from {begin} to {end}", begin=_clock(begin), end=_clock(end)) for begin, end in shut]
    told = phrase("{host} takes no connections ", host=host)
    bands = [Band(0, 0, *times, CLOSED, told + text) for times, text in zip(shut, words, strict=True)]
    spans = [Stretch(1, *times, CLOSED, told + text) for times, text in zip(shut, words, strict=True)]
    if spans:  # the last has room behind it
        spans[-1] = spans[-1]._replace(after=words[0] if len(words) == 1 else phrase("{many} times", many=len(words)))
    marks, cut = _refusals(burden, host)
    numbers = {**burden.numbers, "callers that wait, at most": Number(_most(curves, CALLERS))}
    lanes[2] = lanes[2]._replace(note=phrase("at most {most:g}", most=_most(curves, CALLERS)))
    title = phrase("{host} has too much to do{cut}", host=host, cut=cut) if host else "No host had anything to do"
    return Drawing(title, Lanes(time_span(until), lanes, spans, marks, bands=bands, curves=curves), KEY, numbers)


def _servers(trace: "Trace", burden: Burden) -> list[str]:
    """The mail hosts that most letters are for, the best first, also one that nobody calls."""
    domains = Counter(one.rpartition("@")[2] for one in trace.messages.where(notice=False)["recipient"])
    domain = max(domains, key=lambda name: domains[name], default="")
    hosts = [name for _, name in trace.mx(domain) if name in burden.lines] if domain else []
    return (hosts or burden.busy)[:MOST_SERVERS]


def _short(host: str, among: list[str]) -> str:
    """The first label of a host's name, if no other has the same."""
    label = host.partition(".")[0]
    return label if [one.partition(".")[0] for one in among].count(label) == 1 else host


def _clock(time: float) -> str:
    """Minutes and seconds, as the lesson has them: ``2:23``."""
    return f"{round(time) // 60}:{round(time) % 60:02}"


def _curve(lane: int, points: "list[Point]", top: float, kind: str, told: str, until: float) -> Curve:
    kept = thinned([*[one for one in points if one[0] <= until], (until, points[-1][1])], MOST_POINTS)
    return Curve(lane, tuple(kept), top, kind, told)


def _load(burden: Burden, host: str) -> Curve:
    points = thinned(load_until(burden.lines[host], burden.until), MOST_POINTS)
    highest = max((load for _, load in points), default=0.0)
    told = phrase("the load average of {host} is {highest:.3g} at most", host=host, highest=highest)
    return Curve(
        0, tuple(points), _top(burden, host), LOAD, told, tuple((at, name) for name, at in burden.limits.items())
    )


def _top(burden: Burden, host: str) -> float:
    """The highest load that the lane shows: a limit stands in it, too."""
    highest: float = max([1.0, *burden.lines[host]["load1"], *burden.limits.values()])
    return 1.1 * highest


def _refusals(burden: Burden, host: str) -> tuple[list[Mark], str]:
    """Each refusal at the load at which it was."""
    mine = [one for one in burden.refusals if one.server == host]
    shown, cut = one_of_every(mine, phrase("refusals"), MOST_REFUSALS)
    marks = []
    for one in shown:
        load = load_at(burden.lines[host], one.opened)
        row = HIGH * (1 - load / _top(burden, host)) - 0.5
        marks.append(
            Mark(
                0,
                one.opened,
                REFUSED,
                phrase(
                    "{client} is refused {when}, at a load of {load:.3g}",
                    client=one.client,
                    when=at(one.opened),
                    load=load,
                ),
                row=row,
            )
        )
    return marks, cut


def _callers(trace: "Trace", host: str, until: float) -> Curve:
    """How many are connected to a host that has not greeted them yet."""
    closed = dict(zip(trace.connections["connection"], trace.connections["closed"], strict=True))
    calls = [(one.time, one.greeted or closed[one.connection] or trace.until) for one in trace.idents.where(host=host)]
    points = counted([change for begin, end in calls for change in ((begin, 1), (end, -1))])
    most = max((many for _, many in points), default=0)
    longest = lasting(round(max((end - begin for begin, end in calls), default=0.0), 1))
    told = phrase(
        "at most {callers} wait for the greeting of {host}, for {longest} at most",
        callers=how_many(int(most), "caller"),
        host=host,
        longest=longest,
    )
    return _curve(2, [(0.0, 0.0), *points], max(most, 1), CALLERS, told, until)


def _came(trace: "Trace", host: str) -> "list[Point]":
    """How many letters have come to mailboxes of a host by then."""
    return [(0.0, 0.0), *counted([(time, 1) for time in trace.deliveries.where(host=host)["time"]])]


def _most(curves: list[Curve], kind: str) -> float:
    return max((value for curve in curves if curve.kind == kind for _, value in curve.points), default=0)
