"""The sendmail daemon: port 25 of a host."""

from typing import TYPE_CHECKING

from simlib.mta.far_end import FarEnd
from simlib.mta.reception import Reception
from simlib.site.breakable import Breakable
from simlib.site.host import Host
from simlib.smtp.server import Server
from simlib.smtp.settings import ServerSettings

if TYPE_CHECKING:
    from simlib.mta.sendmail import Sendmail


class Daemon(Breakable):
    """``sendmail -bd``. While it is down the port is closed, so that a client is refused and goes on to the next MX."""

    def __init__(self, mta: "Sendmail") -> None:
        super().__init__(mta.site.env)
        self.mta = mta
        self.children = 0
        self.configure()

    @property
    def listening(self) -> bool:
        """Whether the port is open."""
        return self.up

    def configure(self) -> None:
        """Take over what the configuration says of the SMTP server."""
        settings = self.mta.settings
        self._server_settings = ServerSettings(
            host=self.mta.name, max_message_size=settings.max_message_size, privacy=frozenset(settings.privacy)
        )

    def accept(self, client: Host) -> FarEnd:
        """Fork a child for a connection."""
        self.children += 1
        reception = Reception(self.mta, client)
        server = Server(self._server_settings, reception, client=f"{client.name} [{client.address}]")
        far_end = FarEnd(server, on_close=self._child_ends)
        reception.far_end = far_end
        return far_end

    def _child_ends(self) -> None:
        self.children -= 1
