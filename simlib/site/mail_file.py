"""A mailbox as a file: what was written where, and what of it is still there (slide claims 01.2, 14.1)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

INTACT, TORN, GONE = "intact", "torn", "gone"


class Write(NamedTuple):
    """``length`` bytes written at ``offset``: those from ``begin`` on of what one delivery had to write."""

    offset: int
    length: int
    delivery: int
    begin: int


@dataclass(slots=True, eq=False)
class MailFile:
    """The writes to one file, in order; the bytes are made of them when somebody reads (``simlib.message.mbox``)."""

    size: int = 0
    writes: list[Write] = field(default_factory=list)
    lock: object | None = None  # who holds the lock on it
    seen_from: float = 0.0  # s: from when on others can see that lock
    modified: float = 0.0

    def write(self, offset: int, length: int, delivery: int, begin: int, now: float) -> None:
        """Write some bytes of a delivery."""
        self.writes.append(Write(offset, length, delivery, begin))
        self.size = max(self.size, offset + length)
        self.modified = now

    def remaining(self) -> list[Write]:
        """What is to be read in the end, in order of place: later writes hide earlier ones."""
        seen: list[Write] = []
        for new in self.writes:
            seen = [piece for old in seen for piece in _without(old, new)]
            seen.append(new)
        return sorted(seen)

    def touched(self, offset: int, length: int) -> list[int]:
        """Which deliveries have bytes in that range."""
        end = offset + length
        return list(dict.fromkeys(w.delivery for w in self.writes if w.offset < end and offset < w.offset + w.length))

    def condition(self, delivery: int, length: int) -> str:
        """Whether a delivery of so many bytes is still there: intact, torn or gone."""
        pieces = [piece for piece in self.remaining() if piece.delivery == delivery]
        if not pieces:
            return GONE
        first = pieces[0].offset - pieces[0].begin
        whole = sum(piece.length for piece in pieces) == length
        return INTACT if whole and all(piece.offset - piece.begin == first for piece in pieces) else TORN


def _without(old: Write, new: Write) -> Iterator[Write]:
    """The parts of an old write that a new one leaves."""
    start, end = max(old.offset, new.offset), min(old.offset + old.length, new.offset + new.length)
    if start >= end:
        yield old
        return
    if old.offset < start:
        yield Write(old.offset, start - old.offset, old.delivery, old.begin)
    if end < old.offset + old.length:
        yield Write(end, old.offset + old.length - end, old.delivery, old.begin + end - old.offset)
