"""A notice as a message of its own: what ``simlib.message.dsn`` needs to know, gathered from a queue entry."""

from simlib.message.copy import Copy
from simlib.message.dsn import Report
from simlib.message.envelope import MAILER_DAEMON, Message
from simlib.mta.installation import Installation
from simlib.mta.policy.notices import DOUBLE_BOUNCE, POSTMASTER_COPY, Notice, title
from simlib.mta.policy.queue_entry import QueueEntry, priority
from simlib.mta.policy.settings import Settings
from simlib.mta.policy.version import writes_mime

ERROR_FUDGE = 1024  # bytes that sendmail takes a notice to have besides what it returns


def report_of(notice: Notice, about: QueueEntry, mta: Installation, qid: str, from_queue: bool) -> Report:
    """What the notice tells; ``qid`` is its own."""
    hop = about.received
    assert hop is not None  # whatever is in a queue has come somehow
    for_postmaster = notice.kind in (DOUBLE_BOUNCE, POSTMASTER_COPY)
    return_path = MAILER_DAEMON if about.response else about.sender
    return Report(
        host=mta.name,
        qid=qid,
        now=mta.site.env.now,
        told=notice.told,
        transcript=about.transcript,
        original=Copy(about.message, about.received, return_path),
        with_body=notice.with_body,
        arrived=about.created,
        client=hop.way.identity,
        envid=about.asked.envid,
        retry_until=about.created + mta.settings.return_after[about.timeouts],
        original_qid=about.qid if for_postmaster else "",
        received_from="" if from_queue or hop.before is None else hop.way.identity.partition(" ")[0],
        mime=mta.settings.mime_errors and writes_mime(mta.version),
    )


def message_of(report: Report, notice: Notice, about: QueueEntry, mta: Installation) -> Message:
    """The message. Its body is written when somebody looks; how long that is, is known before."""
    clock = mta.site.clock
    to = [shown(one, about) for one in notice.to]
    headers = report.headers(to, *title(notice.kind, about, mta.settings), clock.unix(report.now))
    sender = f"Mail Delivery Subsystem <{MAILER_DAEMON}@{mta.name}>"
    number, size = mta.site.recorder.new_message(), report.size(headers, clock)
    return Message(number, size, headers, lambda: report.body(headers, clock), sender, report.eight_bit)


def shown(to: str, about: QueueEntry) -> str:
    """How log, mailq and header write who gets a notice: the sender as he was named, any other as he is."""
    return about.sender_shown if to == about.sender else to


def notice_priority(notice: Notice, about: int, settings: Settings) -> int:
    """Its priority in the queue: sendmail does not know its size yet, and takes the message's and some more.

    ``about``: the size that the message is taken to have, in bytes.
    """
    size = ERROR_FUDGE + about if notice.with_body else 0
    return priority(size, 0, len(notice.to), settings.class_factor, settings.recipient_factor)
