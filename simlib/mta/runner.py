"""A queue run: gather, select, sort, and try one entry after the other (``sendmail -q``)."""

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import simpy

from simlib.mta.attempt import attempt
from simlib.mta.load_control import should_queue
from simlib.mta.process import SendmailProcess
from simlib.mta.queue_entry import QueueEntry
from simlib.mta.queue_order import Selection, sort_queue, too_young

if TYPE_CHECKING:
    from simlib.mta.sendmail import Sendmail

Work = Generator[simpy.Event, Any, None]


def queue_run(mta: "Sendmail", selection: Selection) -> Work:
    """One run over the queue, in one process; with ForkEachJob in one a message, which costs the connection cache.

    At a load at which even a small message would be held (QueueLA) there is no run at all.
    """
    process = _runner(mta, selection)
    if should_queue(mta.settings.recipient_factor, mta.load, mta.settings):
        process.log("runqueue: Skipping queue run -- load average too high")
        return
    try:
        for entry in gather(mta, selection, process.now):
            if entry not in mta.queue or _too_young(mta, entry, selection, process.now):
                continue  # another process dealt with it in the meantime
            if should_queue(entry.priority, mta.load, mta.settings):
                if mta.settings.sort_order[:1].lower() == "p":
                    break  # all that follow are less urgent still
                continue
            yield from attempt(process, entry, from_queue=True)
            if mta.settings.fork_each_job:
                yield from process.finish()
                process = _runner(mta, selection)
        yield from process.finish()
    finally:
        process.end()


def gather(mta: "Sendmail", selection: Selection, now: int) -> list[QueueEntry]:
    """The entries of a run in its order: MaxQueueRunSize counts before sorting, as in sendmail."""
    entries = [entry for entry in mta.queue if selection.matches(entry) and not _too_young(mta, entry, selection, now)]
    if mta.settings.max_queue_run > 0:
        entries = entries[: mta.settings.max_queue_run]
    return sort_queue(entries, mta.settings.sort_order, mta.order_random)


def _runner(mta: "Sendmail", selection: Selection) -> SendmailProcess:
    return SendmailProcess(mta, ignore_host_status=bool(selection))


def _too_young(mta: "Sendmail", entry: QueueEntry, selection: Selection, now: int) -> bool:
    settings = mta.settings
    return not selection and too_young(entry, now, settings.min_queue_age, settings.max_queue_age)
