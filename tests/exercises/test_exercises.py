"""Every exercise accepts its solution and refuses typical mistakes, each with a reason."""

import pytest

from simlib.exercises import ALL, ExerciseError, find

EXERCISES = [pytest.param(one, id=one.id) for one in ALL.values()]
MISTAKES = [pytest.param(one, wrong, id=f"{one.id} {wrong!r}") for one in ALL.values() for wrong in one.mistakes]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_its_solution_is_right(exercise) -> None:
    verdict = exercise.check(exercise.solution)
    assert verdict.right, verdict.why


@pytest.mark.parametrize(("exercise", "wrong"), MISTAKES)
def test_a_typical_mistake_is_refused_with_a_reason(exercise, wrong) -> None:
    verdict = exercise.check(wrong)
    assert not verdict.right
    assert len(verdict.why) > 10


@pytest.mark.parametrize("exercise", EXERCISES)
def test_what_is_given_is_not_the_solution_and_hints_and_mistakes_are_there(exercise) -> None:
    assert not exercise.check(exercise.given).right
    assert len(exercise.hints) >= 1
    assert len(exercise.mistakes) >= 2
    assert exercise.kind != "choice" or exercise.solution in exercise.choices


def test_an_unknown_one_is_named_with_those_there_are() -> None:
    with pytest.raises(ExerciseError, match=r"no exercise '99\.z'.*04\.a"):
        find("99.z")


def test_what_sendmail_complains_of_stands_beside_the_reason() -> None:
    verdict = find("04.b").check("O ConnectionCashSize=1")
    assert "connections, where" in verdict.why
    assert verdict.why.count("ConnectionCacheSize") == 1
