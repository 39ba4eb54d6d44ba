"""The results of an experiment as tables: means with their confidence intervals, the single runs, what failed."""

from collections.abc import Sequence
from itertools import groupby
from statistics import fmean
from typing import Any

from simlib.estimate import half_width
from simlib.experiment.cells import Cell, ExperimentError
from simlib.experiment.work import Numbers, Outcome
from simlib.trace.table import Table

Made = Sequence[tuple[Cell, Outcome | None]]  # every run in order; None: it was not made
SortedOut = tuple[list[str], list[tuple[Cell, Numbers]], list[tuple[Cell, str]]]


class Results(Table):
    """Means and 95 % confidence intervals (Student's t). ``delay ±`` is half the width of the interval of ``delay``.

    ``runs`` is the table of the single runs, ``failures`` of those that gave no numbers, and ``unmade`` how many were
    not made because the experiment was ended.
    """

    runs: Table
    failures: Table
    unmade: int


def sweep_results(made: Made) -> Results:
    """A row for each combination of parameters of which a run gave numbers."""
    columns, good, failed = _sorted_out(made)
    rows = []
    for parameters, cells in groupby(good, key=lambda one: one[0].parameters):
        held = [numbers for _, numbers in cells]
        estimates = [part for name in columns for part in _estimate([numbers[name] for numbers in held])]
        rows.append((*(value for _, value in parameters), len(held), *estimates))
    headings = [*_names(made), "runs", *(part for name in columns for part in (name, f"{name} ±"))]
    return _told(Results.of_rows(headings, rows), made, (columns, good, failed))


def replicate_results(made: Made) -> Results:
    """A row for each number: mean, half the width of its interval, lowest and highest of all runs."""
    columns, good, failed = _sorted_out(made)
    rows = []
    for name in columns:
        values = [numbers[name] for _, numbers in good]
        rows.append((name, len(values), *_estimate(values), min(values), max(values)))
    return _told(
        Results.of_rows(("number", "runs", "mean", "±", "lowest", "highest"), rows), made, (columns, good, failed)
    )


def _estimate(values: list[float]) -> tuple[float, float | None]:
    return fmean(values), half_width(values)


def _names(made: Made) -> list[str]:
    return [name for name, _ in made[0][0].parameters]


def _sorted_out(made: Made) -> SortedOut:
    """Which numbers there are, as the first run has them; the runs that gave them; and those that failed, with why."""
    columns: list[str] = []
    good, failed = [], []
    for cell, outcome in made:
        if outcome is None:
            continue
        numbers = outcome.numbers
        if numbers is None:
            failed.append((cell, outcome.failure))
            continue
        columns = columns or list(numbers)
        if set(numbers) == set(columns):
            good.append((cell, numbers))
        else:
            failed.append((cell, f"gives {', '.join(numbers)} where the first run gives {', '.join(columns)}"))
    if failed and not good:
        cell, why = failed[0]
        raise ExperimentError("all {many} runs failed; the first, {cell}: {why}", many=len(failed), cell=cell, why=why)
    return columns, good, failed


def _told(results: Results, made: Made, sorted_out: SortedOut) -> Results:
    """The results with what else there is to say of the experiment."""
    columns, good, failed = sorted_out
    names = _names(made)
    runs = [(*_given(cell), *(numbers[name] for name in columns)) for cell, numbers in good]
    results.runs = Table.of_rows([*names, "seed", *columns], runs)
    results.failures = Table.of_rows([*names, "seed", "failure"], [(*_given(cell), why) for cell, why in failed])
    results.unmade = sum(outcome is None for _, outcome in made)
    notes = [f"{len(failed)} of {len(made)} runs failed: see failures"] if failed else []
    notes += [f"ended before {results.unmade} of {len(made)} runs were made"] if results.unmade else []
    results.title = "; ".join(notes)
    return results


def _given(cell: Cell) -> tuple[Any, ...]:
    return (*(value for _, value in cell.parameters), cell.seed)
