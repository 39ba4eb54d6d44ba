"""The header of a message as sendmail reads it: which lines belong to it, and what they say (collect.c)."""

import re
from collections.abc import Iterable

from simlib.message.octets import as_bytes

Headers = tuple[tuple[str, str], ...]
"""Name and all that stands behind the colon, blanks and folds included, in the order of the message."""

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:")  # RFC 5322 §2.2: printable, no colon
_NAME = re.compile(r"[!-9;-~]+")


def read(content: bytes) -> tuple[Headers, bytes]:
    """Take a message (lines end with LF) apart into its header and its body.

    The first line that is neither a field nor the continuation of one begins the body; an empty line before the body
    is part of neither.

    >>> read(b"Subject: hi\\nTo: a,\\n b\\n\\ntext\\n")
    ((('Subject', ' hi'), ('To', ' a,\\n b')), b'text\\n')
    """
    fields: list[tuple[str, str]] = []
    at = 0
    while at < len(content):
        end = content.find(b"\n", at)
        end = len(content) if end < 0 else end
        line = content[at:end]
        field = _FIELD.match(line)
        if line[:1] in (b" ", b"\t") and fields:
            name, value = fields.pop()
            fields.append((name, f"{value}\n{_text(line)}"))
        elif field is not None:
            fields.append((_text(field[1]), _text(line[field.end() :])))
        else:
            return tuple(fields), content[at + (not line) :]
        at = end + 1
    return tuple(fields), b""


def write(headers: Headers) -> bytes:
    """The lines of a header, without the empty one that ends it."""
    text = "".join(f"{name}:{value}\n" for name, value in headers)
    return as_bytes(text)


def given(headers: Iterable[tuple[str, str]]) -> Headers:
    """Headers as a program gives them, ``("Precedence", "list")``; ValueError for a name or value that is none."""
    fields = tuple((name, f" {value}") for name, value in headers)
    for name, value in fields:
        if _NAME.fullmatch(name) is None:
            raise ValueError(f"{name!r} is no name of a header: printable characters, no blank and no colon")
        if re.search(r"[\r\0]|\n(?![ \t])", value):
            raise ValueError(f"{name}: {value!r}: a further line of a header begins with a blank")
    return fields


def value_of(headers: Headers, name: str) -> str | None:
    """What the first header of that name says, unfolded and without blanks around; None if there is none."""
    wanted = name.lower()
    said = next((value for key, value in headers if key.lower() == wanted), None)
    return None if said is None else re.sub(r"\n[ \t]+", " ", said).strip()


def _text(line: bytes) -> str:
    """Bytes that are not UTF-8 are kept as they are (``surrogateescape``)."""
    return line.decode("utf-8", "surrogateescape")
