"""A chart as data: titles, axes with units, series and key numbers; and the same as text and as an ECharts option."""

from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, Any, ClassVar

from simlib.lab.drawn import COLOURS, COMMON_WIDTH, DASHES, Kind, Point, Series, drawn
from simlib.lab.numbers import Number, block, in_words
from simlib.language import phrase, shown, translated
from simlib.visible import columns_of

if TYPE_CHECKING:
    from simlib.lab.picture import Picture

__all__ = ["COLOURS", "DASHES", "Axis", "Chart", "Point", "Series"]

LONGEST_NAME = 22  # characters of a name at an axis; more are cut


@dataclass(frozen=True)
class Axis:
    """What is counted along one side of a chart, and its unit (empty for a bare count).

    ``names``: what stands there instead of numbers, from the top or from the left; a point's place among them is
    counted from 0.
    """

    name: str
    unit: str = ""
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.heading

    @property
    def heading(self) -> str:
        """Its name, and its unit if it has one."""
        return phrase("{name} ({unit})", name=phrase(self.name), unit=self.unit) if self.unit else phrase(self.name)


@dataclass(frozen=True)
class Chart:
    """What a chart function makes of a trace.

    ``kind`` is ``"steps"`` for values that hold until the next point, ``"bands"`` for such values laid on top of one
    another, ``"bars"`` for a distribution, ``"rows"`` for lying bars, their parts behind one another, ``"curves"``
    for a relation, ``"points"`` for single dots, ``"spans"`` for lines that lie, each from one point to the next,
    ``"stretches"`` for what is shaded from one to the next, ``"estimates"`` for values with their intervals.
    ``numbers`` are the chart's key numbers, by name; as text they are its alternative, and what a notebook's test
    compares. ``right`` is a second vertical axis, for the series that say so.
    """

    title: str
    x: Axis
    y: Axis
    kind: Kind
    series: tuple[Series, ...]
    numbers: dict[str, Number] = field(default_factory=dict)
    right: Axis | None = None
    wide: ClassVar[bool] = False

    def __repr__(self) -> str:
        return block(self.title, self.numbers)

    @property
    def rows(self) -> tuple[str, ...]:
        """What stands at its upright side instead of numbers."""
        return self.y.names

    def option(self, width: int = COMMON_WIDTH) -> dict[str, Any]:
        """The chart as an ECharts option: large type, no animation, described to screen readers.

        ``width``: about how many pixels the names of the series have.
        """
        rows = self._legend_rows(width)
        room = 10 if self.kind == "points" else 0  # a dot on an axis would hide the number there
        return {
            "animation": False,
            "backgroundColor": "transparent",
            "color": list(COLOURS),
            "textStyle": {"fontSize": 16},
            "aria": {"enabled": True, "label": {"description": translated(self._in_words())}, "decal": {"show": True}},
            "title": {"text": translated(self.title), "left": "center", "top": 4, "textStyle": {"fontSize": 20}},
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
                "right": 28 if self.right is None else 48,
                "top": 48 + 27 * (rows if rows < 3 else 1),
                "bottom": 40,
                "containLabel": True,
            },
            "xAxis": {**self._span(), "splitLine": {"show": False}, **_axis(self.x, 34 + room, room)},
            "yAxis": self._upright(room),
            "series": [drawn(number, self.series, self.kind) for number in range(len(self.series))],
        }

    def _upright(self, room: int) -> Any:
        """The vertical axis, or the two of them."""
        if self.y.names:
            longest = min(max(columns_of(shown(name)) for name in self.y.names), LONGEST_NAME)
            return {"inverse": True, **_axis(self.y, 34 + 8 * longest + room, room)}
        left = {"min": 0, "minInterval": 1, "axisLine": {"show": True}}
        left |= _axis(self.y, 24 + 9 * len(f"{self._highest(right=False):,.0f}") + room, room)
        if self.kind == "spans":
            return {**left, "inverse": True, "max": self._highest(right=False) + 1}
        if self.right is None:
            return left
        gap = 24 + 9 * len(f"{self._highest(right=True):,.0f}")
        line = {"axisLine": {"show": True}, "splitLine": {"show": False}}
        return [left, {"min": 0, "minInterval": 1, **line, **_axis(self.right, gap, 0)}]

    def _highest(self, right: bool) -> float:
        """The highest value at one of the vertical axes."""
        series = [one for one in self.series if one.right == right]
        tops = [max((value for _, value in one.points), default=0) for one in series]
        tops += [value + max(one.intervals) for one in series if one.intervals for _, value in one.points]
        return sum(tops) if self.kind == "bands" else max(tops, default=0)

    def _span(self) -> dict[str, Any]:
        """Where the horizontal axis begins and ends; a bar stands on the middle of its bin and must fit whole."""
        if self.kind in ("points", "rows"):
            return {"min": 0, "minInterval": 1}
        if self.kind == "spans":
            return {"scale": True, "axisLine": {"onZero": False}}  # at the bottom, though 0 is at the top
        middles = [x for series in self.series for x, _ in series.points]
        if self.kind != "bars" or len(middles) < 2:
            return {"scale": True}
        half = (middles[1] - middles[0]) / 2
        return {"min": round(middles[0] - half, 6), "max": round(middles[-1] + half, 6)}

    def _legend_rows(self, width: int) -> int:
        """About how many rows the names take; none where there is but one series."""
        if len(self.series) < 2:
            return 0
        return ceil(sum(9 * columns_of(translated(series.name)) + 50 for series in self.series) / width)

    def _legend_entry(self, series: Series) -> dict[str, Any]:
        return {"name": translated(series.name), **({"icon": "roundRect"} if self.kind == "bands" else {})}

    def _in_words(self) -> str:
        return phrase(
            "{title}: {y} over {x}. {numbers}.",
            title=phrase(self.title),
            y=self.y.heading,
            x=self.x.heading,
            numbers=in_words(self.numbers, "; "),
        )

    def view(self) -> "Picture":
        """The chart on the screen."""
        from simlib.lab.picture import Picture  # here: a chart is also used where there is no notebook

        return Picture(self)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        from simlib.lab import screen

        return screen.shown(self.view().widget, repr(self))


def _axis(axis: Axis, gap: int, room: int) -> dict[str, Any]:
    label: dict[str, Any] = {"fontSize": 16, "margin": 8 + room}
    if axis.names:
        label |= {"width": 9 * LONGEST_NAME, "overflow": "truncate", "interval": 0}
    return {
        "type": "category" if axis.names else "value",
        **({"data": list(map(shown, axis.names))} if axis.names else {}),
        "name": translated(axis.heading),
        "nameLocation": "middle",
        "nameGap": gap,
        "nameTextStyle": {"fontSize": 17},
        "axisLabel": label,
    }
