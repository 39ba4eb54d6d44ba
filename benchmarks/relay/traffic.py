"""The traffic of all models, and how long things take in the plain ones.

A relay for twenty destinations. Messages come by themselves (Poisson) at 5 a second; sizes are lognormal; destination
0 is down, and what is for it is tried again every 30 minutes for 5 days, then returned.
"""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

DESTINATIONS = 20
WORKERS = 50
RATE = 5.0  # messages a second
RETRY, LIFE = 1_800.0, 5 * 86_400.0  # s
ROUND_TRIP, BYTES = 0.04, 1_250_000.0  # s; a second on a line of 10 Mbps
LOOKUP, CONNECT, TIMEOUT = ROUND_TRIP, 3 * ROUND_TRIP, 30.0  # s: DNS; TCP, greeting and EHLO; a connect in vain
CACHE = 2  # connections kept open


class Message(NamedTuple):
    """One message of the traffic."""

    at: float
    size: int
    destination: int

    @property
    def down(self) -> bool:
        """Whether its destination does not answer."""
        return self.destination == 0

    @property
    def transfer(self) -> float:
        """Seconds for MAIL, RCPT, DATA and the content."""
        return 3 * ROUND_TRIP + self.size / BYTES


class Cache:
    """The connections that are open, the least recently used of them first."""

    def __init__(self) -> None:
        self._held: list[int] = []

    def setup(self, destination: int) -> float:
        """Seconds until one can begin to send there."""
        known = destination in self._held
        if known:
            self._held.remove(destination)
        elif len(self._held) == CACHE:
            del self._held[0]
        self._held.append(destination)
        return 0.0 if known else CONNECT


class Ends(NamedTuple):
    """How many messages ended in which way."""

    delivered: int
    returned: int


def traffic(messages: int, seed: int = 1) -> Sequence[Message]:
    """That many messages, in the order in which they come."""
    arrivals, sizes, places = (Random(f"{seed} {purpose}") for purpose in ("arrivals", "sizes", "places"))
    now, made = 0.0, []
    for _ in range(messages):
        now += arrivals.expovariate(RATE)
        made.append(Message(now, int(sizes.lognormvariate(8.5, 1)) + 1, places.randrange(DESTINATIONS)))
    return made
