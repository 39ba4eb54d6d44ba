"""SMTP commands, typed: what a client says in one line (RFC 5321, DSN RFC 3461, SIZE RFC 1870, ETRN RFC 1985).

``parse`` reads a line as sendmail's server does, ``str`` writes it as sendmail's client does.
"""

from typing import NamedTuple

from simlib.smtp.parameters import ParameterError, address, mail_parameters, rcpt_parameters
from simlib.smtp.replies import Reply


class Mail(NamedTuple):
    """``MAIL From:<sender>``; ``sender`` without angle brackets, ``""`` for the null sender of notices.

    ``size`` in bytes, 0 when not said; ``body`` ``7BIT`` or ``8BITMIME``; ``ret`` ``FULL`` or ``HDRS``; ``others`` are
    the remaining parameters (``BY``, ``AUTH``) as (keyword, value).
    """

    sender: str
    size: int = 0
    body: str = ""
    ret: str = ""
    envid: str = ""
    others: tuple[tuple[str, str], ...] = ()

    @property
    def verb(self) -> str:
        """``MAIL``."""
        return "MAIL"

    def __str__(self) -> str:
        line = f"MAIL From:<{self.sender}>"
        if self.size:
            line += f" SIZE={self.size}"
        for keyword, value in (("BODY", self.body), ("ENVID", self.envid), ("RET", self.ret), *self.others):
            if value:
                line += f" {keyword}={value}"
        return line


class Rcpt(NamedTuple):
    """``RCPT To:<recipient>``; ``notify`` holds ``NEVER`` alone, or some of ``SUCCESS``, ``FAILURE``, ``DELAY``.

    ``orcpt`` is the original recipient as ``rfc822;xtext``.
    """

    recipient: str
    notify: tuple[str, ...] = ()
    orcpt: str = ""

    @property
    def verb(self) -> str:
        """``RCPT``."""
        return "RCPT"

    def __str__(self) -> str:
        line = f"RCPT To:<{self.recipient}>"
        if self.notify:
            line += f" NOTIFY={','.join(self.notify)}"
        return f"{line} ORCPT={self.orcpt}" if self.orcpt else line


class Plain(NamedTuple):
    """A verb with at most one argument: ``DATA``, ``EHLO name``, ``VRFY address``, ``HELP topic``, ``ETRN node`` …"""

    verb: str
    argument: str = ""

    def __str__(self) -> str:
        return f"{self.verb} {self.argument}".rstrip()


class Unknown(NamedTuple):
    """A line whose first word is no command here."""

    line: str

    @property
    def verb(self) -> str:
        """None."""
        return ""

    def __str__(self) -> str:
        return self.line


class Malformed(NamedTuple):
    """A command whose address or parameters cannot be read; ``refusal`` is what sendmail answers where it is allowed.

    ``keyword`` is the parameter at fault, if it was one; ``sender`` that of a MAIL whose address could be read.
    """

    verb: str
    line: str
    refusal: Reply
    keyword: str = ""
    sender: str | None = None

    def __str__(self) -> str:
        return self.line


Command = Mail | Rcpt | Plain | Unknown | Malformed

DATA, RSET, NOOP, QUIT = Plain("DATA"), Plain("RSET"), Plain("NOOP"), Plain("QUIT")
_CONSTANT = {one.verb: one for one in (DATA, RSET, NOOP, QUIT, Plain("VERB"))}
_WITH_ARGUMENT = frozenset(("HELO", "EHLO", "VRFY", "EXPN", "HELP", "ETRN"))


def parse(line: str) -> Command:
    """Read one command line, without its line end. Whatever it is, it gives a command: never an error.

    >>> parse("mail from:<alice@snd.test> size=280")
    Mail(sender='alice@snd.test', size=280, body='', ret='', envid='', others=())
    """
    verb, argument = (*line.split(maxsplit=1), "", "")[:2]
    verb, argument = verb.upper(), argument.rstrip().replace("\t", " ")
    if verb in _CONSTANT:
        return _CONSTANT[verb]
    if verb in _WITH_ARGUMENT:
        return Plain(verb, argument)
    sender = None
    try:
        if verb == "MAIL":
            sender, rest = address(argument, "FROM")
            return Mail(sender, **mail_parameters(rest))
        if verb == "RCPT":
            recipient, rest = address(argument, "TO")
            return Rcpt(recipient, **rcpt_parameters(rest))
    except ParameterError as error:
        return Malformed(verb, line, error.refusal, error.keyword, sender)
    return Unknown(line)
