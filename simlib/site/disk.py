"""The file system under the queue: blocks that mail and others take (slide claim 02.2)."""

from dataclasses import dataclass


@dataclass(slots=True)
class Disk:
    """A file system: how many blocks it has, of how many bytes, and how many others than mail hold."""

    blocks: int
    block_size: int = 4096
    others: int = 0

    def free(self, mail_bytes: int) -> int:
        """Blocks that are free while mail holds so many bytes."""
        return max(0, self.blocks - self.others - self.needed(mail_bytes))

    def needed(self, size: int) -> int:
        """Blocks for a message of so many bytes."""
        return -(-size // self.block_size)
