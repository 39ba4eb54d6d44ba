"""Consoles: type SMTP to a simulated sendmail, or commands at the shell of its host."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from simlib.cf.slips import not_ascii
from simlib.errors import WorkbookError
from simlib.lab import editor
from simlib.lab.screen import shown
from simlib.lab.terminal import Terminal
from simlib.language import phrase, translated
from simlib.mta.receiving.daemon import Daemon
from simlib.mta.sendmail import Sendmail
from simlib.neighbours.telnet import Telnet
from simlib.shell.completion import Completion, complete
from simlib.shell.shell import Shell
from simlib.site.host import Host
from simlib.site.network import Network
from simlib.trace.names import OnAHost, name_of

SMTP_LINES = ("HELO me.example", "EHLO me.example", "MAIL FROM:<me@me.example>", "DATA", ".", "RSET", "QUIT")
SHELL_LINES = ("mailq", "sendmail -q", "hoststat", "tail /var/log/maillog")
WAITS = (("let 1 min pass", 60.0), ("10 min", 600.0), ("1 h", 3600.0))
LOG_LINES = 12
_COMPLAINT = re.compile(r"sh: |5\d\d|.*: No such file")  # of a shell, of a server


def console(
    target: Sendmail | Shell, client: OnAHost | str | None = None, suggestions: Sequence[str] = ()
) -> "Console":
    """A console: SMTP to a sendmail, or a shell (``lab.console(world.shell(mail))``), as if one sat there.

    Its answers come from the simulated site, whose clock goes on while one types; buttons let more time pass. Beside
    it stand the host's queue and the end of its log. ``client``: the host on which one types; SMTP comes from the mail
    host itself if none is given. ``suggestions``: lines to begin with, put on buttons.
    """
    if isinstance(target, Sendmail):
        typed_at = _host(client, target.installation.site.network) or target.host
        return Console(_Smtp(target.daemon, typed_at), suggestions or SMTP_LINES)
    if isinstance(target, Shell):
        if client is not None:
            raise WorkbookError("console(shell, client=…): a shell is typed at on its own host; leave client out")
        return Console(_Login(target), suggestions or SHELL_LINES)
    raise WorkbookError("console({target!r}): give it a sendmail, or world.shell(…)", target=target)


class _Partner(Protocol):
    """Whoever answers."""

    label: str
    prompt: str
    shell: Shell  # of the host that is looked at

    edits: bool  # whether vi opens an editor

    def answer(self, line: str) -> str: ...

    def begin(self) -> str: ...

    def complete(self, line: str) -> Completion: ...


class _Smtp:
    """SMTP with a sendmail; what is typed after the end of a connection opens the next."""

    prompt = ""
    edits = False

    def __init__(self, daemon: Daemon, client: Host) -> None:
        mta = daemon.mta
        self.label = phrase("port 25 of {name}, from {client}", name=mta.name, client=client.name)
        self.shell = Shell(mta.site, mta.host, daemon)
        self._mta, self._client = mta, client
        self._telnet: Telnet

    def begin(self) -> str:
        self._telnet = Telnet(self._mta.site, self._client, self._mta.host)
        return self._telnet.greeting

    def answer(self, line: str) -> str:
        if not self._telnet.is_open:
            return self.begin()
        return self._telnet(line)

    def complete(self, line: str) -> Completion:
        return Completion(line)


class _Login:
    """A shell."""

    edits = True

    def __init__(self, shell: Shell) -> None:
        self.label = phrase("the shell of {user} on {name}", user=shell.user, name=shell.host.name)
        self.prompt = f"{shell.host.name.partition('.')[0]}{'#' if shell.is_root else '$'} "
        self.shell = shell

    def begin(self) -> str:
        return ""

    def answer(self, line: str) -> str:
        return self.shell(line)

    def complete(self, line: str) -> Completion:
        return complete(self.shell, line)


def at_shell(shell: Shell) -> _Partner:
    """Who answers what is typed at a shell."""
    return _Login(shell)


class Console:
    """A console on the screen. Call it with a line to type it from the notebook; it gives the answer."""

    def __init__(self, partner: _Partner, suggestions: Sequence[str]) -> None:
        self._partner = partner
        self._lines: list[list[str]] = []
        self._root = Shell(partner.shell.site, partner.shell.host, partner.shell.daemon)
        doings: dict[str, Callable[[Any], Any]] = {
            "typed": self._typed,
            "waited": self.wait,
            "completed": self._completed,
            "saved": self._saved,
            "left": self._left,
        }
        self.terminal = Terminal(partner.label, partner.prompt, suggestions, WAITS, doings)
        self._say(partner.begin())

    def __call__(self, line: str) -> str:
        """Type a line."""
        self._lines.append(["typed", f"{self._partner.prompt}{line}"])
        answer = self._partner.answer(line)
        self._say(answer)
        hint = not_ascii(line) if _COMPLAINT.match(answer) else ""
        if hint:  # a Japanese keyboard: what it typed looks nearly like the command
            self._lines.append(["hint", hint])
            self.refresh()
        return answer

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        env = self._root.site.env
        env.run(until=env.now + seconds)
        self.refresh()

    def tell(self, done: str, answer: str) -> None:
        """Write down what was done otherwise than by typing, and what came of it."""
        self._lines += [["typed", translated(done)], ["hint", answer]]
        self.refresh()

    @property
    def typed(self) -> int:
        """How many lines were typed, or things done."""
        return sum(kind == "typed" for kind, _ in self._lines)

    @property
    def widget(self) -> Terminal:
        """What stands on the screen."""
        return self.terminal

    def __repr__(self) -> str:
        return "\n".join([f"Console: {self._partner.label}", *(text for _, text in self._lines)])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(self.terminal, repr(self))

    def _typed(self, line: str) -> None:
        path = editor.wanted(line) if self._partner.edits else None
        if path is None:
            self(line)
            return
        self._lines.append(["typed", f"{self._partner.prompt}{line}"])
        edited = editor.opened(self._partner.shell, path)
        if not edited.trouble:
            self.terminal.edited = {"path": edited.path, "text": edited.text}
        self._say(edited.trouble)

    def _completed(self, line: str) -> None:
        """Tab: the line as far as it is clear; where it is not, what it may go on with."""
        completion = self._partner.complete(line)
        if completion.choices:
            self._lines.append(["typed", f"{self._partner.prompt}{line}"])
            self._say("  ".join(completion.choices))
        self.terminal.completion = {
            "of": line,
            "line": completion.line,
            "number": int(str(self.terminal.completion["number"])) + 1,
        }

    def _saved(self, edited: dict[str, str]) -> None:
        path = self.terminal.edited.get("path")  # what the page sends is believed as to the text alone
        if path is not None:
            self.terminal.edited = {}
            self._say(editor.written(self._partner.shell, path, str(edited["text"])))

    def _left(self, _: object) -> None:
        self.terminal.edited = {}

    def _say(self, text: str) -> None:
        if text:
            self._lines.append(["said", text])
        self.refresh()

    def refresh(self) -> None:
        """Show how things are now."""
        self.terminal.lines = [[kind, translated(text) if kind == "hint" else text] for kind, text in self._lines]
        self.terminal.clock = self._root.site.clock.rfc822(self._root.now)
        self.terminal.beside = self._beside()

    def _beside(self) -> dict[str, str]:
        if self._root.mta is None:
            return {}
        log = self._root(f"tail -{LOG_LINES} /var/log/maillog")
        return {
            translated("Queue (mailq)"): self._root("mailq"),
            translated("End of the log"): log or translated("nothing yet"),
        }


def _host(client: OnAHost | str | None, network: Network) -> Host | None:
    if client is None:
        return None
    name = name_of(client)
    if name not in network.hosts:
        raise WorkbookError(
            "console(…, client={name!r}): there is no such host; known: {known}", name=name, known=network.known()
        )
    return network.hosts[name]
