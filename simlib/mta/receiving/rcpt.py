"""What RCPT says of a local address: is there such a user or alias, has he moved (slide claims 13.1, 13.2)?"""

from simlib.mta.addresses.expansion import Expansion, Target
from simlib.mta.installation import Installation
from simlib.mta.policy.aliases import INCLUDE
from simlib.mta.policy.routing import LOCAL, Destination, is_file, is_program, no_way
from simlib.mta.policy.settings import Mode
from simlib.smtp.parameters import shown
from simlib.smtp.replies import Reply


def refused_address(mta: Installation, address: str, destination: Destination) -> Reply | None:
    """The reply where an address leads nowhere, or to what nobody may mail directly; None where it leads somewhere."""
    what = ":include:s" if address.lower().startswith(INCLUDE) else ""
    what = "files" if is_file(address) else "programs" if is_program(address) else what
    if what:
        return Reply(550, f"5.7.1 <{shown(address)}>... Cannot mail directly to {what}")
    refused = no_way(destination, mta.cf)
    if refused is None or destination.waits:
        return None
    refusal = destination.refusal
    return Reply(554, f"5.3.5 {refused.stat}") if refusal is None else refusal.reply(f"<{shown(address)}>")


def refused_user(mta: Installation, address: str) -> Reply | None:
    """The reply that refuses a user of this host; None for one who is taken, and for users elsewhere.

    An alias is only looked for, not looked into, but with DeliveryMode=interactive, where all is found out at once.
    """
    user = mta.ways.local_user(address)
    if user is None:
        return None
    is_alias = bool(mta.local.alias_of(user)) and mta.ways.may_be_alias(address)
    elsewhere = None if is_alias else mta.ways.by_ruleset_5(user, address)
    if elsewhere is not None:
        refused = no_way(elsewhere, mta.cf)
        if refused is not None and elsewhere.refusal is not None:
            return elsewhere.refusal.reply(f"<{shown(address)}>")
        if elsewhere.mailer != LOCAL:
            return None
        user = elsewhere.user
    if not is_alias and not mta.local.knows_user(user):
        return Reply(550, f"5.1.1 <{shown(address)}>... User unknown")
    return _looked_into(mta, address) if mta.settings.delivery_mode is Mode.INTERACTIVE and mta.expands else None


def _looked_into(mta: Installation, address: str) -> Reply | None:
    """What stands in the way of everybody that an address stands for, if nothing has to be waited for to know it."""
    expansion = Expansion(mta, takes_time=False)
    if next(expansion.expand(address, f"<{address}>"), None) is not None:
        return None
    refused = [target.outcome for target in expansion.targets]
    if not refused or any(outcome is None or outcome.exit.transient for outcome in refused):
        return None
    return refusal_of(expansion.targets[0])


def refusal_of(target: Target) -> Reply:
    """What is answered where nothing can be delivered to a target."""
    outcome = target.outcome
    assert outcome is not None  # it says why
    if outcome.stat.startswith("User has moved"):
        return Reply(551, f"{outcome.dsn} {outcome.stat}")
    return Reply(550, f"{outcome.dsn} {shown(target.shown)}... {outcome.stat}")
