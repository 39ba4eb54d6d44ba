"""Files that are the engine's state: sendmail.cf as a notebook gave it, sendmail.st, the pid file, host status."""

from collections.abc import Callable
from posixpath import join, normpath

from simlib.mta.installation import Installation
from simlib.mta.policy import queue_places
from simlib.mta.receiving.daemon import Daemon
from simlib.shell.files.thing import Refused, Thing
from simlib.shell.login import Login
from simlib.site.tree import Tree
from simlib.trace.mailstats import status_file as status_bytes
from simlib.trace.spool import status_file

CONFIGURATION = ("/etc/mail/sendmail.cf", "/etc/sendmail.cf")  # today's place and that of 1998
PID_FILE, SYSLOGD_PID_FILE = "/var/run/sendmail.pid", "/var/run/syslogd.pid"
SYSLOGD = 112  # its pid; it begins before sendmail


class Given(Thing):
    """sendmail.cf as a notebook gave it; what somebody writes there is a file of its own."""

    def __init__(self, path: str, files: Tree, text: Callable[[], str]) -> None:
        super().__init__(path)
        self._files, self._text = files, text

    def text(self) -> str:
        return self._text()

    def put(self, text: str) -> None:
        self._files.write(self.path, text)

    def move(self, path: str) -> None:
        raise Refused("moving away the cf that a notebook gave is not simulated; cp it, and write the new one over it")

    def remove(self) -> None:
        raise Refused("removing the cf that a notebook gave is not simulated; write another one over it")


class Statistics(Thing):
    """sendmail.st: it can be emptied."""

    def __init__(self, path: str, mta: Installation, shell: Login) -> None:
        super().__init__(path)
        self._mta, self._shell = mta, shell

    @property
    def modified(self) -> float:
        times = self._mta.statistics.counts.column("time")
        return float(times[-1]) if times else 0.0

    def text(self) -> str:
        return status_bytes(self._mta.statistics, self._shell.site.clock).decode("latin-1")

    def put(self, text: str) -> None:
        if text:
            raise Refused("writing counters is not simulated; cp /dev/null over it empties it")
        self._mta.statistics.clear()


class PidFile(Thing):
    """The number of a daemon, and how it was called."""

    def __init__(self, path: str, text: str, since: float) -> None:
        super().__init__(path)
        self._text, self._since = text, since

    @property
    def modified(self) -> float:
        return self._since

    def text(self) -> str:
        return self._text


class HostStatusFile(Thing):
    """What is known of one host."""

    def __init__(self, path: str, mta: Installation, name: str, shell: Login) -> None:
        super().__init__(path)
        self._mta, self._name, self._shell = mta, name, shell

    @property
    def modified(self) -> float:
        return float(self._mta.host_status.files[self._name].used)

    def text(self) -> str:
        status = self._mta.host_status.files[self._name]
        return status_file(status, self._shell.site.clock.unix(status.used))

    def remove(self) -> None:
        self._mta.host_status.files.pop(self._name, None)


def special_files(shell: Login) -> dict[str, Thing]:
    """Those of a host, by path."""
    daemon = shell.daemon
    if daemon is None:
        return {}
    mta, files = daemon.mta, shell.host.files
    found: dict[str, Thing] = {}
    for path in CONFIGURATION:
        if files.find(path) is None:  # what a notebook gave lies there, unless somebody put another one there
            found[path] = Given(path, files, lambda: str(mta.cf).removesuffix("\n") + "\n")
    counters = str(mta.settings.status_file)
    if counters.startswith("/"):
        found[normpath(counters)] = Statistics(counters, mta, shell)
    found[PID_FILE] = PidFile(PID_FILE, f"{daemon.pid}\n{command_line(daemon)}\n", shell.host.booted)
    found[SYSLOGD_PID_FILE] = PidFile(SYSLOGD_PID_FILE, f"{SYSLOGD}\n", shell.host.booted)
    return found | host_status_files(shell, mta)


def host_status_files(shell: Login, mta: Installation) -> dict[str, Thing]:
    """The tree of HostStatusDirectory."""
    top = host_status_top(mta)
    if not top:
        return {}
    by_status = {id(status): name for name, status in mta.host_status.files.items()}
    return {
        f"{top}/{path}": HostStatusFile(f"{top}/{path}", mta, by_status[id(status)], shell)
        for path, status in mta.host_status.tree().items()
    }


def host_status_top(mta: Installation) -> str:
    """Where it begins; empty where there is none."""
    directory = mta.settings.host_status_directory
    return normpath(join(queue_places.base(mta.settings.queue_directory), directory)) if directory else ""


def command_line(daemon: Daemon) -> str:
    """How the daemon was called."""
    every = daemon.interval.every
    return "/usr/sbin/sendmail -bd" + (f" -q{every:g}s" if every is not None else "")
