"""MIME headers that are too long for the mail programs of the time (MaxMimeHeaderLength) [headers.c, conf.c].

Simplified: the headers of the parts of a multipart are let be.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from simlib.message.envelope import Message

TEXTS = ("content-description",)
STRUCTURED = ("content-disposition", "content-id", "content-transfer-encoding", "content-type", "mime-version")
WITH_PARAMETERS = ("content-disposition", "content-type")
CUT = frozenset((*TEXTS, *STRUCTURED))
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"?|[^;"]+|;')


class Limits(NamedTuple):
    """Characters of a whole header, and of each of its parameters; 0: any number."""

    whole: int
    parameter: int


class Cut(NamedTuple):
    """What was done to a header: how long it, or the last parameter that was too long, had been."""

    name: str
    length: int
    parameter: bool


def limits(option: str) -> Limits:
    """What the option says; without a second number it is half the first.

    >>> limits("256/128"), limits("256")
    (Limits(whole=256, parameter=128), Limits(whole=256, parameter=128))
    """
    whole, _, parameter = (part.strip() for part in option.partition("/"))
    first = int(whole) if whole.isdigit() else 0
    return Limits(first, int(parameter) if parameter.isdigit() else first // 2)


def shortened(message: Message, most: Limits) -> tuple[Message, list[Cut]]:
    """The message with its MIME headers as short as they may be, and what was cut."""
    cuts: list[Cut] = []
    least = min((limit for limit in most if limit), default=0)
    for _, value in message.headers:
        if len(value) > least:
            break
    else:  # most are far from it
        return message, cuts
    fields = [(name, _shortened(name, value, most, cuts)) for name, value in message.headers]
    if not cuts:
        return message, cuts
    shorter = replace(message, headers=tuple(fields))
    return replace(shorter, size=message.size - len(message.head) + len(shorter.head)), cuts


def _shortened(name: str, value: str, most: Limits, cuts: list[Cut]) -> str:
    kind, text = name.lower(), value.lstrip()
    if most.parameter and kind in WITH_PARAMETERS:
        parts = [(part, _balanced(part.lstrip(), most.parameter)) for part in _parameters(text)]
        long = [part for part, short in parts if short != part.lstrip()]
        if long:
            cuts.append(Cut(name, len(long[-1].lstrip()) + 1, parameter=True))
            text = ";".join(part[: len(part) - len(part.lstrip())] + short for part, short in parts)
    if most.whole and len(text) > most.whole and kind in CUT:
        cuts.append(Cut(name, len(text) + 1, parameter=False))
        text = text[: most.whole - 1] if kind in TEXTS else _balanced(text, most.whole)
    return value[: len(value) - len(value.lstrip())] + text


def _parameters(text: str) -> Iterator[str]:
    """The pieces between semicolons; those inside quotes part nothing."""
    piece = ""
    for found in _QUOTED.findall(text):
        if found == ";":
            yield piece
            piece = ""
        else:
            piece += found
    yield piece


def _balanced(text: str, most: int) -> str:
    """A text of so many characters at most, with the quotes and comments closed that it opens."""
    if len(text) <= most:
        return text
    for end in range(most, 0, -1):
        short = text[:end] + _closing(text[:end])
        if len(short) <= most:
            return short
    return ""


def _closing(text: str) -> str:
    """What closes the quotes and the comments that are open at the end of a text."""
    quoted, depth, escaped = False, 0, False
    for char in text:
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == '"' and not depth:
            quoted = not quoted
        elif not quoted:
            depth = max(depth + (char == "(") - (char == ")"), 0)
    return ('"' if quoted else "") + ")" * depth
