"""The one root of everything the workbook complains about."""

from simlib.visible import visible


class WorkbookError(ValueError):
    """Input that cannot be used; the message says what was wrong, where, and what would be right.

    As text it is fit for a screen, whatever the input holds.
    """

    def __str__(self) -> str:
        return visible(super().__str__())
