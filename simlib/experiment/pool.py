"""Where the runs are made: in this thread, in processes of one's own, or by any executor."""

import os
import pickle
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any

from simlib.experiment.cells import Cell, ExperimentError, name_of
from simlib.experiment.inline import Inline
from simlib.experiment.work import Outcome, Work, begin, inherited

FORK = sys.platform == "linux"  # elsewhere a process begins with nothing, and has to find the function by its name
PROCESSES = sys.platform != "emscripten"  # in a browser there are none, and no threads either
MOST = 20  # runs in a batch: what is lost with a worker

Batch = Sequence[Cell]
Coming = Generator[tuple[Batch, list[Outcome]], None, None]
Submit = Callable[[Batch], "Future[list[Outcome]]"]


def workers_here() -> int:
    """As many processes as this machine lets us use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def outcomes(work: Work, cells: Batch, size: int | None, executor: Executor | None, workers: int | None) -> Coming:
    """Each batch of runs with its outcomes, as they come in. Closing the iterator ends what is still under way.

    Without an ``executor``, ``workers`` processes are started, as many as there are cores if that is None; with one
    worker, and in a browser, the runs are made in this thread, even if the ``executor`` has threads: it could not start
    them there. A batch has ``size`` runs; if None, as many as :func:`usual_size` says.
    """
    if executor is not None and workers is not None:
        raise ExperimentError("workers=… is for processes of one's own: an executor knows how many workers it has")
    if workers is not None and workers < 1:
        raise ExperimentError("workers={workers!r}: at least 1", workers=workers)
    if size is not None and size < 1:
        raise ExperimentError("batch={size!r}: at least 1 run in a batch", size=size)
    if isinstance(executor, ThreadPoolExecutor) and not PROCESSES:
        executor = None
    here = executor is None and (not PROCESSES or (workers or workers_here()) == 1)
    size = size or usual_size(len(cells), here)
    batches = [cells[n : n + size] for n in range(0, len(cells), size)]
    count = min(workers or workers_here(), len(batches))
    if executor is None and not here and count > 1:
        with _processes(work, count) as submit:
            yield from _gathered(submit, work, batches)
    else:
        by = Inline() if executor is None else executor
        yield from _gathered(lambda batch: by.submit(work, batch), work, batches)


def usual_size(runs: int, here: bool) -> int:
    """How many runs a batch has: so many that several batches come to each core.

    A run that is made here is a batch of its own: there is no way to be saved, and so its end is told at once.
    """
    return 1 if here else min(MOST, max(1, runs // (8 * workers_here())))


def _gathered(submit: Submit, work: Work, batches: Sequence[Batch]) -> Coming:
    """Hand out the batches, and give each back as it is done: also while there are some to hand out yet."""
    futures: dict[Future[list[Outcome]], Batch] = {}
    done: SimpleQueue[Future[list[Outcome]]] = SimpleQueue()

    def come(future: "Future[list[Outcome]]") -> tuple[Batch, list[Outcome]]:
        batch = futures.pop(future)
        return batch, _result(future, work, batch)

    try:
        for batch in batches:
            future = _submitted(submit, batch)
            futures[future] = batch
            future.add_done_callback(done.put)
            while not done.empty():
                yield come(done.get())
        while futures:
            yield come(done.get())
    finally:
        for future in futures:
            future.cancel()


def _submitted(submit: Submit, batch: Batch) -> "Future[list[Outcome]]":
    try:
        return submit(batch)
    except BrokenExecutor as trouble:  # it broke while there was work to hand out yet
        future: Future[list[Outcome]] = Future()
        future.set_exception(trouble)
        return future


def _result(future: "Future[list[Outcome]]", work: Work, batch: Batch) -> list[Outcome]:
    try:
        return future.result()
    except Exception as trouble:  # of the executor, not of a run
        return _lost(trouble, work, batch)


def _lost(trouble: Exception, work: Work, batch: Batch) -> list[Outcome]:
    if isinstance(trouble, BrokenExecutor):
        why = f"a worker process ended: killed, out of memory, or it could not load {name_of(work.run)}"
        if work.run.__module__ == "__main__":
            why += (
                ", which is defined in a cell or a script: make the pool after the cell was run, or move it to a file"
            )
    else:
        why = f"{type(trouble).__name__}: {trouble}"
        if isinstance(trouble, (pickle.PicklingError, AttributeError, TypeError)) and "pickle" in str(trouble):
            why += f"; {_cure(work.run)}"
    return [Outcome(None, why)] * len(batch)


@contextmanager
def _processes(work: Work, count: int) -> Iterator[Submit]:
    """Processes that end with the experiment. By fork they inherit the function, so it may stand in a cell."""
    import multiprocessing  # here: a browser has neither
    from concurrent.futures import ProcessPoolExecutor

    if not FORK:
        _travels(work)
    context: Any = multiprocessing.get_context("fork" if FORK else "spawn")
    stop = context.Event()
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=begin, initargs=(work, stop))
    try:
        yield lambda batch: pool.submit(inherited, batch)
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


def _travels(work: Work) -> None:
    """Refuse a function that a new process could not load."""
    for function in filter(None, (work.run, work.summary)):
        in_cell = function.__module__ == "__main__" and not hasattr(sys.modules["__main__"], "__file__")
        try:
            pickle.dumps(function)
        except (pickle.PicklingError, AttributeError, TypeError):
            in_cell = True
        if in_cell:
            raise ExperimentError(
                "{name_of} cannot be sent to other processes, which load it by its name from a file: {cure}",
                name_of=name_of(function),
                cure=_cure(function),
            )


def _cure(function: Callable[..., Any]) -> str:
    name = name_of(function)
    return (
        f"write it into a file beside the notebook, such as scenarios.py, and: from scenarios import {name}; "
        "or give Dask's executor, which sends functions themselves; or workers=1"
    )
