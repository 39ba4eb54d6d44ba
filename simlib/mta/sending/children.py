"""Processes that deliver what has just come (DeliveryMode)."""

from collections.abc import Callable

import simpy

from simlib.mta.installation import Installation
from simlib.mta.policy.load_control import should_queue
from simlib.mta.policy.log_lines import Queued
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.mta.policy.routing import has_mailer, is_held, mailer_named, resolve
from simlib.mta.policy.settings import Mode
from simlib.mta.process.process import SendmailProcess
from simlib.mta.sending.attempt import attempt
from simlib.site.steps import Steps


def deliver_by_mode(mta: Installation, entry: QueueEntry, pid: int) -> simpy.Event | None:
    """Begin with the delivery if DeliveryMode says so; an event to wait for in interactive mode."""
    mode = mta.settings.delivery_mode
    queued = mode in (Mode.QUEUE_ONLY, Mode.DEFERRED) or should_queue(entry.priority, mta.load, mta.settings)
    if queued or _all_held(mta, entry):
        _log_queued(mta, entry, pid)
        return None
    done = mta.host.spawn(alone(mta, lambda process: attempt(process, entry)))
    return done if mode is Mode.INTERACTIVE else None


def alone(mta: Installation, work: Callable[[SendmailProcess], Steps[None]]) -> Steps[None]:
    """Work in a process of its own."""
    process = SendmailProcess(mta)
    try:
        yield from work(process)
        yield from process.finish()
    finally:
        process.end()


def _all_held(mta: Installation, entry: QueueEntry) -> bool:
    """Whether all of it is for expensive mailers (HoldExpensive), as far as that is known before aliases are."""
    if not mta.settings.hold_expensive:
        return False
    to = [one.address for one in entry.recipients]
    aliased = mta.local.expands and any(map(mta.local.is_here, to))
    return not aliased and all(is_held(one, mta.cf, mta.own_names) for one in to)


def _log_queued(mta: Installation, entry: QueueEntry, pid: int) -> None:
    """What is not tried at once is logged, too, if it goes to another host."""
    for recipient in entry.recipients:
        mailer = resolve(recipient.address, mta.cf, mta.own_names).mailer
        if not has_mailer(mta.cf, mailer) or mailer_named(mta.cf, mailer).is_local:
            continue
        mta.log(Queued(entry.qid, recipient.shown, mailer, entry.priority), pid)
