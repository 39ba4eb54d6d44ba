"""Processors that are shared (slide claim 02.1)."""

from collections.abc import Callable
from heapq import heappop, heappush

import simpy

from simlib.trace.load_average import LoadAverage


class Processors:
    """``count`` equal processors, shared by all that has to be computed (processor sharing).

    Each job gets a whole processor while there are enough, else an equal share of them. Exact in simulated time: there
    are events for the ends of jobs only. ``watch`` is told of each change of the number of jobs.
    """

    def __init__(
        self, env: simpy.Environment, count: int = 1, watch: Callable[[float, int], None] | None = None
    ) -> None:
        self.env = env
        self.count = count
        self.load = LoadAverage()
        self._watch = watch
        self._jobs: list[tuple[float, int, simpy.Event]] = []  # at which progress a job is done, its number, its end
        self._others = 0
        self._blocked = 0
        self._number = 0
        self._progress = 0.0  # CPU seconds that a job which was there from the start has had
        self._as_of = 0.0
        self._plan = 0  # the number of the planned end that counts; older plans are void

    def keep_busy(self, change: int) -> None:
        """Other programs begin (+) or end (-) to compute without pause; they take their turns as jobs do."""
        self._advance()
        self._others += change
        self._changed()

    def block(self, change: int) -> None:
        """Processes begin (+) or end (-) to wait in state D, as for an NFS server: Linux counts them in its load."""
        if change:
            self._advance()
            self._blocked += change
            self._changed()

    def __len__(self) -> int:
        """How many processes the load average counts."""
        return len(self._jobs) + self._others + self._blocked

    def work(self, seconds: float) -> simpy.Event:
        """Compute for so many CPU seconds; the event happens when that is done."""
        end = self.env.event()
        if seconds <= 0:
            return end.succeed()
        self._advance()
        self._number += 1
        heappush(self._jobs, (self._progress + seconds, self._number, end))
        self._changed()
        return end

    def forget(self) -> None:
        """A power cut: all jobs are gone."""
        self._advance()
        self._jobs.clear()
        self._changed()

    def _rate(self) -> float:
        return min(1.0, self.count / (len(self._jobs) + self._others)) if self._jobs else 0.0

    def _advance(self) -> None:
        self._progress += (self.env.now - self._as_of) * self._rate()
        self._as_of = self.env.now

    def _changed(self) -> None:
        self.load.set_length(len(self), self.env.now)
        if self._watch is not None:
            self._watch(self.env.now, len(self))
        self._plan += 1
        if self._jobs:
            plan, wait = self._plan, max(0.0, (self._jobs[0][0] - self._progress) / self._rate())
            self.env.timeout(wait).callbacks.append(lambda _: self._first_ends(plan))

    def _first_ends(self, plan: int) -> None:
        if plan != self._plan:
            return
        self._advance()
        self._progress = self._jobs[0][0]  # not a rounding error less
        while self._jobs and self._jobs[0][0] <= self._progress:
            heappop(self._jobs)[2].succeed()
        self._changed()
