"""An Ident server, honest or not (RFC 1413; slide topic 06)."""

from simlib.mta.process.far_end import SMTP_PORT
from simlib.site.breakable import Breakable
from simlib.site.host import Host
from simlib.smtp.ident import IDENT_PORT, Query, response

FIRST_PORT = 1024  # simplified: every connection is taken to come from here


class Identd(Breakable):
    """An Ident server. It says ``user``, whoever is asked about: honest if that is true (None: no such user).

    ``delay`` in seconds until it answers.
    """

    def __init__(self, host: Host, user: str | None, delay: float) -> None:
        super().__init__(host.env)
        self.line = response(Query(FIRST_PORT, SMTP_PORT), user)
        self.delay = delay
        host.services[IDENT_PORT] = self

    def takes_connections(self) -> bool:
        """Whether it listens."""
        return self.up

    def accept(self, client: Host) -> str:
        """What it answers to a query."""
        return self.line
