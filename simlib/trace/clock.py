"""Simulated seconds as the clock on the wall shows them."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from simlib.errors import WorkbookError

LAST = datetime(9999, 12, 31, 23, 59, 59)  # what a date can say, on whatever wall


class Clock(NamedTuple):
    """When simulated second 0 was.

    The ``offset`` from UTC tells clocks apart that Python takes to be equal: one instant in two zones.
    """

    start: datetime
    offset: timedelta | None = None

    @classmethod
    def starting(cls, text: str) -> "Clock":
        """Read a start such as ``1998-07-01T09:00+09:00``; the offset from UTC must be there."""
        try:
            start = datetime.fromisoformat(text)
        except ValueError:
            start = None
        if start is None or start.tzinfo is None:
            raise WorkbookError(f"start={text!r} is not a time with its zone: write it like 1998-07-01T09:00+09:00")
        clock = cls(start, start.utcoffset())
        if clock.start.timestamp() < 0 or clock.end < 0:
            raise WorkbookError(f"start={text!r}: UNIX counts from 1970, and no date is written after the year 9999")
        return clock

    @property
    def end(self) -> float:
        """The last second that a date can name, in UTC as on the wall: there the world ends."""
        offset = self.offset or timedelta()
        return (LAST - self.start.replace(tzinfo=None) + min(offset, timedelta())).total_seconds()

    def at(self, now: float) -> datetime:
        """The wall clock at simulated second ``now``; a time-out may lie beyond the end, and is shown as that."""
        return self.start + timedelta(seconds=min(now, self.end))

    def unix(self, now: float) -> int:
        """Whole seconds since 1970, which is how sendmail counts."""
        return int(self.start.timestamp() + now)

    def syslog(self, now: float) -> str:
        """``Jul  1 09:00:00``."""
        at = self.at(now)
        return f"{_MONTHS[at.month - 1]} {at.day:2d} {at:%H:%M:%S}"

    def ctime(self, now: float) -> str:
        """``Wed Jul  1 09:00:00 1998``."""
        at = self.at(now)
        return f"{_DAYS[at.weekday()]} {self.syslog(now)} {at.year}"

    def numeric(self, now: float) -> str:
        """``199807010000``: to the minute, in UTC (macro ``$t``)."""
        return f"{self.at(now).astimezone(UTC):%Y%m%d%H%M}"

    @lru_cache(maxsize=1024)  # noqa: B019  # a clock is a value; the same hop is written again at each attempt
    def rfc822(self, now: float) -> str:
        """``Wed, 1 Jul 1998 09:00:00 +0900`` (RFC 822 §5)."""
        at = self.at(now)
        return f"{_DAYS[at.weekday()]}, {at.day} {_MONTHS[at.month - 1]} {at.year} {at:%H:%M:%S %z}"


# not strftime's %b and %a: those change with the locale
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
