"""Which runs an experiment has: a cell for each combination of parameters, and in it a run for each seed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from inspect import Parameter, signature
from itertools import product
from typing import Any

from simlib.errors import WorkbookError
from simlib.language import phrase


class ExperimentError(WorkbookError):
    """An experiment that cannot be made."""


@dataclass(frozen=True, eq=False)
class Cell:
    """One run: the parameters that it is given, and its seed."""

    parameters: tuple[tuple[str, Any], ...]
    seed: int

    def __str__(self) -> str:
        return ", ".join(f"{name}={value!r}" for name, value in (*self.parameters, ("seed", self.seed)))


def name_of(run: Callable[..., Any]) -> str:
    """What to call a function in a message."""
    return getattr(run, "__name__", repr(run))


def cells_of(run: Callable[..., Any], grid: Mapping[str, Iterable[Any]], seeds: Iterable[int]) -> list[Cell]:
    """All runs, in order: the last parameter of the grid changes first, and the seeds within it.

    Raises ExperimentError if ``run`` does not take what it would be given, or if there is nothing to run.
    """
    values = {name: _values(name, held) for name, held in grid.items()}
    numbers = _seeds(seeds)
    fits(run, [*values, "seed"])
    combinations = product(*([(name, one) for one in held] for name, held in values.items()))
    return [Cell(combination, seed) for combination in combinations for seed in numbers]


def _values(name: str, held: Iterable[Any]) -> list[Any]:
    if isinstance(held, str) or not isinstance(held, Iterable):
        raise ExperimentError(
            "grid: {name}={held!r} is one value, write a list: {name!r}: [{held!r}, …]", name=name, held=held
        )
    values = list(held)
    if not values:
        raise ExperimentError("grid: {name!r} has no values; give at least one", name=name)
    if any(one in values[:n] for n, one in enumerate(values)):
        raise ExperimentError("grid: {name!r} names a value twice: {values}", name=name, values=values)
    return values


def _seeds(seeds: Iterable[int]) -> list[int]:
    if not isinstance(seeds, Iterable):
        raise ExperimentError(
            "seeds={seeds!r}: give the seeds themselves, such as range(1, {max} + 1)",
            seeds=seeds,
            max=max(2, int(seeds)),
        )
    numbers = list(seeds)
    if not numbers:
        raise ExperimentError("seeds: there are none; give for example range(1, 21)")
    if len(set(numbers)) < len(numbers):
        raise ExperimentError("seeds: one stands there twice; the same run again would feign certainty")
    return numbers


def fits(run: Callable[..., Any], given: Sequence[str]) -> None:
    """Whether a function takes just these parameters. Raises ExperimentError, in words, if it does not."""
    if not callable(run):
        raise ExperimentError("{run!r} is not a function; give the function itself, not what it returned", run=run)
    takes = signature(run).parameters
    if any(one.kind is Parameter.VAR_KEYWORD for one in takes.values()):
        return
    for name in given:
        if name not in takes:
            near = get_close_matches(name, takes, n=1)
            cure = phrase("write def {run}(…, {name}=…)", run=name_of(run), name=name)
            cure = phrase("did you mean {name}?", name=near[0]) if near else cure
            raise ExperimentError(
                "{name_of} has no parameter {name}; it takes {value}: {cure}",
                name_of=name_of(run),
                name=name,
                value=", ".join(takes) or phrase("none"),
                cure=cure,
            )
    for name, parameter in takes.items():
        if (
            parameter.default is Parameter.empty
            and name not in given
            and parameter.kind is not Parameter.VAR_POSITIONAL
        ):
            raise ExperimentError(
                "{name_of}: {name} has no default and no value is given; give it either",
                name_of=name_of(run),
                name=name,
            )
