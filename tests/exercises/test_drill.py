"""Incident drills: the commands of the site tell what is wrong, and nothing else does."""

import re

import pytest

from simlib.exercises import DRILLS, ExerciseError, find_drill

NUMBERS = range(1, 9)
EACH = [pytest.param(drill, id=drill.id) for drill in DRILLS.values()]


def printed(drill, scene, cause) -> bool:
    """Whether the command that tells of a cause, typed at the site, prints what tells of it."""
    command, told = drill.evidence[cause]
    said = scene.world.shell(scene.desk)(command.replace("{place}", scene.place))
    return re.search(told.replace("{place}", re.escape(scene.place)), said) is not None


@pytest.mark.parametrize("drill", EACH)
def test_the_commands_tell_the_cause_and_no_other(drill) -> None:
    for number in NUMBERS:
        scene = drill.at(number)
        assert [cause for cause in drill.evidence if printed(drill, scene, cause)] == [scene.cause], number


@pytest.mark.parametrize("drill", EACH)
def test_incidents_differ_in_cause_and_a_number_gives_the_same_one_again(drill) -> None:
    scenes = [drill.at(number) for number in NUMBERS]
    assert {scene.cause for scene in scenes} == set(drill.evidence)
    assert drill.at(3)[2:] == scenes[2][2:]


@pytest.mark.parametrize("drill", EACH)
def test_neither_the_question_nor_the_causes_give_it_away(drill) -> None:
    for number in NUMBERS:
        exercise, place = drill.exercise(number), drill.at(number).place
        assert place not in exercise.question or "(office, " in exercise.question  # all five lists are named
        assert not any(place in cause for cause in drill.causes)
    assert len(drill.causes) >= 4
    assert set(drill.evidence) < set(drill.causes)


@pytest.mark.parametrize("drill", EACH)
def test_the_right_answer_is_right_and_each_other_is_refused_with_a_reason(drill) -> None:
    for number in (1, 2):
        exercise = drill.exercise(number)
        assert exercise.check(exercise.solution).right
        for wrong in exercise.mistakes:
            verdict = exercise.check(wrong)
            assert not verdict.right
            assert len(verdict.why) > 10


def test_the_place_is_taken_as_people_write_it() -> None:
    exercise = find_drill("04").exercise()
    cause, place = exercise.solution.splitlines()
    assert exercise.check(f"{cause}\n  {place.upper()}. ").right


@pytest.mark.parametrize("given", ["dialup3", "spam@dialup3.net.example", "dialup3.net.example [10.0.0.6]"])
def test_a_name_cut_short_or_with_more_is_not_called_wrong(given: str) -> None:
    exercise = find_drill("17").exercise()
    cause, place = exercise.solution.splitlines()
    assert place == "dialup3.net.example"
    verdict = exercise.check(f"{cause}\n{given}")
    assert not verdict.right
    assert "near: write the name itself" in verdict.why
    assert "not at dialup2" in exercise.check(f"{cause}\ndialup2").why


@pytest.mark.parametrize("drill", EACH)
def test_a_command_is_told_as_it_is_typed(drill) -> None:
    for number in NUMBERS:
        exercise = drill.exercise(number)
        told = [*exercise.hints, exercise.check(exercise.solution).why]
        assert not any("{place}" in words for words in told)
        assert not any(drill.at(number).place in hint for hint in exercise.hints[-1:])


def test_an_unknown_one_is_named_with_those_there_are() -> None:
    with pytest.raises(ExerciseError, match=r"no drill for '99'.*04"):
        find_drill("99")
    with pytest.raises(ExerciseError, match="counted from 1"):
        find_drill("04").at(0)
