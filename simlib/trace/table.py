"""A small table of named columns: what a notebook shows, sums and hands on."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, Self

from simlib.errors import WorkbookError
from simlib.language import Phrase, in_a_cell, phrase
from simlib.trace.names import has_name, name_of
from simlib.visible import breakable, html, visible

# the markup of a cell, by whether it stands to the right
_HEADING = {True: "<th scope='col'>{}</th>", False: "<th scope='col' style='text-align:left'>{}</th>"}
_CELL = {True: "<td>{}</td>", False: "<td style='text-align:left'>{}</td>"}

SHOWN = 20  # rows in a repr: what fits on a projected page


class Row(SimpleNamespace):
    """One row, its cells by name: ``row.client``."""


class Table:
    """Columns of equal length, by name.

    ``units`` names the unit of a column where it has one (``{"opened": "s"}``); it stands in the heading.
    """

    def __init__(
        self, columns: Mapping[str, Sequence[Any]], units: dict[str, str] | None = None, title: str = ""
    ) -> None:
        lengths = {name: len(column) for name, column in columns.items()}
        if len(set(lengths.values())) > 1:
            raise WorkbookError("columns of different lengths make no table: {lengths}", lengths=lengths)
        self.columns: dict[str, list[Any]] = {name: list(column) for name, column in columns.items()}
        self.units = {name: unit for name, unit in (units or {}).items() if name in columns}
        self.title = title

    @classmethod
    def of_rows(
        cls, names: Sequence[str], rows: Iterable[Sequence[Any]], units: dict[str, str] | None = None, title: str = ""
    ) -> Self:
        """Make a table from rows that each give a cell for each of ``names``."""
        held = list(rows)
        return cls({name: [row[n] for row in held] for n, name in enumerate(names)}, units, title)

    @classmethod
    def of_records(
        cls, records: Iterable[Mapping[str, Any]], units: dict[str, str] | None = None, title: str = ""
    ) -> Self:
        """Make a table from rows that each name their cells; the columns stand as they first come.

        A row that lacks one has an empty cell there.
        """
        held = list(records)
        names = dict.fromkeys(name for record in held for name in record)
        return cls({name: [record.get(name) for record in held] for name in names}, units, title)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), []))

    def __getitem__(self, name: str) -> list[Any]:
        """The column of that name, as a list."""
        try:
            return self.columns[name]
        except KeyError:
            raise WorkbookError(
                "no column {name!r}; there are: {them}", name=name, them=", ".join(self.columns)
            ) from None

    def __iter__(self) -> Iterator[Row]:
        return (Row(**dict(zip(self.columns, cells, strict=True))) for cells in self.rows())

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows, as plain tuples in the order of the columns."""
        return zip(*self.columns.values(), strict=True)

    def where(self, condition: Callable[[Any], bool] | None = None, **equal: Any) -> Self:
        """The rows whose named cells have the given values, and for which ``condition(row)`` holds.

        Where a cell is the name of a host, the host itself may be given, or the sendmail on it: ``host=mail``.
        """
        wanted = [(self[name], name_of(value) if has_name(value) else value) for name, value in equal.items()]
        keep = [n for n in range(len(self)) if all(column[n] == value for column, value in wanted)]
        if condition is not None:
            row = list(self)
            keep = [n for n in keep if condition(row[n])]
        return self._taking(keep)

    def sorted(self, *names: str) -> Self:
        """The rows in ascending order of the named columns; ties stay as they were."""
        keys = [self[name] for name in names]
        return self._taking(sorted(range(len(self)), key=lambda n: tuple(key[n] for key in keys)))

    def select(self, *names: str) -> "Table":
        """The named columns only, in that order."""
        return Table({name: self[name] for name in names}, self.units, self.title)

    def count(self, name: str) -> dict[Any, int]:
        """How often each value stands in a column, in order of the values."""
        return dict(sorted(Counter(self[name]).items(), key=lambda item: str(item[0])))

    def _taking(self, indexes: list[int]) -> Self:
        columns = {name: [column[n] for n in indexes] for name, column in self.columns.items()}
        return type(self)(columns, self.units, self.title)

    def _headings(self) -> list[str]:
        return [phrase("{name} ({unit})", name=phrase(name), unit=self.units[name]) if name in self.units
                else phrase(name) for name in self.columns]  # fmt: skip

    def _cells(self) -> list[list[str]]:
        shown = range(min(len(self), SHOWN))
        return [[_text(column[n]) for column in self.columns.values()] for n in shown]

    def _numeric(self) -> list[bool]:
        """For each column, whether it stands to the right, as numbers do."""
        return [all(isinstance(cell, (int, float, type(None))) for cell in column) for column in self.columns.values()]

    def _rest(self) -> str:
        more = len(self) - SHOWN
        return phrase("… and {more} more rows", more=more) if more > 0 else ""

    def __repr__(self) -> str:
        headings, cells = list(map(visible, self._headings())), self._cells()
        widths = [max(map(len, column)) for column in zip(headings, *cells, strict=True)]
        lines = [visible(self.title)] if self.title else []
        for line in [headings, *cells]:
            padded = zip(line, widths, self._numeric(), strict=True)
            lines.append("  ".join(c.rjust(w) if right else c.ljust(w) for c, w, right in padded).rstrip())
        return "\n".join([*lines, self._rest()] if self._rest() else lines)

    def _repr_html_(self) -> str:
        numeric = self._numeric()
        head = [html(_HEADING[right], breakable(name)) for name, right in zip(self._headings(), numeric, strict=True)]
        body = [
            html(
                "<tr>{}</tr>",
                [html(_CELL[right], breakable(in_a_cell(cell))) for cell, right in zip(line, numeric, strict=True)],
            )
            for line in self._cells()
        ]
        caption = [html("<caption>{}</caption>", phrase(self.title))] if self.title else []
        rest = [html("<p>{}</p>", self._rest())] if self._rest() else []
        table = "<table>{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table>{}"
        return html(table, caption, head, body, rest)

    def to_pandas(self) -> Any:
        """The same as a ``pandas.DataFrame``, for whoever has pandas; the workbook itself does not need it."""
        try:
            import pandas  # type: ignore[import-untyped,import-not-found,unused-ignore]  # not ours to require
        except ImportError:
            raise WorkbookError(
                "pandas is not installed here: pip install pandas, or use the table's columns"
            ) from None
        return pandas.DataFrame(self.columns)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:,.3f}".rstrip("0").rstrip(".")
    return cell if isinstance(cell, Phrase) else visible(str(cell))
