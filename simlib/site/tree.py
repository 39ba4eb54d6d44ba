"""The files of a host: directories and files by path, with owner and mode, over disks and NFS mounts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from errno import EACCES, EDQUOT, EINTR, EIO, ENOENT, ENOSPC, ESTALE, ETIMEDOUT
from functools import lru_cache
from math import inf
from posixpath import dirname, normpath
from typing import Protocol

from simlib.errors import WorkbookError
from simlib.site.disk import Disk
from simlib.site.mail_file import MailFile
from simlib.site.steps import Steps
from simlib.trace.places import MAILBOXES

ROOT = "root"
# what strerror() says; not os.strerror, whose words differ from system to system
WORDS = {
    ENOENT: "No such file or directory",
    EACCES: "Permission denied",
    EIO: "Input/output error",
    ENOSPC: "No space left on device",
    EDQUOT: "Disc quota exceeded",
    ESTALE: "Stale file handle",
    ETIMEDOUT: "Connection timed out",
    EINTR: "Interrupted system call",
}
_WRITABLE_BY_GROUP, _WRITABLE_BY_ALL, _STICKY = 0o020, 0o002, 0o1000
_SKELETON = {
    "/": 0o755,
    "/tmp": 0o1777,
    MAILBOXES: 0o1777,
    "/var/spool": 0o755,
    "/home": 0o755,
    "/etc/mail": 0o755,
    "/usr": 0o755,
}


class Growing(Protocol):
    """What a daemon goes on writing at the end of a file that it has open."""

    def text(self) -> str:
        """What it has written since the file was emptied last."""
        ...

    def written(self) -> float:
        """When it wrote last, in seconds of the world's clock."""
        ...

    def empty(self) -> None:
        """What stands there is gone; it goes on behind."""
        ...


@dataclass(slots=True, eq=False)
class Node:
    """A directory or a file. ``text`` is what somebody wrote into it, ``mail`` what delivery agents did.

    ``group``: empty for that of the owner. ``modified`` is in seconds of the world's clock. ``link``: of a symbolic
    link, where it leads. ``grows``: a log, behind ``text``. ``letter``: of a file that has left the mail queue,
    whatever stood in it.
    """

    owner: str = ROOT
    mode: int = 0o644
    directory: bool = False
    text: str = ""
    mail: MailFile | None = None
    group: str = ""
    modified: float = 0.0
    link: str = ""
    grows: Growing | None = None
    letter: object = None

    @property
    def group_writable(self) -> bool:
        """Whether the group may write."""
        return bool(self.mode & _WRITABLE_BY_GROUP)

    @property
    def world_writable(self) -> bool:
        """Whether anybody may write."""
        return bool(self.mode & _WRITABLE_BY_ALL)

    @property
    def sticky(self) -> bool:
        """Whether, in a directory, nobody but the owner of a file may remove it."""
        return bool(self.mode & _STICKY)

    def allows(self, user: str, what: int) -> bool:
        """Whether a user may read (4), write (2) or execute (1), or all of what is added up."""
        return user == ROOT or self.mode >> (6 if user == self.owner else 0) & what == what


class Mount(Protocol):
    """What stands at a mount point in place of the directory there."""

    point: str  # where it stands here
    remote: str  # the directory of the other tree

    @property
    def tree(self) -> "Tree":
        """The other tree."""

    @property
    def lock_state(self) -> int:
        """Changes whenever the locks of the kernel are lost over there."""

    def stands(self, path: str) -> bool:
        """Whether it is mounted for a path: if not, the empty directory under it is seen."""

    def listed(self) -> list[str]:
        """What ``mount`` prints of it."""
        ...

    def mount_by_hand(self) -> bool:
        """Mount it now; gives whether the server answers."""
        ...

    def take_away(self) -> None:
        """Take it away: the empty directory lies bare."""
        ...

    def reach(self, path: str, patience: float) -> Steps[int]:
        """Wait until it answers, or for so many seconds; gives 0 or an error number."""
        ...

    def size_seen(self, path: str, size: int, now: float) -> int:
        """The size that a file seems to have."""
        ...

    def seen(self, path: str, size: int, now: float) -> None:
        """Note the size of a file."""
        ...

    def pieces(self, length: int) -> list[tuple[int, float]]:
        """The writes that so many bytes take, and their seconds."""
        ...

    def round_trip(self) -> float:
        """The seconds that one request takes."""
        ...


