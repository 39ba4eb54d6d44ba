"""What was said on a connection as text, and which lines its client took for which answer."""

from collections.abc import Sequence

from simlib.language import phrase
from simlib.smtp.replies import Reply

GREETING = "(connect)"  # where the client has said nothing yet, and waits for the greeting
CONTENT = phrase("(the letter and its final dot)")

Lines = tuple[int, int]  # the first and the last of an answer, counted from 1


def dialogue(said: Sequence[object]) -> str:
    """Each line, with ``>>>`` before the client's and ``<<<`` before the server's."""
    arrows = ((one, "<<<" if isinstance(one, Reply) else ">>>") for one in said)
    return "\n".join(f"{arrow} {line}" for one, arrow in arrows for line in str(one).splitlines())


def answers(said: Sequence[object], heard: Sequence[float], lines_taken: int | None) -> list[tuple[object, ...]]:
    """A row for the greeting and each thing that the client said: cells of ``AnswerRow``.

    ``heard``: when each reply came, in seconds. ``lines_taken``: how many lines the client took, one for each answer;
    None where it took replies whole.
    """
    lines = [line for one in said if isinstance(one, Reply) for line in str(one).split("\n")]
    times, rows = iter(heard), []
    for n, (asked, true) in enumerate(_asked(said)):
        takes = true
        if lines_taken is not None:
            takes = (n + 1, n + 1) if n < lines_taken else None
        time = None if true is None else next(times)
        texts = (asked, _text(lines, takes), _text(lines, true))
        rows.append((time, *texts, *(takes or (None, None)), *(true or (None, None))))
    return rows


def _asked(said: Sequence[object]) -> list[tuple[str, Lines | None]]:
    """What the client said, from the greeting that it waits for on, each with the lines of the true answer."""
    asked: list[tuple[str, Lines | None]] = []
    told = 0
    for one in said:
        if not isinstance(one, Reply):
            asked.append((CONTENT if one == "." else str(one), None))
            continue
        words = asked.pop()[0] if asked else GREETING
        many = len(one.lines)
        asked.append((words, (told + 1, told + many)))
        told += many
    return asked


def _text(lines: Sequence[str], which: Lines | None) -> str:
    return "" if which is None else "\n".join(lines[which[0] - 1 : which[1]])
