"""Results on disk, a small file for each run, so that an experiment can go on where it was ended."""

import json
import warnings
from collections.abc import Callable
from hashlib import sha256
from inspect import getsource
from pathlib import Path
from typing import Any

from simlib.experiment.cells import Cell, ExperimentError, name_of
from simlib.experiment.work import Numbers, Work, is_number
from simlib.kept import DamagedFile, read_json, set_aside, write_whole


class Store:
    """The results of one function in a directory, by parameters and seed.

    The name of a file is made from these and from the text of the functions: after a change of ``run`` or ``summary``
    nothing old is read. A change of what they call is not noticed; take another directory then.
    """

    def __init__(self, directory: str | Path, work: Work) -> None:
        self._directory = Path(directory)
        self._name = name_of(work.run)
        self._texts = [_text(function) for function in (work.run, work.summary) if function is not None]
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise ExperimentError(
                "directory={str!r}: it cannot be made ({problem})", str=str(directory), problem=problem
            ) from None

    def read(self, cell: Cell) -> Numbers | None:
        """What a run gave; None if it is not there.

        A file that holds anything else is set aside with a warning, and the run is made again.
        """
        path = self._path(cell)
        try:
            held = read_json(path)
        except FileNotFoundError:
            return None
        except DamagedFile as damage:
            self._refuse(path, str(damage))
            return None
        wanted = self._contents(cell, {})
        if not isinstance(held, dict) or any(held.get(name) != wanted[name] for name in ("run", "parameters", "seed")):
            self._refuse(path, f"{path}: it is not the result of {self._name} with {cell}")
            return None
        numbers = held.get("numbers")
        if not isinstance(numbers, dict) or not numbers or not all(map(_is_kept_number, numbers.values())):
            self._refuse(path, f"{path}: its numbers are none")
            return None
        return numbers

    def write(self, cell: Cell, numbers: Numbers) -> None:
        """Keep it: whole, or not at all."""
        plain = {name: int(value) if isinstance(value, bool) else value for name, value in numbers.items()}
        path = self._path(cell)
        try:
            write_whole(path, json.dumps(self._contents(cell, plain)))
        except OSError as problem:
            raise ExperimentError(
                "{path}: the result of {cell} cannot be kept ({problem})", path=path, cell=cell, problem=problem
            ) from None

    def _contents(self, cell: Cell, numbers: Numbers) -> dict[str, Any]:
        """The file of a run, with parameters as they come back from a file: a tuple is a list there."""
        parameters = json.loads(json.dumps(dict(cell.parameters)))
        return {"run": self._name, "parameters": parameters, "seed": cell.seed, "numbers": numbers}

    def _refuse(self, path: Path, why: str) -> None:
        try:
            aside = set_aside(path)
        except OSError as problem:
            raise ExperimentError("{why}, and it cannot be set aside ({problem})", why=why, problem=problem) from None
        warnings.warn(f"{why}; it is set aside as {aside}, and the run is made again", stacklevel=2)

    def _path(self, cell: Cell) -> Path:
        try:
            key = json.dumps([self._texts, dict(cell.parameters), cell.seed], sort_keys=True)
        except TypeError:
            raise ExperimentError(
                "directory: the parameters {cell} cannot be written down; numbers, texts, True, False, None and "
                "lists of these can",
                cell=cell,
            ) from None
        return self._directory / f"{self._name}-{sha256(key.encode()).hexdigest()[:20]}.json"


def _is_kept_number(value: Any) -> bool:
    return type(value) is not bool and is_number(value)


def _text(function: Callable[..., Any]) -> str:
    try:
        return getsource(function)
    except (OSError, TypeError):
        raise ExperimentError(
            "directory: the text of {name_of} cannot be found, so nobody could say whether old results are its own; "
            "define it with def, in a cell or a file",
            name_of=name_of(function),
        ) from None
