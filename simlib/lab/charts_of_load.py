"""Load, its limits, refusals and queues on one time axis."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from simlib.lab.chart import Axis, Chart, Point, Series
from simlib.lab.numbers import Number, time_unit
from simlib.lab.scale import counted, thinned
from simlib.trace.table import Table

if TYPE_CHECKING:
    from simlib.trace.record import Trace
    from simlib.trace.row_types import ConnectionRow, LoadRow
    from simlib.trace.rows_of import RowsOf

MOST_HOSTS = 2  # with lines of their own: the busiest
LIMITS = ("RefuseLA", "QueueLA")


class Burden(NamedTuple):
    """What is to be shown of load and refusals: which hosts, limits and times, and the key numbers."""

    lines: "dict[str, RowsOf[LoadRow]]"  # load of each host
    busy: list[str]  # those that are shown, the busiest first
    limits: dict[str, int]  # by name, as far as they are near the load
    refusals: "RowsOf[ConnectionRow]"
    closed: list[tuple[str, float, float]]  # host, and from when to when its port was closed (s)
    waiting: list[Point]  # messages in all queues
    until: float  # s: when all is over
    numbers: dict[str, Number]


def load_and_refusals(trace: "Trace") -> Chart:
    """The load average with QueueLA and RefuseLA, when ports were closed, each refusal, and what waits in all queues.

    A port is closed for the load of its host, or for its daemon's children. A refusal stands at the load of the host
    that refused.
    """
    lines, busy, limits, refusals, closed, waiting, until, numbers = burden_of(trace)
    refused = [(one.opened, load_at(lines[one.server], one.opened)) for one in refusals]
    unit, size = time_unit(until)
    shaded = tuple((round(time / size, 4), 0.0) for _, *stretch in closed for time in stretch)
    series = [  # those that are always there come first, so that each keeps its place and its colour
        Series("port closed", shaded, kind="stretches"),
        Series("refused", _scaled(refused, size), kind="points"),
        Series("queues", _scaled([*waiting, (until, waiting[-1][1])], size), right=True),
        *(Series(host, _scaled(load_until(lines[host], until), size), heavy=True) for host in busy),
        *(Series(name, _scaled([(0.0, at), (until, at)], size)) for name, at in limits.items()),
    ]
    x, y = Axis("time since the start", unit), Axis("load average (1 minute)")
    return Chart("Load and refusals", x, y, "steps", tuple(series), numbers, right=Axis("messages in all queues"))


def burden_of(trace: "Trace") -> Burden:
    """Decide what a chart or a picture of load and refusals shows."""
    lines = {host: trace.load(host) for host in trace.hosts}
    highest = {host: max(table["load1"], default=0.0) for host, table in lines.items()}
    top = max(highest.values(), default=0.0)
    busy = sorted(highest, key=lambda host: -highest[host])[:MOST_HOSTS]
    busy = [host for host in busy if highest[host] >= top / 10]
    limits = {
        f"{name} {limit}": limit
        for name in LIMITS
        for limit in sorted({trace.load_limits(host)[name] for host in busy})
        if 0 < limit <= 2 * top  # a higher one would press the load to the ground
    }
    refusals = trace.connections.where(lambda one: one.outcome == "refused" and one.server in lines)
    closed = [(one.host, one.start, trace.until if one.end is None else one.end) for one in trace.closed]
    waiting = waiting_at(trace, trace.hosts)
    opened = max((end for *_, end in closed), default=0.0)
    until = _calm(trace, [lines[host] for host in busy], [waiting[-1][0], opened, *refusals["opened"]], top / 20)
    numbers = {
        "refused": Number(len(refusals)),
        "highest load": Number(top, "load"),
        "first refusal": Number(min(refusals["opened"], default=None), "s"),
        "port closed for": Number(sum(end - start for _, start, end in closed), "s"),
        "open again after": Number(opened - closed[0][1] if closed and opened < trace.until else None, "s"),
        "most in all queues": Number(max(length for _, length in waiting)),
    }
    return Burden(lines, busy, limits, refusals, closed, waiting, until, numbers)


def _calm(trace: "Trace", loads: Sequence[Table], times: Sequence[float], little: float) -> float:
    """When all is over: the queues are as they stay, ports are open, and the load is down; a tenth more is shown."""
    busy = [time for load in loads for time, one in zip(load["time"], load["load1"], strict=True) if one > little]
    return min(1.1 * max([*times, *busy]) or trace.until, trace.until)


def load_until(load: Table, end: float) -> list[Point]:
    """The load average (1 minute) up to a time."""
    pairs = zip(load["time"], load["load1"], strict=True)
    return [(time, one) for time, one in pairs if time <= end]


def waiting_at(trace: "Trace", hosts: Iterable[str]) -> list[Point]:
    """How many messages lie in the queues of these hosts together, from each time on."""
    changes: list[tuple[float, int]] = [(0.0, 0)]
    for host in hosts:
        steps = list(trace.queue_length(host).rows())
        changes += [(time, length - before) for (_, before), (time, length) in pairwise([(0.0, 0), *steps])]
    return counted(changes)


def load_at(table: Table, time: float) -> float:
    """The load average that was written down last by then."""
    value: float = table["load1"][max(bisect(table["time"], time) - 1, 0)]
    return value


def _scaled(points: Sequence[Point], size: float) -> tuple[Point, ...]:
    return tuple((round(time / size, 4), value) for time, value in thinned(points))
