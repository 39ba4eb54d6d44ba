"""Names for fields, for those who do not see the label over them."""

from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as widgets


class Names(anywidget.AnyWidget):
    """Put it into a box of the class ``simlib-named``; it is not seen."""

    _esm = Path(__file__).parent / "names.js"


_one: list[Names] = []


def names() -> Names:
    """The names of a box. All boxes have the same widget, each a view of it, so that a page loads it but once.

    anywidget gives a widget's JavaScript two seconds to load; a busy page with one for each lab went beyond them.
    """
    if not _one or _one[0].comm is None:  # none yet, or somebody has closed all widgets
        _one[:] = [Names()]
    return _one[0]


def named(label: Any, field: Any, margin: str = "0") -> Any:
    """A field with its label, a text of the class ``simlib-label``, over it."""
    return widgets.VBox([label, field], layout=widgets.Layout(margin=margin)).add_class("simlib-control")
