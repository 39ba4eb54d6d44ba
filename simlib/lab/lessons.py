"""The lessons on the screen: how many exercises of each are solved, with how many hints, and what was predicted."""

from typing import Any, NamedTuple

import ipywidgets as widgets

from simlib.errors import WorkbookError, words_of
from simlib.exercises import ALL, DRILLS, LESSONS, QUESTIONS
from simlib.lab import progress
from simlib.lab.screen import Written, shown
from simlib.language import phrase, translated
from simlib.visible import Html, attribute, html

_STYLE = Html("""<style>
.simlib-lessons table { border-collapse: collapse; font-size: 16px; line-height: 1.4; }
.simlib-lessons th, .simlib-lessons td { padding: 3px 12px; text-align: left; font-weight: 400; }
.simlib-lessons button { font-size: 16px; }
.simlib-lessons thead th { font-weight: 600; border-bottom: 1px solid currentColor; }
.simlib-lessons td { text-align: right; font-variant-numeric: tabular-nums; }
</style>""")


class Lesson(NamedTuple):
    """A lesson and what was done in it."""

    title: str
    exercises: int
    solved: int
    tries: int
    hints: int
    asked: int  # questions before a run
    answered: int
    foreseen: int  # answers that came true

    @property
    def mark(self) -> str:
        """Whether it is done, in a word for those who do not see the sign."""
        return phrase("✓ done") if self.solved == self.exercises else ""


def lessons() -> "Lessons":
    """A table of the lessons with what is solved of each; *Look again* reads anew what is kept on disk."""
    return Lessons()


class Lessons:
    """The table. As text it has no numbers: what is solved is the student's own, and on the screen."""

    def __init__(self) -> None:
        self._table = Written()
        again = widgets.Button(
            description=translated("Look again"), layout=widgets.Layout(width="auto", align_self="flex-start")
        )
        again.on_click(lambda _: self.look())
        self.widget = widgets.VBox([Written(_STYLE), self._table, again]).add_class("simlib-lessons")
        self.look()

    def __repr__(self) -> str:
        return "What you have solved, lesson by lesson"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return shown(self.widget, repr(self))

    def look(self) -> list[Lesson]:
        """Read what is kept on disk, and show it."""
        try:
            done = done_so_far()
        except WorkbookError as trouble:
            self._table.value = html("<div role='alert'>{}</div>", words_of(trouble))
            return []
        self._table.value = _table(done)
        return done


def done_so_far() -> list[Lesson]:
    """Each lesson with what the student has done of it."""
    kept = progress.read()
    return [_lesson(number, title, kept) for number, title in LESSONS.items()]


def _lesson(number: str, title: str, kept: progress.Record) -> Lesson:
    exercises = [kept.get(id, {}) for id in (*ALL, *DRILLS) if id.startswith(f"{number}.")]
    questions = [kept.get(progress.ASKED + id, {}) for id in QUESTIONS if id.startswith(f"{number}.")]
    solved, tries, hints = (sum(entry.get(name, 0) for entry in exercises) for name in ("solved", "tries", "hints"))
    foreseen = sum(entry.get("right", 0) for entry in questions)
    answered = sum(bool(entry) for entry in questions)
    return Lesson(title, len(exercises), solved, tries, hints, len(questions), answered, foreseen)


def _table(done: list[Lesson]) -> Html:
    names = ("lesson", "questions answered", "came as you said", "exercises solved", "tries", "hints", "")
    head = [html("<th scope='col'>{}</th>", phrase(name) if name else "") for name in names]
    rows = [_row(one) for one in done]
    table = "<table{}><thead><tr>{}</tr></thead><tbody>{}</tbody></table>"
    return html(table, attribute("aria-label", "what you have done"), head, rows)


def _row(one: Lesson) -> Html:
    answered, solved = (
        phrase("{answered} of {asked}", answered=one.answered, asked=one.asked),
        phrase("{solved} of {exercises}", solved=one.solved, exercises=one.exercises),
    )
    cells = [html("<td>{}</td>", cell) for cell in (answered, one.foreseen, solved, one.tries, one.hints, one.mark)]
    return html("<tr><th scope='row'>{}</th>{}</tr>", phrase(one.title), cells)
