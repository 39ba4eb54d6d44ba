"""The lab on the screen: controls, its telling numbers large, and the charts; all updated in place."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as widgets

from simlib.lab.controls import CheckBox, Control, DropDown, Order
from simlib.lab.entries import Entry
from simlib.lab.names import named, names
from simlib.lab.numbers import Number, text_of
from simlib.lab.ordering import Ordering
from simlib.lab.screen import Written
from simlib.lab.telling import HEADING
from simlib.language import in_a_cell, phrase, translated
from simlib.visible import Html, attribute, html, visible

Sections = dict[str, dict[str, Number]]  # heading → name → number

_CHANGED = Html(" class='changed'")

# Where the page is narrow the charts come right below the controls, and the numbers last. A value that leaves its name
# no room stands below it: in two columns it would run out of the lab, and the name stand a letter a line.
_STYLE = Html("""<style>
.simlib-lab { font-size: 16px; width: 100%; container-type: inline-size; }
.simlib-lab .simlib-parts.widget-box { display: grid; column-gap: 16px; overflow: hidden;
  grid-template: "controls charts" auto "numbers charts" 1fr "wide wide" auto / minmax(250px, 1fr) minmax(0, 2.2fr); }
@container (max-width: 760px) { .simlib-lab .simlib-parts.widget-box {
  grid-template: "controls" auto "charts" auto "numbers" auto "wide" auto / minmax(0, 1fr); } }
