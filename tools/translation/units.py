"""A Markdown text as the units that are translated, and the text again with each of them in another language.

A unit is a paragraph, a heading, an item of a list, a row of a table, or a text within lone tags. What is round it
(``## ``, ``- ``, bars, tags, fences and the code in them) stays as it is.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from markdown_it import MarkdownIt

_READER = MarkdownIt("commonmark").enable("table")
_BETWEEN_TAGS = re.compile(r"(?<=>)[^<>]*\w[^<>]*(?=<)")
_MARK = re.compile(r"(?: *(?:#{1,6}|[-*+]|\d+[.)]|>) +)* *")  # what begins a line before its words


class Unit(NamedTuple):
    """A text to translate, and from which line to which other it stands in its Markdown."""

    text: str
    kind: str
    first: int
    end: int


def units(markdown: str) -> list[Unit]:
    """The units of a Markdown text, in order."""
    return list(_units(markdown.splitlines(), markdown))


def in_other_words(markdown: str, said: Callable[[str], str]) -> str:
    """The same Markdown with ``said(text)`` in the place of each unit."""
    lines = markdown.splitlines()
    for unit in reversed(units(markdown)):
        old = lines[unit.first : unit.end]
        if unit.kind == "tags":
            held = "\n".join(old)
            lines[unit.first : unit.end] = held.replace(unit.text, said(unit.text)).splitlines()
            continue
        mark = _MARK.match(old[0])
        begin = mark[0] if mark else ""
        lines[unit.first : unit.end] = [begin + said(unit.text)]
    return "\n".join(lines)


def _units(lines: list[str], markdown: str) -> Iterator[Unit]:
    row = -1
    opened = ""
    for token in _READER.parse(markdown):
        if token.nesting == 1:
            opened = token.type.removesuffix("_open")
        if token.map is None:
            continue
        first, end = token.map
        if token.type == "html_block":
            for text in _BETWEEN_TAGS.findall("\n".join(lines[first:end])):
                yield Unit(text.strip(), "tags", first, end)
        if token.type != "inline":
            continue
        if opened in ("td", "th"):
            if row != first and re.search(r"\w", lines[first]):
                yield Unit(lines[first].strip(), "row", first, first + 1)
            row = first
        elif token.content.strip():
            mark = _MARK.match(lines[first])
            words = [lines[first][len(mark[0] if mark else "") :], *(line.strip() for line in lines[first + 1 : end])]
            yield Unit(" ".join(words).strip(), opened, first, end)
