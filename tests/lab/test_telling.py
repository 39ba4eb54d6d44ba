"""Telling numbers stand first, wherever a scenario is shown."""

import pytest

from simlib import Trace, WorkbookError, World, lab
from simlib.exercises import Question


@lab.telling("longest delay", "lost")
def morning(letters: int = 3, seed: int = 1) -> Trace:
    world = World(seed=seed)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.sendmail("mx.there.example", domain="there.example")
    world.outage("mx.there.example", "0s", "20m")
    for n in range(letters):
        mail.submit("taro@here.example", "hana@there.example", at=n)
    mail.queue_run(every="15m")
    return world.run(until="1h")


def test_an_exploration_shows_them_before_the_balance_and_follows_the_run() -> None:
    shown = lab.explore(morning, letters=(0, 9), show=[lab.attempts])
    assert repr(shown).splitlines()[:5] == [
        "morning(letters=3, seed=1)",
        "Telling numbers",
        "  longest delay  30 min",
        "  lost           0",
        "seed 1, 1 h simulated",
    ]
    assert next(iter(shown._numbers())) == "Telling numbers"
    assert "longest delay" in shown._panel._telling.value
    assert "longest delay" not in shown._panel._rest.value.partition("Delay of delivered")[0]
    shown.rerun(letters=0)
    assert str(shown.telling["longest delay"]) in ("—", "0 s")


def test_a_comparison_shows_them_in_its_first_rows_and_only_there() -> None:
    compared = lab.compare(morning, {"few": {"letters": 1}, "many": {"letters": 5}}, show=[lab.delays])
    names = [name for name, _ in compared.rows]
    assert names[:3] == ["longest delay", "lost", "submitted"]
    assert names.count("lost") == 1
    assert "Delay of delivered messages: longest delay" not in names


ANY_LOST = Question(
    "01.2", "Any lost?", lambda trace: bool(trace.totals()["lost"]), "", {True: ("some", ""), False: ("none", "")}
)


def test_a_prediction_shows_them_first_in_its_lab() -> None:
    shown = lab.predict(ANY_LOST, morning, start={"letters": 2})
    assert list(shown.lab.telling) == ["longest delay", "lost"]


def test_a_scenario_without_any_reads_as_before() -> None:
    shown = lab.explore(lambda letters=1: morning(letters), letters=(0, 9))
    assert "Telling" not in repr(shown)


@pytest.mark.parametrize(
    "show",
    [
        lambda run: lab.explore(run),
        lambda run: lab.compare(run, {"a": {}, "b": {"letters": 1}}, show=[]),
        lambda run: lab.table(run, letters=(1, 2)),
        lambda run: lab.predict(ANY_LOST, run),
    ],
)
def test_a_name_that_no_number_has_is_answered_with_those_there_are(show) -> None:
    wrong = lab.telling("longest delays")(lambda letters=3: morning(letters))
    with pytest.raises(WorkbookError, match="no number is called 'longest delays'; did you mean 'longest delay'.*RSET"):
        show(wrong)


def test_one_to_three_of_them() -> None:
    for names in ((), ("a", "b", "c", "d"), (morning,)):
        with pytest.raises(WorkbookError, match="name one to 3 numbers"):
            lab.telling(*names)
