"""A loop as in a browser that can switch stacks: a callback may be left in its midst, and goes on later."""

import asyncio
from contextvars import Context, copy_context

from greenlet import getcurrent, greenlet


class SwitchingLoop(asyncio.SelectorEventLoop):
    """Each callback has a stack of its own, and is left where it calls :func:`run_sync`."""

    def call_soon(self, callback, *args, context=None):
        return super().call_soon(_begin, context or copy_context(), callback, args, context=Context())

    def call_at(self, when, callback, *args, context=None):
        return super().call_at(when, _begin, context or copy_context(), callback, args, context=Context())

    def go_on(self, stack):
        """Go on with what was left."""
        super().call_soon(stack.switch)


def _begin(context, callback, args):
    greenlet(context.run).switch(callback, *args)


def run_sync(coroutine):
    """What a coroutine gives, for a function that is none: the loop goes on meanwhile. Pyodide has the same."""
    loop, task, stack = asyncio.get_running_loop(), asyncio.current_task(), getcurrent()
    if task is not None:
        asyncio.tasks._leave_task(loop, task)
    awaited = loop.create_task(coroutine)
    awaited.add_done_callback(lambda _: loop.go_on(stack))
    stack.parent.switch()
    if task is not None:
        asyncio.tasks._enter_task(loop, task)
    return awaited.result()


def played(coroutine):
    """What a coroutine gives, in such a loop."""
    with asyncio.Runner(loop_factory=SwitchingLoop) as runner:
        return runner.run(coroutine)


def turn():
    """A turn for whatever is waiting."""
    run_sync(asyncio.sleep(0))
