"""``table``: a scenario over its settings, a row for each run."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Any

from simlib.errors import WorkbookError
from simlib.experiment.cells import fits, name_of
from simlib.lab.controls import label_of
from simlib.lab.entries import Entry, is_entry
from simlib.lab.numbers import Number, common_unit, word_for
from simlib.lab.telling import NumbersOf, found, telling_of
from simlib.trace.table import Table

Show = str | Callable[[Any], Entry | Mapping[str, Any]]


def table(
    run: Callable[..., Any],
    cases: Sequence[Mapping[str, Any]] = ({},),
    /,
    *,
    show: Sequence[Show] = (),
    **settings: Any,
) -> Table:
    """Run a function over its settings; a row for each run, with its settings and with what came of it.

        lab.table(queue_run, cache_size=(0, 1, 2, 3, 4), show=["connections opened", "RSET commands"])

    Each of ``settings`` names a parameter and its values: a list or tuple, or a dict whose texts stand in the table for
    their values. Of several every combination is run; the last changes first. A single value, such as a text, holds for
    every row and has no column. ``cases`` are settings that go together, a dict of arguments for each row. A setting's
    column is headed by its label, as on a slider (see ``explore``).

    ``show``: the name of a number of the balance or of any chart, a chart function, or a function of what ``run`` has
    returned that gives a dict, heading → cell. Without ``show`` the columns are the telling numbers of the scenario; a
    ``run`` that itself returns such a dict needs neither. Telling numbers stand first. A ``Number`` lends its
    column a unit.

    Raises WorkbookError for an unknown parameter, a number that no run has, or where nothing is to be shown.
    """
    fixed, spans = _sorted_out(settings)
    if isinstance(cases, (str, Mapping)) or not cases or not all(isinstance(case, Mapping) for case in cases):
        raise WorkbookError(
            "table: cases={cases!r}: write a list of dicts, parameter → value, one for each row", cases=cases
        )
    fits(run, [*settings, *(name for case in cases for name in case)])
    headings = {name: label_of(run, name) for name in (*(name for case in cases for name in case), *spans)}
    rows = []
    for case, *chosen in product(cases, *spans.values()):
        row = {headings[name]: value for name, value in case.items()}
        row |= {headings[name]: text for name, (text, _) in zip(spans, chosen, strict=True)}
        given = {**fixed, **case, **{name: value for name, (_, value) in zip(spans, chosen, strict=True)}}
        rows.append((row, run(**given)))
    return _table([row for row, _ in rows], _shown(run, show, [made for _, made in rows]), telling_of(run))


def _sorted_out(settings: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, list[tuple[Any, Any]]]]:
    """What holds for every row; and the others, each value with what stands for it in the table."""
    fixed, spans = {}, {}
    for name, held in settings.items():
        if isinstance(held, Mapping):
            spans[name] = list(held.items())
        elif isinstance(held, Iterable) and not isinstance(held, (str, bytes)):
            spans[name] = [(value, value) for value in held]
        else:
            fixed[name] = held
        if not spans.get(name, True):
            raise WorkbookError("table: {name}={held!r} has no values; give at least one", name=name, held=held)
    return fixed, spans


def _shown(run: Callable[..., Any], show: Sequence[Show], made: list[Any]) -> list[dict[str, Any]]:
    """The cells of each row beside its settings, by heading."""
    if isinstance(show, str) or callable(show):
        raise WorkbookError("table: show={written}: write a list, show=[{written}]", written=_written(show))
    itself = all(isinstance(one, Mapping) for one in made)
    entries = show or telling_of(run)
    if not entries and not itself:
        raise WorkbookError(
            "table: nothing to show of {name_of}; write show=[…], for example show=['delivered'], or let it return "
            "a dict, heading → cell",
            name_of=name_of(run),
        )
    cells: list[dict[str, Any]] = [dict(one) if itself else {} for one in made]
    by_name = [entry for entry in entries if isinstance(entry, str)]
    numbers = found(by_name, [NumbersOf(trace) for trace in made]) if by_name else {}
    for entry in entries:
        for n, one in enumerate(made):
            cells[n] |= {entry: numbers[entry][n]} if isinstance(entry, str) else _told(entry, one)
    return cells


def _told(entry: Callable[[Any], Entry | Mapping[str, Any]], made: Any) -> Mapping[str, Any]:
    told = entry(made) if callable(entry) else None
    if is_entry(told):
        return told.numbers
    if not isinstance(told, Mapping):
        raise WorkbookError(
            "table: {written} in show gives {told!r}, and neither a chart nor a dict, heading → cell",
            written=_written(entry),
            told=told,
        )
    return told


def _written(entry: Any) -> str:
    return repr(entry) if isinstance(entry, str) else str(getattr(entry, "__name__", repr(entry)))


def _table(settings: list[dict[str, Any]], shown: list[dict[str, Any]], first: Sequence[str]) -> Table:
    """The rows put together; ``first``: headings that stand before the others of what is shown."""
    headings = list(dict.fromkeys(name for row in shown for name in row))
    headings.sort(key=lambda name: first.index(name) if name in first else len(first))
    both = [name for name in headings if any(name in row for row in settings)]
    if both:
        raise WorkbookError(
            "table: {both!r} is the heading of a setting and of a cell; call one of them otherwise", both=both[0]
        )
    columns, units = {}, {}
    for name in headings:
        columns[name], units[name] = _column([row.get(name) for row in shown])
    given = Table.of_records(settings).columns
    return Table({**given, **columns}, {name: unit for name, unit in units.items() if unit})


def _column(cells: list[Any]) -> tuple[list[Any], str]:
    """The cells as a table has them, and their unit: that of the numbers among them."""
    numbers = [one for one in cells if isinstance(one, Number)]
    unit, size = common_unit(numbers)
    return [_value(one, size) if isinstance(one, Number) else one for one in cells], word_for(unit)


def _value(number: Number, size: float) -> Any:
    """To three figures where it is not whole."""
    if number.value is None or isinstance(number.value, str):
        return number.value
    value = number.value / size
    return round(value) if abs(value) >= 1000 or value == round(value) else float(f"{value:.3g}")
