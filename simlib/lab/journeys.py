"""What the mail flow player needs to know of a trace: places, what travels when, queues and loads."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simlib.trace.record import Trace

LEAST_LOAD = 0.1  # hosts whose load average never reached this show none
OUTCOMES = ("sent", "deferred", "failed")


@dataclass(frozen=True)
class Place:
    """A host on the picture; ``x`` and ``y`` from 0 to 1, from the left and from the top."""

    name: str
    x: float
    y: float
    preferences: list[str]  # "MX 10 site.example"
    queue: list[tuple[float, float]]  # (s, messages), each until the next
    load: list[tuple[float, float]]  # (s, load average of the last minute)
    arrivals: list[float]  # s at which a mailbox here got a message
    down: list[tuple[float, float, str, str]]  # (s, s, what of it, and that in words)


def scene(trace: "Trace") -> dict[str, Any]:
    """The whole scene as plain data, for the screen."""
    flights = _flights(trace)
    names = _names(trace, flights)
    index = {name: n for n, name in enumerate(names)}
    lost = trace.messages.where(state="lost")
    places = _places(trace, names, flights)
    return {
        "places": [asdict(place) for place in places],
        "lines": sorted({(index[one], index[other]) for _, _, one, other, _, _ in flights}),
        "longest": max((length for place in places for _, length in place.queue), default=0) or 1,
        "flights": [[start, end, index[one], index[other], what, message]
                    for start, end, one, other, what, message in flights],
        "lost": [[row.finished, index.get(row.host, 0)] for row in lost if row.finished is not None],
        "until": trace.until,
    }  # fmt: skip


Flight = tuple[float, float, str, str, int, int]  # start, end, from, to, what came of it, message


def _flights(trace: "Trace") -> list[Flight]:
    """Every attempt that used the net, in order of time."""
    servers = dict(zip(trace.connections["connection"], trace.connections["server"], strict=True))
    flights = [
        (row.time, row.time + row.seconds, row.host, servers[row.connection], OUTCOMES.index(row.outcome), row.message)
        for row in trace.attempts
        if row.connection is not None
    ]
    return sorted(flights)


def _names(trace: "Trace", flights: list[Flight]) -> list[str]:
    """All hosts that have to do with mail, in a fixed order."""
    seen = dict.fromkeys(trace.hosts)
    seen.update((name, None) for flight in flights for name in (flight[2], flight[3]))
    seen.update((name, None) for name in trace.deliveries["host"])
    return list(seen)


def _places(trace: "Trace", names: list[str], flights: list[Flight]) -> list[Place]:
    """Who only sends stands at the left, who only receives at the right, the others between them."""
    sends, takes = {flight[2] for flight in flights}, {flight[3] for flight in flights}
    column = {name: 0 if name not in takes else 2 if name not in sends else 1 for name in names}
    used = sorted(set(column.values()))
    arrivals: dict[str, list[float]] = {}
    for row in trace.deliveries:
        arrivals.setdefault(row.host, []).append(row.time)
    preferences = _preferences(trace)
    places = []
    for name in names:
        beside = [other for other in names if column[other] == column[name]]
        places.append(
            Place(
                name=name,
                x=(used.index(column[name]) + 0.5) / len(used),
                y=(beside.index(name) + 0.5) / len(beside),
                preferences=preferences.get(name, []),
                queue=list(trace.queue_length(name).rows()) if name in trace.hosts else [],
                load=_load(trace, name),
                arrivals=arrivals.get(name, []),
                down=[(row.start, row.end, str(row.what), row.what) for row in trace.outages if row.name == name],
            )
        )
    return places


def _preferences(trace: "Trace") -> dict[str, list[str]]:
    """For each host the MX records that name it, for the domains that mail was sent to."""
    domains = dict.fromkeys(recipient.rpartition("@")[2] for recipient in trace.messages["recipient"])
    found: dict[str, list[str]] = {}
    for domain in domains:
        for preference, host in trace.mx(domain):
            found.setdefault(host, []).append(f"MX {preference} {domain}")
    return found


def _load(trace: "Trace", name: str) -> list[tuple[float, float]]:
    if name not in trace.hosts:
        return []
    table = trace.load(name)
    pairs = list(zip(table["time"], table["load1"], strict=True))
    return [(time, round(load, 2)) for time, load in pairs] if max(table["load1"], default=0) >= LEAST_LOAD else []
