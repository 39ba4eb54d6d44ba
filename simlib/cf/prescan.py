"""An address taken apart into tokens, and tokens put together again [parseaddr.c, prescan and cataddr].

A token is an operator, a word, a string in quotes, or a mark. Blanks separate; comments in parentheses go, unless
parentheses are to be operators.
"""

import re
from enum import Enum, auto
from typing import NamedTuple

from simlib.cf import marks

ALWAYS_OPERATORS = "()<>,;\r\n"
DEFAULT_OPERATORS = ".:@[]"  # where the cf has no OperatorChars
COMMENTS_STAY_SINCE = 9  # V level from which on parentheses are operators in rules and in what is typed
MOST_TOKENS = 1000
LONGEST_TOKEN = 256
LONGEST_ADDRESS = 1256  # characters of all tokens, with an end each
LONGEST_RULE = 3048
_BLANKS = frozenset(" \t\n\v\f\r")
_ONE_MORE = frozenset((marks.RUNTIME_MACRO, marks.IN_CLASS, marks.NOT_IN_CLASS, marks.REPLACEMENT))
_NAME = re.compile(marks.NAME, re.DOTALL)
_QUOTING = re.compile(r'\\(.?)|"', re.DOTALL)


class Scan(NamedTuple):
    """Tokens; None where there are none. ``said`` is what sendmail complains of, ``end`` where it stopped."""

    tokens: tuple[str, ...] | None
    said: tuple[str, ...]
    end: int


class Type(Enum):
    """What a character is to the scanner, and what it has just read."""

    OPERATOR = auto()
    ATOM = auto()
    QUOTE = auto()
    BLANK = auto()
    MARK = auto()  # a mark and the name behind it


class Alphabet:
    """Which characters are operators. ``operators`` as of option OperatorChars.

    ``comments``: whether what stands in parentheses goes. ``marks_count``: whether marks are tokens of their own; in
    what comes from outside there are none.
    """

    def __init__(self, operators: str, comments: bool, marks_count: bool = True) -> None:
        single = {char for char in operators + ALWAYS_OPERATORS if char not in _BLANKS and char != '"'}
        self.comments = comments
        self._operators = frozenset(single - set("()") if comments else single)
        self._marks = marks.ALL if marks_count else frozenset()
        easy = "".join(re.escape(char) for char in sorted(self._operators - set("<>()")))
        self._easy = re.compile(rf"[{easy}]|[^{easy}\s]+")
        self._hard = re.compile(r'["\\()<>\x80-\U0010ffff\x1c-\x1f]')

    def scan(self, text: str, delimiter: str = "", ignore: bool = False, longest: int = LONGEST_ADDRESS) -> Scan:
        """Take a text apart, up to a ``delimiter`` outside of brackets and quotes.

        What has no partner is complained of and completed, or taken as it is with ``ignore``.
        """
        if len(text) < LONGEST_TOKEN and not self._hard.search(text) and not (delimiter and delimiter in text):
            tokens = tuple(self._easy.findall(text))
            return Scan(tokens or None, (), len(text))
        return _Scanner(self, text, delimiter, ignore, longest).scan()

    def type_of(self, char: str) -> Type:
        """What a character is."""
        if char in self._operators:
            return Type.OPERATOR
        if char in _BLANKS or (self.comments and char in "()"):
            return Type.BLANK
        if char == '"':
            return Type.QUOTE
        if char in self._marks:
            return Type.MARK if char in _ONE_MORE else Type.OPERATOR
        return Type.ATOM

    def is_word(self, token: str) -> bool:
        """Whether a token needs something between itself and another word."""
        first = token[0]
        return first not in self._operators and first not in '()"' and first not in marks.ALL and first not in _BLANKS

    def joined(self, tokens: tuple[str, ...] | list[str], blank: str = " ") -> str:
        """Tokens as a text again: ``blank`` (option BlankSub) goes between two words."""
        pieces: list[str] = []
        after_word = False
        for token in tokens:
            word = self.is_word(token)
            if word and after_word:
                pieces.append(blank)
            pieces.append(token)
            after_word = word
        return "".join(pieces)


