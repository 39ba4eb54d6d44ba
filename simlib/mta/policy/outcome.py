"""What became of one recipient in one attempt."""

from typing import NamedTuple

from simlib.message.status import Exit

SENT, DEFERRED, FAILED = "sent", "deferred", "failed"


class Outcome(NamedTuple):
    """How an attempt ended for a recipient, in the terms of the log line that tells of it."""

    exit: Exit
    dsn: str
    stat: str  # stat= of the log: "Sent (…)", "Deferred: …", "User unknown"
    mailer: str
    relay: str = ""  # relay= of the log; empty where no host was involved
    reply: str = ""  # reply= of the log: what the other side said, unless it took the message
    own_line: bool = False  # logged for this recipient alone, and at once: a RCPT was refused
    logged: bool = True
    lost: bool = False  # taken and not kept: an unchecked write
    told: bool = True  # False where a failure is not told to the sender, by a fault of sendmail's
    remote: str = ""  # the host that a notice names, Remote-MTA
    reason: str | None = None  # what was said, for Diagnostic-Code; None where nobody said anything
    diagnostic: str = ""  # Diagnostic-Code of a notice, where that is not what was said
    status: str = ""  # Status of a notice, where that differs from ``dsn``
    remark: str = ""  # what mailq says, where that differs from ``stat``

    @property
    def in_mailq(self) -> str:
        """Why it is still in the queue, as mailq says."""
        return self.remark or self.stat

    @property
    def in_notice(self) -> str:
        """Its Status in a notice."""
        return self.status or self.dsn

    @property
    def kind(self) -> str:
        """Sent, deferred or failed."""
        return _KINDS[self.exit]


_KINDS = {exit: SENT if exit == Exit.OK else DEFERRED if exit.transient else FAILED for exit in Exit}
