"""Letters for an address that has moved: who has them, who is told, whose work it is (claims 13.2 to 13.4)."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from simlib.lab.numbers import Number
from simlib.lab.pictures.between import KEY, REFUSED, between, places_of
from simlib.lab.pictures.common import how_many
from simlib.lab.pictures.drawing import Drawing, time_span
from simlib.lab.pictures.streams import Place, Stream, Streams
from simlib.language import phrase

if TYPE_CHECKING:
    from simlib.trace.record import Trace

MOST_STEPS = 120  # so many moments one can step through
ABOVE, BELOW = 0.2, 0.8  # the old host lies lower, so that what goes past it does not cross it


def mailman(trace: "Trace") -> Drawing:
    """Connections as streams between the writers' host, the old host and the others: letters, notices, refusals.

    The old host is the one that was called first. In each place stands what came to its mailboxes; in the old host its
    work: the connections that it took and made.
    """
    used = trace.connections.where(outcome="accepted")
    messages = trace.messages
    mail, notices = messages.where(notice=False), set(messages.where(notice=True)["message"])
    old = next(iter(used["server"]), "")
    left = places_of(Counter(host for host in mail["host"] if host != old))
    right = places_of(Counter(host for host in trace.hosts if host not in left and host != old))
    at = {**left, **({old: old} if old else {}), **right}
    flows = between(trace, used, at)
    letters = _came(trace, at, lambda message: message not in notices)
    told = _came(trace, at, lambda message: message in notices)
    closed = {key: [one.time for one in sums] for key, sums in flows.items()}
    moments = _moments(time for times in (closed, letters, told) for held in times.values() for time in held)
    numbers = {
        phrase("letters at {name}", name=name): Number(len(letters[name])) for name in dict.fromkeys(right.values())
    }
    numbers["notices to the writers"] = Number(sum(len(told[name]) for name in dict.fromkeys(left.values())))
    numbers[REFUSED] = Number(sum(sums[-1].connections for (_, _, kind), sums in flows.items() if kind == REFUSED))
    places = _side(left, 0.0, _people(mail["sender"], phrase("writers")), "notice", told, moments)
    if old:
        into, out_of, written = (names.count(old) for names in (used["server"], used["client"], trace.notices["host"]))
        numbers |= {
            phrase("notices made at {old}", old=old): Number(written),
            phrase("connections in at {old}", old=old): Number(into),
            phrase("connections out at {old}", old=old): Number(out_of),
            phrase("work at {old}", old=old): Number(into + out_of),
        }
        work = sorted(time for (start, end, _), times in closed.items() if old in (start, end) for time in times)
        did = phrase(
            "{connections} in and {out_of:,} out, {notices} written",
            connections=how_many(into, "connection"),
            out_of=out_of,
            notices=how_many(written, "notice"),
        )
        did += (
            phrase(", {letters} in its mailboxes", letters=how_many(len(letters[old]), "letter"))
            if letters[old]
            else ""
        )
        steps = [(time, phrase("{n:,} connections", n=n)) for time, n in _as_of(work, moments)]
        places.append(
            Place(
                phrase("old host {old}", old=old),
                0.5,
                BELOW,
                phrase("the old host {old}: {did}", old=old, did=did),
                "0 connections",
                steps,
            )
        )
    read_by = trace.deliveries.where(lambda one: one.host in right)["mailbox"]
    places += _side(right, 1.0, _people(read_by, phrase("readers")), "letter", letters, moments)
    names = list(dict.fromkeys(at.values()))
    streams = [
        Stream(
            names.index(start),
            names.index(end),
            kind,
            phrase(
                "{kind} from {start} to {end}: {connections}",
                kind=kind,
                start=start,
                end=end,
                connections=how_many(len(times), "connection"),
            ),
            [(time, n, phrase("{kind} {n:,}", kind=kind, n=n)) for time, n in _as_of(times, moments)],
        )
        for (start, end, kind), times in closed.items()
    ]
    title = "Who has the letters, who is told, and what work it is" if old else "Nothing was sent"
    return Drawing(title, Streams(time_span(trace.until), places, streams), KEY, numbers)


def _side(
    hosts: dict[str, str], x: float, people: str, what: str, came: dict[str, list[float]], moments: list[float]
) -> list[Place]:
    """The places at one side, each with how many letters or notices came to its mailboxes."""
    names = list(dict.fromkeys(hosts.values()))
    places = []
    for n, name in enumerate(names):
        y = (n + 0.5) / len(names) if len(names) > 1 else ABOVE
        shown = phrase("{people} at {name}", people=people, name=name) if people else name
        steps = [(time, how_many(n, what)) for time, n in _as_of(came[name], moments)]
        told = (
            phrase("{shown}: {many} came", shown=shown, many=how_many(len(came[name]), what))
            if came[name]
            else phrase("{shown}: nothing came", shown=shown)
        )
        places.append(Place(shown, x, y, told, how_many(0, what), steps))
    return places


def _came(trace: "Trace", at: dict[str, str], wanted: Callable[[int], bool]) -> dict[str, list[float]]:
    """When letters, or notices, came to mailboxes at each place."""
    times: dict[str, list[float]] = defaultdict(list)
    table = trace.deliveries
    for time, host, message in zip(table["time"], table["host"], table["message"], strict=True):
        if host in at and wanted(message):
            times[at[host]].append(time)
    return times


def _moments(times: Iterable[float]) -> list[float]:
    """As many of the times as one can step through, evenly picked, with the last."""
    every = sorted(times)
    return every[::-1][:: -(-len(every) // MOST_STEPS) or 1][::-1]


def _as_of(times: Sequence[float], moments: list[float]) -> Iterator[tuple[float, int]]:
    """How many there have been by each of the moments, where it has become more."""
    before = 0
    for moment in moments:
        count = bisect_right(times, moment)
        if count > before:
            yield moment, count
        before = count


def _people(addresses: list[str], several: str) -> str:
    """Who it is where it is one; nobody where there is none."""
    names = {address.partition("@")[0] for address in addresses}
    return several if len(names) > 1 else "".join(names)
