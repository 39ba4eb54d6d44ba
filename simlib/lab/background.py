"""Runs beside the kernel's loop, so that a long one can be watched, and ended by the next or by the reader."""

import asyncio
import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from time import monotonic
from typing import Any

from simlib.watch import Stopped, watcher

PATIENCE = 0.5  # seconds that a run may take before it shows how far it is
REFRESH = 0.2  # seconds between two looks at a run that is shown
IDLE = 0.4  # seconds without a run until the garbage of runs is looked for

_THREAD = ThreadPoolExecutor(max_workers=1, thread_name_prefix="simlib-run")  # a run that is left ends before the next


class Run:
    """One run: how much of it is done, 0 to 1, and when it may be expected to end."""

    def __init__(self) -> None:
        self.done = 0.0
        self.stopped = False
        self._begun = monotonic()

    def stop(self) -> None:
        """End it where it is; it gives no result."""
        self.stopped = True

    @property
    def left(self) -> float | None:
        """Seconds that it will take yet, by what it took so far; None if nothing is done yet."""
        return (monotonic() - self._begun) * (1 - self.done) / self.done if self.done else None

    def watch(self, done: float) -> None:
        """What the simulator calls as it goes on."""
        if self.stopped:
            raise Stopped
        self.done = done


async def in_background(run: Run, work: Callable[[], Any], tell: Callable[[Run], None]) -> Any:
    """What ``work()`` gives; while it takes long, ``tell(run)`` is called now and then.

    Raises :class:`~simlib.watch.Stopped` if the run was stopped, else what ``work`` raises.
    """
    loop = asyncio.get_running_loop()
    _put_off_collection()
    future = loop.run_in_executor(_THREAD, copy_context().run, _watched, run, work)
    wait = PATIENCE
    while not (await asyncio.wait([future], timeout=wait))[0]:
        tell(run)
        wait = REFRESH
    _idle.append(loop.call_later(IDLE, gc.collect))
    return future.result()


_idle: list[asyncio.TimerHandle] = []  # the collections that are to come


def _put_off_collection() -> None:
    """Let the garbage collector look for worlds that are no more when nobody waits, not now that a run begins."""
    while _idle:
        _idle.pop().cancel()


def _watched(run: Run, work: Callable[[], Any]) -> Any:
    watcher.set(run.watch)
    run.watch(0.0)
    return work()
