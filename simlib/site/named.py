"""``named``: a name server that runs on a host of the site (slide claims 15.2, 15.3)."""

from typing import Any

from simlib.site.breakable import Breakable
from simlib.site.host import Host
from simlib.site.resolver import DNS_PORT


class Named(Breakable):
    """Port 53 of a host. Who has the host in ``/etc/resolv.conf`` asks here.

    ``starts_at_boot``: the host's start-up scripts start it. Simplified: primary and secondary know the same, since
    a zone is transferred long before its data expire.
    """

    def __init__(self, host: Host) -> None:
        super().__init__(host.env)
        self.host = host
        self.starts_at_boot = True
        host.services[DNS_PORT] = self
        host.on_crash.append(self.stop)
        host.on_boot.append(self._boots)

    def __repr__(self) -> str:
        return f"<named on {self.host.name}: {'answers' if self.takes_connections() else 'does not run'}>"

    def on_down(self) -> None:
        self.host.tell("named", False)

    def on_up(self) -> None:
        self.host.tell("named", True)

    def takes_connections(self) -> bool:
        """Whether it answers."""
        return self.up

    def accept(self, client: Host) -> Any:
        """Nobody asks by TCP here."""
        raise NotImplementedError("nobody asks this name server by TCP: questions are short, and come by UDP")

    def start(self) -> None:
        """Begin to answer."""
        if not self.up:
            self.come_back()

    def stop(self) -> None:
        """End it, as a power cut does."""
        if self.up:
            self.go_down()

    def _boots(self) -> None:
        if self.starts_at_boot:
            self.start()
