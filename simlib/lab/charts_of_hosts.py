"""Charts with a row for each host: connects in vain, delays by destination, the work of each."""

from collections import Counter
from collections.abc import Iterable, Mapping
from statistics import median
from typing import TYPE_CHECKING

from simlib.lab.chart import Axis, Chart, Point, Series
from simlib.lab.numbers import Number, time_unit
from simlib.language import phrase

if TYPE_CHECKING:
    from simlib.trace.record import Trace

MOST_ROWS = 9  # more of them have no room

ANSWERED, IN_VAIN = phrase("answered"), ("timed out", "refused", "unreachable")


def connects(trace: "Trace") -> Chart:
    """TCP connects by the host that they were for: answered, or in vain, and how many seconds those cost."""
    table = trace.connections
    pairs = list(zip(table["server"], table["outcome"], strict=True))
    wasted = [wait for (_, outcome), wait in zip(pairs, table["wait"], strict=True) if outcome in IN_VAIN]
    counts = {
        outcome: Counter(server for server, came in pairs if came == outcome) for outcome in ("accepted", *IN_VAIN)
    }
    y, rows = _rows("destination", counts)
    lines = dict(zip((ANSWERED, *IN_VAIN), rows, strict=True))
    in_vain = Counter(server for server, outcome in pairs if outcome in IN_VAIN)
    numbers = {
        "connects answered": Number(counts["accepted"].total()),
        "connects in vain": Number(in_vain.total()),
        "seconds wasted": Number(sum(wasted), "s"),
        **{phrase("in vain to {host}", host=host): Number(times) for host, times in in_vain.most_common(MOST_ROWS)},
    }
    return Chart("Connects", Axis("connects"), y, "rows", _series(lines), numbers)


def delays_by_host(trace: "Trace") -> Chart:
    """How long the delivered letters took, by the domain that they were for: median and slowest."""
    spans: dict[str, list[float]] = {}
    missing: Counter[str] = Counter()
    for row in trace.messages.where(lambda one: not one.notice and one.state != "expanded"):
        domain = row.recipient.rpartition("@")[2] if "@" in row.recipient else row.host
        held = spans.setdefault(domain, [])
        if row.state == "delivered" and row.delay is not None:
            held.append(row.delay)
        else:
            missing[domain] += 1
    there = {domain: sorted(held) for domain, held in spans.items() if held}
    unit, size = time_unit(max((held[-1] for held in there.values()), default=0.0))
    slowest = sorted(there, key=lambda domain: -there[domain][-1])[:MOST_ROWS]
    middle = [median(there[domain]) / size for domain in slowest]
    rest = [there[domain][-1] / size - half for domain, half in zip(slowest, middle, strict=True)]
    lines = {
        name: [(round(value, 4), n) for n, value in enumerate(values)]
        for name, values in {"up to the median": middle, "up to the slowest": rest}.items()
    }
    numbers = {}
    for domain in sorted(spans):
        if domain in there:
            numbers[phrase("median delay to {domain}", domain=domain)] = Number(median(there[domain]), "s")
            numbers[phrase("longest delay to {domain}", domain=domain)] = Number(there[domain][-1], "s")
        if missing[domain]:
            numbers[phrase("not delivered to {domain}", domain=domain)] = Number(missing[domain])
    y = Axis("destination", names=tuple(slowest) or (phrase("none"),))
    return Chart("Delay by destination", Axis("delay", unit), y, "rows", _series(lines), numbers)


def in_and_out(trace: "Trace") -> Chart:
    """The connections that each host took and made, and the notices that it wrote: what mail costs a host."""
    there = trace.connections.where(outcome="accepted")
    counts = {
        "connections in": Counter(there["server"]),
        "connections out": Counter(there["client"]),
        "notices made": Counter(trace.notices["host"]),
    }
    y, rows = _rows("host", counts)
    numbers: dict[str, Number] = {}
    for host in _busiest(counts)[:MOST_ROWS]:
        numbers |= {
            phrase("{name} at {host}", name=name, host=host): Number(count[host]) for name, count in counts.items()
        }
        numbers[phrase("work at {host}", host=host)] = Number(
            counts["connections in"][host] + counts["connections out"][host]
        )
    lines = dict(zip(counts, rows, strict=True))
    return Chart("In and out", Axis("connections, notices"), y, "rows", _series(lines), numbers)


def _busiest(counts: Mapping[str, Counter[str]]) -> list[str]:
    """All names that are counted, those with the most first."""
    every = sum(counts.values(), Counter())
    return sorted(every, key=lambda name: (-every[name], name))


def _rows(what: str, counts: Mapping[str, Counter[str]]) -> tuple[Axis, list[list[Point]]]:
    """An axis of names, the busiest first, and each count along it; where there are too many the rest are one row."""
    names = _busiest(counts)
    kept = names if len(names) <= MOST_ROWS else names[: MOST_ROWS - 1]
    groups = {name: [name] for name in kept}
    if len(names) > len(kept):
        groups[phrase("{many} others", many=len(names) - len(kept))] = names[len(kept) :]
    rows: list[list[Point]] = [
        [(sum(count[name] for name in group), n) for n, group in enumerate(groups.values())]
        for count in counts.values()
    ]
    return Axis(what, names=tuple(groups) or (phrase("none"),)), rows


def _series(lines: Mapping[str, Iterable[Point]]) -> tuple[Series, ...]:
    return tuple(Series(name, tuple(points)) for name, points in lines.items())
