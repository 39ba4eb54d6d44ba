"""Options of a command line as O lines of a cf: which one is meant, and what sendmail remarks of it [readcf.c]."""

from collections.abc import Iterator

from simlib.cf.options import BY_LETTER, BY_NAME, OPTIONS, Option
from simlib.units import convtime

_HEADS = tuple(option for option in OPTIONS if "." not in option.name)


def meant(text: str) -> Option | None:
    """The option that an O line means, by its letter, its name or the beginning of that.

    >>> meant("Oq600000").name, meant("O QueueSort=time").name, meant("O Queue=time")
    ('QueueFactor', 'QueueSortOrder', None)
    """
    if not text.startswith("O "):
        return BY_LETTER.get(text[1:2])
    name = text[2:].partition("=")[0].strip().lower()
    if name in BY_NAME:
        return BY_NAME[name]
    begun = [option for option in _HEADS if name and option.name.lower().startswith(name)]
    return begun[0] if len(begun) == 1 else None


def remarks(text: str) -> Iterator[str]:
    """What sendmail says of an option that it obeys all the same.

    >>> list(remarks("O MinQueueAge=5x")), list(remarks("O QueueSort=time"))
    (["Invalid time unit `x'"], ['Option QueueSort used as abbreviation for QueueSortOrder'])
    """
    option = meant(text)
    if option is None:
        return
    name, _, value = text[2:].partition("=") if text.startswith("O ") else (option.name, "", text[2:])
    if name.strip().lower() not in BY_NAME:
        yield f"Option {name.strip()} used as abbreviation for {option.name}"
    if option.type == "time" and value.lower() != "now":
        for letter in convtime(value, option.unit)[1]:
            yield f"Invalid time unit `{letter}'"


def is_passed_over(text: str) -> bool:
    """Whether it is an ErrorMode that there is not, which sendmail passes over without a word."""
    option = meant(text)
    if option is None or option.name != "ErrorMode":
        return False
    value = text.partition("=")[2] if text.startswith("O ") else text[2:]
    return value[:1] not in {choice[0] for choice in option.choices}
