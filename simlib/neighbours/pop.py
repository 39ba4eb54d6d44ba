"""A POP server that lets its users relay for a while: POP before SMTP (slide claim 17.6).

Not built into sendmail: the POP daemon writes the client's address into a map, and a rule of ``check_rcpt`` looks it up
there. Simplified: rule sets are not run; a sendmail.cf with a ``K`` line for a map named ``popauth`` has that rule.
"""

from simlib.errors import WorkbookError
from simlib.mta.installation import Installation
from simlib.site.host import Host
from simlib.units import seconds

MAP = "popauth"


class PopServer:
    """The POP daemon beside a sendmail. ``window``: for how many seconds after a login its client may relay."""

    def __init__(self, mta: Installation, window: float) -> None:
        if MAP not in mta.cf.maps:
            raise WorkbookError(
                "sendmail on {name} does not look into the map: write K{map} hash /etc/mail/{map}",
                name=mta.name,
                map=MAP,
            )
        self.mta = mta
        self.window = window

    def login(self, client: Host, at: str | float | None = None) -> None:
        """Somebody reads his mail from ``client``, with name and password."""
        now = self.mta.site.env.now
        self.mta.site.at(now if at is None else seconds(at), lambda: self._let_in(client))

    def _let_in(self, client: Host) -> None:
        if self.mta.host.up and client.up:
            self.mta.may_relay_until[client.address] = self.mta.site.env.now + self.window
