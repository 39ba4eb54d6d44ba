"""``predict``: the question before a run is the way into the run."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ipywidgets as widgets

from simlib.errors import WorkbookError, words_of
from simlib.exercises import Question, find_question
from simlib.exercises.exercise import WrongAnswer, as_number
from simlib.exercises.question import Answer
from simlib.lab import gates, progress
from simlib.lab.after import as_text, on_screen
from simlib.lab.exercise import STYLE, noted, on_enter
from simlib.lab.explore import Exploration
from simlib.lab.hands import Hands, in_a_lecture
from simlib.lab.names import after_fields, named, names
from simlib.lab.ordering import Ordering
from simlib.lab.screen import Written, options, shown
from simlib.language import phrase, translated
from simlib.visible import html

_RIGHT = "<div role='status' class='right'><b>{}</b> {}<p>{}</p></div>"
_WRONG = "<div role='status' class='wrong'><b>{}</b> {}<p>{}</p></div>"


def predict(
    question: str | Question,
    /,
    run: Callable[..., Any] | None = None,
    *,
    show: Sequence[Callable[[Any], Any]] = (),
    start: Mapping[str, Any] | None = None,
    **controls: Any,
) -> "Prediction":
    """Ask first: whoever has committed to an answer sees the run, and what is to be said of that answer.

        lab.predict("04.1", queue_run, cache_size=(0, 8), show=[lab.connections])

    The question, its choices and the words for each stand in the workbook under its name. ``run``, ``show``, ``start``
    and ``controls`` are those of :func:`~simlib.lab.explore.explore`, which is the lab that opens; a ``run`` without
    controls may give anything; ``show`` then makes of it what is shown, charts or texts. The first answer is kept and
    cannot be changed; :func:`~simlib.lab.progress.ask_again` asks afresh. In a lecture hands are counted instead.

    As text it has the question, what came true, and all numbers of the run: a test compares them, nobody sees them.

    Raises ExerciseError for a question that does not exist, WorkbookError where there is no run. A run that does not
    answer the question, since somebody has changed it, is shown all the same.
    """
    held = question if isinstance(question, Question) else find_question(question)
    run = run or held.run
    if run is None:
        raise WorkbookError("predict({id!r}): write the run that answers it: lab.predict({id!r}, run)", id=held.id)
    return Prediction(held, run, list(show), controls, dict(start or {}))


class Prediction:
    """A question on the screen. ``commit(answer)`` is what a click on the button does."""

    def __init__(
        self,
        question: Question,
        run: Callable[..., Any],
        show: list[Callable[[Any], Any]],
        controls: dict[str, Any],
        start: dict[str, Any],
    ) -> None:
        self.question = question
        self.lab: Exploration | None = None
        came = run(**start)
        if hasattr(came, "totals"):
            self.lab = Exploration(run, show, controls, start, first=came)
        elif controls:
            raise WorkbookError(
                "predict({id!r}): controls need a run that returns a trace, not {came!r}", id=question.id, came=came
            )
        self._seen = [] if self.lab else [entry(came) for entry in show] or [came]
        self._show = show
        self._trouble = ""
        try:
            self.outcome = question.outcome(came)
        except WorkbookError as trouble:  # the student has changed the scenario: he shall see what came of that
            self._trouble = words_of(trouble)
        gates.shut(question.id)
        self._field = _field(question)
        on_enter(self._field, self.submit)
        self._in_a_lecture = in_a_lecture()
        self._hands = Hands(question.written) if self._in_a_lecture and question.kind == "choice" else None
        self._button = widgets.Button(
            description=translated("Show what came" if self._hands else "That is my answer"),
            layout=widgets.Layout(width="auto", align_self="flex-start"),
        )
        self._button.button_style = "primary"
        self._button.on_click(after_fields(self.submit))
        self._told = Written()
        self._kept = Written()
        self._opened = widgets.VBox([], layout=widgets.Layout(width="auto"))
        self.widget = (
            widgets.VBox([]).add_class("simlib-exercise").add_class("simlib-predict").add_class("simlib-named")
        )
        self._ask()

    @property
    def is_open(self) -> bool:
        """Whether somebody has committed, and so sees the run."""
        return gates.is_open(self.question.id)

    @property
    def shows(self) -> list[tuple[Callable[[Any], Any], Any]]:
        """Each entry of ``show`` with what it has made of the run, whether somebody has committed or not."""
        return list(zip(self._show, self.lab.charts if self.lab else self._seen, strict=False))

    def submit(self) -> None:
        """Commit to what stands in the field, or show what came after the hands are counted."""
        if self._hands is not None:
            self._count(self._hands)
            return
        try:
            self.commit(_answer(self.question, self._field))
        except WrongAnswer as nothing:
            self._told.value = html("<div role='status' class='wrong'>{}</div>", nothing.args[0])

    def commit(self, answer: Answer) -> bool:
        """Commit to an answer: a choice by its place from 0, a number, cards by their places; whether it came true.

        The first answer counts. Raises WorkbookError for what is no answer to the question.
        """
        if not self.question.accepts(answer):
            raise WorkbookError(
                "question {id}: {answer!r} is no answer; choices are counted from 0", id=self.question.id, answer=answer
            )
        if self._trouble:
            self._told.value = html(
                "<div role='alert'>{}</div>", phrase("{trouble}; nothing is noted.", trouble=self._trouble)
            )
            self._open()
            return False
        before = self._before()
        given = answer if before is None else before
        right = self.question.is_right(given, self.outcome)
        if before is None and not self._in_a_lecture:
            self._kept.value = noted(lambda: progress.note_prediction(self.question.id, given, right))
        self._unfold(given)
        return right

    def __repr__(self) -> str:
        asked = [f"Question {self.question.id}: {self.question.text}", *(f"  - {one}" for one in self.question.written)]
        held = [repr(self.lab)] if self.lab else map(as_text, self._seen)
        came = self._trouble or f"came out as: {self.question.told(self.outcome)}"
        return "\n".join([*asked, came, *held])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(self.widget, repr(self))

    def _ask(self) -> None:
        heading = phrase("Predict {name}.", name=self.question.id)
        asked = html("{}<div class='question'><b>{}</b> {}</div>", STYLE, heading, phrase(self.question.text))
        label = Written(html("<span class='simlib-label'>{}</span>", phrase("Your answer")))
        field = self._hands.widget if self._hands else named(label, self._field)
        self.widget.children = [Written(asked), field, self._button, self._told, self._kept, self._opened, names()]
        before = self._before()
        if before is not None:
            self.commit(before)

    def _before(self) -> Answer | None:
        """What was answered before; in a lecture it is always the first time."""
        return None if self._in_a_lecture else progress.predicted(self.question)

    def _unfold(self, answer: Answer) -> None:
        """Lock the answer, say what came of it, and show the run."""
        question, right = self.question, self.question.is_right(answer, self.outcome)
        _lock(question, self._field, answer)
        came, said = question.told(self.outcome), question.said_of(answer)
        words = question.words_for(answer, self.outcome), phrase(question.because)
        if right:
            self._told.value = html(_RIGHT, phrase("✓ It came as you said: “{came}”.", came=came), *words)
        else:
            otherwise = phrase("✗ You said “{said}”. It came otherwise: “{came}”.", said=said, came=came)
            self._told.value = html(_WRONG, otherwise, *words)
        self._open()

    def _count(self, hands: Hands) -> None:
        """What the room has said, beside what came; and the words for every choice."""
        if self._trouble:
            self.commit(0)
            return
        self._kept.value = noted(lambda: progress.note_hands(self.question.id, hands.counted))
        words = dict(self.question.choices.values())
        bars = hands.bars(words, self.question.told(self.outcome))
        self._told.value = html("{}<div role='status'>{}</div>", bars, phrase(self.question.because))
        self._open()

    def _open(self) -> None:
        self._button.layout.display = "none"
        lab = [self.lab.widget] if self.lab else [on_screen(one) for one in self._seen]
        self._opened.children = lab
        self.widget.add_class("simlib-open")
        gates.unlock(self.question.id)


def _field(question: Question) -> Any:
    if question.kind == "choice":
        wide = widgets.Layout(width="auto")
        return widgets.RadioButtons(options=options(question.written), value=None, layout=wide)
    if question.kind == "order":
        return Ordering(question.cards, question.cards, may_leave_out=False)
    return widgets.Text(
        placeholder=translated(phrase("a number ({unit})", unit=question.unit) if question.unit else "a number")
    )


def _answer(question: Question, field: Any) -> Answer:
    """What stands in the field. Raises WrongAnswer where nothing does."""
    if question.kind == "order":
        return tuple(question.cards.index(card) for card in field.value)
    if question.kind == "number":
        return as_number(field.value)
    if field.value is None:
        raise WrongAnswer("Choose one first: a guess will do. The run will tell.")
    return question.written.index(field.value)


def _lock(question: Question, field: Any, answer: Answer) -> None:
    """Show the answer in the field, which cannot be changed any more."""
    if isinstance(answer, tuple):
        field.value = tuple(question.cards[place] for place in answer)
        field.lock()
        return
    field.value = question.written[int(answer)] if question.kind == "choice" else f"{answer:g}"
    field.disabled = True
