"""The mail logs of all hosts, as the parts of which each line is made when somebody reads it."""

from array import array
from collections.abc import Callable, Iterator
from itertools import pairwise
from math import inf
from typing import Any, NamedTuple


class LogLine(NamedTuple):
    """One line of syslog; ``text`` is what stands behind program and process."""

    time: float
    host: str
    pid: int
    text: str


class Log:
    """Lines one behind the other in one list, like :class:`simlib.trace.rows.Rows`, but of different lengths."""

    def __init__(self) -> None:
        self._cells: list[Any] = []
        self._ends = array("q", [0])

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[LogLine]:
        return map(_made, self._lines())

    def of(self, host: str, until: float = inf) -> Iterator[LogLine]:
        """The lines of one host up to a time in seconds."""
        return (_made(cells) for cells in self._lines() if cells[1] == host and cells[0] <= until)

    def write(self, now: float, host: str, pid: int, write: Callable[..., str] | str, *parts: Any) -> None:
        """Write one line to a host's log: a text, or ``write(*parts)``."""
        self._cells += (now, host, pid, write, *parts)
        self._ends.append(len(self._cells))

    def _lines(self) -> Iterator[list[Any]]:
        return (self._cells[start:end] for start, end in pairwise(self._ends))


def _made(cells: list[Any]) -> LogLine:
    time, host, pid, write, *parts = cells
    return LogLine(time, host, pid, write if isinstance(write, str) else write(*parts))
