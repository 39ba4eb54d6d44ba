"""A message as it is carried: its content once, its addresses, and what was asked of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from simlib.errors import WorkbookError

_ADDRESS = re.compile(r"<?(?:([^\s<>]+)@([^\s<>@]+)|([^\s<>@]+))>?")


class AddressError(WorkbookError):
    """An address that is not one."""


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """Header and body, the same object on every host that it passes.

    ``size`` is in bytes with a line end counted as one, as sendmail counts it; ``headers`` are those that somebody
    looks at (``Precedence``, ``Subject``), not the ones that every host adds.
    """

    number: int
    size: int
    headers: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str | None:
        """The first header of that name, without regard to case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


def parse_address(text: str) -> str:
    """An address as it is used here: ``user@domain`` or a plain local ``user``, the domain in lower case.

    >>> parse_address("<Taro@Site.Example>")
    'Taro@site.example'
    """
    match = _ADDRESS.fullmatch(text.strip())
    if match is None:
        raise AddressError(f"{text!r} is not a mail address: write it like taro@site.example")
    user, domain, local = match.groups()
    return local or f"{user}@{domain.lower()}"


def domain_of(address: str) -> str:
    """The part behind the last ``@``; empty for a local address and for the null sender."""
    return address.rpartition("@")[2] if "@" in address else ""


def distinct(addresses: Iterable[str]) -> list[str]:
    """The addresses without repetitions, in order: sendmail sends no one two copies of one message."""
    return list(dict.fromkeys(addresses))
