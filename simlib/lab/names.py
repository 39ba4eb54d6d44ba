"""Names for fields, for those who do not see the label over them; and clicks that come after what was typed."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as widgets

PATIENCE = 2.0  # s after which a page that does not answer is not waited for any longer


class Names(anywidget.AnyWidget):
    """Put it into a box of the class ``simlib-named``; it is not seen."""

    _esm = Path(__file__).parent / "names.js"

    def __init__(self) -> None:
        super().__init__()
        self._waiting: dict[int, Callable[[], object]] = {}
        self._asked = 0
        self.on_msg(lambda _, content, __: self._act(content.get("heard")))

    def once_heard(self, act: Callable[[], object]) -> None:
        """Do something once all that was changed on the page before is here."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # nobody but the caller himself can have changed anything
            act()
            return
        self._asked += 1
        self._waiting[self._asked] = act
        self.send({"hear": self._asked})
        loop.call_later(PATIENCE, self._act, self._asked)

    def _act(self, number: int | None) -> None:
        act = self._waiting.pop(number or 0, None)
        if act is not None:
            act()


_one: list[Names] = []


def names() -> Names:
    """The names of a box. All boxes have the same widget, each a view of it, so that a page loads it but once.

    anywidget gives a widget's JavaScript two seconds to load; a busy page with one for each lab went beyond them.
    """
    if not _one or _one[0].comm is None:  # none yet, or somebody has closed all widgets
        _one[:] = [Names()]
    return _one[0]


def after_fields(act: Callable[[], object]) -> Callable[..., None]:
    """A handler for the click of a button that goes by what stands in a field.

    ipywidgets sends a click at once, but keeps a change back as long as the one before it in the same field has not
    been answered: of who answers quickly, the kernel would see the answer before the last one. So the page is asked for
    a word first, which comes after all that it has kept back.
    """
    return lambda *_: names().once_heard(act)


def named(label: Any, field: Any, margin: str = "0") -> Any:
    """A field with its label, a text of the class ``simlib-label``, over it."""
    return widgets.VBox([label, field], layout=widgets.Layout(margin=margin)).add_class("simlib-control")
