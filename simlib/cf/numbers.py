"""Numbers in a sendmail.cf: as they should be written, or as the C library takes whatever stands there."""

import re
from contextvars import ContextVar

from simlib.cf.errors import Unreadable

LARGEST = 2**63 - 1  # a C long

forgiving: ContextVar[bool] = ContextVar("forgiving", default=False)
"""Whether words are silently taken for numbers, as sendmail does; a notebook's author is told of them instead."""

_ATOI = re.compile(r"\s*([+-]?)([0-9]*)")
_NUMBER = re.compile(r"\s*[+-]?[0-9]{1,18}\s*")  # longer than any C long


def whole_number(text: str, problem: str, cure: str) -> int:
    """A whole number; raises :class:`~simlib.cf.errors.Unreadable` for what is none, unless that is forgiven."""
    if _NUMBER.fullmatch(text):
        return int(text)
    if forgiving.get():
        return atoi(text)
    raise Unreadable(problem, cure, text)


def atoi(text: str) -> int:
    """The number at the beginning of a text, 0 if there is none.

    >>> atoi("12 apples"), atoi("two"), atoi("-3")
    (12, 0, -3)
    """
    match = _ATOI.match(text)
    assert match is not None  # it matches the empty text too
    digits = match[2].lstrip("0")
    number = LARGEST if len(digits) > 19 else min(int(digits or "0"), LARGEST)
    return -number if match[1] == "-" else number
