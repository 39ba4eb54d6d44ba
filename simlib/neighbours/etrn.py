"""A host asks another for its mail: what sendmail's ``etrn.pl`` does (ETRN, RFC 1985; slide claim 05.3)."""

from simlib.mta.policy.settings import stock_settings
from simlib.mta.process.connection import Connection
from simlib.mta.process.dial import NotAccepted, dial
from simlib.site.host import Host
from simlib.site.site import Site
from simlib.site.steps import Steps
from simlib.smtp.client import Session


def ask_for_mail(site: Site, client: Host, server: Host, node: str) -> Steps[None]:
    """Connect, say ``ETRN node``, and leave. The mail comes by connections that ``server`` opens itself."""
    settings = stock_settings()
    called = yield from dial(site, client, server, server.name, settings.connect_timeout)
    if isinstance(called, NotAccepted):
        return
    session = Session(host=server.name, name=client.name, flags=frozenset("a"))
    connection = Connection(site.env, settings, called, session)
    try:
        if (yield from connection.hello()) is None:
            yield from connection.etrn(node)
            yield from connection.quit()
    finally:  # also when the process is ended
        connection.close()
