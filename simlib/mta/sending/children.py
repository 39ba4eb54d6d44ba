"""Processes that deliver what has just come (DeliveryMode)."""

from collections.abc import Callable

import simpy

from simlib.mta.installation import Installation
from simlib.mta.policy.load_control import should_queue
from simlib.mta.policy.log_lines import Queued
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.mta.policy.routing import has_mailer, is_held, mailer_named, waits_for_etrn
from simlib.mta.policy.settings import Mode
from simlib.mta.process.process import SendmailProcess
from simlib.mta.sending.attempt import NOTHING, Known, attempt
from simlib.site.steps import Steps

ERROR = "*error*"  # what the log calls the mailer of those whom rules refuse for now


def deliver_by_mode(
    mta: Installation, entry: QueueEntry, pid: int, typed: bool = False, known: Known = NOTHING
) -> simpy.Event | None:
    """Begin with the delivery if DeliveryMode says so; an event to wait for in interactive mode.

    ``typed``: by a command, and not brought by SMTP.
    """
    if is_queued(mta, entry) or _all_held(mta, entry):
        _log_queued(mta, entry, pid, typed)
        return None
    done = mta.host.spawn(alone(mta, lambda process: attempt(process, entry, known=known)))
    return done if mta.settings.delivery_mode is Mode.INTERACTIVE else None


def is_queued(mta: Installation, entry: QueueEntry) -> bool:
    """Whether what has just come waits for a queue run, by DeliveryMode or for the load."""
    waits = mta.settings.delivery_mode in (Mode.QUEUE_ONLY, Mode.DEFERRED)
    return waits or should_queue(entry.priority, mta.load, mta.settings)


def alone(mta: Installation, work: Callable[[SendmailProcess], Steps[None]]) -> Steps[None]:
    """Work in a process of its own."""
    process = SendmailProcess(mta)
    try:
        yield from work(process)
        yield from process.finish()
    finally:
        process.end()


def _all_held(mta: Installation, entry: QueueEntry) -> bool:
    """Whether all of it is for mailers that wait (HoldExpensive, F=%), as far as that is known before aliases are."""
    if not mta.settings.hold_expensive and not mta.holds_for_etrn:
        return False
    aliased = mta.expands and any(mta.is_here(one.address) for one in entry.recipients)
    expensive = is_held if mta.settings.hold_expensive else waits_for_etrn
    to = [mta.ways.of(one) for one in entry.recipients]
    return not aliased and all(expensive(one, mta.cf) or waits_for_etrn(one, mta.cf) for one in to)


def _log_queued(mta: Installation, entry: QueueEntry, pid: int, typed: bool) -> None:
    """What is not tried at once is logged, too; of what was not typed only where all of it goes to other hosts."""
    mailers = [(recipient, mta.leads(recipient).mailer) for recipient in entry.recipients]
    known = [(recipient, name) for recipient, name in mailers if has_mailer(mta.cf, name)]
    if not typed and any(mailer_named(mta.cf, name).is_local for _, name in known):
        return
    for recipient, name in mailers:
        if has_mailer(mta.cf, name):
            mta.log(Queued(entry.qid, recipient.shown, name, entry.priority), pid)
        elif recipient.outcome is not None:
            mta.log(Queued(entry.qid, recipient.shown, ERROR, entry.priority, recipient.outcome.dsn), pid)
