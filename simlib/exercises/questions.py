"""The questions of all lessons, by their names."""

from simlib.exercises import (
    ask_00,
    ask_01,
    ask_02,
    ask_03,
    ask_04,
    ask_05,
    ask_06,
    ask_07,
    ask_08,
    ask_09,
    ask_10,
    ask_11,
    ask_12,
    ask_13,
    ask_14,
    ask_15,
    ask_16,
    ask_17,
    ask_18,
    ask_19,
)
from simlib.exercises.exercise import ExerciseError
from simlib.exercises.question import Question

_LESSONS = (
    ask_00,
    ask_01,
    ask_02,
    ask_03,
    ask_04,
    ask_05,
    ask_06,
    ask_07,
    ask_08,
    ask_09,
    ask_10,
    ask_11,
    ask_12,
    ask_13,
    ask_14,
    ask_15,
    ask_16,
    ask_17,
    ask_18,
    ask_19,
)
QUESTIONS: dict[str, Question] = {question.id: question for lesson in _LESSONS for question in lesson.QUESTIONS}


def find_question(id: str) -> Question:
    """The question of that name, such as ``04.1``; a second one on the same claim is ``04.1b``."""
    if id not in QUESTIONS:
        near = [known for known in QUESTIONS if known[:2] == id[:2]] or list(QUESTIONS)
        raise ExerciseError("there is no question {id!r}; there are {them}", id=id, them=", ".join(near))
    return QUESTIONS[id]
