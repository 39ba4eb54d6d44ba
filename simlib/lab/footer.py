"""What stands under the controls: back to the beginning, the run as code, and how far a long run is."""

from collections.abc import Callable

import ipywidgets as widgets

from simlib.lab.numbers import Number
from simlib.lab.runs import Run
from simlib.lab.screen import Written
from simlib.language import phrase, translated
from simlib.visible import Html, attribute, html

# A link that has no address yet would lead nowhere: JupyterLab's page gives it one, Voilà's does not.
_STYLE = Html("<style>a.simlib-link:not([href]) { display: none; } a.simlib-link { font-size: 16px; }</style>")


class Footer:
    """``reset()`` and ``stop()`` are called when the reader presses the button of that name.

    There is a Stop only where a run can hear of it. ``state`` is how the controls stand (see ``links``), empty where a
    link could not carry all that the lab shows.
    """

    def __init__(self, code: str, state: str, reset: Callable[[], None], stop: Callable[[], None]) -> None:
        self._reset = _button("Reset", "every control back to where it stood at first", reset)
        self._shown = widgets.ToggleButton(
            False,
            description=translated("As code"),
            tooltip=translated("the line that shows just this run"),
            layout=widgets.Layout(width="auto"),
        )
        self._code = Written(layout=widgets.Layout(display="none"))
        self._bar = widgets.FloatProgress(0.0, min=0.0, max=1.0, layout=widgets.Layout(flex="1 1 60px", width="auto"))
        self._left = widgets.Label()
        self._stop = _button("Stop", "end this run; the last one stays", stop)
        self._progress = widgets.HBox([self._bar, self._left, self._stop])
        self._shown.observe(lambda change: self._toggle(change["new"]), names="value")
        self.show(code, state)
        self.hush()
        buttons = widgets.HBox([self._reset, self._shown], layout=widgets.Layout(flex_flow="row wrap"))
        self.widget = widgets.VBox([buttons, self._progress, self._code], layout=widgets.Layout(margin="4px 0"))

    def show(self, code: str, state: str) -> None:
        """The line that makes what is on the screen, and the link that leads to it."""
        written = html("<pre class='simlib-code' tabindex='0'>{}</pre>", code)
        told = phrase("A link that opens this lesson here, with these settings")
        link = html("{}<a class='simlib-link'{}>{}</a>", _STYLE, attribute("data-settings", state), told)
        self._code.value = html("{}{}", written, link if state else "")

    def tell(self, run: Run) -> None:
        """How far a run is that takes long."""
        self._bar.value = run.done
        told = phrase("{share:.0%}", share=run.done)
        if run.left is not None:
            told = phrase("{share:.0%}, {time} left", share=run.done, time=Number(round(run.left), "s"))
        self._left.value = translated(told)
        self._stop.layout.display = None if run.stoppable else "none"
        self._progress.layout.display = "flex"

    def hush(self) -> None:
        """No run is under way any more."""
        self._progress.layout.display = "none"

    def _toggle(self, shown: bool) -> None:
        self._code.layout.display = "block" if shown else "none"


def _button(text: str, meaning: str, press: Callable[[], None]) -> widgets.Button:
    button = widgets.Button(
        description=translated(text), tooltip=translated(meaning), layout=widgets.Layout(width="auto")
    )
    button.on_click(lambda _: press())
    return button
