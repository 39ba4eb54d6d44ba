"""The mail logs of all hosts, as the parts of which each line is made when somebody reads it."""

from array import array
from collections.abc import Iterator
from math import inf
from typing import Any, NamedTuple

Line = str | tuple[Any, ...]  # a text, or a NamedTuple of parts that ``str`` makes a text of


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
        self._pids = array("i")
        self._lengths = array("B")

    def __len__(self) -> int:
        return len(self._lengths)

    def __iter__(self) -> Iterator[LogLine]:
        return map(_made, self._lines())

    def of(self, host: str, until: float = inf) -> Iterator[LogLine]:
        """The lines of one host up to a time in seconds."""
        return (_made(cells) for cells in self._lines() if cells[2] == host and cells[1] <= until)

    def write(self, now: float, host: str, pid: int, line: Line) -> None:
        """Write one line to a host's log."""
        parts = (line,) if isinstance(line, str) else (type(line), *line)
        self._lengths.append(2 + len(parts))  # first, as it complains of a line of too many parts
        self._pids.append(pid)
        self._cells += (now, host, *parts)

    def _lines(self) -> Iterator[list[Any]]:
        end = 0
        for pid, length in zip(self._pids, self._lengths, strict=True):
            start, end = end, end + length
            yield [pid, *self._cells[start:end]]


def _made(cells: list[Any]) -> LogLine:
    pid, time, host, line, *parts = cells
    return LogLine(time, host, pid, line if isinstance(line, str) else str(line(*parts)))
