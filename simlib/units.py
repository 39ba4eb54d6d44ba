"""Times, line speeds and sizes, read and written as sendmail writes them.

All of the library counts time in seconds (``float``), speed in bits a second and size in bytes.
"""

import re
from math import inf

from simlib.errors import WorkbookError

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_TERM = re.compile(r"([0-9]+(?:\.[0-9]+)?)(ms|[smhdw])?", re.IGNORECASE)
_SPEED = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([kMG]?)bps")
SHOWN = 40  # characters of a text that an error repeats
_FACTOR = {"": 1, "k": 1_000, "M": 1_000_000, "G": 1_000_000_000}


class UnitError(WorkbookError):
    """A time or a line speed that cannot be read."""


def seconds(text: str | float, unit: str = "s") -> float:
    """Read a length of time such as ``30m``, ``1d12h`` or ``80ms``; a bare number is in ``unit``.

    The letters are those of sendmail's cf (s m h d w, and ``now`` for 0); ``ms`` is ours, for line latency,
    and so is a decimal point.

    >>> seconds("1d12h")
    129600.0
    >>> seconds("30", unit="m")
    1800.0
    """
    if isinstance(text, (int, float)):
        value = _float(text) * _SECONDS[unit]
        if not 0 <= value < inf:
            raise UnitError(
                "{text} is not a length of time: it must be a finite number of at least 0", text=_short(text)
            )
        return value
    if not isinstance(text, str):
        raise UnitError(
            "{text} is not a length of time: write it like '30s' or '1d12h', or as a number of seconds",
            text=_short(text),
        )
    compact = "".join(text.split())
    if compact.lower() == "now":
        return 0.0
    total, end = 0.0, 0
    for term in _TERM.finditer(compact):
        if term.start() != end:
            break
        letter = (term[2] or unit).lower()
        total += float(term[1]) * (0.001 if letter == "ms" else _SECONDS[letter])
        end = term.end()
    if not compact or end != len(compact) or total == inf:
        raise UnitError("{text} is not a length of time: write it like 30s, 30m, 4h, 5d or 1d12h", text=_short(text))
    return total


def convtime(text: str, unit: str = "m") -> tuple[float, list[str]]:
    """Read a length of time as sendmail does, whatever stands there [conf.c]: seconds, and the letters it rejects.

    Digits and a letter, again and again; where it does not know the letter it takes ``unit``, complains and goes on.

    >>> convtime("1h30"), convtime("5x")
    ((5400.0, []), (300.0, ['x']))
    """
    total, rejected = 0.0, []
    for digits, letter in re.findall(r"([0-9]*)([^0-9]?)", text)[:-1]:
        if letter and letter not in _SECONDS:
            rejected.append(letter)
        total += _float(int(digits[-300:] or "0")) * _SECONDS.get(letter, _SECONDS[unit])
    return total, rejected


def bits_per_second(text: str | float) -> float:
    """Read a line speed such as ``28.8kbps`` or ``1.5Mbps``; a bare number is in bits a second.

    >>> bits_per_second("64kbps")
    64000.0
    """
    if isinstance(text, (int, float)):
        value = _float(text)
    else:
        match = _SPEED.fullmatch(text.strip()) if isinstance(text, str) else None
        if match is None:
            raise UnitError("{text} is not a line speed: write it like 9600bps, 64kbps or 10Mbps", text=_short(text))
        value = float(match[1]) * _FACTOR[match[2]]
    if not 0 < value < inf:
        raise UnitError("{text} is not a line speed: it must be more than 0, and finite", text=_short(text))
    return value


def delay(span: float) -> str:
    """Write a length of time as syslog's ``delay=`` does: ``00:31:07``, or ``2+01:00:00`` past a day.

    >>> delay(1867)
    '00:31:07'
    >>> delay(176400)
    '2+01:00:00'
    """
    days, rest = divmod(int(span), 86400)
    clock = f"{rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}"
    return f"{days}+{clock}" if days else clock


def in_words(span: float) -> str:
    """Write a length of time in words as notices do: ``4 hours``, ``1 day, 12 hours``, ``5 days``.

    >>> in_words(129600)
    '1 day, 12 hours'
    """
    words, rest = [], int(span)
    for name, size in (("week", 604800), ("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
        count, rest = divmod(rest, size)
        if count:
            words.append(f"{count} {name}{'s' if count > 1 else ''}")
    return ", ".join(words) or "0 seconds"


def _float(value: int | float) -> float:
    """As a float; infinite where a whole number is too large for one."""
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf


def _short(value: object) -> str:
    """A value as an error shows it: not endless."""
    if isinstance(value, int) and abs(value) > 10**SHOWN:
        return "a number of more than 40 digits"  # Python writes none of more than 4,300
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
