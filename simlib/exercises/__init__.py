"""What the lessons ask, and how an answer is judged: by running it against the simulator."""

from simlib.exercises import (
    topic_01,
    topic_02,
    topic_03,
    topic_04,
    topic_05,
    topic_06,
    topic_07,
    topic_08,
    topic_09,
    topic_10,
    topic_11,
    topic_12,
    topic_13,
    topic_14,
    topic_17,
)
from simlib.exercises.exercise import Exercise, ExerciseError, Verdict

TOPICS = (
    topic_01,
    topic_02,
    topic_03,
    topic_04,
    topic_05,
    topic_06,
    topic_07,
    topic_08,
    topic_09,
    topic_10,
    topic_11,
    topic_12,
    topic_13,
    topic_14,
    topic_17,
)
ALL: dict[str, Exercise] = {exercise.id: exercise for topic in TOPICS for exercise in topic.EXERCISES}


def find(id: str) -> Exercise:
    """The exercise of that name, such as ``04.a``."""
    if id not in ALL:
        raise ExerciseError(f"there is no exercise {id!r}; there are {', '.join(ALL)}")
    return ALL[id]


__all__ = ["ALL", "Exercise", "ExerciseError", "Verdict", "find"]
