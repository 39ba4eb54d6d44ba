"""The recipients that a command line names, and those that ``-t`` finds in the header [recipient.c, headers.c]."""

import re
from collections.abc import Iterable, Iterator

from simlib.message.header import Headers
from simlib.mta.policy.aliases import addresses

PARTED_BY_COMMAS = ",;<("  # where one of these stands, a blank parts nothing
FIELDS = ("to", "cc", "bcc", "apparently-to")
RESENT = "resent-"


def named(operands: Iterable[str]) -> list[list[str]]:
    """The addresses of each operand, as they are written, in the order in which sendmail takes them: the last first.

    >>> named(["taro hana", "Taro <taro@one.test>, jiro", "a b"])
    [['hana', 'taro'], ['jiro', 'Taro <taro@one.test>'], ['a b']]
    """
    by_blanks, found = True, []
    for operand in operands:
        by_blanks = by_blanks and not any(char in operand for char in PARTED_BY_COMMAS)
        parts = re.split(r"\s+", operand.strip()) if by_blanks else addresses(operand)
        found.append([part for part in reversed(parts) if part])
    return found


def of_header(fields: Headers) -> Iterator[str]:
    """The addresses to which ``-t`` sends; what is resent goes to those of the Resent- fields alone."""
    resent = any(name.lower().startswith(RESENT) for name, _ in fields)
    wanted = [RESENT + name for name in FIELDS] if resent else FIELDS
    for name, value in fields:
        if name.lower() in wanted:
            yield from addresses(re.sub(r"\s*\n\s*", " ", value))
