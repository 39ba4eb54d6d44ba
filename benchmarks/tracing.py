"""What it costs to write everything down: the same relay with a recorder that forgets at once.

Rows are made in both; what is not there is that they are kept.
"""

from collections.abc import Sequence
from time import perf_counter
from typing import Any

from relay.traffic import Message, traffic
from relay.with_simlib import end, site

MESSAGES, TIMES = 1_000, 3
KEPT = ("connections", "attempts", "deliveries", "notices", "log")


class Nothing:
    """Takes whatever is written down, and forgets it."""

    def forget(self, *_: Any) -> None:
        """Do nothing."""

    append = add = write = forget

    def __len__(self) -> int:
        return 0


def main() -> None:
    """Print the ratio."""
    messages = traffic(MESSAGES)
    kept, forgotten = (min(seconds(messages, forget) for _ in range(TIMES)) for forget in (False, True))
    print(f"Writing down: a traced run takes {kept / forgotten:.2f} times one whose recorder forgets")


def seconds(messages: Sequence[Message], forget: bool) -> float:
    """How long the relay takes."""
    world = site(messages)
    for name in KEPT if forget else ():
        setattr(world.recorder, name, Nothing())
    begun = perf_counter()
    world.run(until=end(messages))
    return perf_counter() - begun


if __name__ == "__main__":
    main()
