"""A message as it stands on one host, and the bytes of it: what it was handed in with and what each host added."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from simlib.message.envelope import Message
from simlib.message.octets import as_bytes
from simlib.message.received import Received, first, hops


class Dates(Protocol):
    """Simulated seconds as headers write them."""

    def rfc822(self, now: float) -> str:
        """``Wed, 1 Jul 1998 09:00:00 +0900``."""
        ...

    def numeric(self, now: float) -> str:
        """``199807010000``, in UTC (macro ``$t``)."""
        ...


class _Usual:
    """Dates of the usual length, for who wants no more than that."""

    def rfc822(self, now: float) -> str:
        return "Wed, 31 Dec 1997 23:59:59 +0900"

    def numeric(self, now: float) -> str:
        return "199712312359"


USUAL = _Usual()
RETURN_PATH_MARK = "Return-Path: <$g>"
RESENT = "Resent-"  # who sends a message on gives it fields of its own (RFC 822 §4.2)
FLAG = 1  # byte: the letter of a mailer flag, where a field was added for it: ``H?D?Date: …``


class Copy(NamedTuple):
    """``received``: the last of its hops. ``return_path``: the envelope sender, where it has arrived.

    Simplified: addresses in headers stay as they were written, where sendmail completes those without a domain.
    """

    message: Message
    received: Received | None
    return_path: str | None = None

    def head(self, dates: Dates) -> bytes:
        """Its header, without the empty line behind it."""
        added = "".join(f"{line}\n" for line in self._added(dates))
        return as_bytes(added) + self.message.head

    def queued_size(self, dates: Dates) -> int:
        """The size that sendmail takes it to have once it has read it from the queue [queue.c, readqf].

        Its body, and the header lines of the qf file without their ends, but with the letter of a flag.
        """
        by_hosts = sum([len(line) + FLAG for line in (RETURN_PATH_MARK, *self.missing(dates))])
        by_hosts += sum([len(hop.text(dates.rfc822(hop.time))) for hop in hops(self.received)])
        as_it_came = self.message.size - 1 - len(self.message.headers)  # less the line ends of its header
        return by_hosts + as_it_came

    def as_bytes(self, dates: Dates) -> bytes:
        """All of it, lines ended by LF."""
        return self.head(dates) + b"\n" + self.message.text

    def size(self, dates: Dates) -> int:
        """How many bytes that is."""
        message = self.message
        body = len(message.body) if isinstance(message.body, bytes) else max(message.size - len(message.head) - 1, 0)
        return len(self.head(dates)) + 1 + body

    def _added(self, dates: Dates) -> Iterator[str]:
        """What hosts put before the header: their Received: lines, and what the first found missing (cf: H lines)."""
        if self.return_path is not None:
            yield f"Return-Path: <{self.return_path}>"
        for hop in hops(self.received):
            yield hop.text(dates.rfc822(hop.time))
        yield from self.missing(dates)

    def missing(self, dates: Dates) -> Iterator[str]:
        """The header lines that the first host found missing, and made."""
        if self.received is None:
            return
        begun, has = first(self.received), {name.lower() for name, _ in self.message.headers}
        prefixes = (RESENT, "") if any(name.startswith(RESENT.lower()) for name in has) else ("",)
        made = {
            "Date": dates.rfc822(begun.time),
            "From": self.message.sender,
            "Message-Id": made_message_id(begun, dates),
        }
        for name, value in made.items():
            for prefix in prefixes:
                if f"{prefix}{name}".lower() not in has and value:
                    yield f"{prefix}{name}: {value}"


def made_message_id(first: Received, dates: Dates) -> str:
    """The Message-Id that the first host makes for a message without one."""
    return f"<{dates.numeric(first.time)}.{first.qid}@{first.way.host}>"
