"""The server's side of an SMTP session: a state machine without I/O, time or chance.

What is protocol stands here, in one table of states and verbs; what is policy (who may send to whom, is there such a
user) is asked of a ``Receiver``. The texts are those of sendmail 8.12 and later (srvrsmtp.c).
"""

import re
from collections.abc import Callable
from enum import Enum
from functools import lru_cache

from simlib.smtp.commands import Command, Mail, Malformed, Plain, Rcpt, Unknown
from simlib.smtp.help import help_on
from simlib.smtp.parameters import shown
from simlib.smtp.receiver import Receiver
from simlib.smtp.replies import Reply
from simlib.smtp.settings import ServerSettings

MAX_COMMAND = 2048  # bytes in a command line with its line end; sendmail hangs up on a longer one
MAX_DOMAIN = 255  # characters of a name in HELO (sendmail's MAXNAME)
_DOMAIN = re.compile(r"[A-Za-z0-9\[\]._#:-]*")

RESET = Reply(250, "2.0.0 Reset state")
NOTHING_DONE = Reply(250, "2.0.0 OK")
START_INPUT = Reply(354, "End data with <CR><LF>.<CR><LF>")
ACCEPTED = Reply(250, "2.0.0 Message accepted for delivery")
SENDER_KNOWN = Reply(503, "5.5.0 Sender already specified")
NEED_MAIL = Reply(503, "5.0.0 Need MAIL before RCPT")
NEED_MAIL_COMMAND = Reply(503, "5.0.0 Need MAIL command")
NEED_RCPT = Reply(503, "5.0.0 Need RCPT (recipient)")
NEED_MESSAGE = Reply(503, "5.5.0 Need the message after DATA")
NO_MESSAGE = Reply(503, "5.5.0 Need DATA before the message")
HELO_FIRST = Reply(503, "5.0.0 Polite people say HELO first")
INTRODUCE_YOURSELF = Reply(503, "5.0.0 I demand that you introduce yourself first")
NOBODY = Reply(553, "5.0.0 <>... User address required")
BAD_DOMAIN = Reply(501, "5.0.0 Invalid domain name")
NOT_ALLOWED = Reply(502, "5.7.0 Sorry, we do not allow this operation")
CANNOT_VRFY = Reply(252, "2.5.2 Cannot VRFY user; try RCPT to attempt delivery (or try finger)")
VERBOSE = Reply(250, "2.0.0 Verbose mode")
NOT_VERBOSE = Reply(502, "5.7.0 Verbose unavailable")
ARGUMENT_REQUIRED = Reply(501, "5.5.2 Argument required")
PARAMETER_REQUIRED = Reply(500, "5.5.2 Parameter required")
NOT_OFFERED = {
    "AUTH": Reply(503, "5.3.3 AUTH not available"),
    "STARTTLS": Reply(503, "5.5.0 TLS not available"),
}
PURPOSES = ("MAIL", "EXPN", "VRFY", "ETRN")  # what a session is about, if it is about anything
NOT_IMPLEMENTED = ("SEND", "SAML", "SOML", "TURN")


class State(Enum):
    """Where a session stands."""

    START = "no HELO yet"
    READY = "introduced, no transaction"
    MAIL = "sender given"
    RCPT = "at least one recipient accepted"
    DATA = "awaiting the message"
    CLOSED = "over"


