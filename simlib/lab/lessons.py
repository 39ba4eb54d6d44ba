"""The lessons on the screen: how many of the exercises of each are solved, and how many hints it took."""

from typing import Any, NamedTuple

import ipywidgets as widgets

from simlib.errors import WorkbookError
from simlib.exercises import ALL, DRILLS, LESSONS
from simlib.lab import progress
from simlib.lab.screen import Written, shown
from simlib.visible import Html, html

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

    @property
    def mark(self) -> str:
        """Whether it is done, in a word for those who do not see the sign."""
        return "✓ done" if self.solved == self.exercises else ""


def lessons() -> "Lessons":
    """A table of the lessons with what is solved of each; *Look again* reads anew what is kept on disk."""
    return Lessons()


class Lessons:
    """The table. As text it has no numbers: what is solved is the student's own, and on the screen."""

    def __init__(self) -> None:
        self._table = Written()
        again = widgets.Button(description="Look again", layout=widgets.Layout(width="auto", align_self="flex-start"))
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
            self._table.value = html("<div role='alert'>{}</div>", trouble)
            return []
        self._table.value = _table(done)
        return done


def done_so_far() -> list[Lesson]:
    """Each lesson with what the student has done of it."""
    kept = progress.read()
    return [_lesson(title, [kept.get(id, {}) for id in _ids(number)]) for number, title in LESSONS.items()]


def _ids(number: str) -> list[str]:
    return [id for id in (*ALL, *DRILLS) if id.startswith(f"{number}.")]


def _lesson(title: str, entries: list[dict[str, int]]) -> Lesson:
    solved, tries, hints = (sum(entry.get(name, 0) for entry in entries) for name in ("solved", "tries", "hints"))
    return Lesson(title, len(entries), solved, tries, hints)


def _table(done: list[Lesson]) -> Html:
    head = [html("<th scope='col'>{}</th>", name) for name in ("lesson", "solved", "tries", "hints", "")]
    row = "<tr><th scope='row'>{}</th><td>{} of {}</td><td>{}</td><td>{}</td><td>{}</td></tr>"
    rows = [html(row, one.title, one.solved, one.exercises, one.tries, one.hints, one.mark) for one in done]
    table = "<table aria-label='what you have solved'><thead><tr>{}</tr></thead><tbody>{}</tbody></table>"
    return html(table, head, rows)
