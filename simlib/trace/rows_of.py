"""Tables whose rows have a type."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, Self, TypeVar

from simlib.trace.row_types import names_of
from simlib.trace.rows import Rows
from simlib.trace.table import Row, Table

R = TypeVar("R", bound=Row, covariant=True)


class RowsOf(Table, Generic[R]):
    """A table of rows whose cells are known by name and type."""

    @classmethod
    def of(cls, row: type[R], rows: Iterable[Sequence[Any]], units: dict[str, str]) -> "RowsOf[R]":
        """Make it from rows with a cell for each name of ``row``, in order."""
        return cls.of_rows(names_of(row), rows, units)

    def __iter__(self) -> Iterator[R]:
        return super().__iter__()  # type: ignore[return-value]  # a row has the cells, whatever its class

    def where(self, condition: Callable[[R], bool] | None = None, **equal: Any) -> Self:
        return super().where(condition, **equal)


def table_of(row: type[R], rows: Rows, units: dict[str, str]) -> "RowsOf[R]":
    """The columns that have a name in ``row``; what else is kept of each is not shown."""
    return RowsOf({name: rows.column(name) for name in names_of(row)}, units)
