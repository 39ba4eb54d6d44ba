"""Local delivery. Simplified for now: the agent of the ``Mlocal`` line takes a moment and never fails."""

from collections.abc import Generator, Sequence
from typing import Any

import simpy

from simlib.cf import Mailer
from simlib.message.copy import Copy
from simlib.message.status import Exit
from simlib.mta.conversion import EIGHT, outgoing
from simlib.mta.outcome import Outcome
from simlib.mta.process import SendmailProcess
from simlib.mta.queue_entry import QueueEntry, Recipient

MAILER_DAEMON = "MAILER-DAEMON"  # what stock rules make of the null sender for a local mailer
AGENT_TIME = 0.02  # s that a local delivery agent runs


def deliver_locally(
    process: SendmailProcess, entry: QueueEntry, mailer: Mailer, recipients: Sequence[Recipient]
) -> Generator[simpy.Event, Any, list[tuple[Recipient, Outcome]]]:
    """Append the message to the mailboxes of local users."""
    yield process.env.timeout(AGENT_TIME)
    now, host, recorder = process.env.now, process.mta.name, process.mta.site.recorder
    message = outgoing(entry, mailer, process.mta.settings, host, (EIGHT,))
    arrived = Copy(message, entry.received, entry.sender or MAILER_DAEMON)
    sent = Outcome(Exit.OK, "2.0.0", "Sent", mailer.name)
    for recipient in recipients:
        mailbox = recipient.address.rpartition("@")[0] or recipient.address
        recorder.arrive(now, host, mailbox, arrived, entry.sender)
        recipient.account.deliver(now)
    return [(recipient, sent) for recipient in recipients]
