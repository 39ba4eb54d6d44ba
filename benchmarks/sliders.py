"""The slowest move of a slider in each notebook: Python's time for run and charts, at every corner of the ranges.

The code cells of the notebooks are executed as they stand, with ``lab.explore`` watched.
"""

import contextlib
import gc
import io
import os
from collections.abc import Callable, Iterator
from itertools import product
from math import inf
from pathlib import Path
from time import perf_counter
from typing import Any

import nbformat

from simlib import WorkbookError, lab
from simlib.lab.controls import CheckBox, Control, DropDown, Order, Slider, controls_of

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
TRIES = 2  # the quicker counts: the other was disturbed
Move = tuple[float, str]  # seconds, and what was run


def main() -> None:
    """Print the table."""
    os.environ.setdefault("WORKBOOK_PROGRESS", os.devnull)
    print("The slowest corner of each lab.explore: run, charts, and their options")
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        for spent, call in explorations(path):
            print(f"  {path.stem[:2]} {1000 * spent:>7.0f} ms  {call}", flush=True)


def explorations(path: Path) -> Iterator[Move]:
    """The slowest corner of each exploration in a notebook."""
    worst: list[Move] = []
    original = lab.explore

    def watched(run: Callable[..., Any], /, *, show: Any = (), start: Any = None, **ranges: Any) -> Any:
        worst.append(max(moves(run, list(show), controls_of(run, ranges, start or {}))))
        return original(run, show=show, start=start, **ranges)

    lab.explore = watched  # type: ignore[assignment]  # it takes less than the real one
    try:
        with contextlib.chdir(path.parent), contextlib.redirect_stdout(io.StringIO()):
            execute(path)
    finally:
        lab.explore = original
    yield from worst


def execute(path: Path) -> None:
    """All code cells of a notebook, one after the other."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, path.name, "exec"), names)


def moves(run: Callable[..., Any], show: list[Callable[[Any], Any]], controls: dict[str, Control]) -> Iterator[Move]:
    """Each corner: the ends of sliders, and all choices."""
    for corner in product(*map(ends, controls.values())):
        settings = dict(zip(controls, corner, strict=True))
        told = ", ".join(f"{name}={value!r}" for name, value in settings.items())
        try:
            yield min(seconds(run, show, settings) for _ in range(TRIES)), f"{run.__name__}({told})"
        except WorkbookError as trouble:  # which a reader would see, too: it is worse than slow
            yield inf, f"{run.__name__}({told}): {trouble}"


def ends(control: Control) -> list[Any]:
    """What a control is moved to."""
    match control:
        case CheckBox():
            return [False, True]
        case DropDown():
            return list(control.choices.values())
        case Order():
            return [control.start]  # of others it is a matter of the lesson whether they can be
        case Slider():
            return [control.low, control.high]


def seconds(run: Callable[..., Any], show: list[Callable[[Any], Any]], settings: dict[str, Any]) -> float:
    """The time that passes in Python when a control was moved to these settings."""
    gc.collect()
    begun = perf_counter()
    trace = run(**settings)
    for chart in show:
        chart(trace).option()
    return perf_counter() - begun


if __name__ == "__main__":
    main()
