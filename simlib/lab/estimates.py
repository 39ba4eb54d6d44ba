"""The results of a sweep as a chart: means with their confidence intervals."""

from typing import TYPE_CHECKING

from simlib.errors import WorkbookError
from simlib.lab.chart import Axis, Chart, Series
from simlib.lab.numbers import Number
from simlib.language import phrase

if TYPE_CHECKING:
    from simlib.experiment import Results


def estimates(results: "Results", x: str, y: str, *, by: str = "", unit: str = "") -> Chart:
    """The mean of ``y`` for each value of the parameter ``x``, with its 95 % confidence interval as a vertical bar.

    ``by`` names another parameter: each of its values has a line of its own. ``unit`` is that of ``y``.
    """
    for name in filter(None, (x, y, by)):
        if name not in results.columns:
            raise WorkbookError(
                "estimates: no column {name!r}; the sweep has {them}", name=name, them=", ".join(results.columns)
            )
    if f"{y} ±" not in results.columns:
        raise WorkbookError(
            "estimates: y={y!r} has no confidence interval: it is a parameter, not a number of the runs", y=y
        )
    if any(not isinstance(value, (int, float)) for value in results[x]):
        raise WorkbookError(
            "estimates: the values of {x} are no numbers to stand along an axis; give them as by={x!r}", x=x
        )
    lines = dict.fromkeys(results[by]) if by else {y: None}
    series, numbers = [], {}
    for line in lines:
        rows = (results.where(None, **{by: line}) if by else results).sorted(x)
        intervals = tuple(width or 0.0 for width in rows[f"{y} ±"])
        name = f"{by} {line}" if by else y
        series.append(Series(name, tuple(zip(rows[x], rows[y], strict=True)), intervals))
        for place, mean, width in zip(rows[x], rows[y], intervals, strict=True):
            numbers[f"{name + ', ' if by else ''}{x} {place}"] = Number(mean, unit, width)
    return Chart(
        phrase("Mean of {y}, with its 95 % confidence interval", y=y),
        Axis(x),
        Axis(y, unit),
        "estimates",
        tuple(series),
        numbers,
    )
