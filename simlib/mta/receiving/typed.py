"""A letter that somebody types: whom its addresses mean is found out at once, and who cannot be meant is said to him.

[main.c, recipient.c, savemail.c]. Where finding out would take time (a file on a server that is down) it is left to the
delivery.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import simpy

from simlib.message.status import Exit
from simlib.mta.addresses.recipients import expand_recipients
from simlib.mta.installation import Installation
from simlib.mta.local.dead_letter import save_for_sender, saved_in
from simlib.mta.policy import log_lines
from simlib.mta.policy.outcome import DEFERRED, Outcome
from simlib.mta.policy.queue_entry import Outcomes, QueueEntry, priority
from simlib.mta.policy.routing import no_way
from simlib.mta.policy.settings import Mode
from simlib.mta.process.process import SendmailProcess
from simlib.mta.sending.attempt import Known, attempt, tell_of
from simlib.mta.sending.children import alone, deliver_by_mode, is_queued

PRINT = "print"  # ErrorMode: what is wrong is said to who types
_CODES = re.compile(r"\d{3} \d\.\d{1,3}\.\d{1,3} ")


class Nobody(NamedTuple):
    """What sendmail says of an address that nobody can mean, and whether that counts among the recipients."""

    words: str
    counts: bool = False


@dataclass(slots=True)
class Meant:
    """What is known of the recipients of a letter before it is tried."""

    refused: Outcomes = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)
    clones: list[QueueEntry] = field(default_factory=list)
    is_expanded: bool = False
    counted: int = 0  # recipients in the from= line
    is_faulty: bool = False  # some address is none


def look_up(mta: Installation, entry: QueueEntry, pid: int, size: int, nobody: Sequence[Nobody] = ()) -> Meant:
    """Find out whom a letter's addresses mean; those who cannot be meant are recipients no more.

    ``size``: in bytes, as it came in.
    """
    meant, process = Meant(is_faulty=bool(nobody)), SendmailProcess(mta, pid)
    for words, _ in nobody:
        process.log(log_lines.of_message(entry.qid, log_lines.refused_command(words)))
    try:
        with entry.worked_on():
            _ask_rules(process, entry, meant)
            _ask_aliases(process, entry, meant)
    finally:
        process.end()
    unknown = [one for one, outcome in meant.refused if outcome.exit == Exit.NOUSER and outcome.logged]
    for one in unknown:
        process.log(log_lines.nobody(entry.qid, one.shown, mta.ways.relay_here(one)))
    settings = mta.settings
    unmeant = sum(one.counts for one in nobody) + sum(
        outcome.exit != Exit.USAGE and not mta.leads(one).refusal for one, outcome in meant.refused
    )
    meant.counted = len(entry.recipients) + unmeant + sum(len(clone.recipients) for clone in meant.clones)
    for each in (entry, *meant.clones):
        each.priority = priority(
            size, entry.precedence, meant.counted, settings.class_factor, settings.recipient_factor
        )
    return meant


def send(mta: Installation, entry: QueueEntry, pid: int, meant: Meant, typist: str) -> list[simpy.Event]:
    """Deliver it as DeliveryMode says, and give back to its sender what nobody can be given.

    That is put into the dead.letter of a sender at home here, unless others are delivered to in the background: then he
    gets a notice, as does who is at home elsewhere. Gives what is to be waited for in interactive mode, in which what
    fails on the way goes there, too.
    """
    queued, waits = is_queued(mta, entry), bool(entry.recipients or meant.clones)
    in_background = waits and not queued and mta.settings.delivery_mode is Mode.BACKGROUND
    is_waited_for = waits and not queued and mta.settings.delivery_mode is Mode.INTERACTIVE
    prints = mta.settings.error_mode == PRINT
    if (meant.refused or meant.is_faulty) and prints and not in_background and not is_waited_for:
        _save(mta, entry, meant, typist)
    keeper = typist if prints and is_waited_for else ""
    known = Known(meant.is_expanded, tuple(meant.refused), tuple(meant.transcript), keeper)
    done: list[simpy.Event | None] = []
    if meant.refused and not waits:
        done.append(mta.host.spawn(alone(mta, lambda process: attempt(process, entry, known=known))))
    elif entry.recipients or meant.refused:
        done.append(deliver_by_mode(mta, entry, pid, typed=True, known=known))
        if meant.refused and queued:
            mta.host.spawn(alone(mta, lambda process: tell_of(process, entry, known)))
    else:
        mta.queue.remove(entry, mta.site.env.now)
    entry.recipients += tuple(recipient for recipient, _ in meant.refused)  # theirs until the sender has them back
    of_clones = Known(is_expanded=True, typist=keeper)
    done += (deliver_by_mode(mta, clone, pid, typed=True, known=of_clones) for clone in meant.clones)
    return [event for event in done if event is not None]


def _ask_rules(process: SendmailProcess, entry: QueueEntry, meant: Meant) -> None:
    """Whom rules refuse, or send by a mailer that is not there."""
    refused = set()
    for recipient in entry.recipients:
        destination = process.mta.ways.destination(recipient.address)
        for fault in process.complain(entry.qid):
            _say(process.mta, fault)
        outcome, refusal = no_way(destination, process.mta.cf), destination.refusal
        if outcome is None or not outcome.stat:
            continue
        words = outcome.stat if refusal is None else refusal.reply(recipient.shown).text
        _say(process.mta, words)
        told = log_lines.of_message(entry.qid, log_lines.refused_command(words))
        process.log(log_lines.syserr(words, entry.qid) if outcome.exit == Exit.SOFTWARE else told)
        if outcome.kind == DEFERRED:
            recipient.outcome = outcome
        else:
            meant.refused.append((recipient, outcome))
            _fail(process.mta, outcome)
            meant.transcript.append(outcome.reply)
            refused.add(recipient)
    entry.recipients = tuple(one for one in entry.recipients if one not in refused)


def _ask_aliases(process: SendmailProcess, entry: QueueEntry, meant: Meant) -> None:
    """For whom users and aliases stand, and who is nobody."""
    if not process.mta.expands:
        return
    try:
        next(expand_recipients(process, entry, takes_time=False))
    except StopIteration as end:
        expanded = end.value
    else:
        return
    meant.is_expanded, meant.clones = True, expanded.clones
    refused = {one: outcome for one, outcome in expanded.outcomes if outcome.kind != DEFERRED}
    meant.refused += refused.items()
    for outcome in refused.values():
        _fail(process.mta, outcome)
    meant.transcript += entry.transcript
    for line in entry.transcript:
        words = _CODES.sub("", line, count=1)
        _say(process.mta, words)
        process.log(log_lines.of_message(entry.qid, log_lines.refused_command(words)))
    entry.recipients = tuple(one for one in entry.recipients if one not in refused)


def _save(mta: Installation, entry: QueueEntry, meant: Meant, typist: str) -> None:
    path = save_for_sender(mta, entry, typist)
    if not path:
        return
    _say(mta, saved_in(path))
    for recipient, _ in meant.refused:
        recipient.account.bounce(mta.site.env.now)
    meant.refused = []


def _say(mta: Installation, words: str) -> None:
    if mta.terminal is not None and mta.settings.error_mode == PRINT:
        mta.terminal.say(words)


def _fail(mta: Installation, outcome: Outcome) -> None:
    if mta.terminal is not None:
        mta.terminal.fail(outcome.exit if outcome.logged else Exit.USAGE)
