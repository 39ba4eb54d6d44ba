"""An incident drill as it stands on the screen."""

import pytest

from simlib import lab
from simlib.lab import progress


@pytest.fixture(autouse=True)
def own_file(tmp_path, monkeypatch):
    monkeypatch.setenv(progress.PLACE, str(tmp_path / "hana.json"))


def test_commands_are_typed_and_the_answer_is_judged_and_kept() -> None:
    shown = lab.drill("04")
    assert "Deferred" in shown.console("mailq")
    cause, place = shown.exercise.exercise.solution.splitlines()
    shown.exercise.field.cause.value = cause
    assert "where" in shown.exercise.check().why
    shown.exercise.field.place.value = place
    assert shown.exercise.check().right
    assert progress.read()["04.drill"].items() >= {"tries": 2, "hints": 0, "solved": 1}.items()


def test_another_number_is_another_incident() -> None:
    solutions = {lab.drill("04", number).exercise.exercise.solution for number in (1, 2, 3, 4)}
    assert len(solutions) > 1


def test_as_text_it_is_the_question_the_causes_and_the_shell() -> None:
    text = repr(lab.drill("13", 2))
    assert text.startswith("Incident 13: A call from outside")
    assert text.endswith("Console: the shell of root on mail.here.example")