class Server:
    """One SMTP session, from the greeting on.

    ``client`` is the peer as sendmail shows it (macro ``$_``): ``cli.test [10.99.0.21]``. ``mail`` and ``recipients``
    are the transaction so far. ``delay`` and ``silent`` concern the last reply: how many seconds it is held back, and
    whether it never reaches the client; a well-behaved server leaves them 0 and False (see ``simlib.smtp.quirks``).
    """

    def __init__(self, settings: ServerSettings, receiver: Receiver | None = None, client: str = "localhost") -> None:
        self.settings = settings
        self.receiver = receiver or Receiver()
        self.client = client
        self.state = State.START
        self.hello_name = ""
        self.esmtp = False
        self.mail: Mail | None = None
        self.recipients: list[Rcpt] = []
        self.bad_commands = 0
        self.delay = 0.0
        self.silent = False
        self._idle = True  # nothing of PURPOSES was said so far
        self._last_verb = ""

    @property
    def protocol(self) -> str:
        """What a Received: line says that it was (RFC 3848)."""
        return "ESMTP" if self.esmtp else "SMTP"

    @property
    def closed(self) -> bool:
        """The session is over: the connection is to be closed after the last reply."""
        return self.state is State.CLOSED

    def greet(self) -> Reply:
        """The greeting, to be sent as soon as the client has connected."""
        refusal = self.receiver.turned_away()
        if refusal is not None:
            self.end()
            return refusal
        return _greeting(self.receiver.greeting(self.settings.host))

    def command(self, command: Command) -> Reply:
        """Take one command; give the reply to it."""
        self._last_verb = command.verb
        self._idle = self._idle and command.verb not in PURPOSES
        self.delay = self.receiver.pause(command.verb)
        refusal = self.receiver.nothing_doing(command.verb)
        if refusal is not None:
            return refusal
        rule = TABLE[self.state][command.verb]
        return rule if isinstance(rule, Reply) else rule(self, command)

    def message(self, content: object) -> Reply:
        """Take the message, after DATA was answered with 354; the reply is that to the final dot.

        ``content`` is what the receiver understands. Its size is held against MaxMessageSize: that of bytes with each
        line end counted once, as sendmail does, else the attribute ``size`` if it has one.
        """
        self.delay = 0.0
        if self.state is not State.DATA:
            return NO_MESSAGE
        limit = self.settings.max_message_size
        if limit and _size(content) > limit:
            refusal = Reply(552, f"5.2.3 Message exceeds maximum fixed size ({limit})")
            self.receiver.too_large(content, refusal)
            self._finish()
            return refusal
        reply = self.receiver.accept(content)
        self._finish()
        return reply or ACCEPTED

    def too_long(self, length: int) -> Reply:
        """A command line has more bytes than ``MAX_COMMAND``: the session is over."""
        self.receiver.too_long(length)
        self.end()
        text = f"{self.settings.host} Command too long, possible attack {self.client}"
        return Reply(421, text, enhanced="4.7.0")

    def lose(self) -> None:
        """The connection is gone; a transaction under way is forgotten."""
        if self.mail is not None:
            self.receiver.lost(self._last_verb, self.state is State.DATA)
        self.end()

    def end(self) -> None:
        """The session is over."""
        if self.closed:
            return
        if self._idle:
            self.receiver.nothing_asked()
        self._end_transaction()
        self.state = State.CLOSED

    def _hello(self, command: Plain) -> Reply:
        if not command.argument:
            return Reply(501, f"5.0.0 {command.verb} requires domain address")
        if len(command.argument) > MAX_DOMAIN or not _is_domain(command.argument):
            return BAD_DOMAIN
        answer = self.receiver.hello(command.argument)
        if answer is not None and not answer.positive:
            return answer
        self._end_transaction()
        self.hello_name = command.argument
        self.esmtp = command.verb == "EHLO"
        self.state = State.READY
        if answer is not None:
            return answer
        return _pleased(self.settings.host, self.client, self.settings.features if self.esmtp else ())

    def _mail(self, command: Mail | Malformed) -> Reply:
        if not self.hello_name and "needmailhelo" in self.settings.flags:
            return HELO_FIRST
        if command.sender is not None:
            size, body = (command.size, command.body) if isinstance(command, Mail) else (0, "")
            self.receiver.sender_named(command.sender, size, body)
        refusal = self._refusal(command)
        if refusal is not None:
            return refusal
        assert isinstance(command, Mail)
        limit = self.settings.max_message_size
        if limit and command.size > limit:
            return Reply(552, f"5.2.3 Message size exceeds fixed maximum message size ({limit})")
        reply = self.receiver.mail(command) or _sender_ok(command.sender)
        if reply.positive:
            self.mail = command
            self.state = State.MAIL
        return reply

    def _rcpt(self, command: Rcpt | Malformed) -> Reply:
        refusal = self._refusal(command)
        if refusal is not None:
            self.receiver.malformed(refusal)
            return refusal
        assert isinstance(command, Rcpt)
        reply = self.receiver.rcpt(command)
        if reply is None:
            reply = _recipient_ok(command.recipient) if command.recipient else NOBODY
        if reply.positive:
            self.state = State.RCPT
            twin = self.receiver.twin(command)
            if twin is not None:
                return _recipient_ok(twin.recipient)
            self.recipients.append(command)
        return reply

    def _refusal(self, command: Mail | Rcpt | Malformed) -> Reply | None:
        """The reply to parameters that are not offered or cannot be read."""
        if not self.settings.dsn:
            for keyword in _dsn_keywords(command):
                return Reply(504, f"5.7.0 Sorry, {keyword} not supported, we do not allow DSN")
        return command.refusal if isinstance(command, Malformed) else None

    def _data(self, command: Command) -> Reply:
        refusal = self.receiver.data()
        if refusal is not None:
            return refusal
        self.state = State.DATA
        return START_INPUT

    def _rset(self, command: Command) -> Reply:
        self._end_transaction()
        return RESET

    def _noop(self, command: Command) -> Reply:
        return NOTHING_DONE

    def _quit(self, command: Command) -> Reply:
        self.end()
        return _farewell(self.settings.host)

    def _vrfy(self, command: Plain) -> Reply:
        if "novrfy" in self.settings.flags:
            self.receiver.inquired(str(command), allowed=False)
            return CANNOT_VRFY
        if not self.hello_name and "needvrfyhelo" in self.settings.flags:
            return INTRODUCE_YOURSELF
        self.receiver.inquired(str(command))
        if not command.argument:
            return ARGUMENT_REQUIRED
        refusal = self.receiver.asked("VRFY", command.argument)
        return refusal or self.receiver.vrfy(command.argument) or Reply(252, f"2.1.5 <{_bare(command.argument)}>")

    def _expn(self, command: Plain) -> Reply:
        if "EXPN" not in self.settings.offered:
            self.receiver.inquired(str(command), allowed=False)
            return NOT_ALLOWED
        if not self.hello_name and "needexpnhelo" in self.settings.flags:
            return INTRODUCE_YOURSELF
        self.receiver.inquired(str(command))
        if not command.argument:
            return ARGUMENT_REQUIRED
        refusal = self.receiver.asked("EXPN", command.argument)
        return refusal or self.receiver.expn(command.argument) or Reply(250, f"2.1.5 <{_bare(command.argument)}>")

    def _etrn(self, command: Plain) -> Reply:
        if "ETRN" not in self.settings.offered:
            self.receiver.inquired(str(command), allowed=False)
            return NOT_ALLOWED
        node = command.argument
        if not node:
            return PARAMETER_REQUIRED
        refusal = self.receiver.asked("ETRN", node)
        if refusal is not None:
            return refusal
        self.receiver.inquired(str(command))
        what = f"queue group {shown(node[1:])}" if node.startswith("#") else f"node {shown(node)}"
        return self.receiver.etrn(node) or Reply(250, f"2.0.0 Queuing for {what} started")

    def _verb(self, command: Command) -> Reply:
        """Simplified: nothing is shown (sendmail: 050), and aliases and delivery wait as before."""
        return VERBOSE if {"EXPN", "VERB"} <= self.settings.offered else NOT_VERBOSE

    def _help(self, command: Plain) -> Reply:
        return help_on(command.argument)

    def _unknown(self, command: Unknown) -> Reply:
        word = command.line.strip().partition(" ")[0].upper()
        if word in NOT_OFFERED:
            return NOT_OFFERED[word]
        if word in NOT_IMPLEMENTED:
            return Reply(502, f'5.5.1 Command not implemented: "{shown(command.line)}"')
        self.bad_commands += 1
        if self.bad_commands > self.settings.max_bad_commands:
            self.end()
            return Reply(421, f"4.7.0 {self.settings.host} Too many bad commands; closing connection")
        return Reply(500, f'5.5.1 Command unrecognized: "{shown(command.line)}"')

    def _end_transaction(self) -> None:
        self.receiver.reset()
        self._finish()

    def _finish(self) -> None:
        self.mail = None
        self.recipients = []
        self.state = State.READY if self.hello_name else State.START


