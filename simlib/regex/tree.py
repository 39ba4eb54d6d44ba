"""A regular expression as a tree, and how large it may be."""

from collections.abc import Sequence
from dataclasses import dataclass

from simlib.errors import WorkbookError

MAX_REPEAT = 32_767  # RE_DUP_MAX of GNU's library
MAX_SIZE = 2_000  # nodes, the repeated ones counted as often as they are repeated; each character may cost as much
MAX_DEPTH = 60  # parentheses in parentheses: they are read by functions that call themselves
TOO_BIG = "Regular expression too big"

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_CAPITALS = frozenset(letter.upper() for letter in _LETTERS)
_DIGITS = frozenset("0123456789")
_GRAPHIC = frozenset(map(chr, range(33, 127)))
CLASSES = {
    "alnum": _LETTERS | _CAPITALS | _DIGITS,
    "alpha": _LETTERS | _CAPITALS,
    "blank": frozenset(" \t"),
    "cntrl": frozenset(map(chr, range(32))) | {"\x7f"},
    "digit": _DIGITS,
    "graph": _GRAPHIC,
    "lower": _LETTERS,
    "print": _GRAPHIC | {" "},
    "punct": _GRAPHIC - _LETTERS - _CAPITALS - _DIGITS,
    "space": frozenset(" \t\n\v\f\r"),
    "upper": _CAPITALS,
    "xdigit": _DIGITS | frozenset("abcdefABCDEF"),
}  # [:names:] of POSIX, in the locale C
WORD = CLASSES["alnum"] | {"_"}


class RegexError(WorkbookError):
    """A regular expression that cannot be read; the words are those of GNU's library."""


@dataclass(frozen=True)
class Chars:
    """One character: of ``members`` or ``ranges``, or (``negated``) of neither."""

    members: frozenset[str] = frozenset()
    ranges: tuple[tuple[str, str], ...] = ()
    negated: bool = False
    size = 1

    def takes(self, char: str, any_case: bool) -> bool:
        """Whether it matches ``char``, or that letter in the other case."""
        forms = {char, char.lower(), char.upper()} if any_case else {char}
        found = any(
            form in self.members or any(low <= form <= high for low, high in self.ranges)
            for form in forms
            if len(form) == 1
        )
        return found != self.negated


ANY = Chars(negated=True)


@dataclass(frozen=True)
class Place:
    """A place between characters: ``^``, ``$``, ``<`` and ``>`` (begin and end of a word), ``b`` (either), ``B``."""

    kind: str
    size = 1


@dataclass(frozen=True)
class Sequel:
    """One after the other; nothing at all if there are no ``parts``."""

    parts: tuple["Node", ...]
    size: int


@dataclass(frozen=True)
class Choice:
    """One of several."""

    parts: tuple["Node", ...]
    size: int


@dataclass(frozen=True)
class Group:
    """What ``\\number`` stands for."""

    part: "Node"
    number: int
    size: int


@dataclass(frozen=True)
class Repeat:
    """At least ``least`` times and at most ``most`` (None: any number of times)."""

    part: "Node"
    least: int
    most: int | None
    size: int


Node = Chars | Place | Sequel | Choice | Group | Repeat


def sequel(parts: Sequence[Node]) -> Node:
    """The parts one after the other."""
    return parts[0] if len(parts) == 1 else Sequel(tuple(parts), _bounded(1 + sum(part.size for part in parts)))


def choice(parts: Sequence[Node]) -> Node:
    """One of the parts."""
    return parts[0] if len(parts) == 1 else Choice(tuple(parts), _bounded(1 + sum(part.size for part in parts)))


def group(part: Node, number: int) -> Node:
    """A part in parentheses."""
    return Group(part, number, _bounded(1 + part.size))


def repeated(part: Node, least: int, most: int | None) -> Node:
    """A part again and again. ``a*?+`` is one repetition, so that a row of them does not nest."""
    if (least, most) == (1, 1):
        return part
    if most == 0:
        return sequel(())
    if _at_most_one_copy(least, most) and isinstance(part, Repeat) and _at_most_one_copy(part.least, part.most):
        both = None if most is None or part.most is None else 1
        return Repeat(part.part, least * part.least, both, part.size)
    copies = max(1, least if most is None else most)
    return Repeat(part, least, most, _bounded(1 + copies * part.size))


def _at_most_one_copy(least: int, most: int | None) -> bool:
    return least <= 1 and most in (1, None)


def _bounded(size: int) -> int:
    if size > MAX_SIZE:
        raise RegexError(TOO_BIG)
    return size
