"""Macros in a text of a sendmail.cf: ``$w``, ``${name}``."""

import re
from collections.abc import Mapping

_MACRO = re.compile(r"\$(?:\{(?P<long>\w+)\}|(?P<short>\w))")
_DEEPEST = 10  # macros in macros, which may go in a circle


def expanded(text: str, macros: Mapping[str, str]) -> str:
    """A text with its macros expanded, and the macros in those; one that has no value is empty.

    >>> expanded("$j", {"j": "$w.$D", "w": "mail", "D": "here.example"})
    'mail.here.example'
    """
    for _ in range(_DEEPEST):
        text = _MACRO.sub(lambda name: macros.get(name["long"] or name["short"], ""), text)
    return text
