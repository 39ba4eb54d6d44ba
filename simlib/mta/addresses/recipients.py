"""The recipients of a queue entry, with aliases, lists and .forward files taken for what they stand for."""

from dataclasses import dataclass, field, replace

from simlib.mta.addresses.expansion import NO_USER, Expansion, Target
from simlib.mta.installation import Installation
from simlib.mta.policy import log_lines
from simlib.mta.policy.outcome import Outcome
from simlib.mta.policy.queue_entry import Alias, Outcomes, QueueEntry, Recipient
from simlib.mta.policy.routing import without_detail
from simlib.mta.process.process import SendmailProcess
from simlib.mta.queue.together import in_order
from simlib.site.steps import Steps
from simlib.trace.ledger import Account


@dataclass(slots=True)
class Expanded:
    """What is known without a delivery, and the entries of their own that lists with an owner get."""

    outcomes: Outcomes = field(default_factory=list)
    clones: list[QueueEntry] = field(default_factory=list)


def expand_recipients(process: SendmailProcess, entry: QueueEntry, takes_time: bool = True) -> Steps[Expanded]:
    """Put those who are meant in the place of the recipients of an entry; nobody gets two copies.

    Finding out may take its time, and the process may be ended meanwhile: nothing is changed before all is known.
    ``takes_time=False``: what name service has to say is known at once, for who cannot wait.
    """
    mta, found = process.mta, {}
    for recipient in entry.recipients:
        if mta.is_here(recipient.address):
            expansion = found[recipient] = Expansion(mta, macros=entry.macros, takes_time=takes_time)
            yield from expansion.expand(recipient.address, recipient.shown, recipient.alias.controller)
            for line in expansion.log:
                process.log(log_lines.of_message(entry.qid, line))
    return _replaced(process, entry, found)


def _replaced(process: SendmailProcess, entry: QueueEntry, found: dict[Recipient, Expansion]) -> Expanded:
    """The recipients exchanged for what was found. Each account of theirs goes on with somebody, or ends here."""
    mta, expanded = process.mta, Expanded()
    named_directly = {_key(one, mta): one.account for one in entry.recipients if one not in found}
    before = [recipient.account for recipient in entry.recipients]
    kept: dict[str, Recipient] = {}
    owned: dict[str, list[Recipient]] = {}
    for recipient in entry.recipients:
        if recipient not in found:
            kept.setdefault(_key(recipient, mta), recipient)
            continue
        entry.transcribe(*found[recipient].said)
        new = [target for target in found[recipient].targets if _key(target, mta) not in kept]
        if not mta.settings.me_too:
            new = [target for target in new if not _is_sender(target, recipient, entry.sender, mta)] or new
        for target, instead in _in_place_of(process, recipient, _once(new, mta), named_directly):
            kept[_key(target, mta)] = instead
            if target.outcome is not None:
                expanded.outcomes.append((instead, target.outcome))
                if target.outcome.exit.permanent:
                    entry.transcribe(_said(target.outcome, target.named))
            elif target.owner:
                owned.setdefault(target.owner, []).append(instead)
    with_owner = {recipient for recipients in owned.values() for recipient in recipients}
    entry.recipients = in_order((recipient for recipient in kept.values() if recipient not in with_owner), mta.ways)
    expanded.clones = [_clone(process, entry, owner, recipients) for owner, recipients in owned.items()]
    after = {recipient.account for recipient in kept.values()}
    for account in before:
        if account not in after:
            account.expand(process.env.now)
    return expanded


def _is_sender(target: Target, recipient: Recipient, sender: str, mta: Installation) -> bool:
    """Whether an alias or a list leads back to whom the message is from, without his having named himself."""
    ways = mta.ways
    if _key(target, mta) == _key(recipient, mta):
        return False
    if ways.keeps_details:
        *_, himself = ways.users(sender)
        meant = target.destination or ways.destination(target.address)
        return (himself.mailer, himself.user) == (meant.mailer, meant.user)
    user = ways.local_user(sender)
    return _key(target, mta) == ways.identity(sender if user is None else without_detail(user))


def _once(targets: list[Target], mta: Installation) -> list[Target]:
    return list({_key(target, mta): target for target in reversed(targets)}.values())[::-1]


def _in_place_of(
    process: SendmailProcess, recipient: Recipient, targets: list[Target], named_directly: dict[str, Account]
) -> list[tuple[Target, Recipient]]:
    """A recipient for each target; who is named directly, too, has an account already.

    A single one is the recipient still; several share what was asked of it, and have accounts of their own.
    """
    old, enter = recipient.account, process.mta.site.recorder.ledger.enter
    found = []
    for target in targets:
        account = named_directly.get(_key(target, process.mta))
        if account is None and len(targets) == 1:
            account = old
        elif account is None:
            account = enter(
                old.message, old.sender, target.address, old.size, old.host, old.submitted, old.notice
            )  # fmt: skip
        found.append((target, _recipient(recipient, target, account)))
    return found


def _recipient(old: Recipient, target: Target, account: Account) -> Recipient:
    if target.address == old.address and target.destination is None:
        old.account = account
        return old
    alias = Alias(old.alias.original or old.address, target.shown, target.controller)
    return replace(
        old, address=target.address, account=account, alias=alias, destination=target.destination, parsed=None
    )


def _said(outcome: Outcome, shown: str) -> str:
    """The line of the transcript for one to whom nothing can be delivered."""
    return f"550 5.1.1 {shown}... {outcome.stat}" if outcome == NO_USER else outcome.reply


def _clone(process: SendmailProcess, entry: QueueEntry, owner: str, recipients: list[Recipient]) -> QueueEntry:
    """An entry of their own for the members of a list, whose owner is the sender from here on."""
    mta, now = process.mta, process.env.now
    qid = mta.new_qid(process.pid)
    clone = replace(
        entry,
        qid=qid,
        sender=mta.qualified(owner),
        typed=owner,
        recipients=in_order(recipients, mta.ways),
        locked=False,
        transcript=(),
        modified=now,
    )
    mta.queue.add(clone, now)
    process.log(log_lines.clone(entry.qid, qid, owner))
    return clone


def _key(one: Recipient | Target, mta: Installation) -> str:
    """The same for all spellings of one recipient."""
    return mta.ways.identity(one.address, one.destination)
