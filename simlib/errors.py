"""The one root of everything the workbook complains about."""


class WorkbookError(ValueError):
    """Input that cannot be used; the message says what was wrong, where, and what would be right."""
