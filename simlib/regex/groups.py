"""Which part of a match each group stands for.

Simplified: of several ways to match the same text, a group takes that of the leftmost branch, as Perl does, where
POSIX wants the longest of each group in turn; they differ only where branches begin alike, as in ``(a|ab)(c|bcd)``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from simlib.regex.automaton import Again, Branches, Expanded, Kind, Marked, Maybe, Position, Row, holds
from simlib.regex.tree import Place

Span = tuple[int, int]


@dataclass(frozen=True)
class Take:
    """A position takes a character."""

    number: int
    then: int


@dataclass(frozen=True)
class Mark:
    """A group begins (even slots) or ends (odd ones)."""

    slot: int
    then: int


@dataclass(frozen=True)
class Check:
    """A place is asked for."""

    kind: str
    then: int


@dataclass(frozen=True)
class Fork:
    """One of several ways, the best first. Without any: the end."""

    ways: tuple[int, ...]


Instruction = Take | Mark | Check | Fork
Trail = tuple[int, "Trail | None"]  # slots passed at one place, the last first


class Program:
    """An expression as instructions, to be gone through along a match that is known."""

    def __init__(self, expanded: Expanded, groups: int) -> None:
        self._code: list[Instruction] = [Fork(())]
        self._groups = groups
        self._entry = self._written(expanded, 0)

    def spans(self, start: int, live: list[int], kind: Callable[[int], Kind]) -> list[Span | None]:
        """The span of each group; None for one that took no part.

        ``live``: for each place of the match from ``start`` on, the positions that take the next character and lead to
        the end of the match. ``kind``: that of the character at a place.
        """
        slots: list[int | None] = [None] * (2 * self._groups)
        here = self._entry
        for n, wanted in enumerate(live):
            here, trail = self._step(here, wanted, kind(start + n - 1), kind(start + n), n == len(live) - 1)
            passed = []
            while trail is not None:
                slot, trail = trail
                passed.append(slot)
            for slot in reversed(passed):
                slots[slot] = start + n
        return [
            (begin, end) if begin is not None and end is not None else None
            for begin, end in zip(slots[::2], slots[1::2], strict=True)
        ]

    def _step(self, here: int, wanted: int, before: Kind, after: Kind, last: bool) -> tuple[int, Trail | None]:
        """From one place to the next: the instruction behind the best position that is wanted, and the slots passed."""
        seen: set[int] = set()
        open_: list[tuple[int, Trail | None]] = [(here, None)]
        while True:
            n, trail = open_.pop()
            if n in seen:
                continue
            seen.add(n)
            match self._code[n]:
                case Take(number, then):
                    if wanted >> number & 1:
                        return then, trail
                case Mark(slot, then):
                    open_.append((then, (slot, trail)))
                case Check(kind, then):
                    if holds(kind, before, after):
                        open_.append((then, trail))
                case Fork(ways):
                    if not ways and last:
                        return n, trail
                    open_ += [(way, trail) for way in reversed(ways)]

    def _written(self, node: Expanded, then: int) -> int:
        """Write the instructions of a part that goes on at ``then``; where they begin."""
        match node:
            case Position(number):
                return self._put(Take(number, then))
            case Place(kind):
                return self._put(Check(kind, then))
            case Marked(part, number):
                return self._put(Mark(2 * number - 2, self._written(part, self._put(Mark(2 * number - 1, then)))))
            case Maybe(part):
                return self._put(Fork((self._written(part, then), then)))
            case Again(part):
                fork = self._put(Fork(()))
                entry = self._written(part, fork)
                self._code[fork] = Fork((entry, then))
                return entry
            case Branches(parts):
                return self._put(Fork(tuple(self._written(part, then) for part in parts)))
            case Row(parts):
                for part in reversed(parts):
                    then = self._written(part, then)
                return then

    def _put(self, instruction: Instruction) -> int:
        self._code.append(instruction)
        return len(self._code) - 1
