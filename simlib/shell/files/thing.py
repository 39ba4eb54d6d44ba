"""What there is at a path, whatever keeps it: mode, owner, size, time, text; and what can be done to it."""

from zlib import crc32

from simlib.message.octets import as_bytes
from simlib.shell.login import ROOT
from simlib.site.tree import Node

FILE, DIRECTORY, LINK, DEVICE = "-", "d", "l", "c"
DIRECTORY_SIZE = 4096  # bytes


class Refused(Exception):
    """The system does not do it; ``words`` say why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class Thing:
    """A file, a directory, a link or a device. Times are seconds of the world's clock."""

    kind = FILE
    mode = 0o644
    owner = ROOT
    group = ROOT
    link = ""  # where it leads, of a link
    node: Node | None = None  # that of the host's tree, if it is one

    def __init__(self, path: str) -> None:
        self.path = path

    @property
    def modified(self) -> float:
        """When it was written last."""
        return 0.0

    @property
    def size(self) -> int:
        """Bytes."""
        return len(as_bytes(self.text()))

    @property
    def inode(self) -> int:
        """Its number on the disk; made up, but always the same."""
        return crc32(self.path.encode("utf-8", "surrogatepass")) % 999_983 + 11

    def allows(self, user: str, what: int) -> bool:
        """Whether a user may read (4), write (2) or execute (1)."""
        return Node(self.owner, self.mode).allows(user, what)

    def text(self) -> str:
        """What is in it."""
        return ""

    def put(self, text: str) -> None:
        """Write it anew."""
        raise Refused("writing into it is not simulated: sendmail itself keeps it")

    def append(self, text: str) -> None:
        """Write at its end."""
        self.put(self.text() + text)

    def remove(self) -> None:
        """It is gone."""
        raise Refused("removing it is not simulated")

    def move(self, path: str) -> None:
        """It is called otherwise."""
        raise Refused("moving it is not simulated; cp makes a copy")


class Null(Thing):
    """``/dev/null``"""

    kind, mode = DEVICE, 0o666

    def put(self, text: str) -> None:
        pass


class Directory(Thing):
    """A directory that is there because of what lies in it, or of what every system has."""

    kind, mode = DIRECTORY, 0o755

    def __init__(self, path: str, mode: int = 0o755) -> None:
        super().__init__(path)
        self.mode = mode

    @property
    def size(self) -> int:
        return DIRECTORY_SIZE
