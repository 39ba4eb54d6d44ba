"""The addresses of a header field, taken apart at commas and put together again [headers.c, commaize]."""

import re
from collections.abc import Iterator, Sequence

LONGEST_LINE = 78
FOLD = ",\n        "
_ORIGINS = ("from", "sender", "reply-to")
OF_SENDERS = frozenset((*_ORIGINS, *(f"resent-{one}" for one in _ORIGINS), "errors-to", "disposition-notification-to"))
OF_RECIPIENTS = frozenset(("to", "cc", "bcc", "resent-to", "resent-cc", "resent-bcc", "apparently-to"))
_IN_BRACKETS = re.compile(r"<([^<>\s:;]+)>")
_FIRST_WORD = re.compile(r"([^\s<>(),:;]+)\s*(?:\(.*)?\Z", re.DOTALL)


def addresses(text: str) -> list[str]:
    """The addresses of a field's text, each with the name and the comments around it.

    >>> addresses(' "Sato, T." <taro@here.example>, hana@one.example (Hana, at home)')
    ['"Sato, T." <taro@here.example>', 'hana@one.example (Hana, at home)']
    """
    return [one for part in _at_commas(text) if (one := " ".join(part.split("\n")).strip())]


def _at_commas(text: str) -> Iterator[str]:
    quoted, comments, angles, begun, at = False, 0, 0, 0, 0
    while at < len(text):
        char = text[at]
        if char == "\\":
            at += 1
        elif comments:
            comments += (char == "(") - (char == ")")
        elif char == '"':
            quoted = not quoted
        elif not quoted:
            comments += char == "("
            angles = max(0, angles + (char == "<") - (char == ">"))
            if char == "," and not angles:
                yield text[begun:at]
                begun = at + 1
        at += 1
    yield text[begun:]


def with_domain(address: str, domain: str) -> str:
    """An address with a domain, if it has none and is one at all; the name and the comments around it stay.

    >>> with_domain("Taro <taro> (here)", "far.example"), with_domain("hana@one.example", "far.example")
    ('Taro <taro@far.example> (here)', 'hana@one.example')
    """
    if "@" in address:
        return address
    found = _IN_BRACKETS.search(address) or _FIRST_WORD.match(address)
    return address if found is None else f"{address[: found.end(1)]}@{domain}{address[found.end(1) :]}"


def joined(name: str, written: Sequence[str], longest: int = LONGEST_LINE) -> str:
    """The text of a field called ``name``, with a fold before an address that a line has no more room for."""
    parts: list[str] = []
    column = len(name) + 2
    for one in written:
        column += len(one) + (2 if parts else 0)
        if parts and column > longest:
            parts.append(FOLD)
            column = len(FOLD) - 2 + len(one)
        elif parts:
            parts.append(", ")
        parts.append(one)
    return " " + "".join(parts)
