"""One message in the queue: what its qf file holds."""

from dataclasses import dataclass

from simlib.message.envelope import Message
from simlib.message.received import Received
from simlib.mta.outcome import Outcome
from simlib.trace.ledger import Account


@dataclass(slots=True, eq=False)
class Recipient:
    """An ``R`` line of a qf file, with the ledger account that it stands for."""

    address: str
    account: Account
    notify: tuple[str, ...] | None = None  # NOTIFY of RFC 3461; None where nothing was asked
    orcpt: str = ""  # ORCPT of RFC 3461, as xtext; empty where nothing was given
    status: str = ""  # M line before the R line: what was said of this recipient alone
    outcome: Outcome | None = None  # of the last attempt; not on disk
    # status and words of the reply to its RCPT, where the sender wants a receipt and the other side will not send one
    accepted: tuple[str, str] | None = None
    as_written: str = ""  # of an alias: what stands there, without angle brackets
    original: str = ""  # the address that came, where an alias or .forward file stood for this one
    controller: str = ""  # C line before the R line: with whose rights its program or file is used

    @property
    def shown(self) -> str:
        """How the log writes it."""
        return self.as_written or f"<{self.address}>"


@dataclass(slots=True, eq=False)
class QueueEntry:
    """A queued message. Times are whole seconds of the world's clock; the letters are those of the qf file.

    The fields say what is on disk: a process that delivers works on its own copy and writes back at checkpoints, so
    what it knew and had not written is gone with a power cut.
    """

    qid: str
    message: Message
    sender: str
    recipients: list[Recipient]
    created: int  # T: every queue time-out counts from here
    priority: int  # P: larger is later
    precedence: int  # class, from the Precedence: header
    timeouts: str  # which class of time-outs
    last_try: int = 0  # K
    tries: int = 0  # N
    modified: float = 0.0  # modification time of the qf file
    warned: bool = False  # F flag w
    response: bool = False  # F flag r: this is itself a notice
    last_resort: bool = False  # a double bounce: nobody is told when that fails too
    ret: str = ""  # RET of RFC 3461: FULL, HDRS, or empty where nothing was asked
    too_large: bool = False  # for somebody: a return of all of it would be too large as well
    body: str = ""  # BODY of RFC 6152: 8BITMIME, 7BIT, or empty where nothing was said
    envid: str = ""  # ENVID of RFC 3461, as xtext
    received: tuple[Received, ...] = ()  # its hops, the newest first
    relay: str = ""  # from where it came, for the log
    status: str = ""  # M: why it is still here, as mailq shows it
    locked: bool = False  # some process works on it; not on disk
    transcript: tuple[str, ...] = ()  # the xf file: what went wrong in this attempt

    @property
    def body_in_notice(self) -> bool:
        """Whether a notice may bring the message back whole (RET)."""
        return self.ret != "HDRS"

    @property
    def hops(self) -> int:
        """How many Received: lines it has: those of the simulated hosts, and those it was handed in with."""
        headers = self.message.headers
        return len(self.received) + (sum(name.lower() == "received" for name, _ in headers) if headers else 0)


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
