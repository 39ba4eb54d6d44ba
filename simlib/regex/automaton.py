"""The automaton of an expression: its positions, and which of them may follow which (Glushkov's construction).

A position is one occurrence of a character in the expression. A set of positions is an integer, a bit for each; the bit
behind the last stands for the end of the expression. What lies between two positions depends on the text only where
the expression asks for words or edges, so what may follow is worked out anew for each pair of neighbours' kinds.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from simlib.regex.tree import WORD, Chars, Choice, Group, Node, Place, Repeat, Sequel


class Kind(IntEnum):
    """What stands beside a place in the text."""

    EDGE = 0
    WORD = 1
    OTHER = 2


@dataclass(frozen=True)
class Position:
    """Where one character is taken."""

    number: int


@dataclass(frozen=True)
class Again:
    """Once or more."""

    part: "Expanded"


@dataclass(frozen=True)
class Maybe:
    """Once or not at all."""

    part: "Expanded"


@dataclass(frozen=True)
class Row:
    """One after the other."""

    parts: tuple["Expanded", ...]


@dataclass(frozen=True)
class Branches:
    """One of several."""

    parts: tuple["Expanded", ...]


@dataclass(frozen=True)
class Marked:
    """A group."""

    part: "Expanded"
    number: int


Expanded = Position | Place | Again | Maybe | Row | Branches | Marked


class Ways(NamedTuple):
    """What a part can begin with (``first``, positions), end with (``last``), and whether it can be empty."""

    first: int
    last: list[int]
    empty: bool


class Follow(NamedTuple):
    """Between neighbours of two kinds: the positions that a match begins with, and those that follow each."""

    first: int
    after: list[int]


@dataclass
class Automaton:
    """The positions of an expression. ``end`` is the bit of its end."""

    tree: Node
    any_case: bool
    taken: list[Chars] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.expanded = self._expand(self.tree)
        self.end = 1 << len(self.taken)
        self._same: dict[Chars, int] = {}
        for number, chars in enumerate(self.taken):
            self._same[chars] = self._same.get(chars, 0) | 1 << number
        self._follow: dict[tuple[Kind, Kind], Follow] = {}
        self._takers: dict[str, int] = {}
        self.asks = _asks(self.tree)

    def kind(self, char: str) -> Kind:
        """The kind of a neighbour; all are alike to an expression that does not ask."""
        return (Kind.WORD if char in WORD else Kind.OTHER) if self.asks else Kind.EDGE

    def takers(self, char: str) -> int:
        """The positions that take ``char``."""
        if char not in self._takers:
            same = (mask for chars, mask in self._same.items() if chars.takes(char, self.any_case))
            self._takers[char] = sum(same)
        return self._takers[char]

    def follow(self, before: Kind, after: Kind) -> Follow:
        """What may follow what at a place between such neighbours."""
        known = self._follow.get((before, after))
        if known is None:
            rows = [0] * len(self.taken)
            ways = self._ways(self.expanded, before, after, rows)
            for number in ways.last:
                rows[number] |= self.end
            known = Follow(ways.first | (self.end if ways.empty else 0), rows)
            self._follow[before, after] = known
        return known

    def _expand(self, node: Node) -> Expanded:
        """The tree with each repetition written out."""
        match node:
            case Chars():
                self.taken.append(node)
                return Position(len(self.taken) - 1)
            case Place():
                return node
            case Sequel(parts):
                return Row(tuple(map(self._expand, parts)))
            case Choice(parts):
                return Branches(tuple(map(self._expand, parts)))
            case Group(part, number):
                return Marked(self._expand(part), number)
            case Repeat(part, least, None):
                copies = [self._expand(part) for _ in range(max(1, least))]
                copies[-1] = Again(copies[-1]) if least else Maybe(Again(copies[-1]))
                return Row(tuple(copies))
            case Repeat(part, least, most):
                assert most is not None
                sure = [self._expand(part) for _ in range(least)]
                return Row((*sure, *(Maybe(self._expand(part)) for _ in range(most - least))))

    def _ways(self, node: Expanded, before: Kind, after: Kind, rows: list[int]) -> Ways:
        """How a part may be gone through; what follows what within it is entered in ``rows``."""
        match node:
            case Position(number):
                return Ways(1 << number, [number], False)
            case Place(kind):
                return Ways(0, [], holds(kind, before, after))
            case Marked(part, _):
                return self._ways(part, before, after, rows)
            case Maybe(part):
                return self._ways(part, before, after, rows)._replace(empty=True)
            case Again(part):
                ways = self._ways(part, before, after, rows)
                for number in ways.last:
                    rows[number] |= ways.first
                return ways
            case Branches(parts):
                each = [self._ways(part, before, after, rows) for part in parts]
                last = [number for ways in each for number in ways.last]
                return Ways(_union(ways.first for ways in each), last, any(ways.empty for ways in each))
            case Row(parts):
                return _in_a_row([self._ways(part, before, after, rows) for part in parts], rows)


def _in_a_row(each: list[Ways], rows: list[int]) -> Ways:
    """From the last part to the first: ``first`` is what the rest can begin with."""
    first, last, empty = 0, [], True
    for ways in reversed(each):
        for number in ways.last:
            rows[number] |= first
        last += ways.last if empty else []
        first = ways.first | (first if ways.empty else 0)
        empty = empty and ways.empty
    return Ways(first, last, empty)


def holds(kind: str, before: Kind, after: Kind) -> bool:
    """Whether a place of that kind is between such neighbours."""
    begins, ends = after is Kind.WORD is not before, before is Kind.WORD is not after
    return {
        "^": before is Kind.EDGE,
        "$": after is Kind.EDGE,
        "<": begins,
        ">": ends,
        "b": begins or ends,
        "B": not begins and not ends,
    }[kind]


def numbers(positions: int) -> Iterator[int]:
    """The positions of a set, the lowest first."""
    while positions:
        lowest = positions & -positions
        yield lowest.bit_length() - 1
        positions ^= lowest


def _union(sets: Iterator[int]) -> int:
    union = 0
    for one in sets:
        union |= one
    return union


def _asks(node: Node) -> bool:
    """Whether the neighbours of a place matter."""
    match node:
        case Place():
            return True
        case Sequel(parts) | Choice(parts):
            return any(map(_asks, parts))
        case Group(part, _) | Repeat(part, _, _):
            return _asks(part)
    return False
