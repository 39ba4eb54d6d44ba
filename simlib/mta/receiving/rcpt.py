"""What RCPT says of a local address: is there such a user or alias, has he moved (slide claims 13.1, 13.2)?"""

from simlib.mta.addresses.expansion import Expansion, Target
from simlib.mta.installation import Installation
from simlib.mta.policy.aliases import INCLUDE
from simlib.mta.policy.routing import Destination, is_file, is_program, no_way
from simlib.mta.policy.settings import Mode
from simlib.smtp.parameters import shown
from simlib.smtp.replies import Reply


def refused_address(mta: Installation, address: str, destination: Destination) -> Reply | None:
    """The reply where an address leads nowhere, or to what nobody may mail directly; None where it leads somewhere."""
    what = not_to_be_named(address)
    if what:
        return Reply(550, f"5.7.1 <{shown(address)}>... Cannot mail directly to {what}")
    refused = no_way(destination, mta.cf)
    if refused is None or destination.waits:
        return None
    refusal = destination.refusal
    return Reply(554, f"5.3.5 {refused.stat}") if refusal is None else refusal.reply(f"<{shown(address)}>")


def not_to_be_named(address: str) -> str:
    """What an address names that only aliases and lists may: files, programs, other lists; empty for all others."""
    if address.lower().startswith(INCLUDE):
        return ":include:s"
    return "files" if is_file(address) else "programs" if is_program(address) else ""


def refused_user(mta: Installation, address: str) -> Reply | None:
    """The reply that refuses a user of this host; None for one who is taken, and for users elsewhere.

    An alias is only looked for, not looked into, but with DeliveryMode=interactive, where all is found out at once.
    """
    ways = mta.ways
    if ways.local_user(address) is None:
        return None
    for found in ways.users(address):
        if found.refusal is not None:
            return found.refusal.reply(f"<{shown(address)}>")
        if not ways.is_here(found) or (mta.local.alias_of(found.user) and ways.may_be_alias(found)):
            break
    else:
        if not mta.local.knows_user(found.user):
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
