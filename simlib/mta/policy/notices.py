"""What an attempt left undone or done: keep it, warn, return it, send a receipt, tell the postmaster (07.1-08.3)."""

from collections.abc import Sequence
from typing import NamedTuple

from simlib.message.dsn import DELAYED, DELIVERED, FAILED, RELAYED, Told
from simlib.mta.policy.queue_entry import QueueEntry, Recipient
from simlib.mta.policy.settings import Settings
from simlib.mta.policy.version import heeds_return_receipt_to
from simlib.mta.policy.written import read
from simlib.units import in_words

RETURN, WARNING, RECEIPT = "return", "warning", "receipt"
DOUBLE_BOUNCE, POSTMASTER_COPY = "double bounce", "postmaster copy"
POSTMASTER = "postmaster"
EXPIRED = "4.4.7"  # delivery time expired (RFC 3463 §3.5)

# Subject and Auto-Submitted of each kind
TITLES = {
    RETURN: ("Returned mail: see transcript for details", "failure"),
    WARNING: ("Warning: could not send message for past {}", "warning-timeout"),
    RECEIPT: ("Return receipt", "return-receipt"),
    DOUBLE_BOUNCE: ("Postmaster notify: see transcript for details", "postmaster-notification"),
    POSTMASTER_COPY: ("Postmaster notify: see transcript for details", "postmaster-notification"),
}


def expired(entry: QueueEntry, now: int, settings: Settings) -> bool:
    """Whether it has been in the queue for Timeout.queuereturn of its class; looked at when an attempt ends."""
    return now - entry.created >= settings.return_after[entry.timeouts]


def warning_due(entry: QueueEntry, now: int, settings: Settings) -> bool:
    """Whether its sender is to be told, once, that it is still here (Timeout.queuewarn).

    Never for a negative precedence, the null sender, a notice, or the owner and request addresses of lists.
    """
    after = settings.warn_after[entry.timeouts]
    if not 0 < after <= now - entry.created:
        return False
    user = entry.sender.rpartition("@")[0].lower()
    return (
        not entry.warned
        and not entry.response
        and entry.precedence >= 0
        and entry.sender != ""
        and not user.startswith("owner-")
        and not user.endswith("-request")
    )


def last_resort(entry: QueueEntry) -> bool:
    """Whether it is a double bounce: nobody is told when that fails too."""
    return entry.notice == DOUBLE_BOUNCE


def wants_delay(recipient: Recipient) -> bool:
    """Whether NOTIFY allows a warning for this recipient (RFC 3461 §4.1)."""
    return recipient.wish.notify is None or "DELAY" in recipient.wish.notify


def wants_failure(recipient: Recipient) -> bool:
    """Whether NOTIFY allows a return for this recipient (RFC 3461 §4.1)."""
    return recipient.wish.notify is None or "FAILURE" in recipient.wish.notify


def wants_receipt(recipient: Recipient) -> bool:
    """Whether NOTIFY asks for a word when all is well (RFC 3461 §4.1)."""
    return recipient.wish.notify is not None and "SUCCESS" in recipient.wish.notify


class Notice(NamedTuple):
    """A notice to send: always from ``<>``, so that no notice answers it."""

    kind: str
    to: tuple[str, ...]
    with_body: bool
    told: tuple[Told, ...]


def to_send(entry: QueueEntry, told: Sequence[Told], settings: Settings, misconfigured: bool = False) -> list[Notice]:
    """Who is told of these recipients, in one notice each.

    The sender, and the postmaster too where this host is ``misconfigured``; of what failed of a message from ``<>`` or
    of a notice the DoubleBounceAddress instead, with the body; and PostmasterCopy with headers only.
    """
    if not told or last_resort(entry):
        return []
    failed = any(one.action == FAILED for one in told)
    notices: list[Notice] = []
    body = returns_body(entry, settings)
    if entry.sender and not entry.response:
        whom = (POSTMASTER, entry.sender) if failed and misconfigured else (entry.sender,)
        kind = _kind(told)
        notices.append(Notice(kind, whom, body and kind != RECEIPT, tuple(told)))
    elif failed and settings.double_bounce:
        notices.append(Notice(DOUBLE_BOUNCE, (settings.double_bounce,), body, tuple(told)))
    if failed and settings.postmaster_copy and entry.precedence >= 0 and not entry.response:
        notices.append(Notice(POSTMASTER_COPY, (settings.postmaster_copy,), False, tuple(told)))
    return notices


