"""An entry of a queue run that would come to a dead end is deferred in one step."""

from simlib.mta.policy import notices
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.mta.process.dead_ends import DeadEnd
from simlib.mta.process.process import SendmailProcess
from simlib.mta.sending.obstacles import at_mailer, too_many_hops
from simlib.mta.sending.records import log_outcome, record_attempt


def defer(process: SendmailProcess, entry: QueueEntry) -> bool:
    """Defer an entry of a queue run whose one recipient is at a dead end; False if it has to be tried."""
    if len(entry.recipients) != 1 or entry.locked:
        return False
    (recipient,), moment = entry.recipients, process.env.now
    end = process.dead_ends.find(moment, recipient.address)
    if end is None or not _goes_there(process, entry, end, int(moment)):
        return False
    outcome, priority = end.outcome, entry.priority + process.mta.settings.retry_factor
    record_attempt(process, entry, recipient.address, end.mx, outcome, moment)
    if process.mta.terminal is not None:
        process.mta.terminal.tell_of([recipient.shown], outcome.exit, outcome.stat)
    log_outcome(process, entry, recipient.shown, outcome, priority, moment)
    recipient.outcome, entry.status = outcome, outcome.stat
    entry.tried(priority, moment)
    return True


def _goes_there(process: SendmailProcess, entry: QueueEntry, end: DeadEnd, now: int) -> bool:
    """Whether it would come as far as to the host, and nothing is to be told of it now."""
    mta, settings = process.mta, process.mta.settings
    return not (
        end.cf is not mta.cf
        or process.memory.recall(end.mx, now) is not end.status
        or (mta.expands and mta.is_here(entry.recipients[0].address))
        or mta.message_cost > 0
        or too_many_hops(entry, settings) is not None
        or at_mailer(entry, end.mailer, end.mx, settings, mta.version) is not None
        or notices.expired(entry, now, settings)
        or notices.warning_due(entry, now, settings)
    )
