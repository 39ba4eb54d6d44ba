"""What a worker does: its batch of runs, one after the other. It sends back numbers, never a trace."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from signal import SIG_IGN, SIGINT, signal
from sys import float_info
from typing import Any, Protocol
from uuid import uuid4

from simlib.collect import keep_what_is_there
from simlib.experiment.cells import Cell, ExperimentError, name_of
from simlib.watch import Stopped, watcher

Numbers = dict[str, float]


def is_number(value: Any) -> bool:
    """Whether means can be made of it: no NaN, no infinity."""
    return isinstance(value, (int, float)) and -float_info.max <= value <= float_info.max


@dataclass(frozen=True)
class Outcome:
    """What came of a run: its numbers, or why there are none (``failure``)."""

    numbers: Numbers | None
    failure: str = ""


@dataclass(frozen=True)
class Work:
    """How a run is made, and how a trace that it returns becomes numbers."""

    run: Callable[..., Any]
    summary: Callable[[Any], Mapping[str, float]] | None
    mark: str = field(
        default_factory=lambda: uuid4().hex
    )  # Dask takes equal calls for one, and a cancelled one stays so

    def __call__(self, batch: Sequence[Cell]) -> list[Outcome]:
        """The outcomes of a batch. A run that fails does not keep the others from being made."""
        return [self._outcome(cell) for cell in batch]

    def _outcome(self, cell: Cell) -> Outcome:
        try:
            return Outcome(self._numbers(self.run(**dict(cell.parameters), seed=cell.seed)))
        except Exception as trouble:  # whatever the scenario raises is told with its parameters, and the rest goes on
            return Outcome(None, f"{type(trouble).__name__}: {trouble}")

    def _numbers(self, result: Any) -> Numbers:
        maker = self.run
        if self.summary is not None:
            result, maker = self.summary(result), self.summary
        if not isinstance(result, Mapping):
            raise ExperimentError(
                "{name_of} returned {name}, not a mapping from name to number; let it return one, or give "
                "summary=…, a function that makes one of what it returns",
                name_of=name_of(maker),
                name=type(result).__name__,
            )
        if not result:
            raise ExperimentError("{name_of} returned a mapping without a single number", name_of=name_of(maker))
        wrong = [name for name, value in result.items() if not is_number(value)]
        if wrong:
            raise ExperimentError(
                "{name_of}: {wrong!r} is {result!r}, not a number",
                name_of=name_of(maker),
                wrong=wrong[0],
                result=result[wrong[0]],
            )
        return dict(result)


class Signal(Protocol):
    """What is set when nobody wants the runs any more."""

    def is_set(self) -> bool:
        """Whether it is set."""


_inherited: list[Work] = []


def begin(work: Work, stop: Signal) -> None:
    """Make a process of one's own ready: it knows the work, and ends a run within itself when ``stop`` is set."""

    def watch(_: float) -> None:
        if stop.is_set():
            raise Stopped

    keep_what_is_there()  # what was inherited stays shared: nobody goes through it for garbage
    signal(SIGINT, SIG_IGN)  # Ctrl-C at a terminal reaches all processes: the first of them tells the others
    warnings.simplefilter("once", append=True)  # the same complaint of each of a thousand runs helps nobody
    watcher.set(watch)
    _inherited[:] = [work]


def inherited(batch: Sequence[Cell]) -> list[Outcome]:
    """Do what this process was made ready for."""
    return _inherited[0](batch)
