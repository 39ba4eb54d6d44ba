"""The trace that each host leaves in a message: its Received: line (RFC 5321 §4.4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

HANDED_IN_BY = "root@localhost"  # for whom a host takes a program of its own


class Way(NamedTuple):
    """By which way a message came to a host, which many have in common.

    ``identity`` is the client as sendmail knows it, macro ``$_``: ``taro@mail.example [10.0.0.1]``.
    """

    hello: str  # empty for what was typed
    identity: str
    host: str
    version: str
    protocol: str  # empty for what sendmail itself wrote and for what was typed
    daemon: str = "MTA"  # which of its daemons took it


way = lru_cache(1024)(Way)  # one for all messages that come by it, as long as there are no more ways than that


@dataclass(slots=True, eq=False)  # there are many: a named tuple is larger
class Received:
    """One hop, and the hop ``before`` it.

    A message begins its way with one too: a mail program hands it in over SMTP on standard input (``sendmail -bs``), or
    it is typed to ``sendmail`` as a command.
    """

    way: Way
    qid: str
    recipient: str  # empty where there were several
    time: float  # s
    before: "Received | None" = None

    def text(self, date: str) -> str:
        """The header, with ``date`` as RFC 822 writes it."""
        by, typed = self.way, not self.way.hello
        protocol = f" with {by.protocol}" if by.protocol else ""
        whom = self.recipient if typed else f"<{self.recipient}>"
        to = f"\n\tfor {whom}; " if self.recipient else ";\n\t"
        source = f"(from {by.identity})" if typed else f"from {by.hello} ({by.identity})"
        return f"Received: {source}\n\tby {by.host} ({by.version}/{by.version}){protocol} id {self.qid}{to}{date}"


def hops(last: Received | None) -> Iterator[Received]:
    """The hops of a message from the last one back to the first, as their lines stand in its header."""
    while last is not None:
        yield last
        last = last.before


def first(last: Received) -> Received:
    """Where a message began its way."""
    while last.before is not None:
        last = last.before
    return last
