"""Entries of a queue, made by hand."""

from simlib.message.envelope import Message
from simlib.mta.policy.queue_entry import QueueEntry, Recipient, Wish
from simlib.trace.ledger import Account


def recipient(address: str, notify: tuple[str, ...] | None = None) -> Recipient:
    """One recipient; ``notify`` as NOTIFY has it."""
    return Recipient(address, Account(1, "taro@a.example", address, 1, "a", 0), Wish(notify))


def entry(*recipients: Recipient, **more: object) -> QueueEntry:
    """An entry that came at time 0."""
    fields = {"qid": "q", "message": Message(1, 1_000), "sender": "taro@a.example", **more}
    return QueueEntry(recipients=recipients, created=0, priority=0, precedence=0, timeouts="normal", **fields)  # type: ignore[arg-type]
