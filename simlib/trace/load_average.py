"""The load average: how busy a machine was of late."""

from collections.abc import Iterable, Iterator
from math import exp

PERIODS = (60.0, 300.0, 900.0)  # s: the three figures that uptime shows
EVERY, SAMPLES = 5.0, 1_000  # s between two figures that are shown; how many at most


class LoadAverage:
    """The kernel's load average: the length of the run queue, exponentially damped over 1, 5 and 15 minutes.

    A kernel takes a sample every 5 seconds; this is the limit of ever shorter intervals, worked out exactly whenever
    the length changes, so that nothing has to poll.
    """

    def __init__(self) -> None:
        self._length = 0
        self._since = 0.0
        self._figures = [0.0, 0.0, 0.0]

    def set_length(self, length: int, now: float) -> None:
        """From ``now`` on ``length`` processes run or wait to run."""
        self._figures = list(self.at(now))
        self._length, self._since = length, now

    def at(self, now: float) -> tuple[float, float, float]:
        """The figures for 1, 5 and 15 minutes at a time not before the last change."""
        length, passed = self._length, self._since - now
        one, five, fifteen = self._figures
        if length == one == five == fifteen:  # as on a host that has computed nothing yet
            return one, five, fifteen
        return (
            length + (one - length) * exp(passed / PERIODS[0]),
            length + (five - length) * exp(passed / PERIODS[1]),
            length + (fifteen - length) * exp(passed / PERIODS[2]),
        )


def sampled(steps: Iterable[tuple[float, int]], times: Iterable[float]) -> Iterator[tuple[float, float, float]]:
    """The figures at each of ``times`` in ascending order, from the changes ``(time, length)`` of the run queue."""
    load, ahead = LoadAverage(), list(reversed(list(steps)))
    if not ahead:  # most hosts of a site compute nothing
        yield from ((0.0, 0.0, 0.0) for _ in times)
        return
    for time in times:
        while ahead and ahead[-1][0] <= time:
            changed, length = ahead.pop()
            load.set_length(length, changed)
        yield load.at(time)


def over_time(steps: Iterable[tuple[float, int]], until: float) -> list[tuple[float, float, float, float]]:
    """Times, every 5 seconds or at 1,000 times, with the figures of each."""
    step = max(EVERY, until / SAMPLES)
    times = [n * step for n in range(int(until / step) + 1)]
    return [(time, *figure) for time, figure in zip(times, sampled(steps, times), strict=True)]
