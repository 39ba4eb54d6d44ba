"""The trace that each host leaves in a message: its Received: line (RFC 5321 §4.4)."""

from typing import NamedTuple


class Received(NamedTuple):
    """One hop. ``identity`` is the client as sendmail knows it, macro ``$_``: ``taro@mail.example [10.0.0.1]``.

    A message begins its way with one too: a mail program hands it in over SMTP on standard input (``sendmail -bs``), or
    it is typed to ``sendmail`` as a command (``hello`` is empty then).
    """

    hello: str
    identity: str
    host: str
    version: str
    protocol: str  # empty for what sendmail itself wrote and for what was typed
    qid: str
    recipient: str  # empty where there were several
    time: float  # s

    def text(self, date: str) -> str:
        """The header, with ``date`` as RFC 822 writes it."""
        protocol = f" with {self.protocol}" if self.protocol else ""
        typed = not self.hello
        whom = self.recipient if typed else f"<{self.recipient}>"
        to = f"\n\tfor {whom}; " if self.recipient else ";\n\t"
        source = f"(from {self.identity})" if typed else f"from {self.hello} ({self.identity})"
        return f"Received: {source}\n\tby {self.host} ({self.version}/{self.version}){protocol} id {self.qid}{to}{date}"
