"""What a sendmail process remembers of other hosts, and what is kept on disk (HostStatusDirectory)."""

from dataclasses import dataclass, field
from typing import NamedTuple

from simlib.message.status import Exit

ECONNREFUSED, EHOSTUNREACH, ETIMEDOUT, ECONNRESET = 111, 113, 110, 104  # as Linux numbers them


class HostStatus(NamedTuple):
    """What came of the last contact with a host. ``used`` is in whole seconds of the world's clock."""

    exit: Exit
    dsn: str
    text: str  # why there is no use in trying, in the words of the log; empty if only the status is known
    used: int
    errno: int = 0
    reply: str | None = None  # the last SMTP reply, if there was one

    @property
    def good(self) -> bool:
        """Whether it may be connected to."""
        return self.exit == Exit.OK


class HostStatusDirectory:
    """The tree under HostStatusDirectory. It is on disk: it survives a restart and a power cut; locks do not."""

    def __init__(self) -> None:
        self.files: dict[str, HostStatus] = {}  # host name -> what its file says
        self.locks: dict[str, object] = {}  # host name -> the process that holds it

    def tree(self) -> dict[str, HostStatus]:
        """The files by their path below the directory, in order of the paths."""
        paths = {status_path(host): status for host, status in self.files.items()}
        return {path: paths[path] for path in sorted(path for path in paths if path is not None)}

    def fresh(self, host: str, now: int, keep: float) -> HostStatus | None:
        """What is known of a host from less than ``keep`` seconds ago (Timeout.hoststatus)."""
        return _fresh(self.files.get(host), now, keep)

    def lock(self, host: str, process: object) -> bool:
        """Take the exclusive lock of a host's file; False when another process has it."""
        return self.locks.setdefault(host, process) is process

    def unlock(self, host: str, process: object) -> None:
        """Give the lock back, if it was this process's."""
        if self.locks.get(host) is process:
            del self.locks[host]

    def unlock_all(self, process: object) -> None:
        """The process is gone, and the kernel with it drops its locks, also those of calls that never came through."""
        for host in [host for host, holder in self.locks.items() if holder is process]:
            del self.locks[host]

    def purge(self, now: int, keep: float) -> None:
        """Remove what is older than ``keep`` seconds: ``purgestat``."""
        self.files = {host: status for host, status in self.files.items() if _fresh(status, now, keep)}


@dataclass(slots=True)
class HostMemory:
    """What one process knows: its own memory first, then the directory where there is one.

    Within one queue run a dead host costs one attempt even without a directory.
    """

    keep: float  # Timeout.hoststatus in seconds
    directory: HostStatusDirectory | None = None
    seen: dict[str, HostStatus] = field(default_factory=dict)

    def recall(self, host: str, now: int) -> HostStatus | None:
        """What is known of a host, unless that is too old."""
        own = _fresh(self.seen.get(host), now, self.keep)
        if own is None and self.directory is not None:
            return self.directory.fresh(host, now, self.keep)
        return own

    def remember(self, host: str, status: HostStatus) -> None:
        """Remember what came of a contact."""
        self.seen[host] = status
        if self.directory is not None:
            self.directory.files[host] = status

    def forget_code(self, host: str) -> None:
        """Forget the enhanced code of a host that fails, as sendmail does when another takes its slot in the cache."""
        status = self.seen.get(host)
        if status is not None and status.exit not in (Exit.OK, Exit.CONFIG):
            self.seen[host] = status._replace(dsn=f"{status.dsn[0]}.0.0")


def _fresh(status: HostStatus | None, now: int, keep: float) -> HostStatus | None:
    return status if status is not None and status.used + keep > now else None


def status_path(host: str) -> str | None:
    """Where a host's file is, below HostStatusDirectory: components from the right, each directory with a dot.

    A bracketed address is split the same way; other bracketed names have no file (None).

    >>> status_path("mail.kyoto-u.ac.jp")
    'jp./ac./kyoto-u./mail'
    """
    name = host.lower().rstrip(".").replace("/", ":")
    if name.startswith("["):
        name = name.strip("[]")
        if not all(part.isdigit() for part in name.split(".")):
            return None
    first, *rest = name.split(".")
    return "/".join([*(f"{part}." for part in reversed(rest)), first])
