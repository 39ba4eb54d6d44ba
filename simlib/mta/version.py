"""sendmail's version: older ones behave differently."""

from simlib.errors import WorkbookError


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers that compare.

    >>> numbers("8.8.5") < numbers("8.18")
    True
    """
    parts = version.split(".")
    if not all(part.isdigit() for part in parts):
        raise WorkbookError(f"version={version!r} is not a sendmail version: write it like 8.18 or 8.8.5")
    return tuple(int(part) for part in parts)
