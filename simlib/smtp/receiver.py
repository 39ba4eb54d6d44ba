"""The decisions behind an SMTP server."""

from simlib.smtp.commands import Mail, Rcpt
from simlib.smtp.replies import Reply


class Receiver:
    """The decisions behind a server; this one accepts everything.

    Each method may give a reply of its own, or None for the standard one. An MTA derives from it.
    """

    def greeting(self, host: str) -> str:
        """The text of the greeting (O SmtpGreetingMessage).

        The server puts ``ESMTP`` behind its first word, if that is nowhere in it.
        """
        return f"{host} Sendmail"

    def pause(self, verb: str) -> float:
        """Seconds for which the reply to a command is held back (O DelayLA)."""
        return 0.0

    def turned_away(self) -> Reply | None:
        """What is said in place of a greeting; the session is over then."""
        return None

    def nothing_doing(self, verb: str) -> Reply | None:
        """The reply to every command of that verb, if the server does no work at all just now (a null server)."""
        return None

    def hello(self, name: str) -> Reply | None:
        """The client calls itself ``name``."""
        return None

    def sender_named(self, sender: str, size: int, body: str) -> None:
        """MAIL has named a sender, whether or not it will be taken: ``reset`` or ``accept`` follows."""

    def mail(self, mail: Mail) -> Reply | None:
        """A transaction begins."""
        return None

    def rcpt(self, rcpt: Rcpt) -> Reply | None:
        """A recipient is offered; it belongs to the transaction if the reply is positive."""
        return None

    def data(self) -> Reply | None:
        """The message is about to come."""
        return None

    def twin(self, rcpt: Rcpt) -> Rcpt | None:
        """Which of those taken before is the same as the one that was taken now."""
        return None

    def malformed(self, refusal: Reply) -> None:
        """The parameters of a RCPT were refused."""

    def too_large(self, content: object, refusal: Reply) -> None:
        """The message has come, and is larger than MaxMessageSize."""

    def accept(self, content: object) -> Reply | None:
        """The message has come: a positive reply takes over the responsibility for it. It ends the transaction."""
        return None

    def reset(self) -> None:
        """A transaction, if there is one, is given up before its message has come: RSET, HELO, QUIT, no connection."""

    def lost(self, after: str, in_message: bool) -> None:
        """The connection is gone in the middle of a transaction, after a command or in the message."""

    def too_long(self, length: int) -> None:
        """A command line had so many bytes that the session is over."""

    def nothing_asked(self) -> None:
        """The session is over, and was about nothing: no MAIL, EXPN, VRFY or ETRN."""

    def inquired(self, command: str, allowed: bool = True) -> None:
        """The client says VRFY, EXPN or ETRN."""

    def asked(self, verb: str, argument: str) -> Reply | None:
        """VRFY, EXPN or ETRN of something: the reply with which that is refused."""
        return None

    def vrfy(self, address: str) -> Reply | None:
        """Is there such a user?"""
        return None

    def expn(self, address: str) -> Reply | None:
        """Who is on that list?"""
        return None

    def etrn(self, node: str) -> Reply | None:
        """Run the queue for ``node``."""
        return None
