"""Reads basic and extended regular expressions (POSIX).

With what GNU adds: ``\\+ \\? \\|``, ``\\< \\> \\b \\B``, ``\\w \\W \\s \\S``.
"""

from simlib.regex.tree import (
    ANY,
    CLASSES,
    MAX_DEPTH,
    MAX_REPEAT,
    TOO_BIG,
    WORD,
    Chars,
    Node,
    Place,
    RegexError,
    choice,
    group,
    repeated,
    sequel,
)

UNMATCHED_BRACKET = "Unmatched [, [^, [:, [., or [="
BAD_RANGE = "Invalid range end"
BAD_INTERVAL = r"Invalid content of \{\}"
_SHORT = {
    "w": Chars(WORD),
    "W": Chars(WORD, negated=True),
    "s": Chars(CLASSES["space"]),
    "S": Chars(CLASSES["space"], negated=True),
}
_PLACES = {"<": "<", ">": ">", "b": "b", "B": "B", "`": "^", "'": "$"}
_REPEATS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_OPERATORS = "+?{}()|"  # they mean something with a backslash in a basic expression, without in an extended one


def parse(pattern: str, extended: bool) -> tuple[Node, int]:
    """The tree of an expression, and how many groups it has."""
    reader = _Reader(pattern, extended)
    tree = reader.choice(0)
    return tree, reader.opened


