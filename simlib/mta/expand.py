"""The recipients of a queue entry, with aliases, lists and .forward files taken for what they stand for."""

from collections.abc import Generator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import simpy

from simlib.message.status import Exit
from simlib.mta.expansion import Expansion, Target
from simlib.mta.outcome import Outcome
from simlib.mta.queue_entry import Alias, QueueEntry, Recipient
from simlib.mta.routing import local_user
from simlib.mta.together import in_order

if TYPE_CHECKING:
    from simlib.mta.process import SendmailProcess
    from simlib.mta.sendmail import Sendmail


@dataclass(slots=True)
class Expanded:
    """What is known without a delivery, and the entries of their own that lists with an owner get."""

    outcomes: list[tuple[Recipient, Outcome]] = field(default_factory=list)
    clones: list[QueueEntry] = field(default_factory=list)


def expand_recipients(process: "SendmailProcess", entry: QueueEntry) -> Generator[simpy.Event, Any, Expanded]:
    """Put those who are meant in the place of the recipients of an entry; nobody gets two copies."""
    mta, expanded = process.mta, Expanded()
    kept: dict[str, Recipient] = {}
    owned: dict[str, list[Recipient]] = {}
    for recipient in entry.recipients:
        if not mta.is_here(recipient.address):
            kept.setdefault(_key(recipient.address, mta), recipient)
            continue
        expansion = Expansion(mta)
        yield from expansion.expand(recipient.address, recipient.shown, recipient.alias.controller)
        for line in expansion.log:
            process.log(f"{entry.qid}: {line}")
        new = [target for target in expansion.targets if _key(target.address, mta) not in kept]
        for target, found in _in_place_of(process, recipient, _once(new, mta)):
            kept[_key(target.address, mta)] = found
            if target.outcome is not None:
                expanded.outcomes.append((found, target.outcome))
                if target.outcome.exit.permanent:
                    entry.note(_said(target.outcome, target.shown))
            elif target.owner:
                owned.setdefault(target.owner, []).append(found)
    with_owner = {recipient for recipients in owned.values() for recipient in recipients}
    entry.recipients = in_order(mta, (recipient for recipient in kept.values() if recipient not in with_owner))
    expanded.clones = [_clone(process, entry, owner, recipients) for owner, recipients in owned.items()]
    return expanded


def _once(targets: list[Target], mta: "Sendmail") -> list[Target]:
    return list({_key(target.address, mta): target for target in reversed(targets)}.values())[::-1]


def _in_place_of(
    process: "SendmailProcess", recipient: Recipient, targets: list[Target]
) -> list[tuple[Target, Recipient]]:
    """A recipient for each target: the same where there is one, else new ones that share what was asked of it."""
    account, now = recipient.account, process.env.now
    if len(targets) == 1:
        return [(targets[0], _recipient(recipient, targets[0], account))]
    found = []
    for target in targets:
        enter = process.mta.site.recorder.ledger.enter
        new = enter(
            account.message, account.sender, target.address, account.size, account.host, account.submitted,
            account.notice,
        )  # fmt: skip
        found.append((target, _recipient(recipient, target, new)))
    account.expand(now)
    return found


def _recipient(old: Recipient, target: Target, account: Any) -> Recipient:
    if target.address == old.address:
        old.account = account
        return old
    alias = Alias(old.alias.original or old.address, target.shown, target.controller)
    return replace(old, address=target.address, account=account, alias=alias)


def _said(outcome: Outcome, shown: str) -> str:
    """The line of the transcript for one to whom nothing can be delivered."""
    return f"550 5.1.1 {shown}... {outcome.stat}" if outcome.exit == Exit.NOUSER else outcome.reply


def _clone(process: "SendmailProcess", entry: QueueEntry, owner: str, recipients: list[Recipient]) -> QueueEntry:
    """An entry of their own for the members of a list, whose owner is the sender from here on."""
    mta, now = process.mta, process.env.now
    qid = mta.new_qid(process.pid)
    clone = replace(
        entry, qid=qid, sender=mta.qualified(owner), recipients=in_order(mta, recipients), xf=None, modified=now
    )
    mta.queue.add(clone, now)
    process.log(f"{qid}: clone: owner={owner}")
    return clone


def _key(address: str, mta: "Sendmail") -> str:
    """The same for all spellings of one recipient."""
    user = local_user(address, mta.own_names)
    return address.lower() if user is None else user.lower().removeprefix("\\")