class _Scanner:
    """One text on its way through the scanner's states."""

    def __init__(self, alphabet: Alphabet, text: str, delimiter: str, ignore: bool, longest: int) -> None:
        self.alphabet, self.text, self.delimiter, self.ignore, self.longest = alphabet, text, delimiter, ignore, longest
        self.said: list[str] = []
        self.tokens: list[str] = []
        self.token = ""
        self.state = Type.ATOM
        self.comments = self.angles = self.used = 0
        self.route = False  # <@a,@b:user@host>: a comma is no end in it
        self.escaped = False

    def scan(self) -> Scan:
        """Read character by character; each is looked at, and then stored or not."""
        here = 0
        while True:
            char = self.text[here] if here < len(self.text) else ""
            if not char:
                char = self._missing()
                if not char:
                    break
                here -= 1
            elif char == self.delimiter and self.comments <= 0 and self.state is not Type.QUOTE:
                if self.angles <= 0:
                    break
                if self.delimiter == "," and not self.route and not self.ignore:
                    self._say("Unbalanced '<'")
                    char, here = ">", here - 1
            here += 1
            here += self._take(char, here)
            if len(self.tokens) > MOST_TOKENS or self.used > self.longest - 5:
                return Scan(None, (*self.said, "Address too long"), here)
        self._end()
        if any(len(token) > LONGEST_TOKEN for token in self.tokens):
            return Scan(None, (*self.said, "prescan: token too long"), here)
        return Scan(tuple(self.tokens) or None, tuple(self.said), here)

    def _missing(self) -> str:
        """The character that completes what is open at the end."""
        if self.ignore:
            return ""
        for is_open, char, opening in (
            (self.state is Type.QUOTE, '"', '"'),
            (self.comments > 0, ")", "("),
            (self.angles > 0, ">", "<"),
        ):
            if is_open:
                self._say(f"Unbalanced '{opening}'")
                return char
        return ""

    def _take(self, char: str, after: int) -> int:
        """Look at one character; gives how many more of those after it belong to it."""
        if self.escaped:
            self.escaped = False
            if self.comments > 0:
                return 0
            if char != "!" or self.state is Type.QUOTE:
                self._store("\\" + char)
                return 0
        if char == "\\":
            self._move(char, after, store=False)
            self.escaped = True
            return 0
        if self.state is not Type.QUOTE and not self._structure(char, after):
            return 0
        return self._move(char, after, store=True)

    def _structure(self, char: str, after: int) -> bool:
        """Count brackets and comments; gives whether the character is to be looked at further."""
        if self.alphabet.comments and char == "(":
            self.comments += 1
            return False
        if self.alphabet.comments and char == ")":
            if self.comments > 0:
                self.comments -= 1
            elif not self.ignore:
                self._say("Unbalanced ')'")
                return False
        elif self.comments > 0:
            return False
        elif char == "<":
            self.angles += 1
            self.route = self.text[after:].lstrip()[:1] == "@" or self.route
        elif char == ">":
            self.route = False
            if self.angles > 0:
                self.angles -= 1
            elif not self.ignore:
                self._say("Unbalanced '>'")
                return False
        return True

    def _move(self, char: str, after: int, store: bool) -> int:
        """The next state; between most states a token ends."""
        kind = self.alphabet.type_of(char)
        if self.state is Type.QUOTE:
            self.state = Type.OPERATOR if kind is Type.QUOTE else Type.QUOTE
        else:
            if not (self.state is kind is Type.ATOM):
                self._end()
            self.state = kind
        if self.state is Type.BLANK:
            return 0
        if self.state is Type.MARK:
            self.state = Type.OPERATOR
            name = _NAME.match(self.text, after)
            self._store(char + (name[0] if name else ""))
            return len(name[0]) if name else 0
        if store:
            self._store(char)
        return 0

    def _store(self, text: str) -> None:
        self.token += text
        self.used += len(text)

    def _end(self) -> None:
        if self.token:
            self.tokens.append(self.token)
            self.token = ""
            self.used += 1

    def _say(self, complaint: str) -> None:
        self.said.append(complaint)


class Alphabets(NamedTuple):
    """The three ways in which a sendmail takes texts apart."""

    outside: Alphabet  # addresses, and what maps answer
    inside: Alphabet  # texts that may hold marks
    whole: Alphabet  # parentheses are operators: rules, and what is typed in address test mode

    def of_rules(self, level: int) -> Alphabet:
        """That of the rules in a text of this V level."""
        return self.whole if level >= COMMENTS_STAY_SINCE else self.inside

    def of_typed(self, level: int) -> Alphabet:
        """That of what is typed in address test mode."""
        return self.whole if level >= COMMENTS_STAY_SINCE else self.outside

    @classmethod
    def of(cls, operators: str) -> "Alphabets":
        """Those of one OperatorChars."""
        return cls(
            Alphabet(operators, comments=True, marks_count=False),
            Alphabet(operators, comments=True),
            Alphabet(operators, comments=False),
        )


def strip_quotes(text: str) -> str:
    """A text without its quotes; of a backslash and what follows it the latter stays [util.c, stripquotes]."""
    return _QUOTING.sub(lambda found: found[1] or "", text) if '"' in text or "\\" in text else text
