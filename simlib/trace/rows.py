"""Rows that are only ever added, cell behind cell in one list: an object a row would cost memory, and time to watch."""

from collections.abc import Callable, Iterator
from typing import Any


class Rows:
    """Rows with a cell for each of ``names``; ``add`` writes one down, and does not count its cells: reading does."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self._cells: list[Any] = []
        self.add: Callable[[tuple[Any, ...]], None] = self._cells.extend

    def __len__(self) -> int:
        return len(self._cells) // len(self.names)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return zip(*map(self.column, self.names), strict=True)

    def column(self, name: str) -> list[Any]:
        """The cells of one name."""
        assert len(self._cells) % len(self.names) == 0, f"a row with too few or too many cells for {self.names}"
        return self._cells[self.names.index(name) :: len(self.names)]
