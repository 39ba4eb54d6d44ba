"""Settings side by side on the same arrivals: charts, numbers, what differs; replications where chance matters."""

from collections.abc import Callable, Mapping, Sequence
from statistics import mean
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from simlib.errors import WorkbookError
from simlib.estimate import half_width
from simlib.lab.chart import Chart
from simlib.lab.controls import settings_of
from simlib.lab.names import names
from simlib.lab.picture import Picture
from simlib.lab.scale import number
from simlib.lab.screen import Written, shown
from simlib.visible import html, visible_in

if TYPE_CHECKING:
    from simlib.trace.record import Trace

NARROW = 320  # pixels for the names over a chart that shares its row


def compare(
    run: "Callable[..., Trace]",
    settings: Mapping[str, Mapping[str, Any]],
    /,
    *,
    show: "Sequence[Callable[[Trace], Chart]]",
    seeds: Sequence[int] = (),
) -> "Comparison":
    """Run a scenario with several settings and put charts and key numbers side by side.

    ``settings``: name → arguments of ``run``, such as ``{"no cache": {"cache_size": 0}, "two": {"cache_size": 2}}``.
    With ``seeds`` each is run once with each ``seed``, a parameter of ``run``, and its numbers are means with a 95 %
    confidence interval (Student's t); the charts are those of the first seed.
    """
    if len(settings) < 2:
        raise WorkbookError(f"compare(…, {dict(settings)!r}): at least two settings, each with a name")
    known = settings_of(run)
    for name, given in settings.items():
        for word in [*given, *(["seed"] if seeds else [])]:
            if word not in known:
                raise WorkbookError(f"compare: {name!r} gives {word}, but {run.__name__} takes {', '.join(known)}")
    replications = [{"seed": seed} for seed in seeds] or [{}]
    traces = {name: [run(**given, **one) for one in replications] for name, given in settings.items()}
    return Comparison({name: [[chart(trace) for chart in show] for trace in held] for name, held in traces.items()},
                      {name: [trace.totals() for trace in held] for name, held in traces.items()})  # fmt: skip


class Comparison:
    """What came of a comparison; ``rows`` are its numbers: name, then one text for each setting."""

    def __init__(self, charts: dict[str, list[list[Chart]]], totals: dict[str, list[dict[str, int]]]) -> None:
        self.charts = {name: held[0] for name, held in charts.items()}
        self.names = list(charts)
        self.rows: list[tuple[str, list[str]]] = []
        for state in next(iter(totals.values()))[0]:
            self.rows.append((state, [_estimate([one[state] for one in totals[name]]) for name in self.names]))
        for place, chart in enumerate(next(iter(self.charts.values()))):
            for key in dict.fromkeys(key for held in charts.values() for key in held[0][place].numbers):
                values = [[one[place].numbers.get(key, "—") for one in charts[name]] for name in self.names]
                self.rows.append((f"{chart.title}: {key}", [_told(texts) for texts in values]))

    def __repr__(self) -> str:
        table: list[tuple[str, list[str]]] = visible_in([("", self.names), *self.rows])  # before it is laid out
        widths = [max(len(row[0]) for row in table)] + [
            max(len(row[1][n]) for row in table) for n in range(len(self.names))
        ]
        lines = []
        for name, values in table:
            told = "  ".join(text.rjust(width) for text, width in zip(values, widths[1:], strict=True))
            mark = " " if len(set(values)) == 1 or not name else "≠"
            lines.append(f"{name.ljust(widths[0])}  {told}  {mark}".rstrip())
        return "\n".join(lines)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        columns = []
        for name in self.names:
            heading = Written(html("<b style='font-size:18px'>{}</b>", name))
            pictures = [Picture(chart.option(NARROW)).widget for chart in self.charts[name]]
            columns.append(widgets.VBox([heading, *pictures], layout=widgets.Layout(flex="1 1 380px", min_width="0")))
        box = widgets.HBox(columns, layout=widgets.Layout(flex_flow="row wrap", width="100%"))
        table = Written(html("<pre style='font-size:15px;line-height:1.4'>{}</pre>", repr(self)))
        whole = widgets.VBox([box, table, names()]).add_class("simlib-lab").add_class("simlib-named")
        return shown(whole, repr(self))


def _estimate(values: Sequence[float]) -> str:
    """A number, or the mean of several with its 95 % confidence interval."""
    if len(set(values)) == 1:
        return number(values[0])
    return f"{number(round(mean(values), 3))} ± {number(round(half_width(values) or 0.0, 3))}"


def _told(texts: Sequence[str]) -> str:
    """A key number of all replications: one text if they agree, else an estimate or their range."""
    if len(set(texts)) == 1:
        return texts[0]
    amounts = [text.replace(",", "").partition(" ") for text in texts]
    units = {unit for _, _, unit in amounts}
    try:
        values = [float(value) for value, _, _ in amounts]
    except ValueError:
        return f"{min(texts)} … {max(texts)}"
    if len(units) > 1 or any(" " in unit for unit in units):  # such as "10 min 26 s" beside "2 h"
        return f"{min(texts)} … {max(texts)}"
    return f"{_estimate(values)} {units.pop()}".rstrip()
