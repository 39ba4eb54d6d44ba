"""The charts of a trace: connections, attempts, delays, queues … Each is a plain function from trace to chart."""

from collections.abc import Sequence
from itertools import accumulate
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from simlib.lab.chart import Axis, Chart, Point, Series
from simlib.lab.numbers import Number, time_unit
from simlib.lab.scale import binned, counted, over_time, stacked
from simlib.language import phrase

if TYPE_CHECKING:
    from simlib.trace.record import Trace

MOST_LINES = 8  # more lines than this nobody tells apart; the rest is drawn as one

LEAST_LOAD = 0.1  # a host that never reached this had nothing to do

_SINCE_START = "time since the start"


def connections(trace: "Trace") -> Chart:
    """How many SMTP connections stand open over time; each server is a band, and their height together is the total."""
    table = trace.connections
    accepted = table.where(outcome="accepted")
    changes: dict[str, list[tuple[float, int]]] = {}
    for row in accepted:
        ends = [] if row.closed is None else [(row.closed, -1)]
        changes.setdefault(row.server, []).extend([(row.opened, 1), *ends])
    lines = _fewer({server: changes[server] for server in sorted(changes)})
    every = counted(change for line in lines.values() for change in line)
    x, series = stacked(_SINCE_START, {name: counted(line) for name, line in lines.items()})
    refused = {outcome: times for outcome, times in table.count("outcome").items() if outcome != "accepted"}
    numbers = {
        "connections opened": Number(len(accepted)),
        "most open at once": Number(_highest(every)),
        "messages carried": Number(sum(accepted["messages"])),
        "RSET commands": Number(sum(accepted["resets"])),
        "round trips": Number(sum(accepted["round_trips"])),
        **{phrase("connections {outcome}", outcome=outcome): Number(times) for outcome, times in refused.items()},
    }
    return Chart("Open connections", x, Axis("open connections"), "bands", series, numbers)


def attempts(trace: "Trace") -> Chart:
    """Delivery attempts made so far, by what came of them, over time."""
    table = trace.attempts
    outcomes = {outcome: table.where(outcome=outcome)["time"] for outcome in ("sent", "deferred", "failed")}
    start, end = min(table["time"], default=0.0), max(table["time"], default=0.0)
    lines = {o: [(start, 0.0), *counted((time, 1) for time in times)] for o, times in outcomes.items()}
    x, series = over_time(_SINCE_START, lines, end)
    numbers = {
        "attempts": Number(len(table)),
        **{outcome: Number(len(times)) for outcome, times in outcomes.items()},
        "over a cached connection": Number(sum(table["cached"])),
        "time spent in attempts": Number(sum(table["seconds"]), "s"),
    }
    return Chart("Delivery attempts", x, Axis("attempts so far"), "steps", series, numbers)


def fates(trace: "Trace") -> Chart:
    """What has become of the letters, over time: delivered, returned, and those still on their way."""
    letters = trace.messages.where(notice=False)
    ends = {state: letters.where(state=state)["finished"] for state in ("delivered", "bounced")}
    on_their_way = sorted([(time, 1) for time in letters["submitted"]]
                          + [(time, -1) for time in letters["finished"] if time is not None])  # fmt: skip
    changes = {"on their way": on_their_way, **{state: [(time, 1) for time in times] for state, times in ends.items()}}
    lines = {name: [(0.0, 0.0), *counted(line)] for name, line in changes.items()}
    x, series = over_time(_SINCE_START, lines, trace.until)
    late = [delay for delay in letters.where(state="delivered")["delay"] if delay is not None]
    numbers = {
        "delivered": Number(len(ends["delivered"])),
        "bounced": Number(len(ends["bounced"])),
        "not there at the end": Number(letters["state"].count("queued")),
        "longest delay": Number(max(late, default=0.0), "s"),
    }
    return Chart("What became of the letters", x, Axis("letters"), "steps", series, numbers)


