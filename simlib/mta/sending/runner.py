"""A queue run: gather, select, sort, and try one entry after the other (``sendmail -q``)."""

from operator import attrgetter

import simpy

from simlib.mta.installation import Installation
from simlib.mta.policy import log_lines
from simlib.mta.policy.load_control import no_run_at_all, should_queue
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.mta.policy.queue_order import Selection, is_too_young, sort_queue
from simlib.mta.policy.settings import SortOrder
from simlib.mta.process.process import SendmailProcess
from simlib.mta.sending.attempt import attempt
from simlib.mta.sending.deferral import defer
from simlib.site.steps import Steps


def run_now(mta: Installation, selection: Selection) -> simpy.Process | None:
    """Begin a queue run in a process of its own; gives that, to wait for it. None where the host is down."""
    return mta.host.spawn(queue_run(mta, selection)) if mta.host.up else None


def queue_run(mta: Installation, selection: Selection) -> Steps[None]:
    """One run over the queue, in one process; with ForkEachJob in one a message, all of them at once.

    That costs the connection cache and the memory of dead hosts, which belong to a process, and many processes.
    At a load at which even a small message would be held (QueueLA) there is no run at all.
    """
    process = _runner(mta, selection)
    try:
        if no_run_at_all(mta.load, mta.settings):
            process.log(log_lines.RUN_SKIPPED)
            return
        moment, load = -1.0, 0
        entries = _gather(process, selection)
        for number, entry in enumerate(entries, 1):
            if moment != process.env.now:
                moment, load = process.env.now, mta.load
            if entry not in mta.queue or (not selection and is_too_young(entry, int(moment), mta.settings)):
                continue  # another process dealt with it in the meantime
            late = should_queue(entry.priority, load, mta.settings)
            if mta.terminal is not None:
                mta.show("")
                doing = "Skipping" if late else "Running"
                mta.show(f"{doing} {entry.directory}/{entry.qid} (sequence {number} of {len(entries)})")
            if late:
                if mta.settings.sort_order is SortOrder.PRIORITY:
                    break  # all that follow are less urgent still
                continue
            if mta.settings.fork_each_job:
                mta.host.spawn(_job(mta, selection, entry))
            elif not defer(process, entry):
                yield from attempt(process, entry, from_queue=True)
        yield from process.finish()
    finally:
        process.end()


def _job(mta: Installation, selection: Selection, entry: QueueEntry) -> Steps[None]:
    """One entry in a process of its own."""
    process = _runner(mta, selection)
    try:
        yield from attempt(process, entry, from_queue=True)
        yield from process.finish()
    finally:
        process.end()


def _gather(process: SendmailProcess, selection: Selection) -> list[QueueEntry]:
    """The entries of a run in its order. MaxQueueRunSize counts before sorting, over all directories, as in sendmail.

    Simplified: a directory is read in order of arrival; on a real disk it may be any order.
    """
    mta, now, most = process.mta, process.now, process.mta.settings.max_queue_run
    entries = [*selection.of(mta.queue)]
    if not selection:
        entries = [entry for entry in entries if not is_too_young(entry, now, mta.settings)]
    if 0 < most < len(entries):
        entries.sort(key=attrgetter("directory"))
        process.log(log_lines.run_maxed_out(entries[most].directory, most))
        entries = entries[:most]
    return sort_queue(entries, mta.settings.sort_order, mta.order_random)


def _runner(mta: Installation, selection: Selection) -> SendmailProcess:
    return SendmailProcess(mta, selected=bool(selection))
