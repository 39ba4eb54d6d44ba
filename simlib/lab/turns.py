"""Runs in the thread of the kernel's loop, which gets its turns from the run itself: where there are no threads."""

import asyncio
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

from simlib.lab.runs import PATIENCE, REFRESH, Pace, Run, Tell, Work, watched
from simlib.watch import Watcher

PACE = 0.1  # seconds from one turn of the loop to the next

Turn = Callable[[], None]
"""Lets the loop do what is waiting, and comes back. Other code may run meanwhile, to its end or to its own turn."""

FindTurn = Callable[[], Turn | None]
"""The turn that can be given from where this is called; None if none can, and all waits until the run has ended."""


class InTurns:
    """A way in which one run is made at a time: a run that begins in another one's turn waits for its end.

    Without turns a run shows how far it is all the same, but nothing can reach it.
    """

    def __init__(self, find_turn: FindTurn) -> None:
        self._find_turn = find_turn
        self._working: asyncio.Future[None] | None = None  # done when the run has ended that is being made

    async def __call__(self, run: Run, work: Work, tell: Tell) -> Any:
        """What ``work()`` gives; the run looks now and then whether it is to say how far it is, and to give a turn."""
        await self._others_ended(run, tell)
        self._working = working = asyncio.get_running_loop().create_future()
        try:
            return copy_context().run(watched, run, work, self._watch(run, tell))
        finally:
            self._working = None
            working.set_result(None)

    async def _others_ended(self, run: Run, tell: Tell) -> None:
        wait = PATIENCE
        while self._working is not None:
            ended, _ = await asyncio.wait([self._working], timeout=wait)
            run.watch(0.0)
            if not ended:
                tell(run)
                wait = REFRESH

    def _watch(self, run: Run, tell: Tell) -> Watcher:
        turn = self._find_turn()
        run.stoppable = turn is not None
        to_tell, to_turn = Pace(REFRESH, first=PATIENCE), Pace(PACE, first=PACE)

        def watch(done: float) -> None:
            run.watch(done)
            if to_tell.due():
                tell(run)
            if turn is not None and to_turn.due():
                turn()
                run.watch(done)  # it may have been stopped in that turn, and its next slice may be long

        return watch
