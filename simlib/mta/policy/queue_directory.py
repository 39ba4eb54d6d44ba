"""A host's queue: entries by queue id, and what is written down as they come and go."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from random import Random

from simlib.errors import WorkbookError
from simlib.mta.policy import queue_places
from simlib.mta.policy.load_control import enough_disk_space
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.mta.policy.settings import Settings
from simlib.site.disk import Disk
from simlib.site.tree import Tree
from simlib.trace.clock import Clock
from simlib.trace.recorder import Recorder

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx"  # base 60, as sendmail writes a time


NOT_COLLECTED = b"<<< No Message Collected >>>\n"  # what sendmail sends in place of a body that is gone [deliver.c]


class Queue:
    """What is in one host's queue directories. It is on disk: a power cut leaves it as it is.

    No part of it for queue runs and mailq are what is quarantined, and what lies in a directory that QueueDirectory
    does not mean any more.
    """

    def __init__(self, host: str, files: Tree, recorder: Recorder, random: Random) -> None:
        self.host = host
        self._files = files
        self._recorder = recorder
        self._random = random  # picks one of several directories
        self._entries: dict[str, QueueEntry] = {}
        self._bytes: Counter[str] = Counter()  # directory -> bytes of all messages in it

    def heed(self, settings: Settings) -> None:
        """Heed what the configuration says, from now on."""
        self._settings, self._option = settings, settings.queue_directory
        self._one = "" if self._option.endswith("*") else queue_places.base(self._option)  # the only directory

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[QueueEntry]:
        """The entries in the order in which they came."""
        option, entries = self._option, self._entries.values()
        if len(self._bytes) == 1 and self._one in self._bytes:  # as in most: a large queue is looked through often
            return iter([one for one in entries if not one.quarantined])
        return iter([one for one in entries if not one.quarantined and queue_places.covers(option, one.directory)])

    @property
    def everywhere(self) -> list[QueueEntry]:
        """All entries, wherever they lie."""
        return list(self._entries.values())

    @property
    def quarantined(self) -> list[QueueEntry]:
        """The entries that are held back."""
        return [entry for entry in self._entries.values() if entry.quarantined]

    @property
    def bytes(self) -> int:
        """The size of all messages in it."""
        return self._bytes.total()

    def bytes_on(self, disk: Disk) -> int:
        """The size of all messages in directories that are on a disk."""
        return sum(size for directory, size in self._bytes.items() if self._files.disk(directory) is disk)

    @property
    def directories(self) -> tuple[str, ...]:
        """Where its files lie, in order."""
        return queue_places.found(self._option, self._files)

    @property
    def lacks_directory(self) -> str:
        """Why there is no place for it, in sendmail's words, which does not begin then; empty where there is."""
        return queue_places.complaint(self._option, self._files)

    def place(self, size: int) -> str:
        """The directory for a new message of so many bytes.

        Raises :class:`~simlib.errors.WorkbookError` where there is none: no sendmail would have begun there.
        """
        if self._one:
            return self._one
        if not self.directories:
            self.check()
        return queue_places.choose(self.directories, lambda one: self._holds(one, size), self._random)

    def has_space(self, size: int) -> bool:
        """Whether a message of so many bytes may come (0: as many as it likes), into any of the directories."""
        return any(self._holds(directory, size) for directory in self.directories)

    def check(self) -> None:
        """Raise :class:`~simlib.errors.WorkbookError` if there is no place for it."""
        complaint = self.lacks_directory
        if complaint:
            raise WorkbookError(
                "{host}, O QueueDirectory={option}: {complaint}. Make it first: world.directory({host!r}, {path!r})",
                host=self.host,
                option=self._option,
                complaint=complaint,
                path=self._option.replace("*", "1"),
            )

    def _holds(self, directory: str, size: int) -> bool:
        disk = self._files.disk(directory)
        held = 0 if disk is None else self.bytes_on(disk)
        return enough_disk_space(disk, held, size, self._settings)

    def __contains__(self, entry: QueueEntry) -> bool:
        return entry.qid in self._entries

    def __getitem__(self, qid: str) -> QueueEntry:
        return self._entries[qid]

    def add(self, entry: QueueEntry, now: float) -> None:
        """Write a new entry."""
        self._entries[entry.qid] = entry
        self._bytes[entry.directory] += entry.message.size
        self._recorder.queue_length(now, self.host, len(self._entries))

    def remove(self, entry: QueueEntry, now: float) -> None:
        """Remove an entry that is done with; nothing happens if somebody has taken its files away meanwhile."""
        if self._entries.get(entry.qid) is not entry:
            return
        del self._entries[entry.qid]
        self._forget_size(entry)
        self._recorder.queue_length(now, self.host, len(self._entries))

    def _forget_size(self, entry: QueueEntry) -> None:
        self._bytes[entry.directory] -= entry.message.size
        if not self._bytes[entry.directory] and entry.directory != self._one:
            del self._bytes[entry.directory]

    def find(self, qid: str) -> QueueEntry | None:
        """The entry of a queue id, wherever it lies."""
        return self._entries.get(qid)

    def move(self, entry: QueueEntry, directory: str) -> None:
        """Somebody has moved its qf file; the df file stays where it is until it is moved, too."""
        self._forget_size(entry)
        entry.body_directory = entry.body_directory or entry.directory
        entry.directory = directory
        self.move_body(entry, entry.body_directory)
        self._bytes[directory] += entry.message.size

    def move_body(self, entry: QueueEntry, directory: str) -> None:
        """Somebody has moved its df file."""
        entry.body_directory = "" if directory == entry.directory else directory

    def lose_body(self, entry: QueueEntry) -> None:
        """Somebody has removed the df file: of the letter there is the header alone."""
        self._forget_size(entry)
        entry.message, entry.body_is_gone, entry.body_directory = entry.message.with_body(NOT_COLLECTED), True, ""
        self._bytes[entry.directory] += entry.message.size


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
