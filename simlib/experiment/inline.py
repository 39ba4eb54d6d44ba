"""An executor without workers: what is submitted is done at once, in this thread."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Inline(Executor):
    """For a single worker, and where there are neither processes nor threads, in a browser.

    The future that ``submit`` gives is done. An exception stands in it; what is none, such as KeyboardInterrupt or
    :class:`~simlib.watch.Stopped`, is meant for this thread and goes to the caller.
    """

    def __init__(self) -> None:
        self._ended = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call it. Raises RuntimeError after ``shutdown``."""
        if self._ended:
            raise RuntimeError("cannot schedule new futures after shutdown")
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as trouble:
            future.set_exception(trouble)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more; nothing is under way that could be waited for or cancelled."""
        self._ended = True
