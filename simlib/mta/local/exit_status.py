"""What sendmail makes of the exit status of a program that it gave a message to [deliver.c, giveresponse()]."""

from simlib.cf import Mailer
from simlib.message.status import Exit
from simlib.mta.policy.outcome import Outcome
from simlib.site.programs import EX_OK, EX_TEMPFAIL


def exit_outcome(status: int, mailer: Mailer) -> Outcome:
    """The outcome for all recipients of that run; a status that ``sysexits.h`` does not know is a failure."""
    if status == EX_OK:
        return Outcome(Exit.OK, "2.0.0", "Sent", mailer.name)
    if status == EX_TEMPFAIL:
        text = f"Deferred: {mailer.name} mailer ({mailer.path}) exited with EX_TEMPFAIL"
        return Outcome(Exit.TEMPFAIL, "4.0.0", text, mailer.name)
    if status not in set(Exit):
        words = f"unknown mailer error {status}"
        return Outcome(
            Exit.UNAVAILABLE, "5.3.0", words, mailer.name, reason=str(status), diagnostic=f"X-Unix; {status}",
            status="5.0.0",
        )  # fmt: skip
    exit = Exit(status)
    return Outcome(
        exit, exit.message.split()[1], exit.text, mailer.name, reason=exit.text, diagnostic=f"X-Unix; {status}",
        status=exit.enhanced,
    )  # fmt: skip


def transcript_line(outcome: Outcome, shown: str) -> str:
    """What the transcript of a notice says of a failure; the address stands there where the recipient is at fault."""
    if outcome.exit.text != outcome.stat:
        return f"554 {outcome.dsn} {outcome.stat}"
    code, dsn, words = outcome.exit.message.split(" ", 2)
    return f"{code} {dsn} {shown}... {words}" if code == "550" else f"{code} {dsn} {words}"
