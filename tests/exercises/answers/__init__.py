"""Answers to every exercise, to try the judges on."""

from tests.exercises.answers import lessons_01_05, lessons_06_09, lessons_10_13, lessons_14_18, lessons_19, orders

_LESSONS = (lessons_01_05, lessons_06_09, lessons_10_13, lessons_14_18, lessons_19)
RIGHT: dict[str, list[str]] = {id: answers for lessons in _LESSONS for id, answers in lessons.RIGHT.items()}
"""Right answers to those with a free answer, each in another form."""

WRONG: dict[str, dict[str, str]] = {id: answers for lessons in _LESSONS for id, answers in lessons.WRONG.items()}
"""Wrong answers to them, and what the verdict says of each."""

WRONG_ORDERS: dict[str, dict[str, str]] = orders.WRONG
"""Wrong orders, one item a line, and what the verdict says of each."""
