"""Mail for a host that its process knows to be down, put off without going all the way again.

In a queue run all that waits for a dead host is dealt with in one moment of the clock, and fares alike: the first such
message is tried as any other is, and finds that nothing has to be asked of anybody. What follows for the same domain,
before the clock has moved, needs only be written down. Nothing is remembered from one moment to the next, and
what may change within one, the configuration and what is remembered of the host, is looked at again each time.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from simlib.cf import Cf, Mailer
from simlib.message.envelope import domain_of
from simlib.mta import notices
from simlib.mta.conversion import sendable
from simlib.mta.host_status import HostStatus
from simlib.mta.outcome import Outcome
from simlib.mta.queue_entry import QueueEntry
from simlib.mta.tried import log_outcome, note_host

if TYPE_CHECKING:
    from simlib.mta.process import SendmailProcess

NO_DOMAIN = ("|", "/", '"')  # how programs, files and quoted names begin, which go elsewhere


class DeadEnd(NamedTuple):
    """A domain's only mail host, which is known to be down, and what came of mail for it."""

    mx: str
    outcome: Outcome
    mailer: Mailer
    status: HostStatus  # that the process, or the directory, remembers of it
    cf: Cf


class DeadEnds:
    """The dead ends of one process in one moment, by domain."""

    def __init__(self) -> None:
        self._moment = -1.0
        self._ends: dict[str, DeadEnd] = {}

    def add(self, now: float, addresses: Iterable[str], end: DeadEnd) -> None:
        """Mail for those could not be sent just now, and nobody had to be asked."""
        if self._moment != now:
            self._moment, self._ends = now, {}
        self._ends |= dict.fromkeys(map(domain_of, addresses), end)

    def find(self, now: float, address: str) -> DeadEnd | None:
        """What is known of an address in this moment."""
        if self._moment != now or address.startswith(NO_DOMAIN):
            return None
        return self._ends.get(domain_of(address))


def put_off(process: "SendmailProcess", entry: QueueEntry) -> bool:
    """Put off an entry of a queue run whose one recipient is at a dead end; False if it has to be tried."""
    if len(entry.recipients) != 1 or entry.locked:
        return False
    (recipient,), moment = entry.recipients, process.env.now
    end = process.dead_ends.find(moment, recipient.address)
    if end is None or not _goes_there(process, entry, end, int(moment)):
        return False
    outcome, priority = end.outcome, entry.priority + process.mta.settings.retry_factor
    note_host(process, entry, recipient.address, end.mx, outcome, moment)
    log_outcome(process, entry, recipient.shown, outcome, priority, moment)
    recipient.outcome, entry.status = outcome, outcome.stat
    entry.tried(priority, moment)
    return True


def _goes_there(process: "SendmailProcess", entry: QueueEntry, end: DeadEnd, now: int) -> bool:
    """Whether it would come as far as to the host, and nothing is to be told of it now."""
    mta, settings = process.mta, process.mta.settings
    return not (
        end.cf is not mta.cf
        or process.memory.recall(end.mx, now) is not end.status
        or (mta.expands and mta.is_here(entry.recipients[0].address))
        or mta.message_cost > 0
        or entry.hops > settings.max_hops
        or 0 < end.mailer.max_size < entry.message.size
        or not sendable(entry, end.mailer, settings)
        or notices.expired(entry, now, settings)
        or notices.warning_due(entry, now, settings)
    )
