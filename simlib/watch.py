"""Whoever watches a run is told how far it is, and may end it."""

from collections.abc import Callable, Iterator
from contextvars import ContextVar

SLICES = 50  # in which a watched run's time passes

Watcher = Callable[[float], None]
"""Called with the part of the run that is done, 0 to 1; it ends the run by raising :class:`Stopped`."""

watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


class Stopped(BaseException):
    """The run was ended by whoever watches it. Not an Exception: a scenario that catches those must end, too."""


def slices(begin: float, end: float) -> Iterator[float]:
    """The moments up to which time shall pass, the last of them ``end``: only that if nobody watches.

    >>> list(slices(0.0, 60.0))
    [60.0]
    """
    watch = watcher.get()
    if watch is not None:
        for n in range(1, SLICES):
            yield begin + (end - begin) * n / SLICES
            watch(n / SLICES)
    yield end
