"""What a configuration can be blamed for: errors that stop, warnings where sendmail complains and goes on."""

from simlib.errors import WorkbookError
from simlib.language import phrase
from simlib.visible import visible


class CfError(WorkbookError):
    """A line of a sendmail.cf that cannot be used.

    ``file``, ``line`` and ``column`` (both counted from 1) say where, ``cure`` what would be right; the message
    holds them all, and ``told`` all but file and line. ``said`` is what sendmail itself says.
    """

    def __init__(self, file: str, line: int, column: int, text: str, problem: str, cure: str, said: str = "") -> None:
        told = {"text": text, "problem": problem, "column": column, "cure": cure}
        self.told = phrase("{text}: {problem} (column {column}); {cure}", **told)
        super().__init__("{file} line {line}: {told}", file=file, line=line, told=self.told)
        self.said = said or problem
        self.file = file
        self.line = line
        self.column = column
        self.cure = cure


class CfWarning(UserWarning):
    """A line that sendmail complains of and then does without, or one that does not do what it seems to do.

    ``line``, counted from 1, says where; the message says it, too, and ``told`` is the rest of it. ``said``: what
    sendmail says where it refuses to start because of it, as today's does.
    """

    def __init__(self, file: str, line: int, told: str, said: str = "") -> None:
        super().__init__(phrase("{file} line {line}: {told}", file=file, line=line, told=told))
        self.told = told
        self.line = line
        self.said = said

    def __str__(self) -> str:
        return visible(super().__str__())


class NotSimulated(CfWarning):
    """A line that sendmail obeys, and the workbook does not: here it changes nothing."""


class Unreadable(Exception):
    """Something in a line that cannot be used, before it is known which line; ``word`` is the part to point at.

    ``said``: sendmail's own words, where they are others.
    """

    def __init__(self, problem: str, cure: str, word: str = "", said: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.cure = cure
        self.word = word
        self.said = said

    def rather(self, hint: str) -> "Unreadable":
        """The same trouble where a hint says what the line was meant to be: how it was misread would only mislead."""
        return Unreadable("sendmail reads this as something else", hint, self.word, self.said or self.problem)
