"""What a run asks of others, and what it is answered: questions to the name service."""

from collections.abc import Generator, Sequence
from typing import NamedTuple, Protocol, TypeVar

T = TypeVar("T")


class Question(NamedTuple):
    """A question to the name service. ``kind`` is a type of record: ``A``, ``AAAA``, ``MX``, ``PTR``, ``TXT`` …"""

    name: str
    kind: str


class Answer(Protocol):
    """What the name service says; ``status`` is ``NOERROR``, ``NODATA``, ``NXDOMAIN`` or ``TRY_AGAIN``.

    ``canonical`` is the name to which CNAMEs led, empty where there were none; ``ttl`` is in seconds.
    """

    @property
    def status(self) -> str: ...

    @property
    def records(self) -> Sequence[object]: ...

    @property
    def ttl(self) -> float: ...

    @property
    def canonical(self) -> str: ...


Asking = Generator[Question, Answer, T]  # yields questions, is sent the answers, returns its result


class Found(NamedTuple):
    """What a map gives: a ``value``, None if there is none, and an exit status of sysexits.h."""

    value: str | None
    status: int = 0
    said: tuple[str, ...] = ()  # what sendmail prints in address test mode while it looks
    fault: str = ""  # why the map cannot be used; a process says it once
