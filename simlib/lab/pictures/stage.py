"""A drawing on the screen: replaced in place as the run changes."""

from pathlib import Path
from typing import Any, Protocol

import traitlets

from simlib.lab.screen import Instrument, program

HERE = Path(__file__).parent
PROGRAMS = ("common.js", "lanes.js", "tapes.js", "streams.js", "boxes.js", "stage.js")  # the page gets one module


class Sheet(Instrument):
    """The widget."""

    ours = ("drawing",)
    _esm = program(*(HERE / name for name in PROGRAMS))
    _css = HERE / "stage.css"

    drawing = traitlets.Dict().tag(sync=True)


class Scenery(Protocol):
    """A drawing, as far as the page needs it."""

    def scene(self) -> dict[str, Any]:
        """It as plain data."""


class Stage:
    """A drawing on the screen."""

    def __init__(self, drawing: Scenery) -> None:
        self.widget = Sheet(drawing=drawing.scene())

    def show(self, drawing: Scenery) -> None:
        """Show this drawing instead of the last one."""
        self.widget.drawing = drawing.scene()
