"""What rules have made of an address, kept as long as nothing that it depends on has changed."""

from collections.abc import Mapping
from typing import Generic, NamedTuple, TypeVar

from simlib.rewrite.context import Context

T = TypeVar("T")
MOST = 50_000  # entries; above that all go


class _Entry(NamedTuple):
    result: object
    read: tuple[tuple[str, str | None], ...]  # macros that rules asked for, and what they held
    generation: int
    until: float


class Results(Generic[T]):
    """Results by question (``"3,0"``, ``"R=esmtp"``) and text.

    One holds until the answers of the name service that it came with run out, another generation of classes and maps
    begins, or a macro that it read holds something else. A run that wrote a macro, drew by lot or met a failure that
    passes is not kept.
    """

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], _Entry] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, question: str, text: str, macros: Mapping[str, str], generation: int, now: float) -> T | None:
        """What is still known; None where the rules have to run."""
        entry = self._entries.get((question, text))
        if entry is None or entry.generation != generation or entry.until < now:
            return None
        for name, value in entry.read:
            if macros.get(name) != value:
                return None
        return entry.result  # type: ignore[return-value]  # as put() was given it

    def put(self, question: str, text: str, result: T, context: Context) -> None:
        """Keep a result, if it may be kept; ``context`` is that of its run."""
        if not context.keeps:
            return
        if len(self._entries) >= MOST:
            self._entries.clear()
        read = tuple(context.read.items())
        self._entries[question, text] = _Entry(result, read, context.rulesets.generation, context.until)
