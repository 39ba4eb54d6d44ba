"""``after``: what a cell shows once a question before it has been answered."""

from typing import Any

import ipywidgets as widgets

from simlib.errors import words_of
from simlib.exercises import find_question
from simlib.lab import gates
from simlib.lab.entries import is_entry
from simlib.lab.screen import Written, shown
from simlib.lab.tables import markup_of
from simlib.language import phrase
from simlib.trace.table import Table
from simlib.visible import html


def after(question: str, *held: Any) -> "After":
    """Show these only when the question of that name, such as ``04.1``, has been answered: tables, charts, texts, labs.

    As text they are all there, so that a test compares them. Raises ExerciseError for a question that does not exist.
    """
    return After(find_question(question).id, held)


class After:
    """What is held back. ``is_open`` says whether it is shown."""

    def __init__(self, question: str, held: tuple[Any, ...]) -> None:
        self._question, self._held = question, held
        closed = html("<i>{}</i>", phrase("Answer question {name} first, above: this is what came.", name=question))
        self.widget = widgets.VBox([Written(closed)]).add_class("simlib-after")
        self.is_open = False
        gates.when_open(question, self._show)

    def __repr__(self) -> str:
        return "\n".join(map(as_text, self._held))

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(self.widget, repr(self))

    def _show(self) -> None:
        self.widget.children = [on_screen(one) for one in self._held]
        self.is_open = True


def on_screen(held: Any) -> Any:
    """A widget for whatever a cell could end with."""
    if hasattr(held, "widget"):
        return held.widget
    if is_entry(held):
        return held.view().widget
    if isinstance(held, Table):
        return Written(markup_of(held)).add_class("simlib-table")
    said = words_of(held) if isinstance(held, Exception) else as_text(held)
    return Written(html("<pre class='simlib-text' tabindex='0'>{}</pre>", said))


def as_text(held: Any) -> str:
    """The same as text."""
    return str(held) if isinstance(held, (str, Exception)) else repr(held)
