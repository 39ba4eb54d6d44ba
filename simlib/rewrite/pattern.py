"""Left-hand sides: which workspaces a rule takes, and what each operator catches.

``$*`` and ``$+`` try the shortest first, ``$=x`` the shortest phrase of the class: a lazy regular expression goes the
same way back and forth as sendmail does [parseaddr.c, rewrite].
"""

import re
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any, NamedTuple, Protocol, cast

from simlib.cf import marks
from simlib.cf.prescan import Alphabet
from simlib.rewrite.long import Piece
from simlib.rewrite.long import match as match_long
from simlib.rewrite.tokens import Tokens

Ends = Callable[[str, int], Sequence[int]]
MANY = 50  # words; a class with more of them is looked up and not written into the expression
MOST_TRIED = 4  # $* and $+ in one pattern; with more of them every workspace is matched in the sure way
HARD = 3  # $* and $+ in one pattern; with so many a long workspace is matched in another way
NEVER = r"(?!)"


class Matched(Protocol):
    """What a pattern has found: ``regs`` are from where to where the whole and each operator go."""

    @property
    def regs(self) -> tuple[tuple[int, int], ...]: ...

    def group(self, *numbers: int) -> Any: ...  # a text, or a tuple of several


Match = Callable[[str], Matched | None]


class Classes:
    """The classes of one sendmail as phrases of tokens, made when a rule first asks."""

    def __init__(self, tokens: Tokens, alphabet: Alphabet, words_of: Callable[[str], Collection[str]]) -> None:
        self._tokens, self._alphabet, self._words_of = tokens, alphabet, words_of
        self._phrases: dict[str, frozenset[str]] = {}

    def phrases(self, name: str) -> frozenset[str]:
        """The words of a class, each as the tokens that it is made of, in lower case."""
        if name not in self._phrases:
            scans = (self._alphabet.scan(word, ignore=True).tokens for word in self._words_of(name))
            held = (self._tokens.lowered(self._tokens.workspace(tokens)) for tokens in scans if tokens)
            self._phrases[name] = frozenset(held)
        return self._phrases[name]

    def forget(self) -> None:
        """The words have changed."""
        self._phrases.clear()


class Pattern(NamedTuple):
    """Two functions that take a workspace in lower case and give the match; its groups are ``$1``, ``$2`` …

    ``long`` is for workspaces of :data:`~simlib.rewrite.long.LENGTH` tokens and more.
    """

    short: Match
    long: Match


def pattern(lhs: list[str], tokens: Tokens, classes: Classes, values: Callable[[str], str]) -> Pattern:
    """The pattern of a left-hand side. ``values`` gives what a run-time macro (``$&x``) holds."""
    elements = [_element(token, tokens, classes, values) for token in lhs]
    pieces = [element.piece for element in elements]
    sure: Match = partial(match_long, pieces)
    wildcards = sum(piece.ends is None for piece in pieces)
    if any(element.looked_up for element in elements) or wildcards > MOST_TRIED:
        return Pattern(sure, sure)
    last = len(elements) - 1
    sources = [element.at_end if n == last and element.at_end else element.source for n, element in enumerate(elements)]
    found = cast(Match, re.compile("".join(sources), re.DOTALL).fullmatch)  # overloaded, and more than is needed
    return Pattern(found, sure if wildcards >= HARD else found)


class _Element(NamedTuple):
    """One token of a left-hand side: as a piece of an expression, and for long workspaces."""

    source: str
    piece: Piece
    at_end: str = ""  # the same as the last of its pattern, where that may be had for less
    looked_up: bool = False  # not written into an expression: a class of many words, a macro


def _element(token: str, tokens: Tokens, classes: Classes, values: Callable[[str], str]) -> _Element:
    mark = token[0]
    if mark == marks.ANY:
        return _Element("(.*?)", Piece(None), "(.*)")
    if mark == marks.SOME:
        return _Element("(.+?)", Piece(None, 1), "(.+)")
    if mark == marks.ONE:
        return _Element("(.)", Piece(_one))
    if mark == marks.IN_CLASS:
        phrases = classes.phrases(marks.name_of(token))
        many = len(phrases) > MANY
        return _Element("(.+?)" if many else _any_of(phrases), Piece(_in(phrases)), looked_up=many)
    if mark == marks.NOT_IN_CLASS:
        single = frozenset(phrase for phrase in classes.phrases(marks.name_of(token)) if len(phrase) == 1)
        return _Element(f"([^{re.escape(''.join(sorted(single)))}])" if single else "(.)", Piece(_not_in(single)))
    if mark == marks.CANON_HOST:
        return _Element("", Piece(_nothing, catches=False))  # $@ takes nothing
    if mark == marks.RUNTIME_MACRO:
        return _Element("", Piece(_macro(values(marks.name_of(token)), tokens), catches=False), looked_up=True)
    literal = tokens.lowered(tokens.char(token))
    return _Element(re.escape(literal), Piece(_text(literal), catches=False))


def _any_of(phrases: Collection[str]) -> str:
    if not phrases:
        return f"({NEVER})"
    return "(" + "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda one: (len(one), one))) + ")"


def _one(workspace: str, here: int) -> Sequence[int]:
    return (here + 1,) if here < len(workspace) else ()


def _nothing(workspace: str, here: int) -> Sequence[int]:
    return (here,)


def _in(phrases: frozenset[str]) -> Ends:
    lengths = sorted({len(phrase) for phrase in phrases})

    def ends(workspace: str, here: int) -> Sequence[int]:
        room = len(workspace) - here
        return [here + n for n in lengths if n <= room and workspace[here : here + n] in phrases]

    return ends


def _not_in(single: frozenset[str]) -> Ends:
    return lambda workspace, here: (here + 1,) if here < len(workspace) and workspace[here] not in single else ()


def _text(text: str) -> Ends:
    return lambda workspace, here: (here + len(text),) if workspace.startswith(text, here) else ()


def _macro(value: str, tokens: Tokens) -> Ends:
    """The letters of a macro, token by token: it is not taken apart, and fails where nothing is left at all."""
    value = value.lower()

    def ends(workspace: str, here: int) -> Sequence[int]:
        if here >= len(workspace):
            return ()
        rest = value
        while rest:
            text = tokens.texts(workspace[here])[0].lower() if here < len(workspace) else ""
            if not text or not rest.startswith(text):
                return ()
            rest = rest[len(text) :]
            here += 1
        return (here,)

    return ends
