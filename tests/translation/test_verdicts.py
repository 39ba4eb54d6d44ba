"""Each answer to each exercise gets a Japanese verdict: nothing of it has lost its template on the way."""

import re

import pytest

from simlib.exercises import ALL, DRILLS, QUESTIONS
from simlib.language import choose, phrase, translated

ENGLISH = re.compile(r"\b(?:the|is|are|was|were|it|that|which|and|not|of|but|has|have)\b")
EXERCISES = [*ALL.values(), *(drill.exercise(number) for drill in DRILLS.values() for number in (1, 2))]


@pytest.fixture(autouse=True)
def japanese():
    choose("ja")
    yield
    choose("en")


def is_japanese(text):
    """Japanese, with no English sentence in it; what is quoted, and what the shell says, may be anything."""
    plain = re.sub(r"'[^']*'|「[^」]*」|\"[^\"]*\"|\([^)]*\)|sh: .*: command not found", "", text)
    return re.search("[ぁ-んァ-ヶ一-龠]", text) and not ENGLISH.search(plain)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.title.replace("Exercise ", ""))
def test_a_verdict_is_japanese(exercise):
    for answer in ("", exercise.solution, *exercise.mistakes, "？"):
        said = translated(exercise.check(answer).why)
        assert is_japanese(said), (answer, said)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.title.replace("Exercise ", ""))
def test_what_is_asked_is_japanese(exercise):
    for text in (exercise.title, exercise.question):
        assert is_japanese(translated(text)), text


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda one: one.id)
def test_a_question_is_japanese_and_so_are_its_reasons(question):
    for text in (question.text, question.because, *(words for _, words in question.choices.values())):
        assert is_japanese(translated(phrase(text))), text
