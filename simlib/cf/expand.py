"""Macros put into a text, and the conditions ``$?x … $| … $.`` in it [macro.c, expand]."""

import re
from collections.abc import Callable

from simlib.cf import marks

DEEPEST = 10  # macros in macros
_PART = re.compile(rf"[{marks.MACRO}{marks.IF}]{marks.NAME}|[{marks.ELSE}{marks.FI}]", re.DOTALL)

ValueOf = Callable[[str], str | None]  # a macro's name to its value, as marked text; None where it has none


def expanded(text: str, value_of: ValueOf, depth: int = 0) -> str:
    """Marked text with the values of its macros, and the macros in those; one without a value gives nothing.

    >>> values = {"j": marks.marked("$w.example"), "w": "mail"}
    >>> expanded(marks.marked("$?j<$j>$|nobody$."), values.get)
    '<mail.example>'
    """
    if text.isascii():
        return text
    gives: list[str] = []
    open_conditions, passed_over, skipping = 0, 0, False
    end = 0
    for found in _PART.finditer(text):
        if not skipping:
            gives.append(text[end : found.start()])
        end = found.end()
        mark, name = found[0][0], marks.name_of(found[0])
        if mark == marks.IF:
            open_conditions += 1
            if skipping:
                passed_over += 1
            else:
                skipping = not value_of(name)
        elif mark == marks.MACRO:
            value = None if skipping or depth >= DEEPEST else value_of(name)
            gives += () if value is None else (expanded(value, value_of, depth + 1),)
        elif not open_conditions:
            gives.append(found[0])
        elif mark == marks.ELSE:
            skipping = skipping if passed_over else not skipping
        else:
            open_conditions -= 1
            if passed_over:
                passed_over -= 1
            else:
                skipping = False
    if not skipping:
        gives.append(text[end:])
    return "".join(gives)