def returns_body(entry: QueueEntry, settings: Settings) -> bool:
    """Whether a notice brings the whole message back.

    Not with RET=HDRS, a negative precedence, PrivacyOptions=nobodyreturn, nor what was too large for somebody.
    """
    wanted = entry.body_in_notice and "nobodyreturn" not in settings.privacy
    return wanted and not entry.too_large and entry.precedence >= 0


def failure(recipient: Recipient, late: bool = False) -> Told:
    """What a return says of a recipient; ``late``: because it was in the queue for too long."""
    return _told(recipient, FAILED, EXPIRED if late else "")


def delay(recipient: Recipient) -> Told:
    """What a warning says of a recipient. Of a recipient whose RCPT was deferred it does not say how long
    sendmail will try."""
    return _told(recipient, DELAYED, "", retried=recipient.outcome is None or not recipient.outcome.own_line)


def receipt(recipient: Recipient) -> Told | None:
    """What a receipt says of one who got the message; None where the next host will send it (it knows of DSN)."""
    outcome = recipient.outcome
    assert outcome is not None  # only of whom an attempt was made
    if recipient.accepted is None and outcome.relay:
        return None
    if recipient.accepted is None:
        return _told(recipient, DELIVERED, "2.1.5")._replace(remote="", reason=None)
    status, words = recipient.accepted
    return _told(recipient, RELAYED, status)._replace(reason=words)


def receipt_by_header(recipient: Recipient, entry: QueueEntry, version: str) -> Notice | None:
    """What an old sendmail does for a Return-Receipt-To: header when it delivers, whoever the sender is (08.3)."""
    said = entry.message.header("Return-Receipt-To")
    if said is None:
        return None
    outcome, to = recipient.outcome, read(said).address
    if not to or not heeds_return_receipt_to(version) or outcome is None or outcome.relay:
        return None
    return Notice(RECEIPT, (to,), False, (_told(recipient, DELIVERED, "2.1.5"),))


def good_news(told: Told) -> str:
    """The line of the transcript for one who got the message."""
    what = "Successfully delivered" if told.action == DELIVERED else "relayed; expect no further notifications"
    return f"{told.name}... {what}"


def last_words(entry: QueueEntry, settings: Settings, late: bool) -> tuple[str, str]:
    """The end of the transcript of a return that comes for age, or of a warning."""
    after = in_words(settings.return_after[entry.timeouts])
    if late:
        return f"Message could not be delivered for {after}", "Message will be deleted from queue"
    waited = in_words(settings.warn_after[entry.timeouts])
    return f"Warning: message still undelivered after {waited}", f"Will keep trying until message is {after} old"


def title(kind: str, entry: QueueEntry, settings: Settings) -> tuple[str, str]:
    """Subject, and what Auto-Submitted says in parentheses."""
    subject, submitted = TITLES[kind]
    return subject.format(in_words(settings.warn_after[entry.timeouts])), submitted


def in_log(kind: str, entry: QueueEntry, settings: Settings, late: bool) -> tuple[str, str]:
    """What the log calls a notice about an entry, and the reason it gives [savemail.c, returntosender].

    ``late``: it has waited for too long.
    """
    if entry.response:
        name = "return to sender"
    elif entry.warned:
        name = "sender notify"
    else:
        name = "postmaster notify" if kind in (DOUBLE_BOUNCE, POSTMASTER_COPY) else "DSN"
    if kind == RECEIPT:
        return name, TITLES[RECEIPT][0]
    if late:
        return name, f"Cannot send message for {in_words(settings.return_after[entry.timeouts])}"
    return name, entry.status or "Unable to deliver mail"


def _kind(told: Sequence[Told]) -> str:
    actions = {one.action for one in told}
    if DELAYED in actions:
        return WARNING
    return RETURN if FAILED in actions else RECEIPT


def _told(recipient: Recipient, action: str, status: str, retried: bool = False) -> Told:
    outcome = recipient.outcome
    assert outcome is not None  # only of whom an attempt was made
    to = recipient.destination or recipient.parsed
    return Told(
        recipient.spelled,
        action,
        status or outcome.in_notice,
        outcome.remote,
        outcome.reason,
        recipient.wish.orcpt,
        retried,
        recipient.alias.original,
        recipient.shown,
        outcome.diagnostic,
        "" if to is None or to.refusal is not None else to.user,
    )
