"""A named row of points, and how it is drawn: its colour, its second mark beside that, and its shape in ECharts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from simlib.language import translated

# Okabe and Ito's colours, told apart by colour-blind readers; their yellow is left out, it is too pale on white.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#7F7F7F")
DASHES = ("solid", "dashed", "dotted")  # a second mark beside the colour; 3 and 7 share no factor, so 21 lines differ

SYMBOLS = ("circle", "diamond", "triangle", "rect")  # of single points, beside their colours

COMMON_WIDTH = 620  # pixels for the names over a chart
THICK, ROOM = 6, 90  # pixels of a lying line at most; those that all of them share

Point = tuple[float, float]
Kind = Literal["steps", "bands", "bars", "rows", "curves", "points", "spans", "stretches", "estimates"]


@dataclass(frozen=True)
class Series:
    """A named row of points; ``intervals`` says how far above and below each of them the true value may lie.

    ``kind`` where it is not drawn as the rest of its chart is. ``heavy``: it is the one that matters. ``right``: its
    values are those of the chart's axis at the right.
    """

    name: str
    points: tuple[Point, ...]
    intervals: tuple[float, ...] = ()
    kind: Kind | None = None
    heavy: bool = False
    right: bool = False


class Plotted(Protocol):
    """A chart, as far as a widget or a ghost looks at it."""

    @property
    def kind(self) -> Kind:
        """How its series are drawn."""

    @property
    def series(self) -> tuple[Series, ...]:
        """The rows of points."""

    @property
    def rows(self) -> tuple[str, ...]:
        """What stands at its upright side instead of numbers."""

    def option(self, width: int = ...) -> dict[str, Any]:
        """It as an ECharts option."""


def drawn(number: int, every: Sequence[Series], kind: Kind) -> dict[str, Any]:
    """One of the series of a chart as ECharts wants it, by its place among them."""
    one = every[number]
    shape = _SHAPES[one.kind or kind](number, every)
    return {"name": translated(one.name), **shape, **({"yAxisIndex": 1} if one.right else {})}


def _steps(number: int, every: Sequence[Series]) -> dict[str, Any]:
    return {**_line(number, every[number]), "data": every[number].points, "step": "end"}


def _curves(number: int, every: Sequence[Series]) -> dict[str, Any]:
    return {**_line(number, every[number]), "data": every[number].points}


def _line(number: int, series: Series) -> dict[str, Any]:
    style = {"width": 6 if series.heavy else 3, "type": DASHES[number % len(DASHES)]}
    return {"type": "line", "showSymbol": False, "lineStyle": style}


def _bands(number: int, every: Sequence[Series]) -> dict[str, Any]:
    # ECharts stacks by a category axis only. So each band reaches down to 0, before those that lie on it.
    sums = zip(*([value for _, value in held.points] for held in every[: number + 1]), strict=True)
    data = [(x, sum(values), value) for (x, value), values in zip(every[number].points, sums, strict=True)]
    told = {"x": 0, "y": 1, "tooltip": 2}
    return {
        "type": "line",
        "step": "end",
        "showSymbol": False,
        "data": data,
        "encode": told,
        "z": 50 - number,
        "lineStyle": {"width": 1},  # or a connection of a moment is not seen
        "areaStyle": {"opacity": 1},
    }


def _bars(number: int, every: Sequence[Series]) -> dict[str, Any]:
    return {"data": every[number].points, "type": "bar", "barCategoryGap": "8%"}


def _rows(number: int, every: Sequence[Series]) -> dict[str, Any]:
    return {"data": every[number].points, "type": "bar", "stack": "rows", "barMaxWidth": 34, "barCategoryGap": "25%"}


def _points(number: int, every: Sequence[Series]) -> dict[str, Any]:
    beside = every[number].kind is not None  # marks on what else is drawn
    size = 12 if beside else 14 + 6 * (number % len(SYMBOLS))
    shape = {"symbol": SYMBOLS[number % len(SYMBOLS)], "symbolSize": size}
    return {"data": every[number].points, "type": "scatter", "z": 9 - number, **shape}


def _spans(number: int, every: Sequence[Series]) -> dict[str, Any]:
    """Lying lines, each from one point to the next, with a mark at its end: what ends as it begins is seen, too."""
    many = max((y for held in every for _, y in held.points), default=1)
    width = min(max(ROOM / many, 1), THICK)
    data: list[Any] = []
    for begin, end in _pairs(every[number]):
        data += [{"value": begin, "symbol": "none"}, {"value": end}, {"value": (None, None)}]
    return {
        "type": "line",
        "data": data,
        "showAllSymbol": True,
        "symbol": SYMBOLS[number % len(SYMBOLS)],
        "symbolSize": round(width + 5, 1),
        "lineStyle": {"width": round(width, 1), "type": DASHES[number % len(DASHES)]},
    }


def _stretches(number: int, every: Sequence[Series]) -> dict[str, Any]:
    """Shaded from the bottom to the top, from one point to the next."""
    return {
        "type": "line",
        "data": [],
        "markArea": {
            "silent": True,
            "animation": False,
            "itemStyle": {"color": COLOURS[number % len(COLOURS)], "opacity": 0.25},
            "data": [[{"xAxis": begin}, {"xAxis": end}] for (begin, _), (end, _) in _pairs(every[number])],
        },
    }


def _pairs(series: Series) -> Iterator[tuple[Point, Point]]:
    return zip(series.points[::2], series.points[1::2], strict=True)


def _estimates(number: int, every: Sequence[Series]) -> dict[str, Any]:
    """Points on a line, each with a bar from the lower to the upper end of its interval."""
    spans = zip(every[number].points, every[number].intervals, strict=True)
    data = [(x, y, round(y - half, 6), round(y + half, 6)) for (x, y), half in spans]
    return {
        "type": "line",
        "data": data,
        "encode": {"x": 0, "y": [1, 2, 3]},  # the axis has to reach as far as the bars
        "dimensions": [None, *map(translated, ("mean", "lower end", "upper end"))],
        "symbolSize": 9,
        "lineStyle": {"width": 2, "type": DASHES[number % len(DASHES)]},
        "markLine": {
            "silent": True,
            "animation": False,
            "symbol": ["rect", "rect"],
            "symbolSize": [16, 3],
            "lineStyle": {"width": 3, "type": "solid", "color": COLOURS[number % len(COLOURS)]},
            "data": [[{"coord": [x, low]}, {"coord": [x, high]}] for x, _, low, high in data],
        },
    }


_SHAPES = {
    "steps": _steps,
    "bands": _bands,
    "bars": _bars,
    "rows": _rows,
    "curves": _curves,
    "points": _points,
    "spans": _spans,
    "stretches": _stretches,
    "estimates": _estimates,
}
