"""A text in a lab beside its charts: a dialogue, an excerpt of a log, a table. It follows the controls as charts do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from simlib.lab.entries import Entry, is_entry
from simlib.lab.numbers import Number, block
from simlib.lab.screen import Written
from simlib.lab.tables import markup_of
from simlib.language import phrase
from simlib.trace.table import Table
from simlib.visible import Html, html


@dataclass(frozen=True)
class Words:
    """A text or a table under its title, or numbers of a lesson's own."""

    title: str
    text: str | Table
    numbers: dict[str, Number] = field(default_factory=dict)
    wide: ClassVar[bool] = False

    def view(self) -> "Text":
        """The text on the screen."""
        return Text(self)

    def __repr__(self) -> str:
        return block(self.title, self.numbers) if self.text == "" else f"{self.title}\n{self.text}"


def view_of(entry: Callable[[Any], Any], trace: Any) -> Entry | None:
    """What an entry of ``show`` makes of a trace: a chart or a picture; a text or a table; numbers. None for all else.

    The first line of the entry's docstring is the title, or else its name.
    """
    made = entry(trace) if callable(entry) else None
    if is_entry(made):
        return made
    said = (getattr(entry, "__doc__", None) or getattr(entry, "__name__", "").strip("_").replace("_", " ")).strip()
    title = said.splitlines()[0] if said else ""
    if isinstance(made, Mapping):
        numbers = {name: held if isinstance(held, Number) else Number(held) for name, held in made.items()}
        return Words(title, "", numbers)
    if isinstance(made, (str, Table)):
        return Words(title, made)
    return None


class Text:
    """Words on the screen, replaced in place."""

    def __init__(self, words: Words) -> None:
        self.widget = Written(_markup(words)).add_class("simlib-table")

    def show(self, words: Words) -> None:
        """Show these instead of the last ones."""
        self.widget.value = _markup(words)


def _markup(words: Words) -> Html:
    if words.text == "":  # its numbers stand with the others
        return Html("")
    if isinstance(words.text, Table):
        return html("<div class='simlib-title'>{}</div>{}", phrase(words.title), markup_of(words.text))
    return html(
        "<div class='simlib-title'>{}</div><pre class='simlib-text' tabindex='0'>{}</pre>",
        phrase(words.title),
        words.text,
    )
