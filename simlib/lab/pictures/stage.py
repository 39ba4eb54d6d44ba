"""A drawing on the screen: replaced in place as the run changes."""

from pathlib import Path

import traitlets

from simlib.lab.pictures.drawing import Drawing
from simlib.lab.screen import Instrument, program

HERE = Path(__file__).parent
PROGRAMS = ("common.js", "lanes.js", "tapes.js", "streams.js", "boxes.js", "stage.js")  # the page gets one module


class Sheet(Instrument):
    """The widget."""

    ours = ("drawing",)
    _esm = program(*(HERE / name for name in PROGRAMS))
    _css = HERE / "stage.css"

    drawing = traitlets.Dict().tag(sync=True)


class Stage:
    """A drawing on the screen."""

    def __init__(self, drawing: Drawing) -> None:
        self.widget = Sheet(drawing=drawing.scene())

    def show(self, drawing: Drawing) -> None:
        """Show this drawing instead of the last one."""
        self.widget.drawing = drawing.scene()
