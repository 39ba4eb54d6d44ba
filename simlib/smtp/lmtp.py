"""The server's side of LMTP (RFC 2033), as mail.local speaks it: no I/O, no time.

It is SMTP with LHLO in the place of HELO, and with a reply for each accepted recipient to the final dot. That is what
lets one recipient be refused without the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

GREETING = "220 {} LMTP ready"
FEATURES = ("8BITMIME", "ENHANCEDSTATUSCODES", "PIPELINING")


@dataclass(slots=True)
class LmtpServer:
    """One session. ``refuse``: users and the replies that refuse them at RCPT."""

    host: str
    refuse: Mapping[str, str] = field(default_factory=dict)
    recipients: list[str] = field(default_factory=list)
    sender: str | None = None

    def greet(self) -> str:
        """The greeting."""
        return GREETING.format(self.host)

    def command(self, line: str) -> list[str]:
        """The lines that answer a command."""
        verb = line.partition(" ")[0].upper()
        answer = getattr(self, f"_{verb.lower()}", None)
        if answer is None or not verb.isalpha():
            return ["500 5.5.2 Syntax error"]
        said = answer(line)
        return [said] if isinstance(said, str) else list(said)

    def message(self, outcomes: Mapping[str, str]) -> list[str]:
        """The replies to the final dot, in the order of the recipients (RFC 2033 §4.2); ``outcomes`` by user."""
        said = [outcomes[user] for user in self.recipients]
        self._clear()
        return said

    def _lhlo(self, line: str) -> list[str]:
        return [f"250-{self.host}", *(f"250-{name}" for name in FEATURES[:-1]), f"250 {FEATURES[-1]}"]

    def _mail(self, line: str) -> str:
        if self.sender is not None:
            return "503 5.5.1 Sender already specified"
        self.sender = _path(line)
        return "250 2.5.0 Ok"

    def _rcpt(self, line: str) -> str:
        if self.sender is None:
            return "503 5.5.1 Need MAIL command"
        user = _path(line)
        if user in self.refuse:
            return self.refuse[user]
        self.recipients.append(user)
        return "250 2.1.5 Ok"

    def _data(self, line: str) -> str:
        return "354 Go ahead" if self.recipients else "503 5.5.1 Need RCPT command"

    def _rset(self, line: str) -> str:
        self._clear()
        return "250 2.0.0 Ok"

    def _noop(self, line: str) -> str:
        return "250 2.0.0 Ok"

    def _vrfy(self, line: str) -> str:
        return "252 2.3.3 Try RCPT to attempt delivery"

    def _quit(self, line: str) -> str:
        return "221 2.0.0 Bye"

    def _clear(self) -> None:
        self.recipients, self.sender = [], None


def _path(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]
