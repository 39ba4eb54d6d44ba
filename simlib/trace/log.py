"""The mail logs of all hosts, as the parts of which each line is made when somebody reads it."""

from array import array
from collections.abc import Iterator
from math import inf
from typing import Any, NamedTuple, Protocol


class Parts(Protocol):
    """A NamedTuple whose ``str`` is the line."""

    @property
    def _fields(self) -> tuple[str, ...]:
        """The names of its parts."""

    @property
    def _field_defaults(self) -> dict[str, Any]:
        """The parts that may be left out."""

    def __iter__(self) -> Iterator[Any]:
        """The parts, in order."""


Line = str | Parts


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
        parts = (line,) if isinstance(line, str) else (type(line), *_without_defaults(line))
        self._lengths.append(2 + len(parts))  # first, as it complains of a line of too many parts
        self._pids.append(pid)
        self._cells += (now, host, *parts)

    def _lines(self) -> Iterator[list[Any]]:
        end = 0
        for pid, length in zip(self._pids, self._lengths, strict=True):
            start, end = end, end + length
            yield [pid, *self._cells[start:end]]


def _without_defaults(line: Parts) -> list[Any]:
    """The parts but those at the end that are as they are by default: most lines have none of them."""
    parts = list(line)
    while parts and line._field_defaults and parts[-1] == line._field_defaults.get(line._fields[len(parts) - 1], parts):
        parts.pop()
    return parts


def _made(cells: list[Any]) -> LogLine:
    pid, time, host, line, *parts = cells
    return LogLine(time, host, pid, line if isinstance(line, str) else str(line(*parts)))
