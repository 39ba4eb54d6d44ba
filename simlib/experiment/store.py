"""Results on disk, a small file for each run, so that an experiment can go on where it was ended."""

import json
import os
from collections.abc import Callable
from hashlib import sha256
from inspect import getsource
from pathlib import Path
from typing import Any

from simlib.experiment.cells import Cell, ExperimentError, name_of
from simlib.experiment.work import Numbers, Work


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
            raise ExperimentError(f"directory={str(directory)!r}: it cannot be made ({problem})") from None

    def read(self, cell: Cell) -> Numbers | None:
        """What a run gave; None if it is not there, or if it is not whole (the power may have failed)."""
        try:
            held = json.loads(self._path(cell).read_text(encoding="utf-8"))
            numbers: Numbers = held["numbers"]
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None
        return numbers

    def write(self, cell: Cell, numbers: Numbers) -> None:
        """Keep it: whole, or not at all."""
        path = self._path(cell)
        text = json.dumps(
            {"run": self._name, "parameters": dict(cell.parameters), "seed": cell.seed, "numbers": numbers}
        )
        fresh = path.with_suffix(f".{os.getpid()}.new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)

    def _path(self, cell: Cell) -> Path:
        try:
            key = json.dumps([self._texts, dict(cell.parameters), cell.seed], sort_keys=True)
        except TypeError:
            raise ExperimentError(
                f"directory: the parameters {cell} cannot be written down; numbers, texts, True, False, None and lists "
                "of these can"
            ) from None
        return self._directory / f"{self._name}-{sha256(key.encode()).hexdigest()[:20]}.json"


def _text(function: Callable[..., Any]) -> str:
    try:
        return getsource(function)
    except (OSError, TypeError):
        raise ExperimentError(
            f"directory: the text of {name_of(function)} cannot be found, so nobody could say whether old results are "
            "its own; define it with def, in a cell or a file"
        ) from None
