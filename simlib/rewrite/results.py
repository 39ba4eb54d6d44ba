"""What rules have made of an address, kept as long as nothing that it depends on has changed."""

from collections.abc import Mapping
from typing import Generic, NamedTuple, TypeVar

from simlib.rewrite.context import Context

T = TypeVar("T")
MOST = 50_000  # entries; above that all go


class _Entry(NamedTuple):
    result: object
    read: tuple[tuple[str, str | None], ...]  # macros that rules asked for, and what they held
    state: object
    until: float


class Results(Generic[T]):
    """Results by question (``"3,0"``, ``"R=esmtp"``) and text.

    One holds until the answers of the name service that it came with run out, the ``state`` of classes and maps is
    another, or a macro that it read holds something else. A run that wrote a macro, drew by lot or met a failure that
    passes is not kept.
    """

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], _Entry] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, question: str, text: str, macros: Mapping[str, str], state: object, now: float) -> T | None:
        """What is still known; None where the rules have to run."""
        entry = self._entries.get((question, text))
        if entry is None or entry.state != state or entry.until < now:
            return None
        for name, value in entry.read:
            if macros.get(name) != value:
                return None
        return entry.result  # type: ignore[return-value]  # as put() was given it

    def put(self, question: str, text: str, result: T, context: Context, state: object) -> None:
        """Keep a result, if it may be kept; ``context`` is that of its run, ``state`` as it was when it began."""
        if not context.keeps:
            return
        if len(self._entries) >= MOST:
            self._entries.clear()
        read = tuple(context.read.items())
        self._entries[question, text] = _Entry(result, read, state, context.until)
