"""One relay in simlib and as a plain model in other simulators: how long each takes for the same traffic.

The plain models know waiting lines and times. simlib does what sendmail does, and writes down all of it.
"""

from collections.abc import Callable, Sequence
from time import perf_counter

from relay import with_ciw, with_heapq, with_salabim, with_simlib, with_simpy
from relay.traffic import Ends, Message, traffic

MESSAGES = 10_000
MODELS = {
    "a bare heapq loop": with_heapq,
    "SimPy, a process a message": with_simpy,
    "Ciw": with_ciw,
    "salabim": with_salabim,
    "simlib": with_simlib,
}


def main(messages: int = MESSAGES) -> None:
    """Print the table."""
    played = traffic(messages)
    measured = {name: timed(model.run, played) for name, model in MODELS.items()}
    unit = measured["SimPy, a process a message"][1]
    print(f"One relay, {messages:,} messages, 1 of 20 destinations down, a try each 30 minutes for 5 days")
    for name, (ends, spent) in measured.items():
        print(
            f"  {name:<28} {messages / spent:>9,.0f} messages/s {spent / unit:>8.2f} × SimPy   "
            f"{ends.delivered} delivered, {ends.returned} returned"
        )


def timed(run: Callable[[Sequence[Message]], Ends], played: Sequence[Message]) -> tuple[Ends, float]:
    """How it ended, and the seconds that it took."""
    begun = perf_counter()
    ends = run(played)
    return ends, perf_counter() - begun


if __name__ == "__main__":
    main()
