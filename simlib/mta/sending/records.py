"""What is written down of an attempt: a row of the trace for each host, a line of the log for those who fared alike."""

from simlib.mta.policy.log_lines import Tried
from simlib.mta.policy.outcome import Outcome
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.mta.process.process import SendmailProcess


def record_attempt(
    process: SendmailProcess, entry: QueueEntry, addresses: str, mx: str, outcome: Outcome, begun: float,
    connection: int | None = None, cached: bool = False,
) -> None:  # fmt: skip
    """A row for what came of a host; ``addresses`` are those who fared alike there."""
    mta, now = process.mta, process.env.now
    mta.site.recorder.attempts.add(
        time=begun,
        host=mta.name,
        qid=entry.qid,
        message=entry.message.number,
        recipients=addresses,
        relay=mx,
        outcome=outcome.kind,
        seconds=now - begun,
        dsn=outcome.dsn,
        stat=outcome.stat,
        connection=connection,
        cached=cached,
    )


def log_outcome(
    process: SendmailProcess, entry: QueueEntry, to: str, outcome: Outcome, priority: int, begun: float
) -> None:
    """A line for what came of the attempt in the end."""
    now = process.now
    line = Tried(
        qid=entry.qid,
        to=to,
        waited=now - entry.created,
        took=now - int(begun),
        mailer=outcome.mailer,
        priority=priority,
        relay=outcome.relay,
        dsn=outcome.dsn,
        reply=outcome.reply,
        stat=outcome.stat,
    )
    process.log(line)
