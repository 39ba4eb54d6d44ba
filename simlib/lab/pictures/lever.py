"""What comes in at a host and what it makes of that: bytes as streams between it and all others (claims 17.8, 13.2)."""

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from simlib.lab.numbers import Number, text_of
from simlib.lab.pictures.common import how_many
from simlib.lab.pictures.drawing import BAD, GOOD, WAITS, Drawing, time_span
from simlib.lab.pictures.streams import Place, Stream, Streams

if TYPE_CHECKING:
    from simlib.trace.record import Trace

MAIL, NOTICES, REFUSED = "letters", "notices", "refused"
KEY = {MAIL: GOOD, NOTICES: WAITS, REFUSED: BAD}
MOST_PLACES = 5  # at either side of the host; the least busy of more are drawn as one
OTHERS = "{} others"
MAILBOX = "mailbox of {}"


def lever(trace: "Trace") -> Drawing:
    """What each host gives to the busiest one and what that one makes of it, as streams as wide as their bytes.

    A stream is of letters, of notices, or of what was refused whole; in each place stands what came to its mailboxes,
    and how many notices it wrote. Below the busiest host is its fullest mailbox.
    """
    used = trace.connections.where(outcome="accepted")
    busy = Counter(used["client"]) + Counter(used["server"])
    hub = max(busy, key=lambda name: busy[name], default="")
    left = _some(Counter(one.client for one in used if one.server == hub))
    right = _some(Counter(one.server for one in used if one.client == hub and one.server not in left))
    at = {**left, hub: hub, **right}
    home = _home(trace, hub)
    flows = _flows(trace, at) | home
    mailboxes = list(dict.fromkeys(end for _, end, _ in home))
    columns = {
        0.0: list(dict.fromkeys(left.values())),
        0.5: [hub, *mailboxes],
        1.0: list(dict.fromkeys(right.values())),
    }
    names = [name for held in columns.values() for name in held]
    amounts = {kind: sum(steps[-1][1] for (_, _, one), steps in flows.items() if one == kind) for kind in KEY}
    into = sum(steps[-1][1] for (_, end, _), steps in flows.items() if end == hub)
    out_of = sum(steps[-1][1] for (start, end, _), steps in flows.items() if start == hub and end not in mailboxes)
    streams = [
        Stream(names.index(start), names.index(end), kind, f"{kind} from {start} to {end}: {steps[-1][2]}", steps)
        for (start, end, kind), steps in flows.items()
    ]
    places = [
        _place(trace, name, [one for one in at if at[one] == name], x, (n + 0.5) / len(held))
        for x, held in columns.items()
        for n, name in enumerate(held)
    ]
    numbers = {
        f"bytes into {hub or 'no host'}": Number(into, "bytes"),
        f"bytes out of {hub or 'no host'}": Number(out_of, "bytes"),
        **{f"bytes of {kind}": Number(amount, "bytes") for kind, amount in amounts.items()},
        **{
            f"bytes into the {name}": Number(sum(s[-1][1] for key, s in flows.items() if key[1] == name), "bytes")
            for name in mailboxes
        },
        "notices written": Number(len(trace.notices)),
    }
    title = f"What comes to {hub} and what it makes of it" if hub else "Nothing was sent"
    return Drawing(title, Streams(time_span(trace.until), places, streams), KEY, numbers)


def _some(counts: Counter[str]) -> dict[str, str]:
    """Each host → the place that stands for it: the busiest have their own, the rest share one."""
    names = sorted(counts, key=lambda name: (-counts[name], name))
    own = names if len(names) <= MOST_PLACES else names[: MOST_PLACES - 1]
    kept = sorted(own)
    return {name: name if name in kept else OTHERS.format(len(names) - len(own)) for name in [*kept, *names]}


def _flows(trace: "Trace", at: dict[str, str]) -> dict[tuple[str, str, str], list[tuple[float, float, str]]]:
    """For each pair of places and each kind the sums of connections and bytes, as they stand when one is closed."""
    about = dict(zip(trace.messages["message"], trace.messages["notice"], strict=True))
    carried: dict[int, list[tuple[bool, bool]]] = defaultdict(list)  # connection → (a notice, it was taken)
    for one in trace.attempts:
        if one.connection is not None:
            carried[one.connection].append((about.get(one.message, False), one.outcome == "sent"))
    flows: dict[tuple[str, str, str], list[tuple[float, float, str]]] = defaultdict(list)
    sums: Counter[tuple[str, str, str]] = Counter()
    for row in trace.connections.where(outcome="accepted"):
        if row.client not in at or row.server not in at or row.closed is None:
            continue
        held = carried[row.connection]
        taken = any(sent for _, sent in held) or not held
        kind = REFUSED if not taken else NOTICES if held and all(notice for notice, _ in held) else MAIL
        key = (at[row.client], at[row.server], kind)
        sums[key] += row.bytes
        many = how_many(len(flows[key]) + 1, "connection")
        flows[key].append((row.closed, sums[key], f"{many}, {text_of(Number(sums[key]))} bytes"))
    return dict(flows)


def _home(trace: "Trace", hub: str) -> dict[tuple[str, str, str], list[tuple[float, float, str]]]:
    """The same for the mailbox at the busiest host that most bytes came to."""
    about = dict(zip(trace.messages["message"], trace.messages["notice"], strict=True))
    came = list(trace.deliveries.where(host=hub))
    sizes: Counter[str] = Counter()
    for row in came:
        sizes[row.mailbox] += row.size
    fullest = [name for name, _ in sizes.most_common(1)]
    flows: dict[tuple[str, str, str], list[tuple[float, float, str]]] = defaultdict(list)
    sums: Counter[tuple[str, str, str]] = Counter()
    for row in came:
        if row.mailbox in fullest:
            key = (hub, MAILBOX.format(row.mailbox), NOTICES if about.get(row.message, False) else MAIL)
            sums[key] += row.size
            many = how_many(len(flows[key]) + 1, key[2].removesuffix("s"))
            flows[key].append((row.time, sums[key], f"{many}, {text_of(Number(sums[key]))} bytes"))
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
        words = [f"{counts[0]} in mailboxes"] if counts[0] else []
        words += [f"wrote {how_many(counts[1], 'notice')}"] if counts[1] else []
        steps.append((time, ", ".join(words)))
    return Place(name, x, y, ": ".join([name, *filter(None, [steps[-1][1]])]), "", steps)
