"""What became of a delivery: sendmail's exit statuses (``sysexits.h``), and how they are told."""

from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

_QUEUED = (71, 74, 75)  # OSERR, IOERR, TEMPFAIL: the three that leave a recipient in the queue


class Exit(IntEnum):
    """The status a mailer ends with, or that sendmail gives a recipient.

    ``message`` is the reply sendmail writes for it, ``enhanced`` the enhanced status code (RFC 3463) it takes when
    nobody gave a better one. ``transient``: the recipient stays in the queue and is tried again.

    >>> Exit(75).name, Exit.NOUSER.text, Exit.NOUSER.enhanced
    ('TEMPFAIL', 'User unknown', '5.1.1')
    """

    message: str
    enhanced: str
    transient: bool

    def __new__(cls, value: int, message: str = "", enhanced: str = "") -> "Exit":
        member = int.__new__(cls, value)
        member._value_ = value
        member.message = message
        member.enhanced = enhanced
        member.transient = value in _QUEUED
        return member

    OK = 0, "250 2.0.0 Sent", "2.0.0"
    USAGE = 64, "500 5.0.0 Command line usage error", "5.5.4"
    DATAERR = 65, "501 5.6.0 Data format error", "5.5.2"
    NOINPUT = 66, "550 5.3.0 Cannot open input", "5.3.0"
    NOUSER = 67, "550 5.1.1 User unknown", "5.1.1"
    NOHOST = 68, "550 5.1.2 Host unknown", "5.1.2"
    UNAVAILABLE = 69, "554 5.0.0 Service unavailable", "5.5.0"
    SOFTWARE = 70, "554 5.3.0 Internal error", "5.5.0"
    OSERR = 71, "451 4.0.0 Operating system error", "4.5.0"
    OSFILE = 72, "554 5.3.5 System file missing", "5.5.0"
    CANTCREAT = 73, "550 5.0.0 Can't create output", "5.3.0"
    IOERR = 74, "451 4.0.0 I/O error", "4.5.0"
    TEMPFAIL = 75, "450 4.0.0 Deferred", "4.2.0"
    PROTOCOL = 76, "554 5.5.0 Remote protocol error", "5.5.0"
    NOPERM = 77, "550 5.0.0 Insufficient permission", "5.3.0"
    CONFIG = 78, "554 5.3.5 Local configuration error", "5.5.0"

    @property
    def text(self) -> str:
        """The words alone, as they stand in syslog's ``stat=``: ``Service unavailable``."""
        return self.message.split(" ", 2)[2]

    @property
    def permanent(self) -> bool:
        """The message is returned to its sender."""
        return self is not Exit.OK and not self.transient


@lru_cache  # the same is said of most messages
def stat(exit: Exit, words: str) -> str:
    """``stat=`` of the log line; ``words`` are those of the other side, or of sendmail about it."""
    if exit == Exit.OK:
        return f"Sent ({words})"
    if exit.transient:
        return f"Deferred: {words}" if words else "Deferred"
    return words if words.startswith(exit.text) else exit.text


def refusal_line(exit: Exit, told: str, names: Iterable[str]) -> str:
    """The line with which sendmail tells of recipients that did not get their mail; ``told`` is the log's ``stat=``.

    >>> refusal_line(Exit.NOUSER, "User unknown", ["<u@one.test>"])
    '550 5.1.1 <u@one.test>... User unknown'
    """
    to = ",".join(names)
    if exit.transient:
        return f"{to}... {told}"
    if exit not in (Exit.NOUSER, Exit.NOHOST):  # for all others it leaves out for whom
        return exit.message
    code, enhanced, _ = exit.message.split(" ", 2)
    return f"{code} {enhanced} {to}... {told}"