Handler = Callable[..., Reply]
_ALWAYS: dict[str, Handler | Reply] = {
    "HELO": Server._hello,
    "EHLO": Server._hello,
    "RSET": Server._rset,
    "NOOP": Server._noop,
    "QUIT": Server._quit,
    "VRFY": Server._vrfy,
    "EXPN": Server._expn,
    "ETRN": Server._etrn,
    "VERB": Server._verb,
    "HELP": Server._help,
    "": Server._unknown,
}
_IDLE: dict[str, Handler | Reply] = {**_ALWAYS, "MAIL": Server._mail, "RCPT": NEED_MAIL, "DATA": NEED_MAIL_COMMAND}
VERBS = tuple(_IDLE)
CLOSED = Reply(421, "4.4.2 The connection is closed")

# the whole state machine: what each verb does in each state, or the reply that refuses it there
TABLE: dict[State, dict[str, Handler | Reply]] = {
    State.START: _IDLE,
    State.READY: _IDLE,
    State.MAIL: {**_ALWAYS, "MAIL": SENDER_KNOWN, "RCPT": Server._rcpt, "DATA": NEED_RCPT},
    State.RCPT: {**_ALWAYS, "MAIL": SENDER_KNOWN, "RCPT": Server._rcpt, "DATA": Server._data},
    State.DATA: dict.fromkeys(VERBS, NEED_MESSAGE),
    State.CLOSED: dict.fromkeys(VERBS, CLOSED),
}


