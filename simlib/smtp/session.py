"""What an SMTP client knows of a session, what it sends in one go, and what it makes of the replies."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from simlib.message.status import Exit
from simlib.smtp.commands import Command
from simlib.smtp.phases import Phase
from simlib.smtp.replies import NoReply, Reply
from simlib.smtp.terminal import IN, OUT, Terminal

# what a reply code alone says (sendmail's smtptodsn)
_DSN = {
    450: "4.2.0",
    451: "4.3.0",
    452: "4.3.1",
    500: "5.5.2",
    501: "5.5.4",
    502: "5.5.1",
    503: "5.5.1",
    504: "5.5.4",
    550: "5.2.0",
    551: "5.1.6",
    552: "5.2.2",
    553: "5.1.0",
}
_DSN_BY_CLASS = {2: "2.0.0", 4: "4.0.0"}


class Step(NamedTuple):
    """What a client sends before it waits: nothing (it awaits the greeting), commands, or the message itself.

    ``phase`` names the ``Timeout.<phase>`` that limits the wait for each reply. With ``content`` the message is sent
    now, and the reply is that to its final dot; with ``empty`` too, nothing but that dot is sent, because nobody is
    left to receive it.
    """

    commands: tuple[Command, ...]
    phase: Phase
    content: bool = False
    empty: bool = False

    @property
    def replies(self) -> int:
        """How many replies are awaited."""
        return len(self.commands) or 1

    def wait(self, n: int) -> Phase:
        """The phase that limits the wait for the ``n``-th reply (from 0): DATA may end a batch of RCPTs."""
        return Phase.DATAINIT if self.commands and self.commands[n].verb == "DATA" else self.phase


class Result(NamedTuple):
    """What became of a recipient, or of a connection that could not be opened.

    ``reply`` is the reply that decided it, ``phase`` the one it was awaited in (see ``Step``), and ``words`` what the
    log makes of it. ``sticky``: the host is to be remembered as failing (host status). ``next_mx``: the next MX may be
    tried in the same run.
    """

    exit: Exit
    dsn: str
    reply: Reply
    sticky: bool = False
    next_mx: bool = False
    phase: Phase = Phase.MISC
    words: str = ""


Failure = Result  # a session that did not come about: the same for all its recipients


@dataclass(slots=True)
class Session:
    """The client's side of one connection.

    ``host`` is the peer, for texts; ``name`` what we call ourselves (macro ``$j``); ``flags`` the mailer's F= flags;
    ``cached`` whether the connection stands in the connection cache. ``extensions`` is what the peer offers, keyword to
    parameter. ``open``: the connection still stands, as far as is known; who drives the session clears it, too.
    ``unfinished``: a transaction was begun and neither ended nor reset. ``transcript``: what went wrong with the
    message that is being sent, as a notice shows it. ``accepted``: status and words of the reply to each RCPT of which
    the sender wants to hear and the peer will not tell him. ``shown``: how recipients are written there, if not like
    ``<u@one.test>``. ``terminal``: where the dialogue is shown (``sendmail -v``);
    ``text`` gives the message under way for it.
    """

    host: str
    name: str
    flags: frozenset[str] = frozenset()
    cached: bool = False
    extensions: Mapping[str, str] = field(default_factory=dict)
    open: bool = True
    unfinished: bool = False
    transcript: list[str] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)
    accepted: dict[str, tuple[str, str]] = field(default_factory=dict)
    terminal: Terminal | None = None
    text: Callable[[], str] = str
    _last: Command | None = None  # what was said last and is not yet in the transcript
    _introduced: bool = False

    def begin(self) -> None:
        """A new message: nothing is in the transcript yet."""
        self.transcript, self.accepted, self._introduced = [], {}, False

    def said(self, command: Command) -> None:
        """A command goes out."""
        self._last = command

    def sends(self, step: Step) -> None:
        """Show what goes out."""
        if self.terminal is None:
            return
        if step.content and not step.empty and self.terminal.traffic is not None:
            self.terminal.note(OUT, self.text().split("\n"))
        for command in step.commands or (".",) * step.content:
            self.terminal.show(f">>> {command}")
            self.terminal.note(OUT, [str(command)])

    def shows(self, reply: Reply) -> None:
        """Show what has come."""
        if self.terminal is not None and not isinstance(reply, NoReply):
            for line in str(reply).splitlines():
                self.terminal.note(IN, [line])
                self.terminal.show(line)

    def heard(self, reply: Reply) -> None:
        """A reply has come, or none will: what is not good stands in the transcript, below the command before it."""
        self.shows(reply)
        if reply.code < 400:
            return
        host = self.host if self.host.startswith("[") else f"{self.host}."
        if isinstance(reply, NoReply):
            self.transcript.append(f"451 4.4.1 reply: read error from {host}")
            return
        if not self._introduced:
            self.transcript.append(f"... while talking to {host}:")
        if self._last is not None:
            self.transcript.append(f">>> {self._last}")
        self._introduced, self._last = True, None
        self.transcript += (f"<<< {line}" for line in str(reply).splitlines())

    def words(self, reply: Reply) -> str:
        """What the log says of a reply: of a good one its text, of a bad one all of it, or that there was none."""
        if isinstance(reply, NoReply):
            return f"{reply.text}."
        if reply.positive and "ENHANCEDSTATUSCODES" in self.extensions:
            return reply.text
        return str(reply)[4:] if reply.positive else str(reply).replace("\n", " ")

    def dsn(self, reply: Reply, default: str = "") -> str:
        """The enhanced status code of a reply, if the peer said that it gives any; else the one its code implies."""
        if isinstance(reply, NoReply):
            return "4.4.2"
        if reply.enhanced and "ENHANCEDSTATUSCODES" in self.extensions:
            return reply.enhanced
        return default or _DSN.get(reply.code) or _DSN_BY_CLASS.get(reply.code // 100, "5.0.0")
