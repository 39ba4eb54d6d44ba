"""How far an experiment is, in a notebook."""

from time import monotonic
from typing import Any

import ipywidgets as widgets
from IPython.display import display

from simlib.experiment.bar import words
from simlib.lab.screen import shown
from simlib.language import translated


def progress_bar() -> "Bar":
    """A bar under the cell: ``sweep(…, progress=lab.progress_bar())``. The kernel's *Interrupt* ends it."""
    bar = Bar()
    display(bar)  # type: ignore[no-untyped-call]  # IPython's own
    return bar


class Bar:
    """Called with how many runs are done, and how many there are."""

    def __init__(self) -> None:
        self._bar = widgets.FloatProgress(0.0, min=0.0, max=1.0)
        self._words = widgets.Label(translated("not begun"))
        self._begun: tuple[float, int] | None = None

    def __call__(self, done: int, every: int) -> None:
        self._begun = self._begun or (monotonic(), done)
        self._bar.value = done / every
        self._words.value = translated(words(done, every, self._begun))

    def __repr__(self) -> str:
        return "Progress of an experiment"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(widgets.HBox([self._bar, self._words]), repr(self))
