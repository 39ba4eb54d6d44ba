"""Arrivals, sizes and destinations of mail.

Each function takes a stream of random numbers (``world.random("arrivals")``), so that equal seeds give equal traffic.
Exponential arrivals and sizes are for theory; real mail has long tails, for which there is :func:`lognormal_size`.
"""

from collections.abc import Iterator, Sequence
from math import log
from random import Random
from typing import TypeVar

from simlib.errors import WorkbookError
from simlib.units import seconds

T = TypeVar("T")


class TrafficError(WorkbookError):
    """Traffic that cannot be made."""


def poisson(random: Random, every: str | float, until: str | float, start: str | float = 0) -> Iterator[float]:
    """Times in seconds at which mail arrives independently, on average one ``every`` so often."""
    mean, now, end = seconds(every), seconds(start), seconds(until)
    if mean <= 0:
        raise TrafficError("every={every!r}: the mean time between arrivals must be more than 0", every=every)
    while True:
        now += random.expovariate(1 / mean)
        if now >= end:
            return
        yield now


def exponential_size(random: Random, mean: float) -> int:
    """A size in bytes, at least 1, exponentially distributed about ``mean``."""
    return max(1, round(random.expovariate(1 / _positive("mean", mean))))


def lognormal_size(random: Random, median: float, spread: float = 3.0) -> int:
    """A size in bytes, at least 1: half are below ``median``, and two thirds within a factor of ``spread`` of it.

    Real mail looks like this: many small messages and now and then a huge one.
    """
    if spread <= 1:
        raise TrafficError("spread={spread!r}: it is a factor, so it must be more than 1", spread=spread)
    return max(1, round(random.lognormvariate(log(_positive("median", median)), log(spread))))


def zipf(random: Random, places: Sequence[T]) -> T:
    """One of ``places``: the second is chosen half as often as the first, the third a third as often, and so on."""
    if not places:
        raise TrafficError("there is no place to choose from: give at least one")
    return random.choices(places, weights=[1 / rank for rank in range(1, len(places) + 1)])[0]


def _positive(name: str, value: float) -> float:
    if not value > 0:
        raise TrafficError("{name}={value!r}: a size must be more than 0", name=name, value=value)
    return value
