"""What comes in at a host and what it makes of that: bytes as streams between it and all others (claims 17.8, 13.2)."""

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from simlib.lab.numbers import Number, text_of
from simlib.lab.pictures.between import KEY, MAIL, NOTICES, Pair, between, places_of
from simlib.lab.pictures.common import how_many
from simlib.lab.pictures.drawing import Drawing, time_span
from simlib.lab.pictures.streams import Place, Stream, Streams
from simlib.language import phrase, sentences

if TYPE_CHECKING:
    from simlib.trace.record import Trace
    from simlib.trace.row_types import ConnectionRow
    from simlib.trace.rows_of import RowsOf

Steps = list[tuple[float, float, str]]

MAILBOX = "mailbox of {user}"


def lever(trace: "Trace") -> Drawing:
    """What each host gives to the busiest one and what that one makes of it, as streams as wide as their bytes.

    A stream is of letters, of notices, or of what was refused whole; in each place stands what came to its mailboxes,
    and how many notices it wrote. Below the busiest host is its fullest mailbox.
    """
    used = trace.connections.where(outcome="accepted")
    busy = Counter(used["client"]) + Counter(used["server"])
    hub = max(busy, key=lambda name: busy[name], default="")
    left = places_of(Counter(one.client for one in used if one.server == hub))
    right = places_of(Counter(one.server for one in used if one.client == hub and one.server not in left))
    at = {**left, hub: hub, **right}
    home = _home(trace, hub)
    flows = _flows(trace, used, at) | home
    mailboxes = list(dict.fromkeys(end for _, end, _ in home))
    columns = {
        0.0: list(dict.fromkeys(left.values())),
        0.5: [hub, *mailboxes] if hub else [],
        1.0: list(dict.fromkeys(right.values())),
    }
    names = [name for held in columns.values() for name in held]
    amounts = {kind: sum(steps[-1][1] for (_, _, one), steps in flows.items() if one == kind) for kind in KEY}
    into = sum(steps[-1][1] for (_, end, _), steps in flows.items() if end == hub)
    out_of = sum(steps[-1][1] for (start, end, _), steps in flows.items() if start == hub and end not in mailboxes)
    streams = [
        Stream(
            names.index(start),
            names.index(end),
            kind,
            phrase("{kind} from {start} to {end}: {sum}", kind=kind, start=start, end=end, sum=steps[-1][2]),
            steps,
        )
        for (start, end, kind), steps in flows.items()
    ]
    places = [
        _place(trace, name, [one for one in at if at[one] == name], x, (n + 0.5) / len(held))
        for x, held in columns.items()
        for n, name in enumerate(held)
    ]
    numbers = {
        phrase("bytes into {host}", host=hub or "no host"): Number(into, "bytes"),
        phrase("bytes out of {host}", host=hub or "no host"): Number(out_of, "bytes"),
        **{phrase("bytes of {kind}", kind=kind): Number(amount, "bytes") for kind, amount in amounts.items()},
        **{
            phrase("bytes into the {name}", name=name): Number(
                sum(s[-1][1] for key, s in flows.items() if key[1] == name), "bytes"
            )
            for name in mailboxes
        },
        "notices written": Number(len(trace.notices)),
    }
    title = phrase("What comes to {hub} and what it makes of it", hub=hub) if hub else "Nothing was sent"
    return Drawing(title, Streams(time_span(trace.until), places, streams), KEY, numbers)


def _flows(trace: "Trace", used: "RowsOf[ConnectionRow]", at: dict[str, str]) -> dict[Pair, Steps]:
    """The bytes between all pairs of places, as they grow."""
    return {
        key: [
            (
                one.time,
                one.bytes,
                phrase(
                    "{connections}, {bytes} bytes",
                    connections=how_many(one.connections, "connection"),
                    bytes=text_of(Number(one.bytes)),
                ),
            )
            for one in sums
        ]
        for key, sums in between(trace, used, at).items()
    }


def _home(trace: "Trace", hub: str) -> dict[Pair, Steps]:
    """The same for the mailbox at the busiest host that most bytes came to."""
    about = dict(zip(trace.messages["message"], trace.messages["notice"], strict=True))
    came = list(trace.deliveries.where(host=hub))
    sizes: Counter[str] = Counter()
    for row in came:
        sizes[row.mailbox] += row.size
    fullest = [name for name, _ in sizes.most_common(1)]
    flows: dict[Pair, Steps] = defaultdict(list)
    sums: Counter[Pair] = Counter()
    for row in came:
        if row.mailbox in fullest:
            key = (hub, phrase(MAILBOX, user=row.mailbox), NOTICES if about.get(row.message, False) else MAIL)
            sums[key] += row.size
            many = how_many(len(flows[key]) + 1, "notice" if key[2] == NOTICES else "letter")
            flows[key].append(
                (row.time, sums[key], phrase("{many}, {bytes} bytes", many=many, bytes=text_of(Number(sums[key]))))
            )
    return dict(flows)


def _place(trace: "Trace", name: str, hosts: list[str], x: float, y: float) -> Place:
    """A place with the letters that came to mailboxes in it, and the notices that were written there."""
    events = sorted(
        [(row.time, 0) for row in trace.deliveries if row.host in hosts]
        + [(row.time, 1) for row in trace.notices if row.host in hosts]
    )
    counts, steps = [0, 0], [(0.0, "")]
    for time, what in events:
        counts[what] += 1
        words = [phrase("{n} arrived", n=counts[0])] if counts[0] else []
        words += [how_many(counts[1], "notice")] if counts[1] else []
        steps.append((time, sentences(words, ", ")))
    return Place(name, x, y, sentences([name, steps[-1][1]], ": "), "", steps)
