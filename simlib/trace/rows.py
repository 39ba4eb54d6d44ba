"""Rows that are only ever added, cell behind cell in one list: an object a row would cost memory, and time to watch."""

from collections.abc import Iterator
from typing import Any


class Rows:
    """Rows with a cell for each of ``names``."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self._cells: list[Any] = []

    def __len__(self) -> int:
        return len(self._cells) // len(self.names)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return zip(*map(self.column, self.names), strict=True)

    def add(self, **cells: Any) -> None:
        """Write one down: all its cells, in the order of ``names``. Raises TypeError for others, or another order."""
        if (*cells,) != self.names:
            raise TypeError(f"a row has the cells {', '.join(self.names)}, not {', '.join(cells)}")
        self._cells += cells.values()

    def column(self, name: str) -> list[Any]:
        """The cells of one name."""
        return self._cells[self.names.index(name) :: len(self.names)]
