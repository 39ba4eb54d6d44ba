"""The queue directory: entries by queue id, and what is written down as they come and go."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from random import Random

from simlib.mta.policy.queue_entry import QueueEntry
from simlib.trace.clock import Clock
from simlib.trace.recorder import Recorder

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx"  # base 60, as sendmail writes a time


class Queue:
    """What is in one host's queue directory. It is on disk: a power cut leaves it as it is.

    What is quarantined is no part of it for queue runs and mailq.
    """

    def __init__(self, host: str, recorder: Recorder) -> None:
        self.host = host
        self._recorder = recorder
        self._entries: dict[str, QueueEntry] = {}
        self.bytes = 0  # of all messages in it

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[QueueEntry]:
        """The entries in the order in which they came."""
        return iter([entry for entry in self._entries.values() if not entry.quarantined])

    @property
    def quarantined(self) -> list[QueueEntry]:
        """The entries that are held back."""
        return [entry for entry in self._entries.values() if entry.quarantined]

    def __contains__(self, entry: QueueEntry) -> bool:
        return entry.qid in self._entries

    def __getitem__(self, qid: str) -> QueueEntry:
        return self._entries[qid]

    def add(self, entry: QueueEntry, now: float) -> None:
        """Write a new entry."""
        self._entries[entry.qid] = entry
        self.bytes += entry.message.size
        self._recorder.queue_length(now, self.host, len(self._entries))

    def remove(self, entry: QueueEntry, now: float) -> None:
        """Remove an entry that is done with."""
        del self._entries[entry.qid]
        self.bytes -= entry.message.size
        self._recorder.queue_length(now, self.host, len(self._entries))


def queue_id(now: float, clock: Clock, pid: int, random: Random) -> str:
    """A queue id of sendmail 8.10 and later: eight characters of time and sequence number, then the process.

    The sequence number begins anywhere in each process, so ids made within one second do not sort as they were made.
    """
    first, second = divmod(random.randrange(60 * 60), 60)
    return f"{_in_digits(clock.at(now).replace(microsecond=0, tzinfo=None))}{_DIGITS[first]}{_DIGITS[second]}{pid:06d}"


@lru_cache
def _in_digits(at: datetime) -> str:
    """A time on the clock of the host, to the second: a digit for each of its parts."""
    parts = ((at.year - 1900) % 60, at.month - 1, at.day, at.hour, at.minute, at.second)
    return "".join(_DIGITS[part] for part in parts)