.simlib-lab .widget-label, .simlib-lab .widget-label-basic, .simlib-lab .widget-readout, .simlib-lab select,
.simlib-lab .simlib-label { font-size: 16px; line-height: 1.3; height: auto; }
.simlib-lab .simlib-label { font-weight: 600; }
.simlib-lab .widget-button { font-size: 16px; height: auto; line-height: 1.6; }
.simlib-lab button { font-size: 16px; }
.simlib-lab input[type=checkbox] { width: 18px; height: 18px; margin: 0 8px 0 0; vertical-align: middle; }
.simlib-lab table { border-collapse: collapse; width: 100%; font-size: 16px; line-height: 1.35; margin: 0; }
.simlib-lab table th, .simlib-lab table td { padding: 3px 6px; vertical-align: top; background: none; }
.simlib-lab tbody th { font-weight: 400; text-align: left; }
.simlib-lab tbody th[scope=rowgroup] { font-weight: 600; padding-top: 10px; border-bottom: 1px solid currentColor; }
.simlib-lab td { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.simlib-lab .simlib-numbers, .simlib-lab .simlib-numbers tbody { display: block; }
.simlib-lab .simlib-numbers tr { display: flex; flex-wrap: wrap; }
.simlib-lab .simlib-numbers th { flex: 1 1 6em; }
.simlib-lab .simlib-numbers td { margin-left: auto; white-space: normal; overflow-wrap: anywhere; }
.simlib-lab .simlib-telling tr { align-items: center; }
.simlib-lab .simlib-telling th { font-size: 17px; }
.simlib-lab .simlib-telling td { font-size: 26px; font-weight: 600; line-height: 1.25; }
.simlib-lab .was { display: block; font-size: 15px; font-weight: 400; opacity: 0.85; }
.simlib-lab .simlib-numbers tr.changed { background: #E69F0033; border-left: 5px solid #E69F00; }
.simlib-title { font-size: 20px; font-weight: 600; text-align: center; margin: 6px 0 2px; }
.simlib-text { font-size: 15px; line-height: 1.4; white-space: pre; overflow-x: auto; margin: 0 0 10px; }
.simlib-lab .simlib-code { white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; font-size: 14px;
  line-height: 1.35; margin: 4px 0; padding: 6px 8px; border: 1px solid currentColor; }
.simlib-lab .simlib-trouble, .simlib-lab [role=status] { font-size: 16px; line-height: 1.35; }
.simlib-lab .simlib-trouble { border-left: 6px solid #D55E00; padding: 6px 10px; margin: 6px 0; }
</style>""")


class Panel:
    """The widgets of one exploration. ``moved(name, value)`` is called when the reader moves a control.

    ``footer`` stands under the controls, where there are any, and ``beside`` over them.
    """

    def __init__(
        self,
        controls: dict[str, Control],
        charts: Sequence[Entry],
        numbers: Sections,
        moved: Callable[[str, Any], None],
        footer: widgets.Widget,
        beside: Sequence[Any] = (),
    ) -> None:
        self._shown = 1
        self._views = [chart.view() for chart in charts]
        self._before = _texts(numbers)
        self._told: tuple[Sections, dict[tuple[str, str], str]] = (numbers, {})  # of this run, and what was before
        self._telling = Written(_telling(numbers, {}, self._shown)).add_class("simlib-live")
        self._rest = Written(
            _table(numbers, {}), layout=widgets.Layout(display="none" if HEADING in numbers else "block")
        )
        self._all = widgets.ToggleButton(
            False, description=translated("All numbers"), layout=widgets.Layout(width="auto", align_self="flex-start")
        )
        self._all.observe(lambda change: self._unfold(change["new"]), names="value")
        self._trouble = Written()
        self._controls = {name: _widget(control) for name, control in controls.items()}
        for name, control in self._controls.items():
            control.observe(lambda change, name=name: moved(name, change["new"]), names="value")
        labelled = [named(_label(control), self._controls[name], "0 0 8px 0") for name, control in controls.items()]
        parts = {
            "controls": [*beside, *labelled, self._telling, *([footer] if controls else []), self._trouble],
            "charts": [view.widget for view, chart in zip(self._views, charts, strict=True) if not chart.wide],
            "wide": [view.widget for view, chart in zip(self._views, charts, strict=True) if chart.wide],
            "numbers": [*([self._all] if HEADING in numbers else []), self._rest],
        }
        columns = [widgets.VBox(held, layout=widgets.Layout(grid_area=area)) for area, held in parts.items() if held]
        style = Written(_STYLE, layout=widgets.Layout(display="none"))
        self.widget = widgets.VBox([style, widgets.Box(columns).add_class("simlib-parts"), names()])
        self.widget.add_class("simlib-lab").add_class("simlib-named")

    def show(self, charts: Sequence[Entry], numbers: Sections) -> None:
        """Put a new run's charts and numbers in the place of the last one's, and mark what has changed."""
        for view, chart in zip(self._views, charts, strict=True):
            view.show(chart)
        self._shown += 1
        self._telling.value = _telling(numbers, self._before, self._shown)
        self._told = (numbers, self._before)
        if self._rest.layout.display == "block":  # what is folded is not sent at each move
            self._rest.value = _table(*self._told)
        self._before = _texts(numbers)
        self._trouble.value = ""

    def move_to(self, settings: dict[str, Any]) -> None:
        """Put each control to its value there."""
        for name, control in self._controls.items():
            control.value = settings[name]

    def _unfold(self, unfolded: bool) -> None:
        self._rest.value = _table(*self._told)
        self._rest.layout.display = "block" if unfolded else "none"

    def complain(self, trouble: str) -> None:
        """Say why a run gave nothing; charts and numbers stay those of the last run that did."""
        self._trouble.value = html("<div class='simlib-trouble' role='alert'>{}</div>", trouble)


def _widget(control: Control) -> Any:
    described = {"layout": widgets.Layout(width="100%", margin="0"), "tooltip": visible(translated(control.label))}
    if isinstance(control, CheckBox):
        return widgets.Checkbox(
            control.start, description=visible(translated(control.label)), indent=False, **described
        )
    if isinstance(control, DropDown):
        return widgets.Dropdown(
            options=[(visible(_choice(text, value)), value) for text, value in control.choices.items()],
            value=control.start,
            **described,
        )
    if isinstance(control, Order):
        return Ordering(control.cards, control.start)
    whole = all(isinstance(value, int) for value in (control.start, control.low, control.high, control.step))
    kind = widgets.IntSlider if whole else widgets.FloatSlider
    return kind(control.start, min=control.low, max=control.high, step=control.step, **described)


def _choice(text: str, value: Any) -> str:
    """What stands in a drop-down: a label, or a value as it is, which may be a word of ours as in a cell of a table."""
    return str(in_a_cell(text)) if text == value else translated(text)


def _label(control: Control) -> Any:
    """The label over a control; a check box has its own beside it."""
    own = isinstance(control, CheckBox)
    text = "" if own else html("<span class='simlib-label'>{}</span>", phrase(control.label))
    return Written(text, layout=widgets.Layout(margin="0"))


def _texts(sections: Sections) -> dict[tuple[str, str], str]:
    return {(part, name): text_of(number) for part, numbers in sections.items() for name, number in numbers.items()}


def _telling(sections: Sections, before: dict[tuple[str, str], str], run: int) -> Html:
    """The telling numbers, large; the page can tell by ``data-run`` that another run is shown, even if none differs."""
    rows = _rows(HEADING, sections.get(HEADING, {}), before)
    return html(
        "<table class='simlib-numbers simlib-telling'{} data-run='{}'><tbody>{}</tbody></table>",
        attribute("aria-label", "what tells the point"),
        run,
        rows,
    )


def _table(sections: Sections, before: dict[tuple[str, str], str]) -> Html:
    """All the other numbers of a run."""
    part = "<tbody><tr><th scope='rowgroup' colspan='2'>{}</th></tr>{}</tbody>"
    others = {heading: numbers for heading, numbers in sections.items() if heading != HEADING and numbers}
    body = [html(part, phrase(heading), _rows(heading, numbers, before)) for heading, numbers in others.items()]
    return html("<table class='simlib-numbers'{}>{}</table>", attribute("aria-label", "the numbers of this run"), body)


def _rows(heading: str, numbers: dict[str, Number], before: dict[tuple[str, str], str]) -> list[Html]:
    """A row for each number; one that the last move has changed says what it was."""
    rows = []
    for name, number in numbers.items():
        text = text_of(number)
        was = before.get((heading, name), text)
        told = html("{}<span class='was'>{}</span>", text, phrase("was {value}", value=was)) if was != text else text
        mark = _CHANGED if was != text else Html("")
        rows.append(html("<tr{}><th scope='row'>{}</th><td>{}</td></tr>", mark, phrase(name), told))
    return rows
