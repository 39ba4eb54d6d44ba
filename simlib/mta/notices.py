"""What an attempt left undone: keep it, warn, return it, or tell the postmaster (slide claims 07.1-07.9)."""

from collections.abc import Sequence
from dataclasses import dataclass

from simlib.mta.queue_entry import QueueEntry, Recipient
from simlib.mta.settings import Settings

RETURN, WARNING, DOUBLE_BOUNCE, POSTMASTER_COPY = "return", "warning", "double bounce", "postmaster copy"
POSTMASTER = "postmaster"

# Simplified: a notice's own text is counted with a fixed size.
NOTICE_TEXT = 1024  # bytes of explanation and status part
NOTICE_HEADERS = 512  # bytes of the returned message's header


def expired(entry: QueueEntry, now: int, settings: Settings) -> bool:
    """Whether it has been in the queue for Timeout.queuereturn of its class; looked at when an attempt ends."""
    return now - entry.created >= settings.return_after[entry.timeouts]


def warning_due(entry: QueueEntry, now: int, settings: Settings) -> bool:
    """Whether its sender is to be told, once, that it is still here (Timeout.queuewarn).

    Never for a negative precedence, the null sender, a notice, or the owner and request addresses of lists.
    """
    after = settings.warn_after[entry.timeouts]
    user = entry.sender.rpartition("@")[0].lower()
    return (
        0 < after <= now - entry.created
        and not entry.warned
        and not entry.response
        and entry.precedence >= 0
        and entry.sender != ""
        and not user.startswith("owner-")
        and not user.endswith("-request")
    )


def wants_delay(recipient: Recipient) -> bool:
    """Whether NOTIFY allows a warning for this recipient (RFC 3461 §4.1)."""
    return recipient.notify is None or "DELAY" in recipient.notify


def wants_failure(recipient: Recipient) -> bool:
    """Whether NOTIFY allows a return for this recipient (RFC 3461 §4.1)."""
    return recipient.notify is None or "FAILURE" in recipient.notify


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice to send: always from ``<>``, so that no notice answers it."""

    kind: str
    to: str
    size: int  # bytes


def failure_notices(
    entry: QueueEntry, failed: Sequence[Recipient], settings: Settings, misconfigured: bool = False
) -> list[Notice]:
    """Whom to tell that these recipients of ``entry`` will not get it.

    The sender, and the postmaster too where this host is ``misconfigured``; for a message from ``<>`` or a notice the
    DoubleBounceAddress instead, with the body; and PostmasterCopy with headers only.
    """
    if entry.last_resort or not any(wants_failure(recipient) for recipient in failed):
        return []
    notices: list[Notice] = []
    if entry.sender and not entry.response:
        whom = (entry.sender, POSTMASTER) if misconfigured else (entry.sender,)
        notices += (Notice(RETURN, to, notice_size(entry, with_body=True)) for to in whom)
    elif settings.double_bounce:
        notices.append(Notice(DOUBLE_BOUNCE, settings.double_bounce, notice_size(entry, with_body=True)))
    if settings.postmaster_copy and entry.precedence >= 0 and not entry.response:
        notices.append(Notice(POSTMASTER_COPY, settings.postmaster_copy, notice_size(entry, with_body=False)))
    return notices


def warning_notice(entry: QueueEntry) -> Notice:
    """The warning that a message is still in the queue."""
    return Notice(WARNING, entry.sender, notice_size(entry, with_body=True))


def notice_size(entry: QueueEntry, with_body: bool) -> int:
    """Bytes of a notice: a negative precedence, RET=HDRS and what was too large leave the body out."""
    if with_body and entry.body_in_notice and not entry.too_large and entry.precedence >= 0:
        return NOTICE_TEXT + entry.message.size
    return NOTICE_TEXT + min(entry.message.size, NOTICE_HEADERS)
