"""One chart on the screen: an ECharts widget whose option is replaced in place."""

import warnings
from typing import Any

from ipywidgets import Layout

from simlib.lab.drawn import COMMON_WIDTH, Plotted
from simlib.lab.ghost import ghost
from simlib.visible import visible_in

with warnings.catch_warnings():  # ipecharts 1.4 declares its traits in a way that traitlets will drop
    warnings.simplefilter("ignore", DeprecationWarning)
    from ipecharts.echarts import EChartsRawWidget


class Picture:
    """An ECharts widget that follows a chart from run to run; of the run before it keeps a pale ghost.

    ``width``: about how many pixels the names of the series have.
    """

    def __init__(self, chart: Plotted, width: int = COMMON_WIDTH) -> None:
        self._lines = 0
        self._width = width
        self._chart = chart
        self.widget = EChartsRawWidget(
            option=self._filled(chart.option(width)),
            renderer="canvas",
            style={"height": "330px"},
            layout=Layout(width="100%"),
        )

    def show(self, chart: Plotted) -> None:
        """Draw this chart instead of the last one, and that one behind it."""
        option = chart.option(self._width)
        option["series"] = [*option["series"], *ghost(self._chart, chart)]
        self._chart = chart
        self.widget.option = self._filled(option)

    def _filled(self, option: dict[str, Any]) -> dict[str, Any]:
        """The option with as many series as any before it had, each known by its place.

        ipecharts merges a new option into the old one, so a series that is merely left out would stay on the screen.
        """
        option = visible_in(option)
        series = option["series"]
        self._lines = max(self._lines, len(series))
        empty = [{"type": "line", "name": "", "data": []}] * (self._lines - len(series))
        return {**option, "series": [{**line, "id": str(place)} for place, line in enumerate([*series, *empty])]}
