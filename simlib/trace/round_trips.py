"""A dialogue round trip by round trip: what the client sends before it waits, and what it waits for."""

from collections.abc import Sequence

from simlib.language import phrase
from simlib.smtp.replies import Reply

CONNECT, DOT = phrase("(nothing: it waits for the greeting)"), phrase("the letter and its final dot")


def round_trips(said: Sequence[object], begins: Sequence[int]) -> list[tuple[int, str, str]]:
    """Number, what is sent, the codes of the answers. ``begins``: where in what was said each round trip begins."""
    rows = []
    for n, (begin, end) in enumerate(zip(begins, [*begins[1:], len(said)], strict=True), 1):
        sent = [_verb(one) for one in said[begin:end] if not isinstance(one, Reply)]
        codes = [str(one.code) for one in said[begin:end] if isinstance(one, Reply)]
        rows.append((n, _in_short(sent) or CONNECT, _in_short(codes)))
    return rows


def _verb(command: object) -> str:
    return DOT if command == "." else str(command).split()[0]


def _in_short(words: list[str]) -> str:
    """``RCPT × 3`` for three in a row.

    >>> _in_short(["MAIL", "RCPT", "RCPT"])
    'MAIL, RCPT × 2'
    """
    runs: list[tuple[str, int]] = []
    for word in words:
        if runs and runs[-1][0] == word:
            runs[-1] = (word, runs[-1][1] + 1)
        else:
            runs.append((word, 1))
    return ", ".join(word if many == 1 else f"{word} × {many}" for word, many in runs)
