"""File systems with blocks, inodes and quotas (slide claims 01.3-01.5, 02.2)."""

from dataclasses import dataclass, field
from errno import EDQUOT, ENOSPC


@dataclass(slots=True)
class Quota:
    """Blocks that the files of one owner may take: ``soft`` for ``grace`` seconds at a time, ``hard`` never more."""

    soft: int
    hard: int
    grace: float
    exceeded: float | None = None  # s: since when it has been above the soft limit


@dataclass(slots=True)
class Disk:
    """A file system: how many blocks it has, of how many bytes, and how many others than mail hold.

    ``inodes``: how many files it can hold, None for any number. The files of users are counted by owner.
    """

    blocks: int
    block_size: int = 4096
    others: int = 0
    inodes: int | None = None
    files: int = 0
    held: dict[str, int] = field(default_factory=dict)  # owner -> blocks of files that were written here
    quotas: dict[str, Quota] = field(default_factory=dict)

    def free(self, mail_bytes: int = 0) -> int:
        """Blocks that are free while mail in a queue holds so many bytes."""
        return max(0, self.blocks - self.others - sum(self.held.values()) - self.needed(mail_bytes))

    def needed(self, size: int) -> int:
        """Blocks for a message of so many bytes."""
        return -(-size // self.block_size)

    def create(self) -> int:
        """Take an inode for a new file; gives 0, or the error number if there is none left."""
        if self.inodes is not None and self.files >= self.inodes:
            return ENOSPC
        self.files += 1
        return 0

    def grow(self, owner: str, size: int, more: int, now: float) -> tuple[int, int]:
        """Let a file of ``size`` bytes grow by ``more``.

        Gives how many of these bytes were written and the error number that stopped it (0 for none): what ``write()``
        says, if anybody looks.
        """
        space, error = self._space(owner, now)
        room = (self.needed(size) + space) * self.block_size - size
        written = max(0, min(more, room))
        self.take(owner, self.needed(size + written) - self.needed(size), now)
        return written, error if written < more else 0

    def take(self, owner: str, blocks: int, now: float) -> None:
        """Count blocks to an owner (a negative number gives them back)."""
        self.held[owner] = self.held.get(owner, 0) + blocks
        quota = self.quotas.get(owner)
        if quota is not None:
            over = self.held[owner] > quota.soft
            quota.exceeded = (now if quota.exceeded is None else quota.exceeded) if over else None

    def _space(self, owner: str, now: float) -> tuple[int, int]:
        """Blocks that a file of this owner may still take, and the error beyond."""
        free, quota = self.free(), self.quotas.get(owner)
        if quota is None:
            return free, ENOSPC
        late = quota.exceeded is not None and now >= quota.exceeded + quota.grace
        left = max(0, (quota.soft if late else quota.hard) - self.held.get(owner, 0))
        return (left, EDQUOT) if left < free else (free, ENOSPC)
