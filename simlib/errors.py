"""The one root of everything the workbook complains about."""

from typing import Any

from simlib.language import phrase
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
    """What an error says, as a phrase where it is one of ours."""
    if isinstance(trouble, WorkbookError) and trouble.args and isinstance(trouble.args[0], str):
        return trouble.args[0]
    return str(trouble)
