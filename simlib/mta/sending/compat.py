"""check_compat: whether a sender and a recipient go together, asked when mail is about to be delivered [deliver.c]."""

from collections.abc import Sequence

from simlib.cf import Mailer
from simlib.message.status import Exit
from simlib.mta.policy import log_lines
from simlib.mta.policy.outcome import Outcome
from simlib.mta.policy.queue_entry import Outcomes, QueueEntry, Recipient
from simlib.mta.policy.routing import Destination
from simlib.mta.process.process import SendmailProcess
from simlib.mta.process.rules import ask
from simlib.site.steps import Steps

CHECK_COMPAT = "check_compat"


def incompatible(
    process: SendmailProcess, entry: QueueEntry, mailer: Mailer, to: Destination, recipients: Sequence[Recipient]
) -> Steps[Outcomes]:
    """What becomes of those whom the rules refuse, or whose mail they throw away; of the others nothing yet."""
    outcomes: Outcomes = []
    assert entry.received is not None  # whatever is in a queue has come somehow
    relay = entry.received.way.identity
    for recipient in recipients:
        words = (entry.sender_shown, recipient.shown)
        verdict = yield from ask(process.mta, CHECK_COMPAT, words, entry.macros)
        said = verdict.mark
        if verdict.refusal is not None:
            reply, exit = verdict.refusal.reply(recipient.shown), verdict.refusal.exit
            said = f"reject={reply}"
            outcomes.append((recipient, _refused(exit, mailer, to)))
            entry.transcribe(str(reply), *([] if exit.transient else [exit.message]))
        elif verdict.discards:
            outcomes.append((recipient, Outcome(Exit.OK, "2.0.0", "", mailer.name, logged=False, lost=True)))
        if said:
            process.log(log_lines.of_message(entry.qid, log_lines.ruleset_says(CHECK_COMPAT, words, relay, said)))
    return outcomes


def _refused(exit: Exit, mailer: Mailer, to: Destination) -> Outcome:
    """Log and notice have the status that goes with the exit, whatever the rule says."""
    status = "Deferred" if exit.transient else exit.text
    relay, reply = ("", str(int(exit))) if mailer.is_local else (f"{to.host}.", "")
    return Outcome(exit, exit.enhanced, status, mailer.name, relay, reply)
