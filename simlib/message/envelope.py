"""A message as it is carried: its content once, its addresses, and what was asked of it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from simlib.errors import WorkbookError
from simlib.message.header import Headers, value_of, write

MAILER_DAEMON = "MAILER-DAEMON"  # who writes notices, and what the null sender is to a mailbox

MOST_SHOWN = 64 * 1024 * 1024  # bytes of a message about whose body nothing is known: more of them tell nothing new
FILLER_LINE = 70  # bytes of a line, its end included

_ADDRESS = re.compile(r"<?(?:([^\s<>]+)@([^\s<>@]+)|([^\s<>@]+))>?")


class AddressError(WorkbookError):
    """An address that is not one."""


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """Header and body, the same object on every host that it passes unchanged.

    ``size`` is in bytes as it was handed in, a line end counted as one, as sendmail counts it; ``headers`` are those it
    was handed in with (see ``simlib.message.header``), not the ones that every host adds. ``body``: bytes with LF at
    the end of lines, or how to make them when somebody looks, or None for filler up to ``size``. ``sender``: from whom
    it comes, for a message that does not say so itself. ``eight_bit``: some byte of it is not ASCII.
    """

    number: int
    size: int
    headers: Headers = ()
    body: bytes | Callable[[], bytes] | None = None
    sender: str = ""
    eight_bit: bool = False

    @property
    def body_size(self) -> int:
        """Bytes of the body alone, without the empty line before it."""
        return max(0, self.size - len(self.head) - 1)

    def header(self, name: str) -> str | None:
        """What the first header of that name says, without regard to case."""
        return value_of(self.headers, name) if self.headers else None

    @property
    def head(self) -> bytes:
        """The lines of the header, without the empty line behind it."""
        return write(self.headers)

    def with_body(self, body: bytes) -> "Message":
        """The same header over another body."""
        return replace(self, body=body, size=len(self.head) + 1 + len(body))

    @property
    def text(self) -> bytes:
        """The body."""
        if self.body is None:
            if self.size > MOST_SHOWN:
                raise WorkbookError(
                    "message {number} has {size:,} bytes, too many to be looked at", number=self.number, size=self.size
                )
            return filler(self.size - len(self.head) - 1)
        return self.body if isinstance(self.body, bytes) else self.body()

    @property
    def as_bytes(self) -> bytes:
        """Header and body, without what hosts add."""
        return self.head + b"\n" + self.text


def filler(size: int) -> bytes:
    """A body of ``size`` bytes about which nothing is known: lines of 69 characters."""
    full, rest = divmod(max(size, 0), FILLER_LINE)
    return (b"x" * (FILLER_LINE - 1) + b"\n") * full + (b"x" * (rest - 1) + b"\n" if rest else b"")


def parse_address(text: str) -> str:
    """An address as it is used here: ``user@domain`` or a plain local ``user``, the domain in lower case.

    >>> parse_address("<Taro@Site.Example>")
    'Taro@site.example'
    """
    match = _ADDRESS.fullmatch(text.strip())
    if match is None:
        raise AddressError("{text!r} is not a mail address: write it like taro@site.example", text=text)
    user, domain, local = match.groups()
    plain = (domain or "").lower().rstrip(".")
    if domain and not plain:
        raise AddressError("{text!r} has no domain behind its @: write it like taro@site.example", text=text)
    address = local or f"{user}@{plain}"
    return text if text == address else address  # most are written so: no second copy of them is kept


def compared(address: str) -> str:
    """An address as it is compared with others: its domain in small letters.

    >>> compared("Taro@Site.Example"), compared("|/usr/bin/vacation Taro")
    ('Taro@site.example', '|/usr/bin/vacation Taro')
    """
    user, at, domain = address.rpartition("@")
    return f"{user}@{domain.lower()}" if at else address


def domain_of(address: str) -> str:
    """The part behind the last ``@``; empty for a local address and for the null sender."""
    return address.rpartition("@")[2] if "@" in address else ""


def distinct(addresses: Iterable[str]) -> list[str]:
    """The addresses without repetitions, in order: sendmail sends no one two copies of one message."""
    return list(dict.fromkeys(addresses))
