"""What pictures of a trace share: words for times, and how many things have room."""

from collections.abc import Sequence
from typing import TypeVar

from simlib.lab.numbers import Number, text_of
from simlib.lab.pictures.drawing import MOST_THINGS
from simlib.language import phrase

Thing = TypeVar("Thing")


COUNTED = {  # how one is counted, and how several are
    "letter": ("{n:,} letter", "{n:,} letters"),
    "notice": ("{n:,} notice", "{n:,} notices"),
    "connection": ("{n:,} connection", "{n:,} connections"),
    "copy": ("{n:,} copy", "{n:,} copies"),
    "address": ("{n:,} address", "{n:,} addresses"),
    "name": ("{n:,} name", "{n:,} names"),
    "call": ("{n:,} call", "{n:,} calls"),
    "caller": ("{n:,} caller", "{n:,} callers"),
    "server": ("{n:,} server", "{n:,} servers"),
    "line": ("{n:,} line", "{n:,} lines"),
    "time": ("{n:,} time", "{n:,} times"),
    "thing": ("{n:,} thing", "{n:,} things"),
    "other": ("{n:,} other", "{n:,} others"),
}


def at(time: float) -> str:
    """``"at 12 min 5 s"``."""
    return phrase("at {time}", time=moment(time))


def moment(time: float) -> str:
    """``"12 min 5 s"``."""
    return text_of(Number(round(time, 2), "s"))


def lasting(seconds: float) -> str:
    """``"75 s"``."""
    return text_of(Number(round(seconds, 3), "s"))


def how_many(count: int, one: str) -> str:
    """``"1 letter"``, ``"3 letters"``; a lesson has words of its own, too."""
    if one in COUNTED:
        return phrase(COUNTED[one][count != 1], n=count)
    return phrase("{n:,} {things}", n=count, things=phrase(one if count == 1 else f"{one}s"))


def nth(place: int) -> str:
    """``"1st"``, ``"2nd"``, ``"11th"``."""
    usual = phrase("{n}th", n=place)
    if place % 100 in (11, 12, 13):
        return usual
    first = {1: phrase("{n}st", n=place), 2: phrase("{n}nd", n=place), 3: phrase("{n}rd", n=place)}
    return first.get(place % 10, usual)


def first_of(things: Sequence[Thing], what: str, most: int = MOST_THINGS) -> tuple[list[Thing], str]:
    """As many of these as have room, from the first on, and what to say in the title of the others."""
    if len(things) <= most:
        return list(things), ""
    return list(things[:most]), phrase(", the first {most} of {many:,} {what}", most=most, many=len(things), what=what)


def one_of_every(things: Sequence[Thing], what: str, most: int = MOST_THINGS) -> tuple[list[Thing], str]:
    """As many of these as have room, evenly picked, and what to say in the title of the others."""
    step = -(-len(things) // most) or 1
    return list(things[::step]), "" if step == 1 else phrase(", one of every {step} {what}", step=step, what=what)


def calm_from(times: Sequence[float], until: float) -> float:
    """Where an axis may end: some time after the last thing that happened."""
    return min(until, 1.15 * max(times)) if times else until
