"""An exercise on the screen: the question, a field for the answer, what the judge says, hints by degrees."""

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from simlib.errors import WorkbookError, words_of
from simlib.exercises import Exercise, Verdict, find
from simlib.lab import progress
from simlib.lab.names import after_fields, named, names
from simlib.lab.ordering import Ordering
from simlib.lab.screen import Written, options, shown
from simlib.language import phrase, sentences, translated
from simlib.visible import Html, html, visible

STYLE = Html("""<style>
.simlib-exercise { border: 1px solid #8a94a0; border-radius: 6px; padding: 10px 14px; font-size: 16px;
  max-width: 980px; }
.simlib-exercise .question { font-size: 17px; line-height: 1.4; }
.simlib-exercise textarea, .simlib-exercise input[type=text] { font-family: monospace; font-size: 16px; }
.simlib-exercise .simlib-label { font-size: 16px; font-weight: 600; line-height: 1.4; }
.simlib-exercise .widget-radio-box label, .simlib-exercise button, .simlib-exercise select { font-size: 16px; }
.simlib-exercise [role=status] { font-size: 16px; line-height: 1.4; }
.simlib-exercise .right { border-left: 6px solid #009E73; padding-left: 8px; }
.simlib-exercise .wrong { border-left: 6px solid #D55E00; padding-left: 8px; }
.simlib-exercise .simlib-repair { border-top: 1px solid #8a94a0; margin-top: 10px; padding-top: 8px; }
.simlib-exercise .simlib-next span { font-size: 16px; }
.simlib-exercise .simlib-next { border-top: 1px solid #8a94a0; margin-top: 10px; padding-top: 8px; }
.simlib-exercise.simlib-open { max-width: none; }
</style>""")


RIGHT = "<div role='status' class='right'><b>{}</b> {}</div>"
WRONG = "<div role='status' class='wrong'><b>{}</b> {}</div>"


def exercise(id: str) -> "ExerciseOnScreen":
    """Show an exercise, such as ``04.b``. Its answer is judged by running it."""
    return ExerciseOnScreen(find(id))


class ExerciseOnScreen:
    """An exercise with its field and buttons; ``check()`` judges what stands in the field.

    ``site``: a widget between question and answer, if there is something to look at.
    """

    def __init__(self, held: Exercise, site: Any = None) -> None:
        self.exercise = held
        self._hints = 0
        self.field = _field(held)
        on_enter(self.field, self.check)
        self._verdict = Written()
        self._help = Written()
        self._kept = Written()  # what there is to say of the file that keeps the progress
        check, hint, solution = (
            widgets.Button(description=translated(text), layout=widgets.Layout(width="auto"))
            for text in ("Check", "Hint", "Show the solution")
        )
        check.button_style = "primary"
        check.on_click(after_fields(self.check))
        hint.on_click(lambda _: self.hint())
        solution.on_click(lambda _: self.show_solution())
        question = html("<div class='question'><b>{}.</b> {}</div>", held.title, phrase(held.question))
        buttons = widgets.HBox([check, hint, solution])
        label = Written(html("<span class='simlib-label'>{}</span>", phrase("Your answer")))
        above = [Written(html("{}{}", STYLE, question)), *([] if site is None else [site])]
        parts = [*above, named(label, self.field), buttons, self._verdict, self._help, self._kept, names()]
        self.widget = widgets.VBox(parts).add_class("simlib-exercise").add_class("simlib-named")

    def __repr__(self) -> str:
        choices = [f"  - {choice}" for choice in self.exercise.choices]
        return "\n".join([f"{self.exercise.title}: {self.exercise.question}", *choices])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(self.widget, repr(self))

    def check(self) -> Verdict:
        """Judge what stands in the field, show why, and note it."""
        value = self.field.value
        answer = "\n".join(value) if isinstance(value, tuple) else str(value or "")
        verdict = self.exercise.check(answer)
        self._verdict.value = (
            html(RIGHT, phrase("✓ Right."), verdict.why)
            if verdict.right
            else html(WRONG, phrase("✗ Not yet."), verdict.why)
        )
        self._judged(answer, verdict)
        return verdict

    def _judged(self, answer: str, verdict: Verdict) -> None:
        self._note(answer, tries=1, solved=int(verdict.right))

    def hint(self) -> str:
        """The next hint; after the last one it comes again."""
        place = min(self._hints, len(self.exercise.hints) - 1)
        self._hints += 1
        text = self.exercise.hints[place]
        many = len(self.exercise.hints)
        told = phrase("Hint {n} of {many}: {text}", n=place + 1, many=many, text=phrase(text))
        self._help.value = html("<div role='status'>{}</div>", told)
        self._note(hints=1)
        return text

    def _note(self, answer: str = "", **change: int) -> None:
        self._kept.value = noted(lambda: progress.note(self.exercise.id, answer, **change))

    def show_solution(self) -> None:
        """One answer that is right."""
        self._help.value = html(
            "<div role='status'>{}<pre>{}</pre></div>", phrase("A solution:"), _solution(self.exercise)
        )
        self._note(looked=1)


def noted(note: Callable[[], str]) -> Html:
    """Keep something on disk; where that cannot be, or something was wrong there, it is told and the lesson goes on."""
    try:
        told = note()
    except WorkbookError as trouble:
        told = words_of(trouble)
    return html("<div role='alert'>{}</div>", told) if told else Html("")


def on_enter(field: Any, act: Callable[[], object]) -> None:
    """Let the Enter key in a line of text do what the button beside it does; another field has no such key."""
    enter = after_fields(act)
    for part in (field, *getattr(field, "children", ())):
        if type(part) is widgets.Text:
            part.on_msg(lambda _, content, __: enter() if content.get("event") == "submit" else None)


class IncidentField(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """A choice of causes and a line for the place; ``value`` is both, on a line each."""

    def __init__(self, causes: tuple[str, ...]) -> None:
        self.cause = widgets.RadioButtons(options=options(causes), value=None, layout=widgets.Layout(width="100%"))
        self.place = widgets.Text(placeholder=translated("which, or where"))
        super().__init__([self.cause, self.place])

    @property
    def value(self) -> str:
        return f"{self.cause.value or ''}\n{self.place.value}"


def _solution(held: Exercise) -> str:
    """A solution as it is read: what is chosen or laid in order is written in the language of the screen."""
    return sentences(map(phrase, held.solution.split("\n")), "\n") if held.choices else held.solution


def _field(held: Exercise) -> Any:
    wide = widgets.Layout(width="auto")  # all but the margins: the whole width would be cut off at the right
    if held.kind == "incident":
        return IncidentField(held.choices)
    if held.kind == "choice":
        return widgets.RadioButtons(options=options(held.choices), value=None, layout=wide)
    if held.kind == "number":
        return widgets.Text(value=visible(held.given), placeholder=translated("a number"))
    if held.kind == "order":
        return Ordering(held.choices, held.given.splitlines() or held.choices)
    rows = max(3, held.given.count("\n") + 2)
    return widgets.Textarea(value=visible(held.given), rows=rows, layout=wide)
