"""What VRFY and EXPN tell (slide claim 09.3)."""

import re

from simlib.message.envelope import AddressError, parse_address
from simlib.mta.addresses.expansion import Expansion
from simlib.mta.installation import Installation
from simlib.mta.policy.routing import is_file, is_program
from simlib.mta.receiving.rcpt import refusal_of
from simlib.smtp.parameters import shown
from simlib.smtp.replies import Reply

_COMMENT = re.compile(r"\([^()]*\)")


def verify(mta: Installation, text: str) -> Reply:
    """VRFY: whether there is such a user or alias here; of other hosts' users nothing is known."""
    address = _read(text)
    if address is None:
        return Reply(553, f"5.1.3 {shown(text)}... User address required")
    user = mta.ways.local_user(address)
    if user is None:
        return Reply(252, f"2.1.5 <{shown(address)}>")
    known = [*mta.ways.users(address)]
    if not any(mta.local.alias_of(one.user) for one in known) and not mta.local.knows_user(known[-1].user):
        return _unknown(text)
    return Reply(250, f"2.1.5 {shown(_shown(mta, user))}")


def expand(mta: Installation, text: str) -> Reply:
    """EXPN: who gets the mail for an address, a line each: who is here first, then by host, the last named first.

    Simplified: a user of this host who is named twice in a list counts for the order where he is named first
    (in sendmail: last).
    """
    address = _read(text)
    if address is None:
        return Reply(553, f"5.1.3 {shown(text)}... User address required")
    expansion = Expansion(mta, takes_time=False)
    if next(expansion.expand(address, text), None) is not None:
        return Reply(
            451, f"4.3.0 {shown(text)}... cannot be expanded just now"
        )  # a file on a server that does not answer
    found = [target for target in expansion.targets if target.outcome is None]
    if not found:
        return refusal_of(expansion.targets[0])
    ordered = sorted((target.address for target in reversed(found)), key=lambda address: _host(mta, address))
    return Reply(250, *dict.fromkeys(shown(_shown(mta, address)) for address in ordered), enhanced="2.1.5")


def _read(text: str) -> str | None:
    """The address that is asked for; None if it has no user in it."""
    bare = _COMMENT.sub("", text).strip()
    try:
        return parse_address(bare)
    except AddressError:
        return None


def _host(mta: Installation, address: str) -> str:
    """Where an address is; nothing if it is here."""
    here = mta.ways.local_user(address) is not None or is_program(address) or is_file(address)
    return "" if here else address.rpartition("@")[2]


def _shown(mta: Installation, address: str) -> str:
    """An address in brackets; a plain user is one of this host."""
    plain = address.strip('"')
    user = mta.ways.local_user(address)
    return f"<{plain}>" if user is None or is_program(address) or is_file(address) else f"<{user.lower()}@{mta.name}>"


def _unknown(text: str) -> Reply:
    return Reply(550, f"5.1.1 {shown(text)}... User unknown")
