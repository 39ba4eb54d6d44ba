"""The one root of everything the workbook complains about."""

from typing import Any

from simlib.language import Phrase, phrase
from simlib.visible import visible


class WorkbookError(ValueError):
    """Input that cannot be used; the message says what was wrong, where, and what would be right.

    ``WorkbookError("there is no host {name!r}", name=name)``: as text it is English, and fit for a screen, whatever
    the input holds.
    """

    def __init__(self, template: str = "", /, **values: Any) -> None:
        super().__init__(phrase(template, **values))

    def __str__(self) -> str:
        return visible(super().__str__())


def words_of(trouble: BaseException | str) -> str:
    """What an error or a warning says, as a phrase where it is one of ours."""
    said = trouble.args[0] if isinstance(trouble, Exception) and trouble.args else None
    return said if isinstance(said, Phrase) else str(trouble)
