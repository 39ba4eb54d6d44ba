"""Settings side by side on the same arrivals: charts, numbers, what differs; replications where chance matters."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from simlib.errors import WorkbookError
from simlib.experiment.cells import name_of
from simlib.lab.chart import Chart
from simlib.lab.controls import settings_of
from simlib.lab.entries import Entry, View
from simlib.lab.names import names
from simlib.lab.numbers import Number, balance, estimate, texts_of
from simlib.lab.picture import Picture
from simlib.lab.screen import Written, shown
from simlib.lab.telling import NumbersOf, found, telling_of
from simlib.language import phrase, translated
from simlib.visible import columns_of, html, visible_in

if TYPE_CHECKING:
    from simlib.trace.record import Trace

NARROW = 320  # pixels for the names over a chart that shares its row


def compare(
    run: "Callable[..., Trace]",
    settings: Mapping[str, Mapping[str, Any]],
    /,
    *,
    show: "Sequence[Callable[[Trace], Entry]]",
    seeds: Sequence[int] = (),
) -> "Comparison":
    """Run a scenario with several settings and put charts and key numbers side by side.

    ``settings``: name → arguments of ``run``, such as ``{"no cache": {"cache_size": 0}, "two": {"cache_size": 2}}``.
    With ``seeds`` each is run once with each ``seed``, a parameter of ``run``, and its numbers are means with a 95 %
    confidence interval (Student's t), in one unit a row; the charts are those of the first seed. A number that only
    some of the runs have says in how many.

    Raises WorkbookError for less than two settings, an unknown parameter, or a telling number that no run has.
    """
    if not isinstance(settings, Mapping) or not all(isinstance(given, Mapping) for given in settings.values()):
        raise WorkbookError(
            "compare(…, {settings!r}): write a dict of dicts, name → {{parameter: value}}", settings=settings
        )
    if not isinstance(show, (list, tuple)) or not all(callable(chart) for chart in show):
        raise WorkbookError("compare: show={show!r}: write a list of charts, such as show=[lab.delays]", show=show)
    if not isinstance(seeds, Sequence) or len(set(seeds)) < len(seeds):
        raise WorkbookError(
            "compare: seeds={seeds!r}: write a list of numbers or a range, each of them once", seeds=seeds
        )
    if len(settings) < 2:
        raise WorkbookError("compare(…, {dict!r}): at least two settings, each with a name", dict=dict(settings))
    known = settings_of(run)
    for name, given in settings.items():
        for word in [*given, *(["seed"] if seeds else [])]:
            if word not in known:
                raise WorkbookError(
                    "compare: {name!r} gives {word}, but {name_of} takes {them}",
                    name=name,
                    word=word,
                    name_of=name_of(run),
                    them=", ".join(known),
                )
        if seeds and "seed" in given:
            raise WorkbookError(
                "compare: {name!r} gives a seed, and seeds= gives others: leave one of them out", name=name
            )
    replications = [{"seed": seed} for seed in seeds] or [{}]
    traces = {name: [run(**given, **one) for one in replications] for name, given in settings.items()}
    charts = {name: [[chart(trace) for chart in show] for trace in held] for name, held in traces.items()}
    return Comparison(charts, traces, telling_of(run))


def _laid_out(rows: list[tuple[str, list[str]]]) -> str:
    """The rows as columns of a text in which all letters are equally wide; what differs is marked."""
    table: list[tuple[str, list[str]]] = visible_in(rows)
    widths = [max(map(columns_of, column)) for column in zip(*(values for _, values in table), strict=True)]
    first = max(columns_of(name) for name, _ in table)
    lines = []
    for name, values in table:
        told = "  ".join(" " * (wide - columns_of(text)) + text for text, wide in zip(values, widths, strict=True))
        mark = " " if len(set(values)) == 1 or not name else "≠"
        lines.append(f"{name}{' ' * (first - columns_of(name))}  {told}  {mark}".rstrip())
    return "\n".join(lines)


class Comparison:
    """What came of a comparison; ``rows`` are its numbers: name, then one for each setting; the telling ones first."""

    def __init__(
        self, charts: dict[str, list[list[Entry]]], traces: "dict[str, list[Trace]]", telling: Sequence[str]
    ) -> None:
        self.charts = {name: held[0] for name, held in charts.items()}
        self.names = list(charts)
        numbers = {
            name: [NumbersOf(trace, made) for trace, made in zip(held, charts[name], strict=True)]
            for name, held in traces.items()
        }
        found(telling, [run for held in numbers.values() for run in held])
        first = {name: [estimate([run.get(name) for run in held]) for held in numbers.values()] for name in telling}
        self.rows: list[tuple[str, list[Number]]] = list(first.items())
        for state in next(iter(traces.values()))[0].totals():
            row = [estimate([balance(trace.totals())[state] for trace in held]) for held in traces.values()]
            self.rows += [(phrase(state), row)] if first.get(state) != row else []
        for place, chart in enumerate(next(iter(self.charts.values()))):
            for key in dict.fromkeys(key for held in charts.values() for made in held for key in made[place].numbers):
                row = [
                    estimate([made[place].numbers.get(key, Number(None)) for made in held]) for held in charts.values()
                ]
                name = phrase("{title}: {number}", title=phrase(chart.title), number=phrase(key))
                self.rows += [(name, row)] if first.get(key) != row else []

    def __repr__(self) -> str:
        return _laid_out(self._rows(str))

    def _rows(self, said: Callable[[str], str]) -> list[tuple[str, list[str]]]:
        """Names and values, each said so, below the names of the settings."""
        rows = [(said(phrase(name)), list(map(said, texts_of(numbers)))) for name, numbers in self.rows]
        return [("", [said(phrase(name)) for name in self.names]), *rows]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(self.widget, repr(self))

    @property
    def widget(self) -> Any:
        """What stands on the screen."""
        columns = []
        for name in self.names:
            heading = Written(html("<b style='font-size:18px'>{}</b>", phrase(name)))
            pictures = [_view(chart).widget for chart in self.charts[name]]
            columns.append(widgets.VBox([heading, *pictures], layout=widgets.Layout(flex="1 1 380px", min_width="0")))
        box = widgets.HBox(columns, layout=widgets.Layout(flex_flow="row wrap", width="100%"))
        table = Written(html("<pre style='font-size:15px;line-height:1.4'>{}</pre>", _laid_out(self._rows(translated))))
        return widgets.VBox([box, table, names()]).add_class("simlib-lab").add_class("simlib-named")


def _view(entry: Entry) -> View:
    """An entry that shares its row."""
    return Picture(entry, NARROW) if isinstance(entry, Chart) else entry.view()
