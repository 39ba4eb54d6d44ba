"""The lab on the screen: controls and numbers beside the charts, all updated in place."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as widgets

from simlib.lab.chart import Chart
from simlib.lab.controls import CheckBox, Control, DropDown, Order
from simlib.lab.names import named, names
from simlib.lab.numbers import Number, text_of
from simlib.lab.ordering import Ordering
from simlib.lab.picture import Picture
from simlib.lab.screen import Written
from simlib.visible import Html, html, visible

Sections = dict[str, dict[str, Number]]  # heading → name → number

LONG = 14  # characters of a value that may be broken, lest the table run out of its column

# Where the page is narrow the charts come right below the controls, and the numbers last.
_STYLE = Html("""<style>
.simlib-lab { font-size: 16px; width: 100%; container-type: inline-size; }
.simlib-lab .simlib-parts.widget-box { display: grid; column-gap: 16px; overflow: hidden;
  grid-template: "controls charts" auto "numbers charts" 1fr / minmax(250px, 1fr) minmax(0, 2.2fr); }
@container (max-width: 760px) { .simlib-lab .simlib-parts.widget-box {
  grid-template: "controls" auto "charts" auto "numbers" auto / minmax(0, 1fr); } }
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
.simlib-lab td.long { white-space: normal; overflow-wrap: anywhere; }
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
        charts: list[Chart],
        numbers: Sections,
        moved: Callable[[str, Any], None],
        footer: widgets.Widget,
        beside: Sequence[Any] = (),
    ) -> None:
        self._shown = 1
        self._pictures = [Picture(chart.option()) for chart in charts]
        self._numbers = Written(_table(numbers, self._shown))
        self._trouble = Written()
        self._controls = {name: _widget(control) for name, control in controls.items()}
        for name, control in self._controls.items():
            control.observe(lambda change, name=name: moved(name, change["new"]), names="value")
        labelled = [named(_label(control), self._controls[name], "0 0 8px 0") for name, control in controls.items()]
        parts = {
            "controls": [*beside, *labelled, *([footer] if controls else []), self._trouble],
            "charts": [picture.widget for picture in self._pictures],
            "numbers": [self._numbers],
        }
        columns = [widgets.VBox(held, layout=widgets.Layout(grid_area=area)) for area, held in parts.items()]
        style = Written(_STYLE, layout=widgets.Layout(display="none"))
        self.widget = widgets.VBox([style, widgets.Box(columns).add_class("simlib-parts"), names()])
        self.widget.add_class("simlib-lab").add_class("simlib-named")

    def show(self, charts: list[Chart], numbers: Sections) -> None:
        """Put a new run's charts and numbers in the place of the last one's."""
        for picture, chart in zip(self._pictures, charts, strict=True):
            picture.show(chart.option())
        self._shown += 1
        self._numbers.value = _table(numbers, self._shown)
        self._trouble.value = ""

    def move_to(self, settings: dict[str, Any]) -> None:
        """Put each control to its value there."""
        for name, control in self._controls.items():
            control.value = settings[name]

    def complain(self, trouble: str) -> None:
        """Say why a run gave nothing; charts and numbers stay those of the last run that did."""
        self._trouble.value = html("<div class='simlib-trouble' role='alert'>{}</div>", trouble)


def _widget(control: Control) -> Any:
    described = {"layout": widgets.Layout(width="100%", margin="0"), "tooltip": visible(control.label)}
    if isinstance(control, CheckBox):
        return widgets.Checkbox(control.start, description=visible(control.label), indent=False, **described)
    if isinstance(control, DropDown):
        return widgets.Dropdown(
            options=[(visible(text), value) for text, value in control.choices.items()],
            value=control.start,
            **described,
        )
    if isinstance(control, Order):
        return Ordering(control.cards, control.start)
    whole = all(isinstance(value, int) for value in (control.start, control.low, control.high, control.step))
    kind = widgets.IntSlider if whole else widgets.FloatSlider
    return kind(control.start, min=control.low, max=control.high, step=control.step, **described)


def _label(control: Control) -> Any:
    """The label over a control; a check box has its own beside it."""
    own = isinstance(control, CheckBox)
    text = "" if own else html("<span class='simlib-label'>{}</span>", control.label)
    return Written(text, layout=widgets.Layout(margin="0"))


def _table(sections: Sections, run: int) -> Html:
    """The numbers of a run; the page can tell by ``data-run`` that another one is shown, even if no number differs."""
    part = "<tbody><tr><th scope='rowgroup' colspan='2'>{}</th></tr>{}</tbody>"
    body = [html(part, heading, _rows(numbers)) for heading, numbers in sections.items()]
    return html("<table aria-label='the numbers of this run' data-run='{}'>{}</table>", run, body)


def _rows(numbers: dict[str, Number]) -> list[Html]:
    short, long = (
        "<tr><th scope='row'>{}</th><td>{}</td></tr>",
        "<tr><th scope='row'>{}</th><td class='long'>{}</td></tr>",
    )
    texts = {name: text_of(number) for name, number in numbers.items()}
    return [html(long if len(text) > LONG else short, name, text) for name, text in texts.items()]
