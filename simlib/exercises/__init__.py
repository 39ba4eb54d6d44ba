"""What the lessons ask, and how an answer is judged: by running it against the simulator."""

from simlib.exercises import topic_04
from simlib.exercises.exercise import Exercise, ExerciseError, Verdict

ALL: dict[str, Exercise] = {exercise.id: exercise for topic in (topic_04,) for exercise in topic.EXERCISES}


def find(id: str) -> Exercise:
    """The exercise of that name, such as ``04.a``."""
    if id not in ALL:
        raise ExerciseError(f"there is no exercise {id!r}; there are {', '.join(ALL)}")
    return ALL[id]


__all__ = ["ALL", "Exercise", "ExerciseError", "Verdict", "find"]
