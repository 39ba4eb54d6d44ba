"""What a message costs in memory, at the highest point of a run and in its trace, beside SimPy's plain model."""

import gc
import tracemalloc
from collections.abc import Callable
from typing import Any

from relay import with_simlib, with_simpy
from relay.traffic import traffic

FEW, MANY = 500, 1_500  # the difference leaves out what does not grow with the messages


def main() -> None:
    """Print the table."""
    rows = {"simlib": per_message(with_simlib.trace), "SimPy, a process a message": per_message(with_simpy.run)}
    print("Memory a message (tracemalloc); SimPy's model forgets a message that has ended, a trace does not")
    for name, (highest, kept) in rows.items():
        print(f"  {name:<28} {highest / 1000:>7.2f} kB at most {kept / 1000:>7.2f} kB kept")


def per_message(run: Callable[[Any], object]) -> tuple[float, float]:
    """Bytes a message at the highest point, and with the result in hand."""
    few, many = used(run, FEW), used(run, MANY)
    return (many[0] - few[0]) / (MANY - FEW), (many[1] - few[1]) / (MANY - FEW)


def used(run: Callable[[Any], object], messages: int) -> tuple[int, int]:
    """Bytes at the highest point and with the result in hand."""
    played = traffic(messages)
    gc.collect()
    tracemalloc.start()
    result = run(played)
    gc.collect()
    kept, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del result
    return highest, kept


if __name__ == "__main__":
    main()
