"""One message in the queue: what its qf file holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from simlib.message.copy import Copy, Dates
from simlib.message.envelope import Message
from simlib.message.received import Received
from simlib.mta.policy.outcome import DEFERRED, Outcome
from simlib.mta.policy.routing import Destination
from simlib.trace.ledger import Account
from simlib.trace.places import QUEUE_DIRECTORY


class Asked(NamedTuple):
    """What was asked of a message with its envelope: RET and ENVID of RFC 3461, BODY of RFC 6152; empty where not."""

    ret: str = ""
    envid: str = ""  # as xtext
    body: str = ""

    @classmethod
    def of(cls, ret: str, envid: str, body: str) -> "Asked":
        """The same one for all messages for which nothing was asked."""
        return cls(ret, envid, body) if ret or envid or body else NOTHING


class Wish(NamedTuple):
    """What was asked of a recipient (RFC 3461)."""

    notify: tuple[str, ...] | None = None  # NOTIFY; None where nothing was asked
    orcpt: str = ""  # ORCPT, as xtext; empty where nothing was given

    @classmethod
    def of(cls, notify: tuple[str, ...] | None, orcpt: str) -> "Wish":
        """The same one for all recipients for whom nothing was asked."""
        return cls(notify, orcpt) if notify is not None or orcpt else NO_WISH


class Alias(NamedTuple):
    """For what a recipient stands who came out of an alias or .forward file, or was named by a command."""

    original: str = ""  # the address that came
    as_written: str = ""  # what stands there; what came by SMTP in angle brackets
    controller: str = ""  # C line before the R line: with whose rights its program or file is used


NOTHING, NO_WISH, NO_ALIAS = Asked(), Wish(), Alias()


@dataclass(slots=True, eq=False)
class Recipient:
    """An ``R`` line of a qf file, with the ledger account that it stands for."""

    address: str
    account: Account
    wish: Wish = NO_WISH
    outcome: Outcome | None = None  # of the last attempt; on disk are its words alone, where they are his own
    # status and words of the reply to its RCPT, where the sender wants a receipt and the other side will not send one
    accepted: tuple[str, str] | None = None
    alias: Alias = NO_ALIAS
    destination: Destination | None = None  # where ruleset 5 has sent him, whatever his address says
    parsed: Destination | None = None  # where his address leads, as the rules said it when this attempt began

    @property
    def shown(self) -> str:
        """How the log writes it."""
        return self.alias.as_written or f"<{self.address}>"

    @property
    def spelled(self) -> str:
        """His address with the capitals that it was written with."""
        if not self.alias.as_written:
            return self.address
        written = self.alias.as_written.removeprefix("<").removesuffix(">")
        return written if written.lower() == self.address.lower() else self.address

    @property
    def status(self) -> str:
        """M line before the R line: why this recipient alone was deferred."""
        one = self.outcome
        return one.stat if one is not None and one.own_line and one.kind == DEFERRED else ""


Outcomes = list[tuple[Recipient, Outcome]]  # what became of recipients in an attempt


@dataclass(slots=True, eq=False)
class QueueEntry:
    """A queued message. Times are whole seconds of the world's clock; the letters are those of the qf file.

    The fields say what is on disk: a process that delivers works on its own copy and writes back at checkpoints, so
    what it knew and had not written is gone with a power cut.
    """

    qid: str
    message: Message
    sender: str
    recipients: tuple[Recipient, ...]
    created: int  # T: every queue time-out counts from here
    priority: int  # P: larger is later
    precedence: int  # class, from the Precedence: header
    timeouts: str  # which class of time-outs
    directory: str = QUEUE_DIRECTORY  # where its files lie
    last_try: int = 0  # K
    tries: int = 0  # N
    modified: float = 0.0  # modification time of the qf file
    warned: bool = False  # F flag w
    notice: str = ""  # which kind of notice this itself is
    asked: Asked = NOTHING
    too_large: bool = False  # for somebody: a return of all of it would be too large as well
    received: Received | None = None  # the last of its hops
    status: str = ""  # M: why it is still here, as mailq shows it
    quarantined: str = ""  # why it is held back until somebody has looked at it
    daemon_flags: str = ""  # macro {daemon_flags}: of the daemon that took it, or of a program on this host
    typed: str = ""  # the sender as a command named him, without brackets
    body_directory: str = ""  # where the df file lies, if somebody has moved it away from the qf file
    body_is_gone: bool = False  # somebody has removed the df file
    locked: bool = False  # some process works on it
    transcript: tuple[str, ...] = ()  # what goes wrong in the attempt under way: the xf file

    @property
    def lacks_body(self) -> bool:
        """Whether there is no df file where its qf file is."""
        return self.body_is_gone or bool(self.body_directory)

    @contextmanager
    def worked_on(self) -> Iterator[None]:
        """The lock, and a transcript of its own; both are gone with the process, however it ends."""
        self.locked, self.transcript = True, ()
        try:
            yield
        finally:  # the lock is the kernel's
            self.locked, self.transcript = False, ()

    @property
    def macros(self) -> dict[str, str]:
        """What rules know of its envelope."""
        return {"f": self.sender, "daemon_flags": self.daemon_flags}

    @property
    def sender_shown(self) -> str:
        """How log, mailq and qf file write the sender."""
        return self.typed or f"<{self.sender}>"

    @property
    def response(self) -> bool:
        """F flag r: this is itself a notice."""
        return bool(self.notice)

    def transcribe(self, *lines: str) -> None:
        """Write lines into the transcript."""
        assert self.locked  # whoever has something to write is at work on it
        self.transcript += lines

    def lose(self, now: float) -> None:
        """Nobody will try those who are still waiting: its files are gone."""
        for recipient in self.recipients:
            recipient.account.lose(now)
        self.recipients = ()

    @property
    def body_in_notice(self) -> bool:
        """Whether a notice may bring the message back whole (RET)."""
        return self.asked.ret != "HDRS"

    def known_size(self, dates: Dates, from_queue: bool) -> int:
        """The size that a process takes it to have, in bytes: as it came where it was just handed in here."""
        if not from_queue and self.received is not None and self.received.before is None:
            return self.message.size
        return Copy(self.message, self.received).queued_size(dates)

    @property
    def hops(self) -> int:
        """How many Received: lines it has: those of the simulated hosts, and those it was handed in with."""
        count, hop = 0, self.received
        while hop is not None:
            count, hop = count + 1, hop.before
        headers = self.message.headers
        return count + (sum(name.lower() == "received" for name, _ in headers) if headers else 0)

    def tried(self, priority: int, now: float) -> None:
        """An attempt has ended; ``now`` is the world's time."""
        self.priority, self.tries = priority, self.tries + 1
        self.last_try, self.modified = int(now), now


def shown_priority(number: int) -> int:
    """``pri=`` of the log: for a negative priority it gives the largest number there is."""
    return number if number >= 0 else 2**63 - 1


def priority(size: int, precedence: int, recipients: int, class_factor: int, recipient_factor: int) -> int:
    """The priority at submission: size - class x ClassFactor + recipients x RecipientFactor.

    Sizes in bytes. A list message of 162 bytes to one recipient, with the default factors:

    >>> priority(162, precedence=-30, recipients=1, class_factor=1800, recipient_factor=30000)
    84162
    """
    return size - precedence * class_factor + recipients * recipient_factor
