"""What lesson 09 asks before its runs."""

from simlib.exercises.question import Question

QUESTIONS: tuple[Question, ...] = ()
