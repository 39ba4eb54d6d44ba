"""simlib, with all its behaviour: queue, name service, SMTP, log, ledger, notices, trace."""

from collections.abc import Sequence

from relay.traffic import CACHE, DESTINATIONS, LIFE, RETRY, ROUND_TRIP, TIMEOUT, Ends, Message
from simlib import Trace, World


def site(messages: Sequence[Message]) -> World:
    """The relay and its destinations, with the traffic that will come."""
    world = World(seed=1)
    mail = world.sendmail(
        "relay.example",
        cf=f"O ConnectionCacheSize={CACHE}\nO Timeout.connect={TIMEOUT:.0f}s\nO DeliveryMode=background",
    )
    for n in range(DESTINATIONS):
        world.peer(f"mx{n}.example", domain=f"d{n}.example", latency=ROUND_TRIP / 2)
    world.outage("mx0.example", "0s", 2 * LIFE)
    for one in messages:
        mail.submit("a@relay.example", f"u@d{one.destination}.example", size=one.size, at=one.at)
    mail.queue_run(every=RETRY)
    return world


def trace(messages: Sequence[Message]) -> Trace:
    """Play the traffic to its end."""
    return site(messages).run(until=end(messages))


def end(messages: Sequence[Message]) -> float:
    """When the last of it has been returned, in seconds."""
    return messages[-1].at + LIFE + 2 * RETRY


def run(messages: Sequence[Message]) -> Ends:
    """How it ended; notices to the sender are not counted."""
    totals = trace(messages).totals()
    return Ends(totals["delivered"], totals["bounced"])
