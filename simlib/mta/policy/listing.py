"""The queue as mailq lists it."""

from collections.abc import Iterable
from random import Random

from simlib.mta.policy.load_control import should_queue
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.mta.policy.queue_order import is_too_young, sort_queue
from simlib.mta.policy.settings import Settings


def listing(entries: Iterable[QueueEntry], now: int, load: int, settings: Settings) -> list[tuple[QueueEntry, str]]:
    """The queue in its order, each entry with its mark.

    ``*``: some process works on it; ``-``: too young for a run; ``X``: at this load not urgent enough.
    """

    def mark(entry: QueueEntry) -> str:
        if entry.locked:
            return "*"
        if is_too_young(entry, now, settings):
            return "-"
        return "X" if should_queue(entry.priority, load, settings) else " "

    return [(entry, mark(entry)) for entry in sort_queue(list(entries), settings.sort_order, Random(0))]
