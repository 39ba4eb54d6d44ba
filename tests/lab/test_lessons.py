"""What a student has solved, lesson by lesson."""

import pytest

from simlib import lab
from simlib.lab import progress


@pytest.fixture(autouse=True)
def own_file(tmp_path, monkeypatch):
    monkeypatch.setenv(progress.PLACE, str(tmp_path / "hana.json"))
    return tmp_path / "hana.json"


def of(shown, title):
    return next(one for one in shown.look() if one.title.startswith(title))


def test_each_lesson_has_at_least_three_exercises_and_shows_what_is_solved() -> None:
    shown = lab.lessons()
    assert min(one.exercises for one in shown.look()) >= 3
    progress.note("04.b", tries=2, hints=1, solved=1)
    progress.note("04.drill", tries=1)
    done = of(shown, "04")
    assert (done.title, done.solved, done.tries, done.hints) == ("04 Delivery efficiency", 1, 3, 1)
    assert f"<td>1 of {done.exercises}</td>" in shown._table.value


def test_predictions_are_counted_beside_them() -> None:
    progress.note_prediction("04.1", 1, True)
    progress.note_prediction("04.2", 1, False)
    done = of(lab.lessons(), "04")
    assert (done.answered, done.foreseen, done.solved) == (2, 1, 0)
    assert f"<td>2 of {done.asked}</td><td>1</td>" in lab.lessons()._table.value


def test_a_lesson_is_done_when_all_of_it_is_solved() -> None:
    for id in ("08.a", "08.b", "08.c", "08.drill"):
        assert of(lab.lessons(), "08").mark == ""
        progress.note(id, solved=1)
    assert of(lab.lessons(), "08").mark == "✓ done"


def test_as_text_it_does_not_depend_on_what_is_solved() -> None:
    before = repr(lab.lessons())
    progress.note("04.b", solved=1)
    assert repr(lab.lessons()) == before


def test_a_record_that_cannot_be_read_is_told_of(own_file) -> None:
    own_file.write_text("{")
    assert lab.lessons().look() == []
    assert "cannot be read" in lab.lessons()._table.value
