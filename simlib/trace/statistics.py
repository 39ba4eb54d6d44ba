"""The counters that sendmail keeps in its StatusFile, sendmail.st (slide claims 11.2 and 11.3)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from simlib.trace.rows import Rows

BUILT_IN = ("prog", "*file*", "*include*")  # mailers that are there before any M line
KILOBYTE = 1000
FROM, TO = "msgsfr", "msgsto"  # the counters as mailstats heads them


@dataclass(slots=True)
class MailerCounters:
    """What one mailer did. Sizes in kilobytes, each message's rounded up by itself.

    ``messages_from`` counts messages by the mailer of their *sender*; ``messages_to`` deliveries: what goes to several
    recipients in one transaction is one.
    """

    messages_from: int = 0
    kilobytes_from: int = 0
    messages_to: int = 0
    kilobytes_to: int = 0
    rejected: int = 0  # sessions in which a rule set refused something
    discarded: int = 0
    quarantined: int = 0

    def add(self, other: "MailerCounters") -> None:
        """Add up, for the last line of the table."""
        self.messages_from += other.messages_from
        self.kilobytes_from += other.kilobytes_from
        self.messages_to += other.messages_to
        self.kilobytes_to += other.kilobytes_to
        self.rejected += other.rejected
        self.discarded += other.discarded
        self.quarantined += other.quarantined


@dataclass(slots=True)
class Statistics:
    """A host's counters. A mailer is known by its number alone, the place of its M line in sendmail.cf.

    ``began``: when the first count came into the empty file, in whole seconds of the world's clock; None: it is empty.
    Simplified: sendmail counts in each process and adds to the file when that ends; here it is counted at once.
    """

    began: int | None = None
    mailers: dict[int, MailerCounters] = field(default_factory=dict)
    connections_from: int = 0
    connections_to: int = 0
    connections_rejected: int = 0
    counts: Rows = field(default_factory=lambda: Rows("time", "qid", "counter", "mailer"))  # each, as it came to that

    def clear(self) -> None:
        """``cp /dev/null sendmail.st``: the file is empty."""
        self.began = None
        self.mailers.clear()
        self.counts = Rows(*self.counts.names)
        self.connections_from = self.connections_to = self.connections_rejected = 0

    def message_from(self, mailer: int, size: int, now: float, qid: str) -> None:
        """A message of ``size`` bytes came; ``mailer`` is that of its sender's address."""
        counters = self._of(mailer, now)
        counters.messages_from += 1
        counters.kilobytes_from += kilobytes(size)
        self.counts.add(time=now, qid=qid, counter=FROM, mailer=mailer)

    def message_to(self, mailer: int, size: int, now: float, qid: str) -> None:
        """A message was delivered, to one recipient or to several at once."""
        counters = self._of(mailer, now)
        counters.messages_to += 1
        counters.kilobytes_to += kilobytes(size)
        self.counts.add(time=now, qid=qid, counter=TO, mailer=mailer)

    def rejection(self, mailer: int, now: float) -> None:
        """A rule set refused something; sendmail counts the first of a session only, by the sender's mailer."""
        self._of(mailer, now).rejected += 1
        self.connections_rejected += 1

    def connection_from(self, now: float) -> None:
        """Somebody connected."""
        self._begin(now)
        self.connections_from += 1

    def connection_to(self, now: float) -> None:
        """A connection to somebody was opened."""
        self._begin(now)
        self.connections_to += 1

    def total(self) -> MailerCounters:
        """All mailers together."""
        total = MailerCounters()
        for counters in self.mailers.values():
            total.add(counters)
        return total

    def _of(self, mailer: int, now: float) -> MailerCounters:
        self._begin(now)
        return self.mailers.setdefault(mailer, MailerCounters())

    def _begin(self, now: float) -> None:
        if self.began is None:
            self.began = int(now)


def kilobytes(size: int) -> int:
    """Bytes in kilobytes of 1,000, rounded up.

    >>> kilobytes(1), kilobytes(1000), kilobytes(1001)
    (1, 1, 2)
    """
    return -(-size // KILOBYTE)


def mailer_names(defined: Iterable[str]) -> list[str]:
    """The mailers in order of their numbers: the built-in ones, then those of the M lines.

    >>> mailer_names(["local", "prog", "smtp"])
    ['prog', '*file*', '*include*', 'local', 'smtp']
    """
    return list(dict.fromkeys((*BUILT_IN, *defined)))
