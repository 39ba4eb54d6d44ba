"""Ident (RFC 1413): who is behind a TCP connection, asked of the host that it comes from, on port 113.

The slide says 133, which is a slip. What comes back is what the other side says, true or not.
"""

import re
from typing import NamedTuple

from simlib.errors import WorkbookError

IDENT_PORT = 113
MAX_USER = 512  # characters of a user ID (RFC 1413 §6)

_USERID = re.compile(r"\s*\d+\s*,\s*\d+\s*:\s*USERID\s*:\s*([^:]+?)\s*:(.*)", re.DOTALL | re.IGNORECASE)


class Query(NamedTuple):
    """``port-on-the-asked-host , port-on-the-asking-host``."""

    theirs: int
    ours: int

    def __str__(self) -> str:
        return f"{self.theirs}, {self.ours}"


def response(query: Query, user: str | None, system: str = "UNIX") -> str:
    """The line that an identd gives back: a user ID, or that it knows of no such user."""
    if user is None:
        return f"{query} : ERROR : NO-USER"
    if not user or len(user) > MAX_USER or any(c in user for c in "\r\n\0"):
        raise WorkbookError(
            "user={user!r}: a user ID has 1 to {max_user} characters and no line end", user=user, max_user=MAX_USER
        )
    return f"{query} : USERID : {system} :{user}"


def user_in(line: str) -> str | None:
    """The user ID in an answer, as sendmail takes it; None for an error or what is no answer.

    >>> user_in("1055, 25 : USERID : UNIX :taro")
    'taro'
    """
    match = _USERID.fullmatch(line.rstrip("\r\n"))
    if match is None or "other" in match[1].lower():
        return None
    return match[2].strip()[:MAX_USER] or None
