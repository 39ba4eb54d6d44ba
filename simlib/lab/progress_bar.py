"""How far an experiment is, in a notebook."""

from time import monotonic
from typing import Any

import ipywidgets as widgets
from IPython.display import display

from simlib.experiment.bar import words
from simlib.lab.browser import IN_BROWSER, find_turn, listen
from simlib.lab.runs import Pace
from simlib.lab.screen import shown
from simlib.lab.stop_button import StopButton
from simlib.language import translated
from simlib.watch import Stopped

QUICK = 0.05  # seconds within which the next of many short runs is not shown


def progress_bar() -> "Bar":
    """A bar under the cell: ``sweep(…, progress=lab.progress_bar())``. The kernel's *Interrupt* ends it.

    In a browser without a server there is no Interrupt: there the bar has a *Stop*, if the browser can hear of it.
    """
    bar = Bar(StopButton(find_turn, listen) if IN_BROWSER else None)
    display(bar)  # type: ignore[no-untyped-call]  # IPython's own
    return bar


class Bar:
    """Called with how many runs are done, and how many there are. Raises ``Stopped`` after its *Stop* was pressed."""

    def __init__(self, stop: StopButton | None = None) -> None:
        self._bar = widgets.FloatProgress(0.0, min=0.0, max=1.0)
        self._words = widgets.Label(translated("not begun"))
        self._stop = stop
        self._begun: tuple[float, int] | None = None
        self._pace = Pace(QUICK)

    def __call__(self, done: int, every: int) -> None:
        self._begun = self._begun or (monotonic(), done)
        stopped = self._stop is not None and done < every and self._stop.pressed()
        if stopped or done == every or self._pace.due():
            self._bar.value = done / every
            self._words.value = translated(words(done, every, self._begun))
        if self._stop is not None and (stopped or done == every):
            self._stop.withdraw()
        if stopped:
            raise Stopped

    def __repr__(self) -> str:
        return "Progress of an experiment"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        parts = [self._bar, self._words, *([] if self._stop is None else [self._stop])]
        return shown(widgets.HBox(parts), repr(self))
