"""Precedence: from the header to queue priority and to the class of time-outs (slide claims 05.5, 07.4-07.7)."""

from collections.abc import Mapping

NORMAL, URGENT, NON_URGENT = "normal", "urgent", "non-urgent"


def precedence_class(header: str | None, precedences: Mapping[str, int]) -> int:
    """The number that the ``P`` lines of the cf give to a ``Precedence:`` header; 0 for none and for unknown names."""
    return 0 if header is None else precedences.get(header.strip().lower(), 0)


def timeout_class(number: int, priority_header: str | None = None) -> str:
    """Which of ``Timeout.queuereturn.*`` and ``.queuewarn.*`` counts.

    The sign of the precedence decides, and a ``Priority:`` header overrides it (it does not move the message in the
    queue).
    """
    named = (priority_header or "").strip().lower()
    if named in (NORMAL, URGENT, NON_URGENT):
        return named
    if number == 0:
        return NORMAL
    return URGENT if number > 0 else NON_URGENT
