"""The ghost of a chart: where its lines ran in the run before, pale behind those of this run."""

from typing import Any

from simlib.lab.chart import Chart, Series

PALE = "#8A94A0"
MOST = 150  # points of a line: a ghost is looked at, not read, and it must not hold up the chart
LINES = 3  # of a chart that have a ghost: more would be a tangle


def ghost(before: Chart, now: Chart) -> list[dict[str, Any]]:
    """The series that draw the run before behind a chart, where it ran elsewhere; ``bands`` have that of their sum."""
    if before.kind != now.kind or before.series == now.series:
        return []
    if before.kind == "bands":
        return [_drawn(_summed(before.series), step="end")] if before.series else []
    held = {series.name: series for series in now.series}
    moved = [series for series in before.series if held.get(series.name) != series][:LINES]
    if before.kind == "points":
        return [{**_drawn(series), "type": "scatter", "symbolSize": 8} for series in moved]
    return [_drawn(series, step={"steps": "end", "bars": "middle"}.get(before.kind)) for series in moved]


def _summed(series: tuple[Series, ...]) -> Series:
    points = [
        (held[0][0], sum(value for _, value in held)) for held in zip(*(one.points for one in series), strict=True)
    ]
    return Series("", tuple(points))


def _drawn(series: Series, step: str | None = None) -> dict[str, Any]:
    thin = series.points[:: 1 + len(series.points) // MOST]
    return {
        "name": "the run before",
        "type": "line",
        "data": thin,
        "silent": True,
        "symbol": "circle",
        "showSymbol": False,
        "itemStyle": {"color": PALE, "opacity": 0.6},
        "lineStyle": {"color": PALE, "width": 2, "type": "solid", "opacity": 0.6},
        "tooltip": {"show": False},
        "z": 60,
        **({"step": step} if step else {}),
    }
