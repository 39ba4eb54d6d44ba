"""The physical shape of a sendmail.cf: margins, continuation lines, comments, and where on the page a word stands."""

import os.path
import re
import sys
import warnings
from collections.abc import Iterator
from types import FrameType
from typing import NamedTuple

from simlib.cf.errors import CfError, CfWarning, NotSimulated, Unreadable
from simlib.cf.slips import meant
from simlib.language import phrase

COMMENT_LEVEL = 3  # from this V level on, # begins a comment in mid-line too
_PHYSICAL = re.compile(r"[^\n]*\n|[^\n]+")
_COMMENT = re.compile(r"[ \t\v\f]*(?<![\\$])#[^\n]*|(?<=[^$]\$\$)#[^\n]*")  # of $$# the dollars are a plain one
_PACKAGE = os.path.dirname(os.path.dirname(__file__)) + os.sep


class Line(NamedTuple):
    """One logical line: a physical line together with the continuation lines that follow it.

    ``raw`` is what stands in the file, line ends included. ``text`` is what sendmail reads of it: comment and
    trailing blanks off, inner line ends kept; empty for a comment line or a blank one. ``level``: of the V line above.
    """

    file: str
    number: int
    raw: str
    text: str
    level: int

    def error(self, trouble: Unreadable) -> CfError:
        """The error for a trouble met in this line, with the place filled in."""
        start = self.text.rfind(trouble.word) if trouble.word else 0
        before = self.text[: max(start, 0)]
        column = len(before) - before.rfind("\n")
        place = (self.file, self.number + before.count("\n"), column, self._shown)
        return CfError(*place, trouble.problem, trouble.cure, trouble.said)

    def warn(self, message: str, said: str = "") -> None:
        """Say what sendmail would print here, as a :class:`CfWarning` at the line that called the workbook.

        It is said each time: a cell that is run again is complained of again. Filters are obeyed as ever. ``said``:
        sendmail's own words, where it would not start.
        """
        self._warn(CfWarning, message, said)

    def changes_nothing(self, message: str) -> None:
        """Say in the same way that the workbook does not obey the line, where there is anything to say.

        Of a slip of the pen only that is said for which the line was meant.
        """
        if message and not meant(self.text):
            self._warn(NotSimulated, message)

    def _warn(self, kind: type[CfWarning], message: str, said: str = "") -> None:
        caller = _outside()
        told = phrase("{text}: {message}", text=self._shown, message=message)
        # warnings.warn would note in the caller's module that it was said, and not say it again
        warnings.warn_explicit(
            kind(self.file, self.number, told, said),
            kind,
            caller.f_code.co_filename,
            caller.f_lineno,
            module=caller.f_globals.get("__name__"),
        )

    @property
    def option(self) -> str:
        """The name, in lower case, that an O line gives a value to; empty for any other line."""
        return self.text[2:].partition("=")[0].strip().lower() if self.text.startswith("O ") else ""

    @property
    def precedence(self) -> str:
        """The name, in lower case, to which a P line gives a value; empty for any other line."""
        return self.text[1:].partition("=")[0].lower() if self.text.startswith("P") else ""

    @property
    def _shown(self) -> str:
        return " ".join(self.text.split("\n"))


def logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Cut a text into logical lines, each with its line number; put together they are the text again.

    >>> list(logical_lines("Cw a\\n  b\\nV10\\n"))
    [(1, 'Cw a\\n  b\\n'), (3, 'V10\\n')]
    """
    start, raw = 1, ""
    for number, physical in enumerate(_PHYSICAL.findall(text), start=1):
        if raw and physical[0] not in " \t":
            yield start, raw
            raw = ""
        if not raw:
            start = number
        raw += physical
    if raw:
        yield start, raw


def meaning(raw: str, level: int) -> str:
    r"""What sendmail reads of a logical line: no comment, no carriage returns, no trailing blanks.

    A ``#`` after a backslash is a plain ``#``, and ``$#`` is left alone; below V level 3 only whole lines are comments.

    >>> meaning("O LogLevel=9   # the usual\n", level=10)
    'O LogLevel=9'
    """
    if raw[0] == "#":
        return ""
    text = raw.replace("\r", "")
    if "#" in text and level >= COMMENT_LEVEL:
        text = _COMMENT.sub("", text).replace("\\#", "#")
    return text.rstrip(" \t\n\v\f")


def dedent(text: str) -> str:
    """Take off the margin common to all lines that are not blank; a text without one stays as it is.

    >>> dedent("    V10\\n      x\\n")
    'V10\\n  x\\n'
    """
    lines = text.split("\n")
    indents = [line[: len(line) - len(line.lstrip(" \t"))] for line in lines if line.strip()]
    margin = _common_start(min(indents), max(indents)) if indents else ""
    if not margin:
        return text
    return "\n".join(line.removeprefix(margin) if line.strip() else line[len(margin) :] for line in lines)


def _common_start(one: str, other: str) -> str:
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return one[:length]


def _outside() -> FrameType:
    """The nearest caller that is not in this package: a line of the notebook, if it was one."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
    return frame
