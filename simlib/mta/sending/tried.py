"""What is written down of an attempt: a row of the trace for each host, a line of the log for those who fared alike."""

from simlib.mta.policy import log_lines
from simlib.mta.policy.outcome import Outcome
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.mta.process.process import SendmailProcess


def note_host(
    process: SendmailProcess, entry: QueueEntry, addresses: str, mx: str, outcome: Outcome, begun: float,
    connection: int | None = None, cached: bool = False,
) -> None:  # fmt: skip
    """A row for what came of a host; ``addresses`` are those who fared alike there."""
    mta, now = process.mta, process.env.now
    mta.site.recorder.attempts.add(
        (begun, mta.name, entry.qid, entry.message.number, addresses, mx, outcome.kind, now - begun,
         outcome.dsn, outcome.stat, connection, cached)
    )  # fmt: skip


def log_outcome(
    process: SendmailProcess, entry: QueueEntry, to: str, outcome: Outcome, priority: int, begun: float
) -> None:
    """A line for what came of the attempt in the end."""
    now = process.now
    process.log(
        log_lines.tried, entry.qid, to, now - entry.created, now - int(begun), outcome.mailer, priority,
        outcome.relay, outcome.dsn, outcome.reply, outcome.stat,
    )  # fmt: skip
