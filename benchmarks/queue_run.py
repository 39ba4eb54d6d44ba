"""One queue run over n messages for dead hosts: how its cost grows with n.

``python benchmarks/queue_run.py``. Prints the time of each run in units of the smallest, and the exponent of growth.
Absolute times say nothing from one machine to another; ratios within one run do.
"""

from itertools import pairwise
from math import log
from pathlib import Path
from time import perf_counter

from simlib import World

SIZES = (10_000, 100_000, 1_000_000)
HOSTS = 50
A_SECOND = 1_000  # messages that come, so that the queue is measured and not a list of what is to come
PAGE = 4_096  # bytes


def one_run(messages: int) -> tuple[float, float]:
    """Seconds of a run over so many messages, none of which can be delivered; bytes a message before it."""
    empty = resident()
    world = World(seed=1)
    mail = world.sendmail("mail.example", cf="O DeliveryMode=queueonly\nO Timeout.connect=5s")
    for n in range(HOSTS):
        world.host(f"dead{n}.example")
        world.outage(f"dead{n}.example", "0s", "30d")
    for second in range(messages // A_SECOND):
        for n in range(A_SECOND):
            mail.submit("taro@mail.example", f"user@dead{n % HOSTS}.example")
        world.run(until=second + 1)
    held = (resident() - empty) / messages
    mail.queue_run(at="1h")
    begun = perf_counter()
    trace = world.run(until="2h")
    spent = perf_counter() - begun
    assert trace.totals()["queued"] == messages
    assert all(entry.tries == 1 for entry in mail.queue)
    return spent, held


def resident() -> int:
    """Bytes of memory that this process has, as Linux counts them."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * PAGE


def main() -> None:
    """Print the table."""
    measured = {size: one_run(size) for size in reversed(SIZES)}  # the largest before there is memory to be used again
    runs = {size: measured[size] for size in SIZES}
    unit = runs[SIZES[0]][0]
    for size, (spent, _) in runs.items():
        print(f"{size:>9,} messages: {spent / unit:8.1f} times that of {SIZES[0]:,}")
    print(f"in the queue of {SIZES[-1]:,}: {runs[SIZES[-1]][1]:,.0f} bytes each, with ledger and log")
    for (small, (few, _)), (large, (many, _)) in pairwise(runs.items()):
        print(f"from {small:,} to {large:,}: exponent {log(many / few) / log(large / small):.2f}")


if __name__ == "__main__":
    main()
