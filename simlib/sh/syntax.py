"""The tree that a command line is: words of parts, commands, and what joins them (POSIX.1, XCU 2)."""

from dataclasses import dataclass
from typing import NamedTuple


class Literal(NamedTuple):
    """Text as it stands; ``quoted``: blanks part no words in it, and no file names are looked for."""

    text: str
    quoted: bool


class Parameter(NamedTuple):
    """``$name``, or ``${name…}``: ``change`` is ``:-``, ``%``, ``##`` …, and ``#`` before the name for its length."""

    name: str
    change: str
    word: "Word"
    quoted: bool


class Substitution(NamedTuple):
    """``$(…)`` and backquotes: what a command prints."""

    line: str
    quoted: bool


class Arithmetic(NamedTuple):
    """``$((…))``"""

    word: "Word"
    quoted: bool


Part = Literal | Parameter | Substitution | Arithmetic
Word = tuple[Part, ...]


class Redirection(NamedTuple):
    """``2>file``: which number, which operator, and the word behind it; of ``<<`` the text that follows."""

    number: int
    operator: str
    word: Word


@dataclass(frozen=True, slots=True)
class Simple:
    """A command of words, with assignments before it."""

    assignments: tuple[tuple[str, Word], ...]
    words: tuple[Word, ...]
    redirections: tuple[Redirection, ...]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Commands joined by ``|``; with ``!`` its status is turned round."""

    commands: tuple["Node", ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """Pipelines joined by ``&&`` and ``||``; the first has no operator. ``behind``: it ends with ``&``."""

    links: tuple[tuple[str, Pipeline], ...]
    background: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """``( … )``, in a shell of its own, or ``{ …; }``."""

    body: "Script"
    apart: bool
    redirections: tuple[Redirection, ...] = ()


@dataclass(frozen=True, slots=True)
class For:
    """``for name in words; do …; done``; without words it goes through the arguments."""

    name: str
    words: tuple[Word, ...] | None
    body: "Script"
    redirections: tuple[Redirection, ...] = ()


@dataclass(frozen=True, slots=True)
class While:
    """``while …; do …; done``, or ``until``."""

    condition: "Script"
    body: "Script"
    until: bool
    redirections: tuple[Redirection, ...] = ()


@dataclass(frozen=True, slots=True)
class If:
    """``if …; then …; elif …; else …; fi``: conditions with what follows; the last may be without one."""

    branches: tuple[tuple["Script | None", "Script"], ...]
    redirections: tuple[Redirection, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """``case word in pattern) …;; esac``"""

    word: Word
    branches: tuple[tuple[tuple[Word, ...], "Script"], ...]
    redirections: tuple[Redirection, ...] = ()


@dataclass(frozen=True, slots=True)
class Function:
    """``name() { …; }``"""

    name: str
    body: "Node"


Script = tuple[Chain, ...]
Node = Simple | Group | For | While | If | Case | Function
