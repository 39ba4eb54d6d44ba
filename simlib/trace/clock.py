"""Simulated seconds as the clock on the wall shows them."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from simlib.errors import WorkbookError
from simlib.units import seconds

NEAR, FAR = 1e10, 9000  # so many seconds, some 317 years, lead from before such a year to no end of dates
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
            raise WorkbookError(
                "start={text!r} is not a time with its zone: write it like 1998-07-01T09:00+09:00", text=text
            )
        clock = cls(start, start.utcoffset())
        if clock.start.timestamp() < 0 or clock.end < 0:
            raise WorkbookError(
                "start={text!r}: UNIX counts from 1970, and no date is written after the year 9999", text=text
            )
        return clock

    @property
    def end(self) -> float:
        """The last second that a date can name, in UTC as on the wall: there the world ends."""
        offset = self.offset or timedelta()
        return (LAST - self.start.replace(tzinfo=None) + min(offset, timedelta())).total_seconds()

    def moment(self, time: str | float, now: float, name: str = "") -> float:
        """A time from ``now`` on, in seconds; ``name`` is what it is called where it was given."""
        when = seconds(time)
        if when < now:
            told = "{name}{time} is before now: the world is at {now:g} s already"
            raise WorkbookError(told, name=name, time=time, now=now)
        if when > self.end:
            told = "{name}{time} is after the year 9999, where dates end: from the start that is {end:.0f} s"
            raise WorkbookError(told, name=name, time=time, end=self.end)
        return when

    def at(self, now: float) -> datetime:
        """The wall clock at simulated second ``now``; a time-out may lie beyond the end, and is shown as that."""
        if now < NEAR and self.start.year < FAR:
            return self.start + timedelta(seconds=now)
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
        """``Wed, 1 Jul 1998 09:00:00 +0900`` (RFC 822 §5); where clocks show Greenwich's time, ``GMT``."""
        at = self.at(now)
        zone = f"{at:%z}" if self.offset else "GMT"
        time = f"{at.hour:02}:{at.minute:02}:{at.second:02}"
        return f"{_DAYS[at.weekday()]}, {at.day} {_MONTHS[at.month - 1]} {at.year} {time} {zone}"


# not strftime's %b and %a: those change with the locale
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
