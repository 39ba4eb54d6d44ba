"""Maps that need nothing but their key: ``dequote``, ``macro``, ``arith``, ``regex``."""

import operator
from collections.abc import Callable, Sequence

from simlib.cf import marks
from simlib.message.status import Exit
from simlib.regex import Regex
from simlib.rewrite.maps.map import Map, Options, Session, Surroundings
from simlib.rewrite.questions import Found


class Dequote(Map):
    """A key without its quotes; no match where nothing was quoted, or where it would not be an address then."""

    keeps_quotes = True

    def __init__(self, name: str, options: Options, around: Surroundings) -> None:
        super().__init__(name, options, around)
        self.blank = (options.letters.get("s") or options.letters.get("S") or "")[:1]

    def at_once(self, words: Sequence[str], session: Session) -> Found:
        """Take the quotes off [parseaddr.c, dequote_map]."""
        plain = unquoted(words[0], self.blank)
        return Found(None) if plain is None else Found(self.rewritten(plain))


def unquoted(text: str, blank: str = "") -> str | None:
    """A text without quotes and backslashes; None where brackets do not match, or a blank would stand in the open.

    >>> unquoted('"a@b"'), unquoted("a@b"), unquoted('"a b"')
    ('a@b', None, None)
    """
    kept: list[str] = []
    angles = comments = quotes = 0
    in_quotes = escaped = False
    for char in text:
        if escaped:
            escaped = False
            kept.append(char)
            continue
        char = blank if char == " " and blank else char
        if char in " \t":
            return None
        if char == "\\":
            escaped = True
        elif char == "(":
            comments += 1
        elif char == ")":
            comments -= 1
            if comments < 0:
                return None
        if comments <= 0:
            if char == '"':
                in_quotes, quotes = not in_quotes, quotes + 1
                continue
            angles += (char == "<") - (char == ">")
            if angles < 0:
                return None
        kept.append(char)
    balanced = not (angles or comments or escaped or in_quotes)
    return "".join(kept) if balanced and quotes else None


class MacroMap(Map):
    """Defines the macro that the key names: as its argument says, or not any more."""

    def at_once(self, words: Sequence[str], session: Session) -> Found:
        """Write it down; the answer is empty."""
        session.write(marks.name_of(f"${words[0]}"), words[1] if len(words) > 1 else None)
        return Found("")


class Arith(Map):
    """Whole numbers: the key is the operator, two arguments the numbers."""

    def at_once(self, words: Sequence[str], session: Session) -> Found:
        """``+ - * / % | &`` give a number, ``l`` (less) and ``=`` TRUE or FALSE, ``r`` a number by lot."""
        if len(words) < 3:
            return Found(None, Exit.CONFIG)
        sign, one, two = words[0][:1], _number(words[1]), _number(words[2])
        if sign in _COMPARISONS:
            return Found(self.rewritten("TRUE" if _COMPARISONS[sign](one, two) else "FALSE"))
        if sign in "/%" and two == 0:
            return Found(None, Exit.SOFTWARE)
        if sign == "r":
            session.keeps = False
            low, high = min(one, two), max(one, two)
            return Found(self.rewritten(str(low + self.around.number(max(high - low, 1)))))
        if sign not in _OPERATIONS:
            return Found(None, Exit.USAGE)
        return Found(self.rewritten(str(_wrapped(_OPERATIONS[sign](one, two)))))


_OPERATIONS: dict[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": lambda one, two: abs(one) // abs(two) * (1 if (one < 0) == (two < 0) else -1),
    "%": lambda one, two: abs(one) % abs(two) * (-1 if one < 0 else 1),
    "|": operator.or_,
    "&": operator.and_,
}
_COMPARISONS: dict[str, Callable[[int, int], bool]] = {"l": operator.lt, "=": operator.eq}


def _number(text: str) -> int:
    """The digits at the front, as atoi() reads them."""
    sign, digits = (-1, text.strip()[1:]) if text.strip().startswith("-") else (1, text.strip().removeprefix("+"))
    kept = ""
    for char in digits:
        if char not in "0123456789":
            break
        kept += char
    return _wrapped(sign * int(kept or 0))


def _wrapped(number: int) -> int:
    """A C int."""
    return (number + 2**31) % 2**32 - 2**31


class RegexMap(Map):
    """A regular expression of POSIX: what matches gives what ``-a`` says, or with ``-s`` what parts of it caught.

    Which parts stands behind ``-s``, or is the argument of the question.
    """

    def __init__(self, name: str, options: Options, around: Surroundings) -> None:
        super().__init__(name, options, around)
        letters = options.letters
        self.keeps_quotes = "q" in letters
        self.negated = "n" in letters
        self.regex = Regex(options.rest, extended="b" not in letters, any_case="f" not in letters)
        self.parts = letters.get("s")
        self.delimiter = letters.get("d", "")[:1] or marks.ELSE

    def at_once(self, words: Sequence[str], session: Session) -> Found:
        """Search the key."""
        match = self.regex.search(words[0])
        if (match is not None) == self.negated:
            return Found(None)
        if self.matches_only:
            return Found(self.rewritten(words[0]))
        if self.parts is None or match is None:
            return Found(self.rewritten(""))
        wanted = words[1] if len(words) > 1 else self.parts
        numbers = [int(one) for one in wanted.split(",") if one.isdecimal()] or range(1, len(match.spans))
        most = len(match.spans)
        for number in numbers:
            if number > most:
                return Found(None, 0, (f"field ({number}) out of range, only {most} substrings in pattern",))
        caught = [match.group(number) or "" for number in numbers if number < most]
        return Found(self.rewritten(self.delimiter.join(caught)))
