"""What goes to the screen: widgets to which a text from outside is text, and a cell's output."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import ipywidgets as widgets
import traitlets
from traitlets import validate

from simlib import language
from simlib.language import phrase, translated
from simlib.visible import Html, html, visible, visible_in

SAY = Path(__file__).parent / "say.js"


class Written(widgets.HTML):  # type: ignore[misc]  # ipywidgets has no types
    """Markup. What is no :class:`~simlib.visible.Html` is taken for text and escaped."""

    @validate("value")
    def _markup(self, proposal: dict[str, Any]) -> Html:
        value = proposal["value"]
        return value if isinstance(value, Html) else html("{}", value)


class Instrument(anywidget.AnyWidget):
    """A widget drawn by our own JavaScript, which gets every text made visible, and says its own by ``say("…")``."""

    ours: ClassVar[tuple[str, ...]] = ()  # traits that hold texts of ours; what others hold is shown as it is

    words = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(words={text: phrase(text) for text in texts_in(self._esm)}, **traits)

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> Any:
        """What is sent to the screen, in the language that was chosen."""
        state = super().get_state(key, drop_defaults)
        said = {name: language.shown(held) if name in (*self.ours, "words") else held for name, held in state.items()}
        return visible_in(said)


def program(*paths: Path) -> str:
    """The JavaScript of an instrument: a widget can have but one module, so its files are joined to one."""
    return "\n".join(path.read_text(encoding="utf-8") for path in (SAY, *paths))


def texts_in(javascript: str) -> list[str]:
    """What a program says: each text stands in it as ``say("…")``."""
    return re.findall(r'\bsay\("([^"]+)"', javascript)


def options(choices: Iterable[str]) -> list[tuple[str, str]]:
    """Choices for a list or radio buttons: what is shown of each, and the choice itself."""
    return [(visible(translated(choice)), choice) for choice in choices]


def shown(widget: widgets.DOMWidget, text: str) -> dict[str, Any]:
    """A widget as a cell's output, with ``text`` for those who have no browser."""
    bundle = widget._repr_mimebundle_()
    view: dict[str, Any] = bundle[0] if isinstance(bundle, tuple) else bundle  # anywidget gives metadata, too
    return {**view, "text/plain": visible(text)}
