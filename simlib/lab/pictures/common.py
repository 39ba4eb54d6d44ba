"""What pictures of a trace share: words for times, and how many things have room."""

from collections.abc import Sequence
from typing import TypeVar

from simlib.lab.numbers import Number, text_of
from simlib.lab.pictures.drawing import MOST_THINGS

Thing = TypeVar("Thing")


def at(time: float) -> str:
    """``"at 12 min 5 s"``."""
    return f"at {text_of(Number(round(time, 2), 's'))}"


def lasting(seconds: float) -> str:
    """``"75 s"``."""
    return text_of(Number(round(seconds, 3), "s"))


def how_many(count: int, one: str, several: str = "") -> str:
    """``"1 letter"``, ``"3 letters"``."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def nth(place: int) -> str:
    """``"1st"``, ``"2nd"``, ``"11th"``."""
    usual = {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{'th' if place % 100 in (11, 12, 13) else usual}"


def first_of(things: Sequence[Thing], what: str, most: int = MOST_THINGS) -> tuple[list[Thing], str]:
    """As many of these as have room, from the first on, and what to say in the title of the others."""
    if len(things) <= most:
        return list(things), ""
    return list(things[:most]), f", the first {most} of {len(things):,} {what}"


def one_of_every(things: Sequence[Thing], what: str, most: int = MOST_THINGS) -> tuple[list[Thing], str]:
    """As many of these as have room, evenly picked, and what to say in the title of the others."""
    step = -(-len(things) // most) or 1
    return list(things[::step]), "" if step == 1 else f", one of every {step} {what}"


def calm_from(times: Sequence[float], until: float) -> float:
    """Where an axis may end: some time after the last thing that happened."""
    return min(until, 1.15 * max(times)) if times else until