class _Reader:
    def __init__(self, pattern: str, extended: bool) -> None:
        self._pattern = pattern
        self._extended = extended
        self._at = 0
        self.opened = 0
        self._closed: set[int] = set()

    def choice(self, depth: int) -> Node:
        """Up to the end, or to the parenthesis that ends a group."""
        parts = [self._sequel(depth)]
        while self._operator() == "|":
            self._pass()
            parts.append(self._sequel(depth))
        return choice(parts)

    def _operator(self) -> str:
        """The operator that stands here, without a backslash; ``""`` where there is none."""
        here = self._pattern[self._at : self._at + 2]
        if here[:1] in ("*", ".", "[", "^", "$"):
            return here[:1]
        if self._extended:
            return here[:1] if here[:1] and here[0] in _OPERATORS else ""
        return here[1] if len(here) == 2 and here[0] == "\\" and here[1] in _OPERATORS else ""

    def _pass(self) -> None:
        """Go behind an operator."""
        self._at += 2 if self._pattern[self._at] == "\\" else 1

    def _sequel(self, depth: int) -> Node:
        parts: list[Node] = []
        fresh = True  # nothing stands here yet that could be repeated
        while self._at < len(self._pattern):
            operator = self._operator()
            if operator == "|" or (operator == ")" and (depth or not self._extended)):
                if operator == ")" and not depth:
                    raise RegexError(r"Unmatched ) or \)")
                break
            if operator in _REPEATS or (operator == "{" and self._interval_begins()):
                if not fresh:
                    parts[-1] = repeated(parts[-1], *self._times(operator))
                    continue
                if self._extended:  # GNU passes over it
                    self._times(operator)
                    continue
            parts.append(self._atom(operator, depth, first=not parts))
            fresh = fresh and isinstance(parts[-1], Place)
        return sequel(parts)

    def _atom(self, operator: str, depth: int, first: bool) -> Node:
        if operator == "(":
            return self._group(depth)
        if operator == "[":
            return self._bracket()
        if operator == ".":
            self._at += 1
            return ANY
        if (operator == "^" and (self._extended or first)) or (operator == "$" and (self._extended or self._ends())):
            self._at += 1
            return Place(operator)
        char = self._pattern[self._at]
        self._at += 1
        return self._escaped() if char == "\\" else Chars(frozenset(char))

    def _ends(self) -> bool:
        """Whether a ``$`` in a basic expression is the last thing in it, or in its group or branch."""
        rest = self._pattern[self._at + 1 : self._at + 3]
        return rest in ("", r"\)", r"\|")

    def _escaped(self) -> Node:
        if self._at == len(self._pattern):
            raise RegexError("Trailing backslash")
        char = self._pattern[self._at]
        self._at += 1
        if char in _SHORT:
            return _SHORT[char]
        if char in _PLACES:
            return Place(_PLACES[char])
        if char in "123456789":
            if int(char) not in self._closed:
                raise RegexError("Invalid back reference")
            raise RegexError("\\{char}: back-references are not known here", char=char)
        return Chars(frozenset(char))

    def _group(self, depth: int) -> Node:
        if depth == MAX_DEPTH:
            raise RegexError(TOO_BIG)
        self._pass()
        self.opened += 1
        number = self.opened
        part = self.choice(depth + 1)
        if self._operator() != ")":
            raise RegexError(r"Unmatched ( or \(")
        self._pass()
        self._closed.add(number)
        return group(part, number)

    def _interval_begins(self) -> bool:
        """Whether a brace is one; in an extended expression it may be a plain character."""
        if not self._extended:
            return True
        content, closed, _ = self._pattern[self._at + 1 :].partition("}")
        low, _, high = content.partition(",")
        return bool(closed and content) and all(_is_number(part) or not part for part in (low, high))

    def _times(self, operator: str) -> tuple[int, int | None]:
        """Go behind an operator of repetition: how often at least, and at most."""
        self._pass()
        if operator != "{":
            return _REPEATS[operator]
        content, closed, _ = self._pattern[self._at :].partition("}" if self._extended else r"\}")
        if not closed:
            raise RegexError(r"Unmatched \{")
        low, comma, high = content.partition(",")
        if not content or not all(_is_number(part) or not part for part in (low, high)):
            raise RegexError(BAD_INTERVAL)
        self._at += len(content) + len(closed)
        least = _count(low) if low else 0
        most = (_count(high) if high else None) if comma else least
        if most is not None and least > most:
            raise RegexError(BAD_INTERVAL)
        return least, most

    def _bracket(self) -> Node:
        start = self._at
        self._at += 1
        negated = self._pattern.startswith("^", self._at)
        self._at += negated
        members: set[str] = set()
        ranges: list[tuple[str, str]] = []
        first = True
        while first or not self._pattern.startswith("]", self._at):
            if self._pattern.startswith("-", self._at) and not first and self._pattern[self._at + 1 :][:1] != "]":
                raise RegexError(BAD_RANGE)
            low = self._element()
            first = False
            if self._pattern.startswith("-", self._at) and self._pattern[self._at + 1 :][:1] not in ("]", ""):
                self._at += 1
                high = self._element()
                if len(low) > 1 or len(high) > 1 or min(low) > min(high):
                    raise RegexError(BAD_RANGE)
                ranges.append((min(low), min(high)))
            else:
                members |= low
        self._at += 1
        inside = self._pattern[start + 1 : self._at - 1]
        if len(inside) > 1 and inside[0] == inside[-1] == ":":
            raise RegexError("character class syntax is [[:space:]], not [:space:]")
        return Chars(frozenset(members), tuple(ranges), negated)

    def _element(self) -> frozenset[str]:
        """One element of a bracket expression: a character, ``[:class:]``, ``[.x.]`` or ``[=x=]``."""
        here = self._pattern[self._at : self._at + 2]
        if not here:
            raise RegexError(UNMATCHED_BRACKET)
        if here not in ("[:", "[.", "[="):
            self._at += 1
            return frozenset(here[0])
        # at least one character stands in it, be it a bracket
        end = self._pattern.find(f"{here[1]}]", self._at + (2 if here == "[:" else 3))
        if end < 0:
            raise RegexError(UNMATCHED_BRACKET)
        name = self._pattern[self._at + 2 : end]
        self._at = end + 2
        if here == "[:":
            if name not in CLASSES:
                raise RegexError("Invalid character class name")
            return CLASSES[name]
        if len(name) != 1:
            raise RegexError("Invalid collation character")
        return frozenset(name)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _count(digits: str) -> int:
    """A number of repetitions, however many digits it has."""
    significant = digits.lstrip("0") or "0"
    if len(significant) > len(str(MAX_REPEAT)) or int(significant) > MAX_REPEAT:
        raise RegexError(TOO_BIG)
    return int(significant)
