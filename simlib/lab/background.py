"""Long runs that can be watched, and ended by the next or by the reader, while the kernel's loop goes on."""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from simlib.lab.beside import beside
from simlib.lab.browser import IN_BROWSER, find_turn
from simlib.lab.runs import Run, Tell, Way, Work
from simlib.lab.turns import InTurns
from simlib.watch import Stopped

IDLE = 0.4  # seconds without a run until the garbage of runs is looked for

WAY: Way = InTurns(find_turn) if IN_BROWSER else beside


async def in_background(run: Run, work: Work, tell: Tell) -> Any:
    """What ``work()`` gives; while it takes long, ``tell(run)`` is called now and then.

    Raises :class:`~simlib.watch.Stopped` if the run was stopped, even as it ended; else what ``work`` raises.
    """

    def tell_if_wanted(run: Run) -> None:
        if not run.stopped:
            tell(run)

    with _GARBAGE.kept():
        try:
            made = await WAY(run, work, tell_if_wanted)
        except Exception:
            if run.stopped:
                raise Stopped from None
            raise
    if run.stopped:
        raise Stopped
    return made


class _Garbage:
    """Worlds that are no more: the collector looks for them when nobody waits, not while there are runs."""

    def __init__(self) -> None:
        self._runs = 0
        self._collection: asyncio.Handle | None = None  # that is to come

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Put the collection off until this and all other runs have ended."""
        self._runs += 1
        if self._collection is not None:
            self._collection.cancel()
        try:
            yield
        finally:
            self._runs -= 1
            if not self._runs:
                self._collection = asyncio.get_running_loop().call_later(IDLE, gc.collect)


_GARBAGE = _Garbage()