@dataclass(slots=True, eq=False)
class Tree:
    """The files that one host has or serves. Paths are absolute; a directory that is not there is made for a file."""

    nodes: dict[str, Node] = field(default_factory=dict)
    disks: dict[str, Disk] = field(default_factory=dict)  # mount point -> disk
    mounts: dict[str, Mount] = field(default_factory=dict)  # mount point -> NFS mount
    now: Callable[[], float] = float  # the world's time

    def __post_init__(self) -> None:
        for path, mode in _SKELETON.items():
            self.make_directory(path, mode=mode)

    def make_directory(self, path: str, owner: str = ROOT, mode: int = 0o755) -> Node:
        """Make a directory, and those above it; one that is there gets the owner and the mode."""
        tree, path = self.place(path)
        tree._parents(path)
        tree.nodes[path] = node = Node(owner, mode, directory=True, modified=tree.now())
        return node

    def write(self, path: str, text: str = "", owner: str = ROOT, mode: int = 0o644) -> Node:
        """Write a file anew."""
        tree, path = self.place(path)
        tree._parents(path)
        tree.nodes[path] = node = Node(owner, mode, text=text, modified=tree.now())
        return node

    def remove(self, path: str) -> None:
        """Remove a file, or a directory with all that is in it."""
        tree, path = self.place(path)
        gone = [one for one in tree.nodes if one == path or one.startswith(f"{path}/")]
        if not gone:
            raise WorkbookError("{path}: there is no such file to remove", path=path)
        for one in gone:
            del tree.nodes[one]

    def find(self, path: str) -> Node | None:
        """What is at a path just now, by whatever mount."""
        tree, path = self.place(path)
        return tree.nodes.get(path)

    def names(self, path: str) -> set[str]:
        """What is in a directory just now, by whatever mount."""
        tree, place = self.place(path)
        top = place.rstrip("/") + "/"
        mounted = {point.rpartition("/")[2] for point in self.mounts if dirname(point) == _plain(path)}
        return {one[len(top) :].partition("/")[0] for one in tree.nodes if one.startswith(top) and one != top} | mounted

    def open(self, path: str, user: str) -> Node | int:
        """A file as a user gets it to read, or the error number."""
        for above in directories(path):
            node = self.find(above)
            if node is not None and not node.allows(user, 1):
                return EACCES
        node = self.find(path)
        if node is None or node.directory:
            return ENOENT
        return node if node.allows(user, 4) else EACCES

    def reach(self, path: str, patience: float = inf) -> Steps[int]:
        """Wait until the file system of a path answers; gives 0 or an error number. Local ones do at once.

        ``patience``: after so many seconds an alarm rings, and the error is EINTR.
        """
        mount = self._mount(_plain(path))
        return 0 if mount is None else (yield from mount.reach(_plain(path), patience))

    def size_seen(self, path: str, size: int, now: float) -> int:
        """The size that this host takes a file to have, of the ``size`` that it has."""
        mount = self._standing(path)
        return size if mount is None else mount.size_seen(path, size, now)

    def seen(self, path: str, size: int, now: float) -> None:
        """Note the size that a file has now, as far as this host knows."""
        mount = self._standing(path)
        if mount is not None:
            mount.seen(path, size, now)

    def pieces(self, path: str, length: int, at_once: float) -> list[tuple[int, float]]:
        """The writes by which so many bytes reach a file, and the seconds that each takes: one, on a disk here."""
        mount = self._standing(path)
        return [(length, at_once)] if mount is None else mount.pieces(length)

    def round_trip(self, path: str) -> float:
        """The seconds between two requests about a path; none on a disk here."""
        mount = self._standing(path)
        return 0.0 if mount is None else mount.round_trip()

    def lock_state(self, path: str) -> int:
        """Changes whenever the locks that kernels hold on a file are lost."""
        mount = self._standing(path)
        return 0 if mount is None else mount.lock_state

    def over_nfs(self, path: str) -> bool:
        """Whether a path is on another host."""
        return self._standing(path) is not None

    def there(self, path: str) -> bool:
        """Whether the file system is mounted on which a program of this path would be."""
        return self._mount(path) is None or self.over_nfs(path)

    def disk(self, path: str) -> Disk | None:
        """The disk that a path is on; None for one that is never full."""
        tree, path = self.place(path)
        under = [point for point in tree.disks if _within(path, point)]
        return tree.disks[max(under, key=len)] if under else None

    def place(self, path: str) -> tuple["Tree", str]:
        """The tree that a path is really in, and the path there."""
        plain = _plain(path)
        mount = self._standing(plain) if self.mounts else None
        return (self, plain) if mount is None else mount.tree.place(mount.remote + plain[len(mount.point) :])

    def home_of(self, path: str) -> tuple["Tree", str]:
        """The tree that a path is meant to be in, and the path there: as if all mounts stood."""
        plain = _plain(path)
        mount = self._mount(plain)
        return (self, plain) if mount is None else mount.tree.home_of(mount.remote + plain[len(mount.point) :])

    def _standing(self, path: str) -> Mount | None:
        mount = self._mount(path)
        return mount if mount is not None and mount.stands(path) else None

    def _mount(self, path: str) -> Mount | None:
        if not self.mounts:
            return None
        under = [point for point in self.mounts if _within(path, point)]
        return self.mounts[max(under, key=len)] if under else None

    def _parents(self, path: str) -> None:
        for above in directories(path):
            self.nodes.setdefault(above, Node(mode=0o755, directory=True, modified=self.now()))


@lru_cache(maxsize=4096)  # many are asked for again and again; others hold whatever somebody has typed
def _plain(path: str) -> str:
    if not path.startswith("/"):
        raise WorkbookError("{path!r}: a path begins with /", path=path)
    return normpath("/" + path.lstrip("/"))


def _within(path: str, point: str) -> bool:
    return path == point or path.startswith(point if point == "/" else f"{point}/")


def _above(path: str) -> list[str]:
    """The directories above a path, the nearest last."""
    above = []
    while path != "/":
        path = dirname(path)
        above.append(path)
    return above[::-1]


@lru_cache(maxsize=4096)
def directories(path: str) -> tuple[str, ...]:
    """The directories that lead to a file, from the root on."""
    return tuple(_above(_plain(path)))
