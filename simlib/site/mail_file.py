"""A mailbox as a file: what was written where, and what of it is still there (slide claims 01.2, 14.1)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from simlib.trace.clock import Clock

INTACT, TORN, GONE = "intact", "torn", "gone"


class Delivery(Protocol):
    """What a delivery agent writes into a mailbox."""

    length: int  # bytes
    ended: float  # s: when it wrote last

    def as_bytes(self, dates: Clock) -> bytes:
        """All of it, as it stands in a mailbox file."""
        ...


class Write(NamedTuple):
    """``length`` bytes written at ``offset``: those from ``begin`` on of what one delivery (a number) had to write."""

    offset: int
    length: int
    delivery: int
    begin: int


@dataclass(slots=True, eq=False)
class MailFile:
    """The writes to one file, in order; the bytes are made of them when somebody reads (``simlib.message.mbox``)."""

    size: int = 0
    writes: list[Write] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    # kind of lock -> who holds it, from when on others see it, and how often the locks had been lost before
    locks: dict[str, tuple[object, float, int]] = field(default_factory=dict)

    def write(self, offset: int, length: int, delivery: int, begin: int) -> list[int]:
        """Write some bytes of a delivery; gives the numbers of those that are written over."""
        hurt = [number for number in self._touched(offset, length) if number != delivery] if offset < self.size else []
        self.writes.append(Write(offset, length, delivery, begin))
        self.size = max(self.size, offset + length)
        return hurt

    def cut(self, size: int) -> None:
        """Take off what is beyond a size, as ``ftruncate()`` does."""
        self.writes = [
            Write(one.offset, min(one.length, size - one.offset), one.delivery, one.begin)
            for one in self.writes
            if one.offset < size
        ]
        self.size = min(self.size, size)

    def content(self, dates: Clock) -> bytes:
        """The bytes that somebody reads; where nothing was written, zeros."""
        held = bytearray(self.size)
        written = {number: self.deliveries[number].as_bytes(dates) for number in {one.delivery for one in self.writes}}
        for offset, length, number, begin in self.writes:
            held[offset : offset + length] = written[number][begin : begin + length]
        return bytes(held)

    def remaining(self) -> list[Write]:
        """What is to be read in the end, in order of place: later writes hide earlier ones."""
        seen: list[Write] = []
        end = 0
        for new in self.writes:
            if new.offset < end:  # else it hides nothing, as most do
                seen = [piece for old in seen for piece in _without(old, new)]
            seen.append(new)
            end = max(end, new.offset + new.length)
        return sorted(seen)

    def _touched(self, offset: int, length: int) -> list[int]:
        end = offset + length
        return list(dict.fromkeys(w.delivery for w in self.writes if w.offset < end and offset < w.offset + w.length))

    def left(self) -> list[int]:
        """How many bytes of each delivery are still there."""
        left = [0] * len(self.deliveries)
        for piece in self.remaining():
            left[piece.delivery] += piece.length
        return left

    def conditions(self) -> list[str]:
        """Whether each delivery is still there: intact, torn or gone."""
        pairs = zip(self.left(), self.deliveries, strict=True)
        return [GONE if not left else INTACT if left == one.length else TORN for left, one in pairs]


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
