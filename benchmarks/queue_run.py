"""One queue run over n messages for dead hosts: how its cost grows with n.

``python benchmarks/queue_run.py``. Prints the time of each run in units of the smallest, and the exponent of growth.
Absolute times say nothing from one machine to another; ratios within one run do.
"""

from itertools import pairwise
from math import log
from time import perf_counter

from simlib import World

SIZES = (1_000, 10_000, 100_000)
HOSTS = 50


def one_run(messages: int) -> float:
    """Seconds of a run over so many messages, none of which can be delivered."""
    world = World(seed=1)
    mail = world.sendmail("mail.example", cf="O DeliveryMode=queueonly\nO Timeout.connect=5s")
    for n in range(HOSTS):
        world.host(f"dead{n}.example")
        world.outage(f"dead{n}.example", "0s", "30d")
    for n in range(messages):
        mail.submit("taro@mail.example", f"user@dead{n % HOSTS}.example", at="1s")
    world.run(until="10s")
    mail.queue_run(at="1m")
    begun = perf_counter()
    trace = world.run(until="1h")
    spent = perf_counter() - begun
    assert trace.totals()["queued"] == messages
    assert all(entry.tries == 1 for entry in mail.queue)
    return spent


def main() -> None:
    """Print the table."""
    spent = {size: one_run(size) for size in SIZES}
    for size, time in spent.items():
        print(f"{size:>9,} messages: {time / spent[SIZES[0]]:8.1f} times that of {SIZES[0]:,}")
    for (small, few), (large, many) in pairwise(spent.items()):
        print(f"from {small:,} to {large:,}: exponent {log(many / few) / log(large / small):.2f}")


if __name__ == "__main__":
    main()
