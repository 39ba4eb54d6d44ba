"""Every exercise accepts its solution and refuses typical mistakes, each with a reason."""

import re

import pytest

from simlib.exercises import ALL, ExerciseError, find
from tests.exercises.answers import RIGHT, WRONG, WRONG_ORDERS

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


# the unrelated and the empty: lines that change nothing in any exercise, and words
NOTHING = (
    "",
    " ",
    "# nothing",
    "O QueueLA=8",
    "O PrivacyOptions=authwarnings",
    "yes",
    "42",
    "0",
    "Dx y",
    "O MinQueueAge=0",
)
FREE = [id for id, exercise in ALL.items() if exercise.kind in ("cf", "number", "text")]
TRIED = {**WRONG, **WRONG_ORDERS}


@pytest.mark.parametrize("id", FREE)
def test_each_usual_form_of_the_right_answer_is_taken(id) -> None:
    refused = {answer: verdict.why for answer in RIGHT[id] if not (verdict := find(id).check(answer)).right}
    assert not refused


@pytest.mark.parametrize("id", TRIED)
def test_each_wrong_answer_is_refused_with_a_word_of_its_own(id) -> None:
    for answer, word in TRIED[id].items():
        verdict = find(id).check(answer)
        assert not verdict.right, answer
        assert word in verdict.why, answer


@pytest.mark.parametrize("exercise", [pytest.param(one, id=one.id) for one in ALL.values() if one.kind == "choice"])
def test_each_choice_but_one_is_refused_with_a_word_of_its_own(exercise) -> None:
    said = [exercise.check(choice).why for choice in exercise.choices if choice != exercise.solution]
    assert len(set(said)) == len(exercise.choices) - 1
    assert not any("none of the choices" in words or "It does not run" in words for words in said)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_none_is_passed_by_nothing(exercise) -> None:
    assert [answer for answer in NOTHING if exercise.check(answer).right] == []


def test_many_answers_of_each_kind_are_tried() -> None:
    assert set(RIGHT) == set(WRONG) == set(FREE)
    assert set(WRONG_ORDERS) == {id for id, exercise in ALL.items() if exercise.kind == "order"}
    for id in FREE:
        assert len(set(RIGHT[id])) >= 6, id
    for id, answers in TRIED.items():
        assert len(answers) >= 6, id
        assert len(set(answers.values())) >= 4, id


@pytest.mark.parametrize("id", [id for id in FREE if find(id).kind == "number"])
def test_no_number_is_told_whether_it_is_too_large_or_too_small(id) -> None:
    for answer in WRONG[id]:
        assert not re.search(r"\b(more|less|fewer|larger|smaller) than [0-9]", find(id).check(answer).why)


@pytest.mark.parametrize(
    ("id", "answer", "margin"),
    [
        ("02.c", "O MaxDaemonChildren=5", "Another way: yours waits for 11 s, the model answer waits for 32 s."),
        ("04.c", "O MinQueueAge=25m", "yours has all mail within 0 minutes, the model answer has all mail within 5"),
        ("06.c", "O Timeout.ident=3s", "yours waits 3.0 s, the model answer waits 2.0 s"),
        ("05.b", "O MinQueueAge=15m", "Another way: yours tries 3.0 times an hour, the model answer tries 2.4"),
    ],
)
def test_another_way_is_praised_with_its_margin(id, answer, margin) -> None:
    verdict = find(id).check(answer)
    assert verdict.right
    assert margin in verdict.why
    assert "Another way" not in find(id).check(find(id).solution).why


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_question_has_short_sentences(exercise) -> None:
    sentences = [sentence.split() for sentence in exercise.question.replace(": ", ". ").replace("? ", ". ").split(". ")]
    assert max(map(len, sentences)) <= 20


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
