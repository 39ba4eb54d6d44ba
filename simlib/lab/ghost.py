"""The ghost of a chart: where its lines ran, its bars ended and its marks stood before, pale behind this run."""

from typing import Any

from simlib.lab.drawn import Plotted, Point, Series
from simlib.language import translated

PALE = "#8A94A0"
MOST = 150  # points of a line: a ghost is looked at, not read, and it must not hold up the chart
LINES = 3  # of a chart that have a ghost: more would be a tangle

_STEPS = {"steps": "end", "bars": "middle", "curves": None}


def ghost(before: Plotted, now: Plotted) -> list[dict[str, Any]]:
    """The series that draw the run before behind a chart, where it was another one.

    ``bands`` have the line of their sum, ``rows`` a mark where each bar ended, ``spans`` one where each line did.
    Shaded stretches, estimates, and rows that have other names now have none.
    """
    if before.kind != now.kind or before.rows != now.rows or before.series == now.series:
        return []
    if before.kind == "bands":
        return [_line(_summed(before.series), "end")] if before.series else []
    if before.kind == "rows":
        return [_marks(_summed_rows(before.series), [4, 28])]
    held = {series.name: series for series in now.series}
    moved = [series for series in before.series if held.get(series.name) != series]
    if before.kind == "spans":
        return [_marks(tuple(point for one in moved if one.kind is None for point in one.points[1::2]), 7)]
    return [_of(series, series.kind or before.kind) for series in moved if _has(series, before)][:LINES]


def _has(series: Series, chart: Plotted) -> bool:
    return (series.kind or chart.kind) in (*_STEPS, "points")


def _of(series: Series, kind: str) -> dict[str, Any]:
    drawn = _marks(series.points, 8) if kind == "points" else _line(series.points, _STEPS[kind])
    return {**drawn, **({"yAxisIndex": 1} if series.right else {})}


def _summed(series: tuple[Series, ...]) -> tuple[Point, ...]:
    points = zip(*(one.points for one in series), strict=True)
    return tuple((held[0][0], sum(value for _, value in held)) for held in points)


def _summed_rows(series: tuple[Series, ...]) -> tuple[Point, ...]:
    sums: dict[float, float] = {}
    for value, row in (point for one in series for point in one.points):
        sums[row] = sums.get(row, 0) + value
    return tuple((value, row) for row, value in sums.items())


def _line(points: tuple[Point, ...], step: str | None) -> dict[str, Any]:
    thin = points[:: 1 + len(points) // MOST]
    style = {"color": PALE, "width": 2, "opacity": 0.6}
    return {**_pale(thin, "line"), "showSymbol": False, "lineStyle": style, **({"step": step} if step else {})}


def _marks(points: tuple[Point, ...], size: Any) -> dict[str, Any]:
    return {**_pale(points[:: 1 + len(points) // MOST], "scatter"), "symbol": "rect", "symbolSize": size}


def _pale(points: tuple[Point, ...], kind: str) -> dict[str, Any]:
    return {
        "name": translated("the run before"),
        "type": kind,
        "data": points,
        "silent": True,
        "itemStyle": {"color": PALE, "opacity": 0.6},
        "tooltip": {"show": False},
        "z": 60,
    }
