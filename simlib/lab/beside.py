"""Runs in a thread beside the kernel's loop."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

from simlib.lab.runs import PATIENCE, REFRESH, Run, Tell, Work, watched

_THREAD = ThreadPoolExecutor(max_workers=1, thread_name_prefix="simlib-run")  # a run that is left ends before the next


async def beside(run: Run, work: Work, tell: Tell) -> Any:
    """What ``work()`` gives; meanwhile the loop goes on, and looks at the run now and then."""
    loop = asyncio.get_running_loop()
    future = loop.run_in_executor(_THREAD, copy_context().run, watched, run, work, run.watch)
    wait = PATIENCE
    while not (await asyncio.wait([future], timeout=wait))[0]:
        tell(run)
        wait = REFRESH
    return future.result()
