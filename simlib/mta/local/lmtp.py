"""LMTP (RFC 2033) between sendmail and an agent that speaks it, F=z: a reply for each recipient (slide claim 01.7)."""

from collections.abc import Sequence
from typing import NamedTuple

from simlib.cf import Mailer
from simlib.message.status import Exit
from simlib.mta.local.mailbox import Done
from simlib.mta.policy.outcome import Outcome
from simlib.site.programs import EX_NOUSER, EX_OK, EX_TEMPFAIL
from simlib.smtp.lmtp import LmtpServer


class Delivered(NamedTuple):
    """How it went for a user."""

    user: str
    done: Done

    @property
    def reply(self) -> str:
        """What mail.local says to the final dot for this user; for an unknown one, to RCPT."""
        status, words = self.done.status, self.done.words
        if status == EX_OK:
            return f"250 2.1.5 {self.user} Ok"
        if status == EX_NOUSER:
            return "550 5.1.1 User unknown"
        if status == EX_TEMPFAIL:
            return f"451 4.3.0 {words}" if words.startswith(("lockmailbox", "Temporary")) else f"450 4.2.0 {words}"
        return f"554 5.3.0 {words}"


def lmtp_outcome(one: Delivered, mailer: Mailer) -> Outcome:
    """What sendmail makes of the reply for one recipient."""
    code, dsn, words = one.reply.split(" ", 2)
    if code.startswith("2"):
        return Outcome(Exit.OK, dsn, "Sent", mailer.name, relay="local")
    if one.done.status == EX_NOUSER:
        return Outcome(Exit.NOUSER, dsn, "User unknown", mailer.name, relay="local", reply=one.reply, own_line=True)
    exit, stat = (Exit.TEMPFAIL, f"Deferred: {one.reply}") if code.startswith("4") else (Exit.UNAVAILABLE, words)
    return Outcome(exit, dsn, stat, mailer.name, relay="local", reply=one.reply)


def lmtp_dialogue(host: str, sender: str, told: Sequence[Delivered]) -> str:
    """What sendmail (``>>>``) and the agent (``<<<``) said."""
    server = LmtpServer(host)
    lines = [f"<<< {server.greet()}"]

    def say(command: str, *replies: str) -> None:
        said = replies or tuple(server.command(command))
        lines.extend([f">>> {command}", *(f"<<< {reply}" for reply in said)])

    say(f"LHLO {host}")
    say(f"MAIL From:<{sender}>")
    for user, done in told:
        server.refuse = {user: "550 5.1.1 User unknown"} if done.status == EX_NOUSER else {}
        say(f"RCPT To:<{user}>")
    if not server.recipients:
        return "\n".join(lines)
    say("DATA")
    say(".", *server.message({one.user: one.reply for one in told}))
    say("QUIT")
    return "\n".join(lines)
