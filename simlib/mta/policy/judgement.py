"""The end of an attempt: who stays in the queue, who is given up, who is told of it (slide claims 07.1 to 08.3).

sendmail looks at the age of a message when an attempt has ended, never before: so mail that is older than
Timeout.queuereturn has one more try.
"""

from collections.abc import Sequence
from typing import NamedTuple

from simlib.message.dsn import Told
from simlib.mta.policy import notices
from simlib.mta.policy.notices import Notice
from simlib.mta.policy.outcome import SENT, Outcome
from simlib.mta.policy.queue_entry import QueueEntry, Recipient
from simlib.mta.policy.settings import Settings


class Judgement(NamedTuple):
    """What follows from an attempt.

    ``waiting`` stay in the queue, ``given_up`` do not: they failed, or all of it is ``too_old``. ``told`` is what there
    is to tell of recipients, ``to_send`` the notices that do. ``warns``: the sender is warned now. ``done``: the entry
    leaves the queue.
    """

    waiting: tuple[Recipient, ...]
    given_up: tuple[Recipient, ...] = ()
    told: tuple[Told, ...] = ()
    to_send: tuple[Notice, ...] = ()
    too_old: bool = False
    warns: bool = False
    done: bool = False


def judge(
    entry: QueueEntry,
    failed: Sequence[Recipient],
    receipts: Sequence[Told],
    by_header: Sequence[Notice],
    now: int,
    settings: Settings,
    misconfigured: bool = False,
) -> Judgement:
    """Judge an entry at the end of an attempt.

    ``failed`` of its recipients were refused for good, by a fault of this host where it is ``misconfigured``;
    ``receipts`` are what senders wish to hear of those who got it, ``by_header`` receipts for a Return-Receipt-To:.
    """
    waiting = tuple(one for one in entry.recipients if one not in failed) if failed else entry.recipients
    told = [notices.failure(one) for one in failed if notices.wants_failure(one)]
    too_old = bool(waiting) and notices.expired(entry, now, settings)
    given_up = tuple(failed)
    if too_old:
        told += [notices.failure(one, late=True) for one in waiting if notices.wants_failure(one)]
        given_up, waiting = (*given_up, *waiting), ()
    late = [one for one in waiting if notices.wants_delay(one)] if notices.warning_due(entry, now, settings) else []
    told += [notices.delay(one) for one in late]
    told += receipts
    if waiting and not (told or given_up or by_header):
        return Judgement(waiting)  # as most end: nothing is to be told, and it stays
    to_send = (*notices.to_send(entry, told, settings, misconfigured), *by_header)
    # the file of one that expired without a word stays until the next run
    untold = too_old and not to_send and not notices.last_resort(entry)
    return Judgement(waiting, given_up, tuple(told), to_send, too_old, bool(late), done=not waiting and not untold)


def checkpoint_due(unwritten: Sequence[tuple[Recipient, Outcome]], every: int) -> bool:
    """Whether as many were sent since the qf file was written last as CheckpointInterval says; 0 is never."""
    if not 0 < every <= len(unwritten):
        return False
    return sum(outcome.kind == SENT for _, outcome in unwritten) >= every
