"""Predict: an answer before the run, held against what the run then shows."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as widgets

from simlib.errors import WorkbookError
from simlib.lab.names import names
from simlib.lab.numbers import in_words
from simlib.lab.screen import Written, options, shown
from simlib.lab.telling import NumbersOf, told_first
from simlib.visible import html


def predict(
    question: str,
    choices: Sequence[str],
    seen: Callable[..., str],
    run: Callable[..., Any] | None = None,
    **settings: Any,
) -> "Prediction":
    """Ask before running. ``seen`` gives the choice that came true: of the trace of ``run(**settings)``.

    What came is then told with the scenario's telling numbers. Without ``run``, ``seen`` takes nothing and makes its
    runs itself. That is done only when somebody has chosen, so nobody can read the answer off the screen.
    """
    if len(set(choices)) < 2:
        raise WorkbookError(f"predict(…, choices={list(choices)!r}): at least two different choices")
    if run is None:
        return Prediction(question, tuple(choices), lambda: (seen(), ""))

    def ran() -> tuple[str, str]:
        trace = run(**settings)
        return seen(trace), in_words(told_first(run, NumbersOf(trace)))

    return Prediction(question, tuple(choices), ran)


class Prediction:
    """A question on the screen. ``seen`` gives the choice that came true, and the numbers that tell it in words."""

    def __init__(self, question: str, choices: tuple[str, ...], seen: Callable[[], tuple[str, str]]) -> None:
        self.question = question
        self.choices = choices
        self._seen = seen
        self._field = widgets.RadioButtons(options=options(choices), value=None, layout=widgets.Layout(width="auto"))
        self._told = Written()
        self._field.observe(lambda change: self.choose(change["new"]), names="value")
        question_shown = Written(html("<div class='question'><b>Predict.</b> {}</div>", question))
        parts = [question_shown, self._field, self._told, names()]
        self.widget = widgets.VBox(parts).add_class("simlib-exercise").add_class("simlib-named")

    def __repr__(self) -> str:
        return "\n".join([f"Predict: {self.question}", *(f"  - {choice}" for choice in self.choices)])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(self.widget, repr(self))

    def choose(self, choice: str) -> bool:
        """Choose; gives whether it came true."""
        seen, numbers = self._seen()
        if seen not in self.choices:
            raise WorkbookError(f"the run gave {seen!r}, which is none of the choices {list(self.choices)}")
        true = choice == seen
        words = "as you said." if true else f"not “{choice}”."
        self._told.value = html(
            "<div role='status'>It ran, and came out as <b>{}</b>: {}{}</div>",
            seen,
            words,
            f" It had: {numbers}." if numbers else "",
        )
        return true
