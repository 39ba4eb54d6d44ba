"""The formats of ``printf``, which awk has as well, and escapes such as ``\\n``."""

import re
from collections.abc import Callable, Sequence

_SPEC = re.compile(r"%([-+ #0']*)(\*|[0-9]*)(?:\.(\*|[0-9]*))?(?:hh|h|ll|l|L|q|j|z|t)?([a-zA-Z%])")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{1,2})|(0?[0-7]{1,3})|(.)|$)", re.DOTALL)
PLAIN = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "v": "\v",
    "\\": "\\",
    "e": "\x1b",
    "/": "/",
    '"': '"',
}
WIDEST = 100_000


class Stop(Exception):
    """``\\c``: nothing more is printed. ``text`` is what stands before it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def unescaped(text: str, stops: bool = False, unknown: str = "\\") -> str:
    """A text whose backslashes are taken for what they mean; before what means nothing ``unknown`` stays.

    >>> unescaped(r"a\\tb\\101")
    'a\\tbA'
    """
    parts: list[str] = []
    at = 0
    for found in _ESCAPE.finditer(text):
        parts.append(text[at : found.start()])
        at = found.end()
        if found[1]:
            parts.append(chr(int(found[1], 16)))
        elif found[2]:
            parts.append(chr(int(found[2], 8) & 0xFF))
        elif found[3] == "c" and stops:
            raise Stop("".join(parts))
        elif found[3] is None:
            parts.append("\\")
        else:
            parts.append(PLAIN.get(found[3], unknown + found[3]))
    parts.append(text[at:])
    return "".join(parts)


def formatted(
    template: str,
    values: Sequence[str],
    number: Callable[[str], float],
    whole: Callable[[str], int],
    unknown: Callable[[str], str],
) -> tuple[str, int]:
    """A template with values put in, and how many of them it took.

    ``number`` and ``whole`` read a value as a number; ``unknown`` says what becomes of a letter that is no format.
    """
    parts: list[str] = []
    at = taken = 0

    def next_value() -> str:
        nonlocal taken
        value = values[taken] if taken < len(values) else ""
        taken += 1
        return value

    for found in _SPEC.finditer(template):
        parts.append(template[at : found.start()])
        at = found.end()
        flags, width, precision, letter = found.groups()
        if letter == "%":
            parts.append("%")
            continue
        wide = whole(next_value()) if width == "*" else int((width or "0")[:9])
        exact = None if precision is None else whole(next_value()) if precision == "*" else int((precision or "0")[:9])
        if wide < 0:
            flags, wide = flags + "-", -wide
        wide, exact = min(wide, WIDEST), None if exact is None or exact < 0 else min(exact, WIDEST)
        parts.append(_one(letter, flags, wide, exact, next_value, number, whole, unknown, found[0]))
    parts.append(template[at:])
    return "".join(parts), min(taken, len(values)) if values else 0


def _one(
    letter: str,
    flags: str,
    wide: int,
    exact: int | None,
    next_value: Callable[[], str],
    number: Callable[[str], float],
    whole: Callable[[str], int],
    unknown: Callable[[str], str],
    spec: str,
) -> str:
    sign = "+" if "+" in flags else " " if " " in flags else ""
    zero = "0" in flags and "-" not in flags
    if letter == "s":
        text, zero = next_value()[:exact], False
    elif letter == "b":
        text, zero = unescaped(next_value(), stops=True)[:exact], False
    elif letter == "q":
        text, zero = next_value(), False
    elif letter == "c":
        text, zero = next_value()[:1], False
    elif letter in "di":
        held = whole(next_value())
        digits = str(abs(held)).rjust(exact or 0, "0")
        text = ("-" if held < 0 else sign) + digits
        zero = zero and exact is None
    elif letter in "ouxX":
        held = whole(next_value()) % 2**64
        digits = {"o": f"{held:o}", "u": str(held), "x": f"{held:x}", "X": f"{held:X}"}[letter].rjust(exact or 0, "0")
        text = ({"o": "0", "x": "0x", "X": "0X"}.get(letter, "") if "#" in flags and held else "") + digits
        zero = zero and exact is None
    elif letter in "eEfFgG":
        value = number(next_value())
        text = f"{value:{sign}{'#' if '#' in flags else ''}.{6 if exact is None else min(exact, 300)}{letter}}"
    else:
        return unknown(spec)
    if len(text) >= wide:
        return text
    if "-" in flags:
        return text.ljust(wide)
    if zero and text.lstrip("+- ")[:1].isdigit():
        head = text[: len(text) - len(text.lstrip("+- "))]
        return head + text[len(head) :].rjust(wide - len(head), "0")
    return text.rjust(wide)
