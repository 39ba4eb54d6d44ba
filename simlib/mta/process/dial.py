"""A TCP connect to port 25, in simulated time."""

from simlib.mta.process.far_end import SMTP_PORT
from simlib.site.host import Host
from simlib.site.network import ACCEPTED, Connect
from simlib.site.site import Site
from simlib.site.steps import Steps
from simlib.trace.recorder import ConnectionRecord


def dial(
    site: Site, client: Host, server: Host | None, name: str, patience: float
) -> Steps[tuple[Connect, ConnectionRecord]]:
    """Connect to ``server`` (None: an address that nobody has), for ``patience`` seconds at most.

    ``name`` is what the client calls it. Gives what came of it, which is written down.
    """
    begun = site.env.now
    tried = site.network.connect(client, server, SMTP_PORT)
    yield site.env.timeout(min(tried.seconds, patience))
    if tried.outcome == ACCEPTED:
        tried = _after(site.network.connect(client, server, SMTP_PORT), tried)
    return tried, site.recorder.connect(begun, client.name, name, tried.outcome, site.env.now - begun)


def _after(now: Connect, before: Connect) -> Connect:
    """A SYN that was answered counts, unless the far end is gone by the time its answer is here."""
    return now if now.outcome != ACCEPTED else before
