"""The values of options: text to bool, int, seconds, words, as sendmail's own readers take it."""

import re
from collections.abc import Callable
from difflib import get_close_matches

from simlib.cf.equates import munch
from simlib.cf.errors import Unreadable
from simlib.cf.numbers import atoi, forgiving, whole_number
from simlib.cf.options import Option, Value
from simlib.cf.slips import UNIT_NAMES
from simlib.language import phrase, sentences
from simlib.units import convtime, seconds

_TIME = re.compile(r"(?:[0-9]{1,18}[smhdw])*(?:[0-9]{1,18})?")
_TRUE = "tTyY"


def read_value(option: Option, text: str) -> Value:
    """The typed value that ``text`` gives to an option.

    Raises :class:`~simlib.cf.errors.Unreadable` where sendmail stops, and also where it would silently take a
    word for the number 0.
    """
    if not text and option.empty is not None:
        return option.empty
    return _READERS[option.type](option, text)


def read_time(text: str, unit: str) -> float:
    """A length of time in seconds, written as in a cf: stricter than ``simlib.units``, with neither ms nor 1.5h.

    >>> read_time("1d12h", unit="h")
    129600.0
    """
    if text.lower() == "now" or not text:
        return 0.0
    if not _TIME.fullmatch(text):
        if forgiving.get():
            return convtime(text, unit)[0]
        form = "write it without blanks, in s, m, h, d, w, such as 30m or 1d12h, or now"
        raise Unreadable(
            "not a length of time",
            phrase("{form} (a bare number is {unit})", form=form, unit=UNIT_NAMES[unit]),
            text,
        )
    return seconds(text, unit)


def nearest(word: str, known: list[str]) -> str:
    """The known word that looks most like this one, or an empty string."""
    close = get_close_matches(word.lower(), known, n=1)
    return close[0] if close else ""


def _boolean(option: Option, text: str) -> bool:
    return not text or text[0] in _TRUE


def _number(option: Option, text: str) -> int:
    if not text:
        return 0
    cure = phrase("write a whole number, such as {name}={example}", name=option.name, example=_example(option, 10))
    taken = phrase("(sendmail takes this for {number}, and says nothing)", number=atoi(text))
    cure = sentences([cure, taken])
    return whole_number(text, "not a number", cure)


def _octal(option: Option, text: str) -> int:
    if not re.fullmatch("[0-7]{1,9}", text):
        if forgiving.get():
            return int("0" + re.match("[0-7]{0,9}", text)[0], 8) & 0o777  # type: ignore[index]  # it always matches
        raise Unreadable(
            "not an octal number", phrase("write a file mode, such as {name}=0600", name=option.name), text
        )
    return int(text, 8) & 0o777


def _time(option: Option, text: str) -> float:
    if option.signed and text.startswith("-"):
        return -read_time(text[1:], option.unit)
    return read_time(text, option.unit)


def _text(option: Option, text: str) -> str:
    return text


def _munched(option: Option, text: str) -> str:
    return munch(text)[0]


def _letter(option: Option, text: str) -> str:
    """The first letter decides; the case of it counts unless the type says otherwise."""
    first = text[:1].lower() if option.type == "any-case letter" else text[:1]
    for choice in option.choices:
        if choice[0] == first:
            return choice
    raise _no_choice(option, text)


def _word(option: Option, text: str) -> str:
    if text.lower() in option.choices:
        return text.lower()
    raise _no_choice(option, text)


def _switch(option: Option, text: str) -> str:
    """A boolean that also knows some words; the answer is a word, ``true`` or ``false``."""
    for choice in option.choices:
        if text.lower() == choice or (option.type == "letter switch" and text[:1].lower() == choice[0]):
            return choice
    return "true" if _boolean(option, text) else "false"


def _list(option: Option, text: str) -> tuple[str, ...]:
    return (text,)


def _comma_list(option: Option, text: str) -> tuple[str, ...]:
    return tuple(word for word in (part.strip() for part in text.split(",")) if word)


def _flags(option: Option, text: str) -> tuple[str, ...]:
    return tuple(re.findall("[a-z0-9]+", text.lower()))


def _signed_flags(option: Option, text: str) -> tuple[str, ...]:
    return tuple(text.lower().split())


def _no_choice(option: Option, text: str) -> Unreadable:
    cure = phrase("choose one of {them}", them=sentences(option.choices, ", "))
    return Unreadable(
        phrase("no such {name}", name=option.name), cure, text, _NO_CHOICE.get(option.name, "").format(text, text[:1])
    )


def _example(option: Option, fallback: int) -> int:
    return option.default if isinstance(option.default, int) and option.default > 0 else fallback


# what sendmail says of a value that is none of those there are
_NO_CHOICE = {
    "QueueSortOrder": 'Invalid queue sort order "{0}"',
    "NoRecipientAction": "Invalid NoRecipientAction: {0}",
    "DeliveryMode": "Unknown delivery mode {1}",
    "EightBitMode": "Unknown 8-bit mode {1}",
}

_READERS: dict[str, Callable[[Option, str], Value]] = {
    "boolean": _boolean,
    "number": _number,
    "octal": _octal,
    "time": _time,
    "text": _text,
    "munched text": _munched,
    "letter": _letter,
    "any-case letter": _letter,
    "word": _word,
    "switch": _switch,
    "letter switch": _switch,
    "list": _list,
    "comma list": _comma_list,
    "flags": _flags,
    "signed flags": _signed_flags,
}
