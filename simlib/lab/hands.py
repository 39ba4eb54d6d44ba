"""A show of hands: how many of the room are for each choice, as the lecturer counts them."""

import os
from typing import Any

import ipywidgets as widgets

from simlib.lab.names import named
from simlib.lab.screen import Written
from simlib.visible import Html, html

MOST = 999

_BAR = "<tr><th scope='row'>{}</th><td><span class='bar' style='width:WIDTHem'></span> {}</td><td>{}</td></tr>"


def in_a_lecture() -> bool:
    """Whether the notebook is shown as slides: Voilà tells its kernels so (SERVER_SOFTWARE)."""
    return os.environ.get("SERVER_SOFTWARE", "").startswith("voila")


class Hands:
    """A field for each choice; ``counted`` is what stands in them."""

    def __init__(self, choices: tuple[str, ...]) -> None:
        self._choices = choices
        narrow = widgets.Layout(width="6em")
        self._fields = [widgets.BoundedIntText(0, min=0, max=MOST, layout=narrow) for _ in choices]
        rows = [_row(text, field) for text, field in zip(choices, self._fields, strict=True)]
        self.widget = widgets.VBox(rows)

    @property
    def counted(self) -> list[int]:
        """How many hands went up for each choice."""
        return [field.value for field in self._fields]

    def bars(self, true: str) -> Html:
        """The hands as bars, and what came true marked."""
        most = max(*self.counted, 1)
        rows = [
            html(_BAR.replace("WIDTH", f"{12 * count / most:.1f}"), text, count, "✓ this came" if text == true else "")
            for text, count in zip(self._choices, self.counted, strict=True)
        ]
        return html("<div role='status'><table class='hands' aria-label='the show of hands'>{}</table></div>", rows)


def _row(text: str, field: Any) -> Any:
    label = Written(html("<span class='simlib-label'>{}</span>", text))
    return named(label, field).add_class("simlib-hand")
