"""Mail for a host that its process knows to be down, deferred without going all the way again.

In a queue run all that waits for a dead host is dealt with in one moment of the clock, and fares alike: the first such
message is tried as any other is, and finds that nothing has to be asked of anybody. What follows for the same domain,
before the clock has moved, needs only be written down. Nothing is remembered from one moment to the next, and
what may change within one, the configuration and what is remembered of the host, is looked at again each time.
"""

from collections.abc import Iterable
from typing import NamedTuple

from simlib.cf import Cf, Mailer
from simlib.message.envelope import domain_of
from simlib.mta.policy.host_status import HostStatus
from simlib.mta.policy.outcome import Outcome

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
