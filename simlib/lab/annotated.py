"""``annotated``: what an administrator reads, with every field named as one points at it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import traitlets

from simlib.errors import WorkbookError
from simlib.lab.fields import Piece, fields_of
from simlib.lab.screen import Instrument, shown

HERE = Path(__file__).parent


def annotated(text: str, title: str = "What is what") -> "Annotated":
    """Show lines of a mail log, a listing of mailq or an SMTP dialogue; whoever points at a field reads what it is.

        lab.annotated(trace.mailq("mail.here.example"))

    With the keyboard: Tab to the text, the arrow keys from field to field. As text it is the lines, and under each what
    its fields mean, if no line above has told it. Raises WorkbookError for what is no such text.
    """
    if not isinstance(text, str) or not text.strip():
        raise WorkbookError(
            f"annotated({text!r}): give it text, such as trace.syslog(host), .mailq(host) or .dialogue(1)"
        )
    return Annotated(text, title)


class Reader(Instrument):
    """The widget: lines in pieces, each a text, the field's name and what it means."""

    _esm = HERE / "annotated.js"
    _css = HERE / "annotated.css"

    title = traitlets.Unicode().tag(sync=True)
    lines: traitlets.List[list[list[str]]] = traitlets.List().tag(sync=True)


class Annotated:
    """Lines on the screen, with their fields. ``fields`` has them in their pieces."""

    def __init__(self, text: str, title: str) -> None:
        self.title = title
        self.fields: Sequence[Sequence[Piece]] = fields_of(text)
        self.widget = Reader(title=title, lines=[[list(piece) for piece in line] for line in self.fields])

    def __repr__(self) -> str:
        written, told = [self.title], set()
        for line in self.fields:
            written.append("".join(piece.text for piece in line))
            new = [piece for piece in line if piece.name and piece[1:] not in told]
            written += [f"    {piece.text.strip()}  {piece.name}: {piece.meaning}" for piece in new]
            told |= {piece[1:] for piece in new}
        return "\n".join(written)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(self.widget, repr(self))
