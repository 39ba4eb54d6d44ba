"""Regular expressions of POSIX, basic and extended, as GNU's tools read them, whose time grows with the text only.

Python's ``re`` goes back and tries again: one line of forty letters can keep it busy for hours. The libraries in pure
Python that do not (purere2, regexy) read Perl's or another syntax, take the first branch where POSIX takes the longest,
or need quadratic time for ``(.*)*x``; those that are fast are written in C++ or Rust and do not run in a browser.

Characters are ordered and grouped in classes as in the locale C. Back-references are refused: nothing that has them
is bounded. Where GNU's library forgets a place that is repeated (for ``\\(\\bb\\)\\+`` it takes all of ``bb``), this
does not.
"""

from collections.abc import Iterator
from functools import cached_property

from simlib.regex.automaton import Automaton
from simlib.regex.groups import Program, Span
from simlib.regex.search import Searcher
from simlib.regex.syntax import parse
from simlib.regex.tree import RegexError

__all__ = ["Match", "Regex", "RegexError"]


class Match:
    """One match: ``start`` and ``end`` in the text, and on request those of its groups."""

    def __init__(self, regex: "Regex", text: str, start: int, end: int) -> None:
        self._regex = regex
        self._text = text
        self.start = start
        self.end = end

    def __repr__(self) -> str:
        return f"<{self.start}-{self.end}: {self.group()!r}>"

    @cached_property
    def spans(self) -> tuple[Span | None, ...]:
        """The span of the whole match and of each group; None for a group that took no part in it."""
        return ((self.start, self.end), *self._regex.groups_of(self._text, self.start, self.end))

    def group(self, number: int = 0) -> str | None:
        """The text of the whole match, or of a group; None for a group that took no part in it."""
        span = (self.start, self.end) if number == 0 else self.spans[number]
        return None if span is None else self._text[span[0] : span[1]]


class Regex:
    """A regular expression, basic or ``extended``; with ``any_case`` capitals and small letters are alike.

    Of all matches the one that begins first is taken, and of these the longest. Raises RegexError, in GNU's words.

    >>> [match.group() for match in Regex(r"ab\\|abc\\{2\\}").find_all("abcc ab")]
    ['abcc', 'ab']
    """

    def __init__(self, pattern: str, extended: bool = False, any_case: bool = False) -> None:
        self.pattern = pattern
        tree, self.groups = parse(pattern, extended)
        self._searcher = Searcher(Automaton(tree, any_case))

    def __repr__(self) -> str:
        return f"Regex({self.pattern!r})"

    def matches(self, text: str) -> bool:
        """Whether it matches anything in the text."""
        return self._searcher.found(text)

    def search(self, text: str) -> Match | None:
        """The first match."""
        return next(self.find_all(text), None)

    def find_all(self, text: str) -> Iterator[Match]:
        """All matches, from left to right; an empty one right behind another is none."""
        searcher = self._searcher
        states = searcher.states(text)
        at, before = 0, -1  # where to look, and where the match before has ended
        while (start := searcher.next_begin(text, states, at)) is not None:
            end = searcher.longest(text, states, start)
            if end > start or start != before:
                yield Match(self, text, start, end)
            at, before = (end, end) if end > start else (start + 1, before)

    def groups_of(self, text: str, start: int, end: int) -> list[Span | None]:
        """The spans of the groups of a match."""
        live = [state.live for state in self._searcher.back(text, start, end, any_end=False)]
        return self._program.spans(start, live, lambda n: self._searcher.kind_at(text, n))

    @cached_property
    def _program(self) -> Program:
        return Program(self._searcher.automaton.expanded, self.groups)
