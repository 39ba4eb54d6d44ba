"""What M, Q and X lines have in common: a name, then ``letter=value`` pairs with commas between them."""

import re
from collections.abc import Iterator

from simlib.cf.errors import Unreadable
from simlib.cf.numbers import whole_number
from simlib.language import phrase

QUEUE_GROUP, MILTER = "queue group", "milter"
SAID = {QUEUE_GROUP: "queue", MILTER: "mail filter"}  # what sendmail calls them
EQUATES = {"mailer": ("M", "mailer"), QUEUE_GROUP: ("Q", "queue"), MILTER: ("X", "filter")}  # and in another sentence
_ESCAPES = {"r": "\r", "n": "\n", "f": "\f", "b": "\b"}
_NAME = re.compile(r"[^,\s]*")
_BETWEEN = re.compile(r"[,\s]*")


def munch(text: str, start: int = 0, stop: str = "") -> tuple[str, int]:
    r"""Read a value up to the character ``stop`` as sendmail does, and say where it ended.

    Double quotes go and protect ``stop``; ``\r``, ``\n``, ``\f`` and ``\b`` are control characters, and a backslash
    before anything else goes.

    >>> munch('a "b, c", d', stop=",")
    ('a b, c', 8)
    """
    value, quoted, end = "", False, start
    while end < len(text) and (quoted or text[end] != stop):
        if text[end] == "\\":
            end += 1
            value += _ESCAPES.get(text[end : end + 1], text[end : end + 1])
        elif text[end] == '"':
            quoted = not quoted
        else:
            value += text[end]
        end += 1
    return value, min(end, len(text))


def name_and_equates(kind: str, body: str, letters: str) -> tuple[str, dict[str, str]]:
    """Take an M, Q or X line apart: the name, and the values by their letter, of which ``letters`` are known.

    Only the first character of an equate counts, so ``Path=`` is ``P=``; a later value replaces an earlier one.
    """
    match = _NAME.match(body)
    name = match[0] if match else ""
    if not name:
        cure, said = "write the name straight after the letter", f"name required for {SAID.get(kind, kind)}"
        raise Unreadable(phrase("a {kind} needs a name", kind=phrase(kind)), cure, body, said)
    values: dict[str, str] = {}
    for letter, value in _pairs(kind, name, body, len(name) + 1):
        if letter not in letters:
            known = " ".join(f"{known}=" for known in letters)
            said = f"{EQUATES[kind][0]}{name}: unknown {EQUATES[kind][1]} equate {letter}="
            raise Unreadable(
                phrase("unknown equate {letter}= for a {kind}", letter=letter, kind=phrase(kind)),
                phrase("a {kind} knows {known}", kind=phrase(kind), known=known),
                f"{letter}=",
                said,
            )
        values[letter] = value
    return name, values


def number_of(kind: str, letter: str, value: str) -> int:
    """The number in an equate such as ``M=1000000``."""
    return whole_number(
        value,
        phrase("{letter}= of a {kind} is not a number", letter=letter, kind=phrase(kind)),
        phrase("write a whole number, such as {letter}=100", letter=letter),
    )


def _pairs(kind: str, name: str, body: str, position: int) -> Iterator[tuple[str, str]]:
    while position < len(body):
        between = _BETWEEN.match(body, position)
        start = between.end() if between else position
        equal = start
        while equal < len(body) and body[equal] not in "=,":
            equal += 1
        if body[equal : equal + 1] != "=":
            word = body[start:equal]
            said = f"{SAID.get(kind, kind)} {name}: `=' expected"
            raise Unreadable(
                phrase("= expected in {kind} {name}", kind=phrase(kind), name=name),
                "write letter=value, with commas between",
                word,
                said,
            )
        value_start = equal + 1
        while body[value_start : value_start + 1].isspace():
            value_start += 1
        value, position = munch(body, value_start, ",")
        yield body[start], value
