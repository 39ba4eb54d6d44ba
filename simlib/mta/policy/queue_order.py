"""Which entries a queue run takes, and in what order (QueueSortOrder, MinQueueAge, -qI -qS -qR)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random
from typing import NamedTuple, Protocol

from simlib.errors import WorkbookError
from simlib.message.envelope import domain_of
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.mta.policy.settings import Settings


class SelectionError(WorkbookError):
    """A queue selection that sendmail's ``-q`` does not know."""


class Queued(Protocol):
    """A queue, as far as something is picked from it."""

    @property
    def quarantined(self) -> list[QueueEntry]: ...
    def __iter__(self) -> Iterator[QueueEntry]: ...


class Selection(NamedTuple):
    """Which entries ``-qIsubstring``, ``-qSsubstring`` and ``-qRsubstring`` pick.

    Several of one letter: any of them; different letters: all of them. ``!`` before the letter negates. An id is
    compared with regard to case, an address without [queue.c; release notes of 8.12.3]. ``quarantined``: among those
    that are held back, by ``-qQsubstring`` of the reason (8.13).
    """

    limits: tuple[tuple[str, bool, str], ...] = ()  # letter, negated, substring as it is compared
    quarantined: bool = False

    @classmethod
    def parse(cls, text: str | None) -> "Selection":
        """Read what stands behind ``sendmail``: ``-qRkyoto-u -qStaro``; None or "" selects all.

        >>> Selection.parse("-qRkyoto-u -q!Staro").limits
        (('R', False, 'kyoto-u'), ('S', True, 'taro'))
        """
        limits = []
        for word in (text or "").split():
            rest = word.removeprefix("-q")
            negated = rest.startswith("!")
            letter, substring = rest.removeprefix("!")[:1], rest.removeprefix("!")[1:]
            if letter not in ("I", "S", "R") or not substring or not word.startswith("-q"):
                raise SelectionError(
                    "{word!r} selects nothing: write -qIid, -qSsender or -qRrecipient, or -q!R… for all others",
                    word=word,
                )
            limits.append((letter, negated, _as_compared(letter, substring)))
        return cls(tuple(limits))

    @classmethod
    def typed(cls, options: Iterable[str]) -> "Selection":
        """What stands behind ``-q`` on a command line, ``Rkyoto-u`` or ``!Staro``; nothing behind the letter is in all.

        >>> Selection.typed(["Rkyoto-u", "!S"]).limits
        (('R', False, 'kyoto-u'), ('S', True, ''))
        """
        split = ((option.startswith("!"), option.removeprefix("!")) for option in options)
        limits = tuple((text[0], negated, _as_compared(text[0], text[1:])) for negated, text in split)
        return cls(limits, any(letter == "Q" for letter, _, _ in limits))

    @classmethod
    def of_node(cls, node: str) -> "Selection":
        """What ``ETRN node`` picks: mail for users at a name that begins so, for ``@node`` also for its subdomains.

        >>> Selection.of_node("Kyoto-U.example").limits, Selection.of_node("@kyoto-u.example").limits
        ((('R', False, '@kyoto-u.example'),), (('R', False, 'kyoto-u.example'),))
        """
        wanted = node[1:] if node.startswith("@") else f"@{node}"
        return cls((("R", False, wanted.lower()),))

    def __bool__(self) -> bool:
        return bool(self.limits)

    def of(self, queue: "Queued") -> Iterable[QueueEntry]:
        """The entries that are picked, in the order in which they came."""
        return (entry for entry in (queue.quarantined if self.quarantined else queue) if self.matches(entry))

    def matches(self, entry: QueueEntry) -> bool:
        """Whether an entry is picked."""
        if not self.limits:
            return True
        for letter in {letter: None for letter, _, _ in self.limits}:
            told = [(negated, part) for which, negated, part in self.limits if which == letter]
            if not any(_any_is(entry, letter, part, negated) for negated, part in told):
                return False
        return True


def _any_is(entry: QueueEntry, letter: str, part: str, negated: bool) -> bool:
    """Whether the id, the sender or *any* recipient has the substring; negated, whether any has not."""
    if letter == "I":
        held = [entry.qid]
    elif letter == "Q":
        held = [entry.quarantined]
    elif letter == "S":
        held = [entry.sender_shown]
    else:
        held = [recipient.shown for recipient in entry.recipients]
    return any((part in _as_compared(letter, text)) != negated for text in held)


def _as_compared(letter: str, text: str) -> str:
    return text if letter == "I" else text.lower()


def too_young(entry: QueueEntry, now: int, min_age: float, max_age: float = 0) -> bool:
    """Whether it was tried too recently for this run (MinQueueAge; MaxQueueAge doubles the wait up to that age).

    A message that was never tried is never too young.
    """
    if entry.tries == 0:
        return False
    since = now - entry.last_try
    if max_age > 0:
        return since < min(entry.last_try - entry.created, max_age)
    return 0 <= since < min_age


def is_too_young(entry: QueueEntry, now: int, settings: Settings) -> bool:
    """The same, by the settings of a host."""
    least, most = settings.min_queue_age, settings.max_queue_age
    return bool(least or most) and too_young(entry, now, least, most)


def sort_queue(entries: Sequence[QueueEntry], order: str, random: Random) -> list[QueueEntry]:
    """The entries in the order of a run; only the first letter of ``order`` counts.

    Ties go by directory and queue id; on a real disk by whatever order the directory has.
    """
    letter = order[:1].lower()
    if letter == "n":
        return list(entries)
    if letter == "r":  # one character of the names, chosen anew for each run, decides
        place = random.randrange(3, 16)
        return sorted(entries, key=lambda entry: (entry.qid[place - 2 : place - 1], entry.qid))
    if letter == "h":
        return _by_host(entries)
    return sorted(entries, key=_KEYS.get(letter, _by_priority))


def _by_priority(entry: QueueEntry) -> tuple[int, str, str]:
    return (entry.priority, entry.directory, entry.qid)


_KEYS: dict[str, Callable[[QueueEntry], tuple[float | str, str, str]]] = {
    "p": _by_priority,
    "t": lambda entry: (entry.created, entry.directory, entry.qid),
    "f": lambda entry: (entry.qid, "", ""),
    "m": lambda entry: (entry.modified, entry.directory, entry.qid),
}


def _by_host(entries: Sequence[QueueEntry]) -> list[QueueEntry]:
    """By the name of the first recipient's host read backwards, so that hosts of one domain stand together.

    A host for which some entry is being worked on goes last: its lock is probably held.
    """
    busy = {reversed_host(entry) for entry in entries if entry.locked}

    def key(entry: QueueEntry) -> tuple[bool, str, int, str, str]:
        host = reversed_host(entry)
        return (host in busy, host, entry.priority, entry.directory, entry.qid)

    return sorted(entries, key=key)


def reversed_host(entry: QueueEntry) -> str:
    """``example.org`` as ``gro.elpmaxe``: the key of QueueSortOrder=host."""
    for recipient in entry.recipients:
        domain = domain_of(recipient.address)
        if domain:
            return domain[::-1]
    return ""
