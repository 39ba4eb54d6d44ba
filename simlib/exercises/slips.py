"""Slips of writing that a verdict points out, whatever the exercise: they are seldom the point of it."""

from simlib.cf import stock
from simlib.cf.lines import dedent, logical_lines, meaning
from simlib.cf.slips import bare_time, not_ascii
from simlib.language import phrase

_LEVEL = 10  # at which the lines of an answer are read


def slips(kind: str, answer: str) -> list[str]:
    """What to look at again in an answer that falls short, each a sentence.

    What a line of sendmail.cf was meant to be is told by its reader (:mod:`simlib.cf.slips`); here is what it takes
    in silence.
    """
    if kind == "cf":
        lines = [meaning(raw, _LEVEL) for _, raw in logical_lines(dedent(answer))]
        return list(filter(None, map(bare_time, lines)))
    plain = not_ascii(answer) if kind == "text" else ""
    return [phrase("Look again: {plain}.", plain=plain)] if plain else []


def taken_for(cf: str, option: str) -> str:
    """What an option is with these lines, as a sentence; empty if they do not set it.

    Of many a word sendmail reads the first letter only: ``QueueSortOrder=site`` is shuffle.
    """
    lines = stock().with_lines(cf)
    return (
        phrase(" {option} is {value} now.", option=option, value=lines[option])
        if lines[option] != stock()[option]
        else ""
    )
