"""Who is logged in where: what commands look at."""

from simlib.mta.installation import Installation
from simlib.mta.receiving.daemon import Daemon
from simlib.site.host import Host
from simlib.site.site import Site

ROOT = "root"
BEGIN = "/etc/mail"


class Login:
    """A login on a host. ``daemon``: that of the sendmail there, running or not; None where none is installed."""

    def __init__(self, site: Site, host: Host, daemon: Daemon | None, user: str = ROOT) -> None:
        self.site = site
        self.host = host
        self.daemon = daemon
        self.user = user
        self.directory = BEGIN  # where relative paths begin
        self.variables: dict[str, str] = {}  # what somebody has set, beside those that every shell has
        self.arguments: list[str] = []  # $1 and so on
        self.history: list[str] = []  # lines that were typed

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

    @property
    def home(self) -> str:
        """The home directory."""
        return home_of(self.host, self.user)

    def variable(self, name: str) -> str | None:
        """What a variable holds."""
        if name in self.variables:
            return self.variables[name]
        return self.environment().get(name)

    def environment(self) -> dict[str, str]:
        """What every shell has."""
        return {
            "HOME": self.home,
            "HOSTNAME": self.host.name,
            "LOGNAME": self.user,
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "PWD": self.directory,
            "SHELL": "/bin/sh",
            "TERM": "vt100",
            "USER": self.user,
        }


def home_of(host: Host, user: str) -> str:
    """Where a user is at home."""
    known = None if host.users is None else host.users.get(user)
    if known is not None:
        return known.home
    return "/root" if user == ROOT else f"/home/{user}"
