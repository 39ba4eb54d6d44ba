"""``read``: what programs write, a log line or a dialogue, with each piece of it named on touch and by keyboard."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import traitlets

from simlib.errors import WorkbookError
from simlib.lab.fields import Piece, known_pieces
from simlib.lab.screen import Instrument, program, shown
from simlib.language import translated

HERE = Path(__file__).parent


def read(text: str, meanings: Mapping[str, str] | None = None) -> "Reading":
    """Show a text whose pieces tell what they mean: under the pointer, on touch, and with Tab and the arrow keys.

    What a line of the mail log, a listing of ``mailq`` and an SMTP dialogue consist of is known. ``meanings`` says it
    for any other text: piece → what it means; each is looked for from the start, and no two overlap.

    As text it is a list of the pieces with their meanings. Raises WorkbookError where nothing in the text is known, and
    for a piece that is not in it.
    """
    pieces = known_pieces(text) if meanings is None else _placed(text, meanings)
    if not any(meaning for _, meaning in pieces):
        raise WorkbookError("read: nothing here is known; give meanings={piece: what it means}")
    return Reading(pieces)


class Text(Instrument):
    """The widget: pieces of a text in order, each with what it means; with nothing where nothing is to be said."""

    _esm = program(HERE / "read.js")
    _css = HERE / "read.css"

    pieces: traitlets.List[list[str]] = traitlets.List().tag(sync=True)


class Reading:
    """A text on the screen whose pieces tell what they mean."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.widget = Text(pieces=[[text, translated(meaning)] for text, meaning in pieces])

    def __repr__(self) -> str:
        whole = "".join(text for text, _ in self.pieces).rstrip("\n")
        named = [f"  {text.strip() or '(blank)'}: {meaning}" for text, meaning in dict.fromkeys(self.pieces) if meaning]
        return "\n".join([whole, *named])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(self.widget, repr(self))


def _placed(text: str, meanings: Mapping[str, str]) -> list[Piece]:
    """The text cut at the pieces that have a meaning."""
    pieces = [Piece(text, "")]
    for wanted, meaning in meanings.items():
        place = next((n for n, (held, said) in enumerate(pieces) if wanted and wanted in held and not said), None)
        if place is None:
            raise WorkbookError("read: {wanted!r} is not in the text, or lies within another piece", wanted=wanted)
        before, _, behind = pieces[place].text.partition(wanted)
        cut = [Piece(before, ""), Piece(wanted, meaning), Piece(behind, "")]
        pieces[place : place + 1] = [piece for piece in cut if piece.text]
    return pieces
