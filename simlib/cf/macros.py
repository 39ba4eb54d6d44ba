"""Macros in a plain text, such as the greeting of the SMTP server: nothing of it is marked, before or after."""

from collections.abc import Mapping

from simlib.cf import expand, marks


def expanded(text: str, macros: Mapping[str, str]) -> str:
    """A text with its macros expanded, and the macros in those; one that has no value is empty.

    >>> expanded("$j", {"j": "$w.$D", "w": "mail", "D": "here.example"})
    'mail.here.example'
    """

    def value_of(name: str) -> str | None:
        return marks.marked(macros[name]) if name in macros else None

    return marks.written(expand.expanded(marks.marked(text), value_of))
