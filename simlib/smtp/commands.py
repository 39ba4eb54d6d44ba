"""SMTP commands, typed: what a client says in one line (RFC 5321, DSN RFC 3461, SIZE RFC 1870, ETRN RFC 1985).

``parse`` reads a line as sendmail's server does, ``str`` writes it as sendmail's client does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from simlib.smtp.parameters import ParameterError, address, mail_parameters, rcpt_parameters
from simlib.smtp.replies import Reply


@dataclass(frozen=True, slots=True)
class Helo:
    """``HELO name``: the name the client gives itself."""

    verb: ClassVar[str] = "HELO"
    name: str

    def __str__(self) -> str:
        return f"HELO {self.name}"


@dataclass(frozen=True, slots=True)
class Ehlo:
    """``EHLO name``: the same, asking for the server's extensions."""

    verb: ClassVar[str] = "EHLO"
    name: str

    def __str__(self) -> str:
        return f"EHLO {self.name}"


@dataclass(frozen=True, slots=True)
class Mail:
    """``MAIL From:<sender>``; ``sender`` without angle brackets, ``""`` for the null sender of notices.

    ``size`` in bytes, 0 when not said; ``body`` ``7BIT`` or ``8BITMIME``; ``ret`` ``FULL`` or ``HDRS``; ``others`` are
    the remaining parameters (``BY``, ``AUTH``) as (keyword, value).
    """

    verb: ClassVar[str] = "MAIL"
    sender: str
    size: int = 0
    body: str = ""
    ret: str = ""
    envid: str = ""
    others: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        line = f"MAIL From:<{self.sender}>"
        if self.size:
            line += f" SIZE={self.size}"
        for keyword, value in (("BODY", self.body), ("ENVID", self.envid), ("RET", self.ret), *self.others):
            if value:
                line += f" {keyword}={value}"
        return line


@dataclass(frozen=True, slots=True)
class Rcpt:
    """``RCPT To:<recipient>``; ``notify`` holds ``NEVER`` alone, or some of ``SUCCESS``, ``FAILURE``, ``DELAY``.

    ``orcpt`` is the original recipient as ``rfc822;xtext``.
    """

    verb: ClassVar[str] = "RCPT"
    recipient: str
    notify: tuple[str, ...] = ()
    orcpt: str = ""

    def __str__(self) -> str:
        line = f"RCPT To:<{self.recipient}>"
        if self.notify:
            line += f" NOTIFY={','.join(self.notify)}"
        return f"{line} ORCPT={self.orcpt}" if self.orcpt else line


@dataclass(frozen=True, slots=True)
class Data:
    """``DATA``: the message is to follow."""

    verb: ClassVar[str] = "DATA"

    def __str__(self) -> str:
        return "DATA"


@dataclass(frozen=True, slots=True)
class Rset:
    """``RSET``: forget the transaction."""

    verb: ClassVar[str] = "RSET"

    def __str__(self) -> str:
        return "RSET"


@dataclass(frozen=True, slots=True)
class Noop:
    """``NOOP``: nothing but a sign of life."""

    verb: ClassVar[str] = "NOOP"

    def __str__(self) -> str:
        return "NOOP"


@dataclass(frozen=True, slots=True)
class Quit:
    """``QUIT``: the end of the session."""

    verb: ClassVar[str] = "QUIT"

    def __str__(self) -> str:
        return "QUIT"


@dataclass(frozen=True, slots=True)
class Verb:
    """``VERB``: sendmail's own; let me see what you do."""

    verb: ClassVar[str] = "VERB"

    def __str__(self) -> str:
        return "VERB"


@dataclass(frozen=True, slots=True)
class Vrfy:
    """``VRFY address``: is there such a user?"""

    verb: ClassVar[str] = "VRFY"
    address: str

    def __str__(self) -> str:
        return f"VRFY {self.address}".rstrip()


@dataclass(frozen=True, slots=True)
class Expn:
    """``EXPN list``: who is on it?"""

    verb: ClassVar[str] = "EXPN"
    address: str

    def __str__(self) -> str:
        return f"EXPN {self.address}".rstrip()


@dataclass(frozen=True, slots=True)
class Help:
    """``HELP topic``."""

    verb: ClassVar[str] = "HELP"
    topic: str = ""

    def __str__(self) -> str:
        return f"HELP {self.topic}".rstrip()


@dataclass(frozen=True, slots=True)
class Etrn:
    """``ETRN node``: run the queue for that host (``@domain`` with its subdomains, ``#group`` for a queue group)."""

    verb: ClassVar[str] = "ETRN"
    node: str

    def __str__(self) -> str:
        return f"ETRN {self.node}".rstrip()


@dataclass(frozen=True, slots=True)
class Unknown:
    """A line whose first word is no command here."""

    verb: ClassVar[str] = ""
    line: str

    def __str__(self) -> str:
        return self.line


@dataclass(frozen=True, slots=True)
class Malformed:
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


Command = Helo | Ehlo | Mail | Rcpt | Data | Rset | Noop | Quit | Verb | Vrfy | Expn | Help | Etrn | Unknown | Malformed

DATA, RSET, NOOP, QUIT = Data(), Rset(), Noop(), Quit()
_CONSTANT: dict[str, Command] = {"DATA": DATA, "RSET": RSET, "NOOP": NOOP, "QUIT": QUIT, "VERB": Verb()}
_ARGUMENT: dict[str, Callable[[str], Command]] = {
    "HELO": Helo,
    "EHLO": Ehlo,
    "VRFY": Vrfy,
    "EXPN": Expn,
    "HELP": Help,
    "ETRN": Etrn,
}


def parse(line: str) -> Command:
    """Read one command line, without its line end. Whatever it is, it gives a command: never an error.

    >>> parse("mail from:<alice@snd.test> size=280")
    Mail(sender='alice@snd.test', size=280, body='', ret='', envid='', others=())
    """
    verb, argument = (*line.split(maxsplit=1), "", "")[:2]
    verb, argument = verb.upper(), argument.rstrip().replace("\t", " ")
    if verb in _CONSTANT:
        return _CONSTANT[verb]
    if verb in _ARGUMENT:
        return _ARGUMENT[verb](argument)
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
