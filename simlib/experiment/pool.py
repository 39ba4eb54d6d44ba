"""Where the runs are made: in this process, in processes of one's own, or by any executor."""

import os
import pickle
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from contextlib import contextmanager
from typing import Any

from simlib.experiment.cells import Cell, ExperimentError, name_of
from simlib.experiment.work import Outcome, Work, begin, inherited

FORK = sys.platform == "linux"  # elsewhere a process begins with nothing, and has to find the function by its name
PROCESSES = sys.platform != "emscripten"  # in a browser there are none
MOST = 20  # runs in a batch: what is lost with a worker

Batch = Sequence[Cell]
Coming = Generator[tuple[Batch, list[Outcome]], None, None]
Submit = Callable[[Batch], "Future[list[Outcome]]"]


def workers_here() -> int:
    """As many processes as this machine lets us use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def batches_of(cells: Batch, size: int | None) -> list[Batch]:
    """The cells in batches: of a given size, else so many that several come to each core."""
    if size is not None and size < 1:
        raise ExperimentError("batch={size!r}: at least 1 run in a batch", size=size)
    size = size or min(MOST, max(1, len(cells) // (8 * workers_here())))
    return [cells[n : n + size] for n in range(0, len(cells), size)]


def outcomes(work: Work, batches: Sequence[Batch], executor: Executor | None, workers: int | None) -> Coming:
    """Each batch with its outcomes, as they come in. Closing the iterator ends what is still under way.

    Without an ``executor``, ``workers`` processes are started, as many as there are cores if that is None; with one
    worker the runs are made in this process.
    """
    if executor is not None and workers is not None:
        raise ExperimentError("workers=… is for processes of one's own: an executor knows how many workers it has")
    if workers is not None and workers < 1:
        raise ExperimentError("workers={workers!r}: at least 1", workers=workers)
    count = min(workers or workers_here(), len(batches))
    if executor is not None:
        yield from _gathered(lambda batch: executor.submit(work, batch), work, batches)
    elif count < 2 or not PROCESSES:
        yield from ((batch, work(batch)) for batch in batches)
    else:
        with _processes(work, count) as submit:
            yield from _gathered(submit, work, batches)


def _gathered(submit: Submit, work: Work, batches: Sequence[Batch]) -> Coming:
    futures: dict[Future[list[Outcome]], Batch] = {}
    try:
        for batch in batches:
            futures[_submitted(submit, batch)] = batch
        for future in as_completed(futures):
            yield futures[future], _result(future, work, futures[future])
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
