"""A run that takes long: how far it is, who is told of it, and what ends it."""

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any

from simlib.watch import Stopped, Watcher, watcher

PATIENCE = 0.5  # seconds that a run may take before it shows how far it is
REFRESH = 0.2  # seconds between two looks at a run that is shown

Work = Callable[[], Any]


class Run:
    """One run: how much of it is done, 0 to 1, and when it may be expected to end."""

    def __init__(self) -> None:
        self.done = 0.0
        self.stopped = False
        self.stoppable = True  # whether anybody can reach it before it ends by itself
        self._begun = monotonic()

    def stop(self) -> None:
        """End it where it is; it gives no result."""
        self.stopped = True

    @property
    def left(self) -> float | None:
        """Seconds that it will take yet, by what it took so far; None if nothing is done yet."""
        return (monotonic() - self._begun) * (1 - self.done) / self.done if self.done else None

    def begin(self) -> None:
        """It has waited for others until now. Raises :class:`~simlib.watch.Stopped` if it was stopped meanwhile."""
        self._begun = monotonic()
        self.watch(0.0)

    def watch(self, done: float) -> None:
        """What the simulator calls as it goes on."""
        if self.stopped:
            raise Stopped
        self.done = done


Tell = Callable[[Run], None]
"""Called now and then with a run that takes long."""

Way = Callable[[Run, Work, Tell], Awaitable[Any]]
"""How a run is made while the loop goes on: it gives what ``work()`` gives, after all that began before has ended."""


def watched(run: Run, work: Work, watch: Watcher) -> Any:
    """What ``work()`` gives, if the run was not stopped before it could begin; ``watch`` hears how far it is."""
    watcher.set(watch)
    run.begin()
    return work()


class Pace:
    """Says of something that is not to be done oftener than every so many ``seconds`` when it is due again."""

    def __init__(self, seconds: float, first: float = 0.0) -> None:
        self._seconds = seconds
        self._due = monotonic() + first

    def due(self) -> bool:
        """Whether it is due; if so, it is the next time so many seconds from now."""
        now = monotonic()
        if now < self._due:
            return False
        self._due = now + self._seconds
        return True
