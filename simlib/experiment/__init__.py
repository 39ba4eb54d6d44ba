"""Replications and sweeps: a scenario run with many seeds and parameters, on as many processors as there are.

``sweep`` and ``replicate`` take any ``concurrent.futures`` executor. Dask's is one, ``Client(address).get_executor()``.
"""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from contextlib import closing
from pathlib import Path
from typing import Any

from simlib.experiment.bar import Progress, terminal
from simlib.experiment.cells import Cell, ExperimentError, cells_of
from simlib.experiment.pool import outcomes
from simlib.experiment.results import Made, Results, replicate_results, sweep_results
from simlib.experiment.store import Store
from simlib.experiment.work import Outcome, Work
from simlib.watch import Stopped

__all__ = ["ExperimentError", "Results", "Stopped", "replicate", "sweep", "terminal"]

Run = Callable[..., Any]
Summary = Callable[[Any], Mapping[str, float]]


def sweep(
    run: Run,
    grid: Mapping[str, Iterable[Any]],
    seeds: Iterable[int],
    *,
    summary: Summary | None = None,
    executor: Executor | None = None,
    workers: int | None = None,
    batch: int | None = None,
    directory: str | Path | None = None,
    progress: Progress | None = None,
) -> Results:
    """Run a scenario with each combination of parameters, and with each seed; a row of means for each combination.

    ``run(seed=…, **parameters)`` returns a mapping from name to number; or anything else, such as a trace, of which
    ``summary`` makes one, there where the run was made. ``grid``: name of a parameter → its values. All combinations
    have the same seeds, so that they meet the same arrivals where the scenario draws these from a stream of their own.

    The runs are made by ``workers`` processes on this machine (as many as cores, if None; 1, and always in a browser:
    no further process), or by an ``executor``, ``batch`` of them at a time. Where they are made and in what batches
    changes no result. With a ``directory`` each result is kept there as a small file, and runs whose result is there
    are not made again. ``progress(done, all)`` is called as results come in; it ends the experiment by raising
    ``Stopped``, and those that are there come back. Ctrl-C, or *Interrupt* in a notebook, ends it too; with a
    ``directory`` the next call goes on.

    A run that raises an exception is a row of ``failures``, with its parameters and its seed; the others are kept.

    Raises ExperimentError if ``run`` does not take the parameters, if there is nothing to run, if its function cannot
    be sent to where it shall run, or if every run failed.
    """
    cells = cells_of(run, grid, seeds)
    return sweep_results(_made(cells, Work(run, summary), executor, workers, batch, directory, progress))


def replicate(
    run: Run,
    seeds: Iterable[int],
    *,
    summary: Summary | None = None,
    executor: Executor | None = None,
    workers: int | None = None,
    batch: int | None = None,
    directory: str | Path | None = None,
    progress: Progress | None = None,
) -> Results:
    """Run a scenario, as it is, with each seed; a row for each number that it gives: mean, interval, lowest, highest.

    The arguments are those of :func:`sweep`.
    """
    cells = cells_of(run, {}, seeds)
    return replicate_results(_made(cells, Work(run, summary), executor, workers, batch, directory, progress))


def _made(
    cells: list[Cell],
    work: Work,
    executor: Executor | None,
    workers: int | None,
    batch: int | None,
    directory: str | Path | None,
    progress: Progress | None,
) -> Made:
    """Each cell with its outcome, in the order of the cells, whatever the order in which they were made."""
    store = Store(directory, work) if directory is not None else None
    found = {cell: Outcome(numbers) for cell in cells if store and (numbers := store.read(cell)) is not None}
    wanted = [cell for cell in cells if cell not in found]
    if not _told(progress, len(found), len(cells)):
        wanted = []
    try:
        with closing(outcomes(work, wanted, batch, executor, workers)) as coming:
            for made, results in coming:
                for cell, outcome in zip(made, results, strict=True):
                    found[cell] = outcome
                    if store and outcome.numbers is not None:
                        store.write(cell, outcome.numbers)
                if not _told(progress, len(found), len(cells)):
                    break
    except KeyboardInterrupt as interrupt:
        interrupt.add_note(
            f"{len(found)} of {len(cells)} runs were made" + ("" if store else "; directory=… keeps them")
        )
        raise
    return [(cell, found.get(cell)) for cell in cells]


def _told(progress: Progress | None, done: int, every: int) -> bool:
    """Whether the experiment goes on after this report."""
    try:
        if progress is not None:
            progress(done, every)
    except Stopped:
        return False
    return True
