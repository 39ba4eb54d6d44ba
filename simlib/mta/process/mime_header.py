"""Long MIME headers cut as a message is sent, of which the log tells each time."""

from simlib.message.envelope import Message
from simlib.mta.policy import log_lines, mime_header
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.mta.process.process import SendmailProcess


def shortened(process: SendmailProcess, entry: QueueEntry, message: Message) -> Message:
    """A message of an entry as it is sent, no MIME header longer than MaxMimeHeaderLength."""
    shorter, cuts = mime_header.shortened(message, process.mta.settings.mime_header)
    for cut in cuts:
        process.log(log_lines.of_message(entry.qid, log_lines.truncated(cut.name, cut.length, cut.parameter)))
    return shorter
