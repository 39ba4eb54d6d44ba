"""A chart as data: titles, axes with units, series and key numbers; and the same as text and as an ECharts option."""

from dataclasses import dataclass, field
from math import ceil
from typing import Any, Literal

from simlib.lab.numbers import Number, block, in_words

# Okabe and Ito's colours, told apart by colour-blind readers; their yellow is left out, it is too pale on white.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#7F7F7F")
DASHES = ("solid", "dashed", "dotted")  # a second mark beside the colour; 3 and 7 share no factor, so 21 lines differ

SYMBOLS = ("circle", "diamond", "triangle", "rect")  # of single points, beside their colours

COMMON_WIDTH = 620  # pixels for the names over a chart

Point = tuple[float, float]


@dataclass(frozen=True)
class Axis:
    """What is counted along one side of a chart, and its unit (empty for a bare count)."""

    name: str
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})" if self.unit else self.name


@dataclass(frozen=True)
class Series:
    """A named row of points; ``intervals`` says how far above and below each of them the true value may lie."""

    name: str
    points: tuple[Point, ...]
    intervals: tuple[float, ...] = ()


@dataclass(frozen=True)
class Chart:
    """What a chart function makes of a trace.

    ``kind`` is ``"steps"`` for values that hold until the next point, ``"bands"`` for such values laid on top of one
    another, ``"bars"`` for a distribution, ``"points"`` for single dots, ``"estimates"`` for values with their
    intervals. ``numbers`` are the chart's key numbers, by name; as text they are its alternative, and what a notebook's
    test compares.
    """

    title: str
    x: Axis
    y: Axis
    kind: Literal["steps", "bands", "bars", "points", "estimates"]
    series: tuple[Series, ...]
    numbers: dict[str, Number] = field(default_factory=dict)

    def __repr__(self) -> str:
        return block(self.title, self.numbers)

    def option(self, width: int = COMMON_WIDTH) -> dict[str, Any]:
        """The chart as an ECharts option: large type, no animation, described to screen readers.

        ``width``: about how many pixels the names of the series have.
        """
        rows = self._legend_rows(width)
        tops = [max((value for _, value in series.points), default=0) for series in self.series]
        tops += [
            value + max(one.intervals, default=0) for one in self.series if one.intervals for _, value in one.points
        ]
        room = 10 if self.kind == "points" else 0  # a dot on an axis would hide the number there
        highest = sum(tops) if self.kind == "bands" else max(tops, default=0)
        return {
            "animation": False,
            "backgroundColor": "transparent",
            "color": list(COLOURS),
            "textStyle": {"fontSize": 16},
            "aria": {"enabled": True, "label": {"description": self._in_words()}, "decal": {"show": True}},
            "title": {"text": self.title, "left": "center", "top": 4, "textStyle": {"fontSize": 20}},
            "legend": {
                "show": rows > 0,
                "type": "plain" if rows < 3 else "scroll",
                "top": 36,
                "itemGap": 14,
                "itemWidth": 20 if self.kind == "bands" else 36,
                "textStyle": {"fontSize": 16},
                "data": [self._legend_entry(series) for series in self.series],
            },
            "tooltip": {"trigger": "axis", "textStyle": {"fontSize": 16}},
            "grid": {
                "left": 36,
                "right": 28,
                "top": 48 + 27 * (rows if rows < 3 else 1),
                "bottom": 40,
                "containLabel": True,
            },
            "xAxis": {**self._span(), "splitLine": {"show": False}, **_axis(self.x, 34 + room, room)},
            "yAxis": {
                "min": 0,
                "minInterval": 1,
                "axisLine": {"show": True},
                **_axis(self.y, 24 + 9 * len(f"{highest:,.0f}") + room, room),
            },
            "series": [self._drawn(number, series) for number, series in enumerate(self.series)],
        }

    def _span(self) -> dict[str, Any]:
        """Where the horizontal axis begins and ends; a bar stands on the middle of its bin and must fit whole."""
        if self.kind == "points":
            return {"min": 0, "minInterval": 1}
        middles = [x for series in self.series for x, _ in series.points]
        if self.kind != "bars" or len(middles) < 2:
            return {"scale": True}
        half = (middles[1] - middles[0]) / 2
        return {"min": round(middles[0] - half, 6), "max": round(middles[-1] + half, 6)}

    def _legend_rows(self, width: int) -> int:
        """About how many rows the names take; none where there is but one series."""
        if len(self.series) < 2:
            return 0
        return ceil(sum(9 * len(series.name) + 50 for series in self.series) / width)

    def _legend_entry(self, series: Series) -> dict[str, Any]:
        return {"name": series.name, **({"icon": "roundRect"} if self.kind == "bands" else {})}

    def _drawn(self, number: int, series: Series) -> dict[str, Any]:
        if self.kind == "bars":
            return {"name": series.name, "data": series.points, "type": "bar", "barCategoryGap": "8%"}
        if self.kind == "points":
            shape = {"symbol": SYMBOLS[number % len(SYMBOLS)], "symbolSize": 14 + 6 * (number % len(SYMBOLS))}
            return {"name": series.name, "data": series.points, "type": "scatter", "z": 9 - number, **shape}
        if self.kind == "estimates":
            return _estimated(number, series)
        line = {"name": series.name, "type": "line", "step": "end", "showSymbol": False}
        if self.kind == "steps":
            return {**line, "data": series.points, "lineStyle": {"width": 3, "type": DASHES[number % len(DASHES)]}}
        # ECharts stacks by a category axis only. So each band reaches down to 0, before those that lie on it.
        below = zip(*([value for _, value in held.points] for held in self.series[: number + 1]), strict=True)
        data = [(x, sum(values), value) for (x, value), values in zip(series.points, below, strict=True)]
        told = {"x": 0, "y": 1, "tooltip": 2}
        return {
            **line,
            "data": data,
            "encode": told,
            "z": 50 - number,
            "lineStyle": {"width": 1},  # or a connection of a moment is not seen
            "areaStyle": {"opacity": 1},
        }

    def _in_words(self) -> str:
        return f"{self.title}: {self.y} over {self.x}. {in_words(self.numbers, '; ')}."

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        from simlib.lab.picture import Picture  # here: a chart is also used where there is no notebook
        from simlib.lab.screen import shown

        return shown(Picture(self).widget, repr(self))


def _estimated(number: int, series: Series) -> dict[str, Any]:
    """Points on a line, each with a bar from the lower to the upper end of its interval."""
    spans = zip(series.points, series.intervals, strict=True)
    data = [(x, y, round(y - half, 6), round(y + half, 6)) for (x, y), half in spans]
    return {
        "name": series.name,
        "type": "line",
        "data": data,
        "encode": {"x": 0, "y": [1, 2, 3]},  # the axis has to reach as far as the bars
        "dimensions": [None, "mean", "from", "to"],
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


def _axis(axis: Axis, gap: int, room: int) -> dict[str, Any]:
    return {
        "type": "value",
        "name": str(axis),
        "nameLocation": "middle",
        "nameGap": gap,
        "nameTextStyle": {"fontSize": 17},
        "axisLabel": {"fontSize": 16, "margin": 8 + room},
    }
