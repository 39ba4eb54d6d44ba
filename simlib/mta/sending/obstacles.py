"""Why nobody is asked at all: what stands in the way of a message before the first look at a mail host.

Each obstacle is a function of data. An attempt looks at the first when it begins and a delivery at the others; a queue
run that defers mail for a dead host without a delivery has to pass all of them.
"""

from typing import NamedTuple

from simlib.cf import Mailer
from simlib.message.status import Exit
from simlib.mta.policy.conversion import NO_EIGHT_BITS, sendable
from simlib.mta.policy.outcome import Outcome
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.mta.policy.settings import Settings
from simlib.mta.policy.version import mishandles_what_is_too_large


class Obstacle(NamedTuple):
    """What stands in the way: what becomes of the recipients, and what the transcript says.

    ``too_large``: the whole of it would be too large for a return, too.
    """

    outcome: Outcome
    said: tuple[str, ...]
    too_large: bool = False


def too_many_hops(entry: QueueEntry, settings: Settings) -> Obstacle | None:
    """A loop (MaxHopCount): all of it comes back."""
    if entry.hops <= settings.max_hops:
        return None
    text = f"Too many hops {entry.hops} ({settings.max_hops} max)"
    assert entry.received is not None  # it has come a long way
    via, to = entry.received.way.hello, ",".join(f"<{one.address}>" for one in entry.recipients)
    outcome = Outcome(Exit.UNAVAILABLE, "5.4.6", text, mailer="", reason="554 5.4.6 Too many hops")
    return Obstacle(outcome, (f"554 5.4.6 {text}: from <{entry.sender}> via {via}, to {to}",))


def at_mailer(
    entry: QueueEntry, mailer: Mailer, host: str, settings: Settings, version: str, recipients: int = 1
) -> Obstacle | None:
    """What keeps a message from a mailer, which was to take it for so many ``recipients``."""
    return _too_large(entry, mailer, host, version, recipients) or _no_eight_bits(entry, mailer, settings)


def _too_large(entry: QueueEntry, mailer: Mailer, host: str, version: str, recipients: int) -> Obstacle | None:
    """Larger than ``M=`` of the mailer (0: any size may be). That it is "too large" stands in the notice only."""
    if mailer.max_size == 0 or entry.message.size <= mailer.max_size:
        return None
    dsn, relay = ("5.2.3", "") if mailer.is_local else ("5.3.4", f"{host}.")
    told = not mishandles_what_is_too_large(version)
    outcome = Outcome(Exit.UNAVAILABLE, dsn, Exit.UNAVAILABLE.text, mailer.name, relay, told=told)
    said = (f"552 5.3.4 Message is too large; {mailer.max_size} bytes max", Exit.UNAVAILABLE.message)
    return Obstacle(outcome, said * recipients, too_large=True)


def _no_eight_bits(entry: QueueEntry, mailer: Mailer, settings: Settings) -> Obstacle | None:
    """It has bytes above 127, which the mailer does not take and nobody may convert (EightBitMode)."""
    if sendable(entry, mailer, settings):
        return None
    outcome = Outcome(Exit.DATAERR, "5.6.3", NO_EIGHT_BITS, mailer.name)
    return Obstacle(outcome, (f"554 5.6.3 {NO_EIGHT_BITS}",))
