"""Who is logged in where: what commands look at."""

from simlib.mta.installation import Installation
from simlib.mta.receiving.daemon import Daemon
from simlib.site.host import Host
from simlib.site.site import Site

ROOT = "root"


class Login:
    """A login on a host. ``daemon``: that of the sendmail there, running or not; None where none is installed."""

    def __init__(self, site: Site, host: Host, daemon: Daemon | None, user: str = ROOT) -> None:
        self.site = site
        self.host = host
        self.daemon = daemon
        self.user = user
        self.directory = "/etc/mail"  # where relative paths begin

    @property
    def mta(self) -> Installation | None:
        """The sendmail of the host."""
        return None if self.daemon is None else self.daemon.mta

    @property
    def is_root(self) -> bool:
        """Whether it is the superuser's."""
        return self.user == ROOT

    @property
    def now(self) -> float:
        """Seconds of the world's clock."""
        return self.site.env.now
