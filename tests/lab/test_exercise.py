"""Exercises and predictions as they stand on the screen, and what is kept of them."""

import pytest

from simlib import WorkbookError, lab
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
    assert progress.read()["04.b"] == {"tries": 3, "hints": 0, "solved": 1}


def test_hints_come_by_degrees() -> None:
    shown = lab.exercise("04.b")
    assert [shown.hint() for _ in range(4)] == [*shown.exercise.hints, shown.exercise.hints[-1]]


def test_a_class_is_summed_up_as_csv(own_file) -> None:
    progress.note("04.a", tries=2, solved=1)
    assert lab.summary([own_file]) == "student,exercise,solved,tries,hints\nhana,04.a,1,2,0\n"


def test_a_prediction_is_held_against_the_run() -> None:
    runs = []
    shown = lab.predict("How many?", ["1", "20"], seen=lambda: runs.append(1) or "20")
    assert runs == []
    assert not shown.choose("1")
    assert shown.choose("20")


def test_a_run_that_gives_none_of_the_choices_is_an_error() -> None:
    with pytest.raises(WorkbookError, match="none of the choices"):
        lab.predict("How many?", ["1", "20"], seen=lambda: "7").choose("1")
