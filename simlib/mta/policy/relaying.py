"""For whom mail is relayed (stock rules; slide claim 17.8)."""

from collections.abc import Collection

from simlib.mta.policy.own_names import is_within
from simlib.mta.policy.version import relaying_is_open


def relays_for(
    domain: str, client: str, own_names: Collection[str], relay_domains: Collection[str], version: str
) -> bool:
    """Whether mail for ``domain`` is taken from ``client``: class w, class R, and whatever stands in a domain of it."""
    if domain in own_names or client in own_names or relaying_is_open(version):
        return True
    return any(is_within(name, allowed) for name in (domain, client) for allowed in relay_domains)