# Replies that are said again and again are made once: a reply is never changed.


@lru_cache
def _greeting(text: str) -> Reply:
    first, *more = text.split("\n")
    host, _, rest = first.partition(" ")
    if "ESMTP" not in text:
        first = f"{host} ESMTP {rest}".rstrip()
    return Reply(220, first, *(line.strip() for line in more))


@lru_cache
def _pleased(host: str, client: str, features: tuple[str, ...]) -> Reply:
    return Reply(250, f"{host} Hello {client}, pleased to meet you", *features)


@lru_cache
def _sender_ok(address: str) -> Reply:
    return Reply(250, f"<{shown(address)}>... Sender ok", enhanced="2.1.0")


@lru_cache
def _recipient_ok(address: str) -> Reply:
    return Reply(250, f"<{shown(address)}>... Recipient ok", enhanced="2.1.5")


@lru_cache
def _farewell(host: str) -> Reply:
    return Reply(221, f"{host} closing connection", enhanced="2.0.0")


def _dsn_keywords(command: Mail | Rcpt | Malformed) -> list[str]:
    """The parameters of the DSN extension that a command uses."""
    if isinstance(command, Malformed):
        return [command.keyword] if command.keyword in ("ENVID", "RET", "NOTIFY", "ORCPT") else []
    if isinstance(command, Mail):
        used = (("RET", command.ret), ("ENVID", command.envid))
    else:
        used = (("NOTIFY", ",".join(command.notify)), ("ORCPT", command.orcpt))
    return [keyword for keyword, value in used if value]


def _size(content: object) -> int:
    if isinstance(content, (bytes, bytearray)):
        return len(content) - content.count(b"\r\n")
    size = getattr(content, "size", 0)
    return size if isinstance(size, int) else 0


def _bare(address: str) -> str:
    return shown(address.strip().removeprefix("<").removesuffix(">"))


def _is_domain(name: str) -> bool:
    return _DOMAIN.fullmatch(name) is not None
