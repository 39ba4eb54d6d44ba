"""What goes to the screen: widgets to which a text from outside is text, and a cell's output."""

from collections.abc import Iterable
from typing import Any

import anywidget
import ipywidgets as widgets
from traitlets import validate

from simlib.visible import Html, html, visible, visible_in


class Written(widgets.HTML):  # type: ignore[misc]  # ipywidgets has no types
    """Markup. What is no :class:`~simlib.visible.Html` is taken for text and escaped."""

    @validate("value")
    def _markup(self, proposal: dict[str, Any]) -> Html:
        value = proposal["value"]
        return value if isinstance(value, Html) else html("{}", value)


class Instrument(anywidget.AnyWidget):
    """A widget drawn by our own JavaScript, which gets every text made visible."""

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> Any:
        """What is sent to the screen."""
        return visible_in(super().get_state(key, drop_defaults))


def options(choices: Iterable[str]) -> list[tuple[str, str]]:
    """Choices for a list or radio buttons: what is shown of each, and the choice itself."""
    return [(visible(choice), choice) for choice in choices]


def shown(widget: widgets.DOMWidget, text: str) -> dict[str, Any]:
    """A widget as a cell's output, with ``text`` for those who have no browser."""
    bundle = widget._repr_mimebundle_()
    view: dict[str, Any] = bundle[0] if isinstance(bundle, tuple) else bundle  # anywidget gives metadata, too
    return {**view, "text/plain": visible(text)}
