"""The marks of the language of rules: what stands behind a ``$``, as one character each.

A text of a sendmail.cf is *marked* when it is read (:func:`marked`): ``$*`` becomes one character that no address can
hold. Where a name follows (``$=w``, ``$&{client_name}``) it stays behind the mark as it was written.
"""

import re

FIRST = 0x10F000  # marks begin here, at the end of what Unicode leaves to private use


def _mark(number: int) -> str:
    return chr(FIRST + number)


MACRO = _mark(1)  # $x, put in when the line is read
RUNTIME_MACRO = _mark(2)  # $&x, put in when the rule is run
ANY = _mark(3)  # $*
SOME = _mark(4)  # $+
ONE = _mark(5)  # $-
IN_CLASS = _mark(6)  # $=x
NOT_IN_CLASS = _mark(7)  # $~x
REPLACEMENT = _mark(8)  # $1 to $9
CANON_NET = _mark(9)  # $#
CANON_HOST = _mark(10)  # $@; on a left-hand side it matches nothing at all
CANON_USER = _mark(11)  # $:
CALL = _mark(12)  # $>
IF = _mark(13)  # $?x
ELSE = _mark(14)  # $|
FI = _mark(15)  # $.
HOST_BEGIN = _mark(16)  # $[
HOST_END = _mark(17)  # $]
MAP_BEGIN = _mark(18)  # $(
MAP_END = _mark(19)  # $)

_LETTERS = {
    "*": ANY,
    "+": SOME,
    "-": ONE,
    "=": IN_CLASS,
    "~": NOT_IN_CLASS,
    "&": RUNTIME_MACRO,
    "#": CANON_NET,
    "@": CANON_HOST,
    ":": CANON_USER,
    ">": CALL,
    "?": IF,
    "|": ELSE,
    ".": FI,
    "[": HOST_BEGIN,
    "]": HOST_END,
    "(": MAP_BEGIN,
    ")": MAP_END,
}
_WRITTEN = {mark: f"${letter}" for letter, mark in _LETTERS.items()} | {MACRO: "$", REPLACEMENT: "$"}
NAMED = frozenset((MACRO, RUNTIME_MACRO, IN_CLASS, NOT_IN_CLASS, IF))  # a macro's or a class's name follows
CATCHING = frozenset((ANY, SOME, ONE, IN_CLASS, NOT_IN_CLASS))  # what they match is $1, $2 …
ALL = frozenset(_WRITTEN)

NAME = r"(?:\{[A-Za-z0-9_]+\}|.)"
_DOLLAR = re.compile(
    rf"\$(?:(?P<dollar>\$)|(?P<named>[=~&?])(?P<of>{NAME})|(?P<digit>[0-9])|(?P<other>{NAME}))", re.DOTALL
)
_FOREIGN = re.compile(f"[{chr(FIRST)}-\U0010ffff]")


def marked(text: str) -> str:
    """A text of a sendmail.cf with its ``$`` read: ``$$`` is a plain one, and one at the end stays what it is.

    >>> marked("$*") == ANY, marked("$={Big}") == IN_CLASS + "{Big}", marked("cost $$")
    (True, True, 'cost $')
    """
    return _DOLLAR.sub(_read, foreign(text))


def foreign(text: str) -> str:
    """A text from outside, in which nothing can be taken for a mark."""
    return text if text.isascii() else _FOREIGN.sub("?", text)


def written(text: str) -> str:
    """Marked text as it is written in a sendmail.cf, and as sendmail prints it."""
    return text if text.isascii() else "".join(_WRITTEN.get(char, char) for char in text)


def name_of(token: str) -> str:
    """The name behind a mark: ``w`` of ``$=w``, ``client_name`` of ``$&{client_name}``."""
    return token[1:].removeprefix("{").removesuffix("}") if len(token) > 2 else token[1:]


def _read(found: re.Match[str]) -> str:
    if found["dollar"]:
        return "$"
    if found["named"]:
        return _LETTERS[found["named"]] + _plain(found["of"])
    if found["digit"]:
        return REPLACEMENT + found["digit"]
    name = _plain(found["other"])
    return _LETTERS.get(name) or MACRO + name


def _plain(name: str) -> str:
    return name[1] if len(name) == 3 and name[0] == "{" else name  # ${x} is $x
