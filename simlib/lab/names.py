"""Names for fields, for those who do not see the label over them."""

from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as widgets


class Names(anywidget.AnyWidget):
    """Put it into a box of the class ``simlib-named``; it is not seen."""

    _esm = Path(__file__).parent / "names.js"


def named(label: Any, field: Any, margin: str = "0") -> Any:
    """A field with its label, a text of the class ``simlib-label``, over it."""
    return widgets.VBox([label, field], layout=widgets.Layout(margin=margin)).add_class("simlib-control")
