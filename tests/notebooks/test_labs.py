"""Each lab makes the point of its claim: a control moved from end to end moves a telling number the way it should."""

import pytest

from simlib.exercises import QUESTIONS
from simlib.lab.after import After
from simlib.lab.controls import CheckBox, DropDown, Slider
from simlib.lab.explore import Exploration
from simlib.lab.predict import Prediction
from tests.notebooks.lesson import LESSONS, cells_of, run

# question whose lab moves no number of its claim -> why; at most five
WITHOUT = {"06.2b": "an old stack at the sender harms nobody: that nothing moves is what it shows"}


def ends_of(control):
    """The two ends of a control."""
    if isinstance(control, Slider):
        return control.low, control.high
    if isinstance(control, DropDown):
        values = list(control.choices.values())
        return values[0], values[-1]
    assert isinstance(control, CheckBox), f"{control.label}: a point of an order of cards needs its ends"
    return False, True


def labs_of(shown):
    """The labs of a lesson that was run, with the question that each belongs to."""
    for cell, value in shown:
        if isinstance(value, Prediction) and value.lab and value.lab.ranges:
            yield value.question, value.lab
        for held in value._held if isinstance(value, After) else [value]:
            if isinstance(held, Exploration) and held.ranges:
                claims = [tag.removeprefix("claim-") for tag in cell.tags if tag.startswith("claim-")]
                yield next(one for one in QUESTIONS.values() if one.claim in claims and one.points), held


def shown_by(lab, points):
    """Those points of which the lab has the control and the number."""
    return [point for point in points if point.control in lab.ranges and point.number in lab.telling]


def of_the_claim(question):
    """The points of its claim's other questions: they may share a lab, begun elsewhere."""
    others = [one for one in QUESTIONS.values() if one.claim == question.claim and one is not question]
    return [point for one in others for point in one.points]


def what_is_wrong(lab, point):
    """Why the lab does not make a point; empty where it does."""
    (low, before), (high, after) = moved(lab, point)
    numbers = isinstance(before, (int, float)) and isinstance(after, (int, float))
    if not (numbers and (after > before if point.way == "rises" else after < before)):
        return f"{point} went from {before} to {after}"
    if isinstance(lab.ranges[point.control], Slider) and (before, after) == (low, high):
        return f"{point} only echoes the control"
    return ""


def moved(lab, point):
    """The telling number at both ends of the control, all else as at first."""
    first = lab.settings[point.control]
    found = []
    for end in point.ends or ends_of(lab.ranges[point.control]):
        lab.rerun(**{point.control: end})
        found.append((end, lab.telling[point.number].value))
    lab.rerun(**{point.control: first})
    return found


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.name)
def test_a_run_answers_its_question_and_its_lab_moves_the_number_of_its_claim(path) -> None:
    shown = run(path)
    wrong = [value._trouble for _, value in shown if isinstance(value, Prediction) and value._trouble]
    for question, lab in labs_of(shown):
        own = [what_is_wrong(lab, point) for point in shown_by(lab, question.points)]
        others = [what_is_wrong(lab, point) for point in shown_by(lab, [] if own else of_the_claim(question))]
        wrong += [f"{question.id}: {why}" for why in own if why]
        if not own and all(others) and question.id not in WITHOUT:
            wrong.append(f"{question.id}: no point for {list(lab.ranges)} and {list(lab.telling)}: {others}")
    assert wrong == []


@pytest.mark.parametrize("id", [id for id, one in QUESTIONS.items() if one.points])
def test_a_question_with_points_has_a_lab_that_shows_them(id) -> None:
    """A point whose number or control no lab of its lesson has would never be looked at."""
    lesson = next(path for path in LESSONS if path.name.startswith(id[:2]))
    asked = next(cell for cell in cells_of(lesson) if cell.asks == id)
    assert all(f"{point.control}=" in asked.source or "**" in asked.source for point in QUESTIONS[id].points)
    assert any(f'"{point.number}"' in cell.source for cell in cells_of(lesson) for point in QUESTIONS[id].points)


def test_few_labs_are_without_a_point() -> None:
    assert len(WITHOUT) <= 5
    assert set(WITHOUT) <= set(QUESTIONS)