def delays(trace: "Trace") -> Chart:
    """How long the delivered messages took from submission to delivery."""
    spans = sorted(span for span in trace.messages.where(state="delivered", notice=False)["delay"] if span is not None)
    unit, size = time_unit(max(spans, default=0.0))
    bars = Series("messages", tuple(binned([span / size for span in spans])))
    numbers = {"messages delivered": Number(len(spans))}
    if spans:
        numbers |= {
            "median delay": Number(median(spans), "s"),
            "95 % within": Number(spans[-(-95 * len(spans) // 100) - 1], "s"),
            "longest delay": Number(spans[-1], "s"),
        }
    return Chart("Delay of delivered messages", Axis("delay", unit), Axis("messages"), "bars", (bars,), numbers)


def queue_length(trace: "Trace") -> Chart:
    """How many messages lie in each host's queue, over time; hosts whose queue was never used are left out."""
    steps: dict[str, list[Point]] = {host: list(trace.queue_length(host).rows()) for host in trace.hosts}
    used = {host: points for host, points in steps.items() if _highest(points) > 0}
    x, series = over_time(_SINCE_START, used, max((points[-1][0] for points in used.values()), default=0.0))
    numbers = {phrase("longest at {host}", host=host): Number(_highest(points)) for host, points in used.items()}
    numbers["left in queues"] = Number(sum(points[-1][1] for points in used.values()))
    return Chart("Queue length", x, Axis("messages in the queue"), "steps", series, numbers)


def bytes_on_the_wire(trace: "Trace") -> Chart:
    """What the connections have carried so far, of those that brought mail and of those that brought none."""
    used = [(one, one.closed) for one in trace.connections if one.closed is not None and one.bytes > 0]
    lines: dict[str, list[Point]] = {"with mail": [(0.0, 0.0)], "in vain": [(0.0, 0.0)]}
    for one, closed in sorted(used, key=lambda pair: pair[1]):
        line = lines["with mail" if one.messages else "in vain"]
        line.append((closed, line[-1][1] + one.bytes / 1000))
    x, series = over_time(_SINCE_START, lines, max((closed for _, closed in used), default=0.0))
    in_vain = [(one, closed) for one, closed in used if not one.messages]
    numbers = {
        "connections": Number(len(used)),
        "bytes": Number(sum(one.bytes for one, _ in used), "bytes"),
        "bytes in vain": Number(sum(one.bytes for one, _ in in_vain), "bytes"),
        "time connected": Number(sum(closed - one.opened for one, closed in used), "s"),
        "time in vain": Number(sum(closed - one.opened for one, closed in in_vain), "s"),
    }
    return Chart("Bytes on the wire", x, Axis("carried so far", "kB"), "steps", series, numbers)


class Reading(NamedTuple):
    """A message as it is read: its row in ``trace.deliveries``, when it was sent, and by how much a younger one was
    read before it; both in seconds.
    """

    message: int
    row: int
    sent: float
    behind: float


def readings(trace: "Trace") -> list[Reading]:
    """The messages, without notices, in the order in which they came and are read."""
    sent = dict(zip(trace.messages["message"], trace.messages["submitted"], strict=True))
    notices = set(trace.messages.where(notice=True)["message"])
    came = enumerate(trace.deliveries["message"])
    read = [(message, n, sent[message]) for n, message in came if message not in notices]
    newest = accumulate((time for _, _, time in read), max)
    return [Reading(*one, latest - one[2]) for one, latest in zip(read, newest, strict=True)]


def numbers_of_reading(read: Sequence[Reading]) -> dict[str, Number]:
    """How many are read, and how many of them after a younger one."""
    late = [one.behind for one in read if one.behind > 0]
    return {
        "messages read": Number(len(read)),
        "after a younger one": Number(len(late)),
        "furthest behind": Number(max(late, default=0.0), "s"),
    }


def reading_order(trace: "Trace") -> Chart:
    """When each message was sent, in the order in which it came: where the line falls, an older one is read later."""
    read = readings(trace)
    unit, size = time_unit(max((one.sent for one in read), default=0.0))
    line = Series("messages", tuple((n, round(one.sent / size, 4)) for n, one in enumerate(read, 1)))
    x, y = Axis("place in the mailbox"), Axis("sent at", unit)
    return Chart("Order of reading", x, y, "steps", (line,), numbers_of_reading(read))


def outcomes(trace: "Trace") -> Chart:
    """What has become of the mail so far: on which host it arrived, and what was returned or lost.

    What arrived and was destroyed in its mailbox afterwards has arrived and is lost: it stands in both lines.
    """
    mail = trace.messages.where(notice=False)
    letters = set(mail["message"])
    arrivals = trace.deliveries.where(lambda one: one.message in letters)
    times: dict[str, list[float]] = {}
    for one in arrivals:
        times.setdefault(one.host, []).append(one.time)
    numbers = {phrase("arrived at {host}", host=host): Number(len(held)) for host, held in times.items()}
    times["returned"] = [time for time in mail.where(state="bounced")["finished"] if time is not None]
    times["lost in a mailbox"] = trace.losses["time"]
    numbers |= {name: Number(len(times[name])) for name in ("returned", "lost in a mailbox")}
    lines = {name: [(0.0, 0.0), *counted((time, 1) for time in held)] for name, held in times.items()}
    x, series = over_time(_SINCE_START, lines, trace.until)
    there = set(zip(arrivals["mailbox"], arrivals["message"], strict=True))
    spoiled = there & set(zip(trace.losses["mailbox"], trace.losses["message"], strict=True))
    if spoiled:
        numbers["lost after it had arrived"] = Number(len(spoiled))
    return Chart("What became of the mail", x, Axis("messages so far"), "steps", series, numbers)


def load(trace: "Trace") -> Chart:
    """The load average of the last minute, over time; hosts that had nothing to do are left out, if some had."""
    figures = {host: trace.load(host).select("time", "load1") for host in trace.hosts}
    busy = [host for host, table in figures.items() if max(table["load1"]) >= LEAST_LOAD] or list(figures)
    lines = {host: list(figures[host].rows()) for host in busy}
    x, series = over_time(_SINCE_START, lines, trace.until)
    numbers = {
        phrase("highest at {host}", host=host): Number(_highest(points), "load") for host, points in lines.items()
    }
    return Chart("Load average", x, Axis("load average (1 minute)"), "steps", series, numbers)


def _fewer(changes: dict[str, list[tuple[float, int]]]) -> dict[str, list[tuple[float, int]]]:
    """The same lines, those with the fewest changes put together where there are too many to draw."""
    if len(changes) <= MOST_LINES:
        return changes
    busiest = sorted(changes, key=lambda name: -len(changes[name]))[: MOST_LINES - 1]
    rest = [change for name, line in changes.items() if name not in busiest for change in line]
    kept = {name: line for name, line in changes.items() if name in busiest}
    return {**kept, phrase("{many} others", many=len(changes) - len(kept)): rest}


def _highest(points: list[Point]) -> float:
    return max((value for _, value in points), default=0)
