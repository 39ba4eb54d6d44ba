"""A terminal on the screen: what was typed and answered, a line to type on, and what there is to see beside it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import traitlets

from simlib.lab.screen import Instrument, program

HERE = Path(__file__).parent


class Terminal(Instrument):
    """The widget. ``doings`` are called with what somebody does: ``typed`` with each line, ``waited`` with seconds to
    let pass, ``completed`` with the line before Tab, ``saved`` with what was edited, ``left`` without having saved.
    """

    ours = ("label", "waits")
    _esm = program(HERE / "terminal.js")
    _css = HERE / "terminal.css"

    label = traitlets.Unicode().tag(sync=True)
    prompt = traitlets.Unicode().tag(sync=True)
    lines: traitlets.List[list[str]] = traitlets.List().tag(sync=True)  # pairs: "typed", "said" or "hint", and the text
    beside = traitlets.Dict().tag(sync=True)  # heading -> text
    clock = traitlets.Unicode().tag(sync=True)
    suggestions: traitlets.List[str] = traitlets.List().tag(sync=True)
    completion = traitlets.Dict({"of": "", "line": "", "number": 0}).tag(sync=True)  # what Tab has made of a line
    edited = traitlets.Dict().tag(sync=True)  # path and text of the file in the editor; empty without one
    waits: traitlets.List[list[Any]] = traitlets.List().tag(sync=True)  # pairs: what the button says, and its seconds

    def __init__(
        self,
        label: str,
        prompt: str,
        suggestions: Sequence[str],
        waits: Sequence[tuple[str, float]],
        doings: Mapping[str, Callable[[Any], Any]],
    ) -> None:
        super().__init__(label=label, prompt=prompt, suggestions=list(suggestions), waits=[list(w) for w in waits])
        self._doings = doings
        self.on_msg(self._received)

    def _received(self, _: Any, message: dict[str, Any], buffers: Any) -> None:
        self._doings[message["what"]](message["value"])
