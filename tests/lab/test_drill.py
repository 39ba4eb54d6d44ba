"""An incident drill as it stands on the screen."""

import pytest

from simlib import lab
from simlib.lab import progress


@pytest.fixture(autouse=True)
def own_file(tmp_path, monkeypatch):
    monkeypatch.setenv(progress.PLACE, str(tmp_path / "hana.json"))


@pytest.fixture
def shown():
    """A drill whose cure is a call: a host that is down."""
    return lab.drill("12", _number("12", "it is down"))


def _number(topic: str, cause: str) -> int:
    held = lab.drill(topic).drill
    return next(n for n, card in enumerate(held.deck, 1) if card[0] == cause)


def found(shown) -> None:
    """Give the right diagnosis."""
    question = shown.exercise
    question.field.cause.value, question.field.place.value = question.exercise.solution.splitlines()
    assert question.check().right


def test_commands_are_typed_and_the_answer_is_judged_and_kept() -> None:
    shown = lab.drill("04")
    assert "deferred" in shown.console("mailq").lower()
    cause, place = shown.exercise.exercise.solution.splitlines()
    shown.exercise.field.cause.value = cause
    assert "where" in shown.exercise.check().why
    assert not shown.repair.widget.children
    shown.exercise.field.place.value = place
    assert shown.exercise.check().right
    assert shown.repair.widget.children
    assert progress.read()["04.drill"].items() >= {"tries": 2, "hints": 0, "solved": 0}.items()


def test_nothing_stands_beside_the_shell_before_a_command_is_typed(shown) -> None:
    assert shown.console.terminal.beside == {}
    assert shown.console.terminal.lines == []
    shown.console.wait(600)
    assert shown.console.terminal.beside == {}


def test_it_is_solved_when_it_is_put_right_and_lines_and_minutes_are_counted(shown) -> None:
    found(shown)
    shown.console("mailq")
    assert not shown.repair.run_on().right
    assert "Not yet" in shown.repair._verdict.value
    assert progress.read()["12.drill"]["solved"] == 0
    shown.repair.people.value = f"postmaster@{shown.exercise.exercise.solution.partition('mx.')[2]}"
    shown.repair.ring()
    assert "thanks you" in shown.console.terminal.lines[-1][1]
    passed = shown.repair._scene.minutes
    verdict = shown.repair.run_on()
    assert verdict.right, verdict.why
    told = shown.repair._verdict.value
    assert f"calls: 2. Simulated minutes: {passed}." in told
    assert "It could be seen at once by: cat /var/log/maillog" in told
    kept = progress.read()["12.drill"]
    assert kept.items() >= {"solved": 1, "incidents": 1, "commands": 2, "minutes": passed}.items()


def test_time_that_is_let_pass_is_counted(shown) -> None:
    shown.console.wait(3_600)
    assert shown.repair._scene.minutes == 60


def test_a_button_leads_to_the_next_one_and_another_begins_anew(shown) -> None:
    before, number = shown.exercise, shown.number
    shown.console("mailq")
    again, following = shown.exercise.widget.children[-1].children[:2]
    again.click()
    assert shown.number == number
    assert shown.exercise.exercise.solution == before.exercise.solution
    assert shown.console.terminal.lines == []
    following.click()
    assert shown.number == number + 1
    assert shown.exercise.exercise.solution != before.exercise.solution
    assert shown.widget.children == (shown.exercise.widget,)


def test_a_way_is_shown_to_whoever_asks_and_that_is_noted(shown) -> None:
    found(shown)
    shown.repair.show_way()
    assert "ring up postmaster@" in shown.repair._help.value
    assert progress.read()["12.drill"]["looked"] == 1


def test_where_nobody_can_be_rung_up_there_is_no_button_for_it() -> None:
    shown = lab.drill("18")
    found(shown)
    assert shown.repair._parts.children[1].children == ()


def test_another_number_is_another_incident() -> None:
    solutions = {lab.drill("04", number).exercise.exercise.solution for number in range(1, 14)}
    assert len(solutions) == 13


def test_as_text_it_is_the_question_the_causes_and_the_shell() -> None:
    text = repr(lab.drill("13", 2))
    assert text.startswith("Incident 13: A call from outside")
    assert text.endswith("Console: the shell of root on mail.here.example")
