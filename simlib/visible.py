"""Texts from outside made fit for a screen: what is unseen in them can be seen, and nothing in them is markup."""

import re
from html import escape
from typing import Any
from unicodedata import east_asian_width

from simlib.language import shown

# What leaves no mark on a screen, or moves what stands beside it: controls but for tab and line feed, blanks that are
# none, joiners, fillers, marks of direction, variants and tags, halves of surrogate pairs (bytes that were no UTF-8).
# The wide blank of Japanese (U+3000) is seen.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)

# Where a line may end in an address or the name of a host: behind the @ and before a dot, but not within a number. The
# last resort: anywhere behind two dozen letters and signs of ASCII without either.
_JOINT = re.compile(r"(?<=@)(?=\w)|(?<=\w)(?=\.[A-Za-z])|(?<=[!-\-/-?A-~]{24})(?=[!-~])")


def visible(text: str) -> str:
    r"""The text with what is unseen in it written out: as ``cat -v`` does in ASCII, as a code point beyond it.

    Tabs and line feeds stay. What comes out can be sent as UTF-8, whatever went in.

    >>> visible("a\x1b[31m\x00 \u202egro.\udc9f")
    'a^[[31m^@ <U+202E>gro.<U+DC9F>'
    """
    return _UNSEEN.sub(_written_out, text)


def _written_out(unseen: re.Match[str]) -> str:
    code = ord(unseen[0])
    return f"^{chr(code ^ 0x40)}" if code < 0x80 else f"<U+{code:04X}>"


def visible_in(value: Any) -> Any:
    """The same for every text in lists and mappings, the names of a mapping included; all else stays as it is."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {visible_in(name): visible_in(held) for name, held in value.items()}
    if isinstance(value, (list, tuple)):
        return [visible_in(held) for held in value]
    return value


class Html(str):
    """Markup of our own; what it holds of texts from outside is escaped."""


def attribute(name: str, text: str) -> Html:
    """An attribute of a tag with a text, for the place of a ``{}`` within it: ``html("<table{}>", attribute(…))``."""
    return Html(f" {name}='{escape(visible(shown(text)), quote=True)}'")


def columns_of(text: str) -> int:
    """How many columns a text takes where all letters are equally wide: those of Japanese take two.

    >>> columns_of("mx1"), columns_of("配信")
    (3, 4)
    """
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def html(markup: str, *parts: object) -> Html:
    """Markup with each ``{}`` filled: by text, made visible and escaped, by other markup as it is, by a list of these.

    A ``{}`` stands between tags; within one there may be a number of ours, never a text. What is a text of ours is
    shown in the language that was chosen.

    >>> html("<b>{}</b> {}", "<script>", [html("<i>{}</i>", 3), "&"])
    '<b>&lt;script&gt;</b> <i>3</i>&amp;'
    """
    return Html(markup.format(*map(_filled, parts)))


def breakable(text: object) -> Html:
    """Text as markup whose lines may end within an address or another long word; what is copied from it is the same.

    >>> breakable("<taro@mail.example>")
    '&lt;taro@<wbr>mail<wbr>.example&gt;'
    """
    return Html("<wbr>".join(map(_escaped, _JOINT.split(visible(str(shown(text)))))))


def _filled(part: object) -> str:
    if isinstance(part, Html):
        return part
    if isinstance(part, list):
        return "".join(map(_filled, part))
    return _escaped(visible(str(shown(part))))


def _escaped(text: str) -> str:
    # Jupyter would take what stands between two dollar signs for a formula
    return escape(text).replace("$", "<span>$</span>")
