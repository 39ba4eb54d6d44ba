"""What the lessons ask, and how an answer is judged: by running it against the simulator."""

from simlib.exercises import (
    incident_00,
    incident_01,
    incident_02,
    incident_03,
    incident_04,
    incident_05,
    incident_06,
    incident_07,
    incident_08,
    incident_09,
    incident_10,
    incident_11,
    incident_12,
    incident_13,
    incident_14,
    incident_15,
    incident_16,
    incident_17,
    incident_18,
    incident_19,
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
    topic_15,
    topic_16,
    topic_17,
    topic_18,
    topic_19,
)
from simlib.exercises.drill import Drill
from simlib.exercises.exercise import Exercise, ExerciseError, Verdict
from simlib.exercises.question import Point, Question
from simlib.exercises.questions import QUESTIONS, find_question

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
    topic_15,
    topic_16,
    topic_17,
    topic_18,
    topic_19,
)
INCIDENTS = (
    incident_00,
    incident_01,
    incident_02,
    incident_03,
    incident_04,
    incident_05,
    incident_06,
    incident_07,
    incident_08,
    incident_09,
    incident_10,
    incident_11,
    incident_12,
    incident_13,
    incident_14,
    incident_15,
    incident_16,
    incident_17,
    incident_18,
    incident_19,
)
ALL: dict[str, Exercise] = {exercise.id: exercise for topic in TOPICS for exercise in topic.EXERCISES}
DRILLS: dict[str, Drill] = {incident.DRILL.id: incident.DRILL for incident in INCIDENTS}
# by number
LESSONS: dict[str, str] = {topic.EXERCISES[0].id[:2]: (topic.__doc__ or "").strip(".\n") for topic in TOPICS}


def find(id: str) -> Exercise:
    """The exercise of that name, such as ``04.a``."""
    if id not in ALL:
        raise ExerciseError("there is no exercise {id!r}; there are {them}", id=id, them=", ".join(ALL))
    return ALL[id]


def find_drill(topic: str) -> Drill:
    """The incident drill of a topic, such as ``04``."""
    id = f"{topic}.drill"
    if id not in DRILLS:
        raise ExerciseError(
            "there is no drill for {topic!r}; there are {them}", topic=topic, them=", ".join(one[:2] for one in DRILLS)
        )
    return DRILLS[id]


__all__ = [
    "ALL",
    "DRILLS",
    "LESSONS",
    "QUESTIONS",
    "Drill",
    "Exercise",
    "ExerciseError",
    "Point",
    "Question",
    "Verdict",
    "find",
    "find_drill",
    "find_question",
]
