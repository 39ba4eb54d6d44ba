"""Exercises as they stand on the screen, and what is kept of them."""

import pytest

from simlib import lab
from simlib.lab import progress


@pytest.fixture(autouse=True)
def own_file(tmp_path, monkeypatch):
    monkeypatch.setenv(progress.PLACE, str(tmp_path / "hana.json"))
    return tmp_path / "hana.json"


def test_an_answer_is_judged_and_kept(own_file) -> None:
    shown = lab.exercise("04.b")
    shown.field.value = "O ConnectionCacheSize=4"
    assert not shown.check().right
    shown.field.value = shown.exercise.solution
    assert shown.check().right
    shown.field.value = ""
    shown.check()
    assert progress.read()["04.b"] == {
        "tries": 3,
        "hints": 0,
        "looked": 0,
        "solved": 1,
        "answer": shown.exercise.solution,
    }


def test_looking_at_the_solution_is_noted() -> None:
    shown = lab.exercise("04.b")
    shown.show_solution()
    assert progress.read()["04.b"]["looked"] == 1
    assert shown.exercise.solution in shown._help.value


@pytest.mark.parametrize("id", ["04.a", "04.b"])
def test_enter_in_a_line_submits(id) -> None:
    shown = lab.exercise(id)
    shown.field.value = "36"
    shown.field._handle_custom_msg({"event": "submit"}, [])
    assert bool(shown._verdict.value) == (id == "04.a"), "in an editor of several lines it begins a new one"


def test_hints_come_by_degrees() -> None:
    shown = lab.exercise("04.b")
    assert [shown.hint() for _ in range(4)] == [*shown.exercise.hints, shown.exercise.hints[-1]]


def test_a_class_is_summed_up_as_csv(own_file) -> None:
    progress.note("04.a", "36", tries=2, solved=1)
    progress.note_prediction("04.1", 1, True)
    progress.note_hands("04.1", [3, 20, 1, 0])
    answered, predicted = lab.summary([own_file]).splitlines()[1:]
    assert answered == "hana,04.a,1,2,0,0,36,,,,"
    assert predicted.startswith("hana,ask-04.1,1,1,0,0,8,20")
