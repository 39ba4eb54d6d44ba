"""A TCP connect to port 25, in simulated time."""

from typing import NamedTuple

from simlib.mta.process.far_end import SMTP_PORT, FarEnd
from simlib.site.host import Host
from simlib.site.network import ACCEPTED, Connect, Path
from simlib.site.site import Site
from simlib.site.steps import Steps
from simlib.trace.recorder import ConnectionRecord


class Accepted(NamedTuple):
    """A connection: the way it takes, the program at its far end, and what is written down of it."""

    path: Path
    far_end: FarEnd
    record: ConnectionRecord


class NotAccepted(NamedTuple):
    """Why there is none: REFUSED, TIMED_OUT or UNREACHABLE."""

    outcome: str
    record: ConnectionRecord


def dial(
    site: Site, client: Host, server: Host | None, name: str, patience: float
) -> Steps[Accepted | NotAccepted]:  # fmt: skip
    """Connect to ``server`` (None: an address that nobody has), for ``patience`` seconds at most.

    ``name`` is what the client calls it. Gives what came of it, which is written down.
    """
    begun = site.env.now
    tried = site.network.connect(client, server, SMTP_PORT)
    yield site.env.timeout(min(tried.seconds, patience))
    if tried.outcome == ACCEPTED:
        tried = _after(site.network.connect(client, server, SMTP_PORT), tried)
    record = site.recorder.connect(begun, client.name, name, tried.outcome, site.env.now - begun)
    if tried.outcome != ACCEPTED:
        return NotAccepted(tried.outcome, record)
    assert server is not None and tried.path is not None  # what accepts is there
    return Accepted(tried.path, server.services[SMTP_PORT].accept(client), record)


def _after(now: Connect, before: Connect) -> Connect:
    """A SYN that was answered counts, unless the far end is gone by the time its answer is here."""
    return now if now.outcome != ACCEPTED else before
