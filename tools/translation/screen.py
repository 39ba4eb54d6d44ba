"""What a lesson puts on the screen, found by running it: names of numbers, labels of controls, headings of tables."""

import ast
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from gettext import NullTranslations
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from unittest.mock import patch

from simlib import language
from simlib.lab.progress import PLACE
from tests.notebooks.lesson import Cell, cells_of, run
from tools.translation.code import is_prose


class Screen(NamedTuple):
    """What a lesson asks a translation for: texts, and single words in cells of tables."""

    texts: list[str]
    cells: list[str]


class Asked(NullTranslations):
    """A catalogue that knows nothing, and keeps what it is asked for.

    ``texts``: what whoever asked takes for a text of ours; ``perhaps``: what may be one or not, as a line of a log.
    """

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, None] = {}
        self.perhaps: dict[str, None] = {}
        self.cells: dict[str, None] = {}

    def gettext(self, text: str) -> str:
        """The text itself."""
        sure = sys._getframe(3).f_code.co_name != "shown"
        (self.texts if sure else self.perhaps).setdefault(text)
        return text

    def pgettext(self, context: str, text: str) -> str:
        """The word itself."""
        self.cells.setdefault(text)
        return text


@contextmanager
def asking(catalogue: NullTranslations, name: str = "ja") -> Iterator[None]:
    """Look everything up in this catalogue."""
    usual, chosen = language.catalogue_of, language.chosen()
    language.catalogue_of = lambda _: catalogue  # type: ignore[assignment]
    language.choose(name)
    try:
        yield
    finally:
        language.catalogue_of = usual
        language.choose(chosen)


def screen_of(notebook: Path) -> Screen:
    """All that a lesson asks a translation for, with every question answered and every film unfolded.

    What may be a text or not is one where the lesson's own code has it as such.
    """
    catalogue, written = Asked(), literals(notebook)
    with asking(catalogue), nobody(), redirect_stdout(StringIO()):
        for cell, value in run(notebook):
            look_at(cell, value)
    texts = [*catalogue.texts, *(text for text in catalogue.perhaps if text in written and is_prose(text))]
    return Screen([text for text in texts if needs_words(text)], [word for word in catalogue.cells if is_word(word)])


@contextmanager
def nobody() -> Iterator[None]:
    """Answers are kept for nobody: whoever runs this has a record of his own."""
    with TemporaryDirectory() as directory, patch.dict(os.environ, {PLACE: str(Path(directory, "progress.json"))}):
        yield


def literals(notebook: Path) -> set[str]:
    """The texts that stand in the code of a lesson."""
    trees = (ast.parse(cell.source) for cell in cells_of(notebook) if cell.kind == "code")
    held = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {node.value for node in held if isinstance(node.value, str)}


def look_at(cell: Cell, value: Any) -> None:
    """Put what a cell ends with on the screen, and open all that is closed there."""
    held = getattr(value, "question", None)
    if held is not None and hasattr(value, "commit"):
        value.commit(_any_answer(held))
    widget = getattr(value, "widget", None)
    for one in _all_of(widget):
        one.get_state()
    if hasattr(value, "_repr_html_"):
        value._repr_html_()


def _any_answer(question: Any) -> Any:
    return {"choice": 0, "number": 1.0, "order": tuple(range(len(question.cards)))}[question.kind]


def _all_of(widget: Any) -> Iterator[Any]:
    if widget is None:
        return
    yield widget
    for child in getattr(widget, "children", ()):
        if type(child).__name__ == "ToggleButton":
            child.value = True  # a film, or the other numbers
    for child in getattr(widget, "children", ()):
        yield from _all_of(child)


def needs_words(text: str) -> bool:
    """Whether a text has words of a language: names of options, hosts, commands and files have none."""
    plain = re.sub(r"\{\w*[^{}]*\}", "", text)
    return re.search(r"\b[A-Z]?[a-z]{2,}\b", plain) is not None and re.fullmatch(r"[\w.:/@-]*[./@_]\S*", plain) is None


def is_word(text: str) -> bool:
    """Whether the text of a cell is a word of a language, and no name or number."""
    return re.fullmatch(r"[a-z]{2,}(?:-[a-z]+)*", text) is not None
