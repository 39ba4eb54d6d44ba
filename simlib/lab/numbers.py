"""Numbers with their units, and the one place where they become text."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, isfinite
from statistics import fmean

from simlib.errors import WorkbookError
from simlib.estimate import half_width
from simlib.language import phrase, sentences

_UNITS = (("d", 86400.0), ("h", 3600.0), ("min", 60.0), ("s", 1.0))

_UNSAID = ("", "bytes", "load")  # the number's own name says it: "bytes in vain", "highest load at …"

NONE = "—"


@dataclass(frozen=True)
class Number:
    """What a chart or a run tells: a value and its unit, before anybody has made a text of it.

    ``value`` is a text where it is really one, such as an order, and None where there is none. ``unit`` is ``"s"`` for
    a time, ``"bytes"`` for a size, ``"%"`` for a share, ``"load"`` for a load average, and empty for a count.
    ``margin`` is half the width of its 95 % confidence interval if it is the mean of several runs, in the same unit.
    ``runs``: in how many runs there was such a number, of how many; None where that goes without saying.
    """

    value: float | str | None
    unit: str = ""
    margin: float | None = None
    runs: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        """What is not finite is no number."""
        for name in ("value", "margin"):
            if not _is_finite(getattr(self, name)):
                object.__setattr__(self, name, None)

    def __str__(self) -> str:
        return text_of(self)


def estimate(numbers: Sequence[Number]) -> Number:
    """One number for those of several runs: their own value if they agree, else the mean with its margin.

    Of texts that differ it is the one that came most often. A run that has no such number gives ``Number(None)``.
    """
    there = [one for one in numbers if one.value is not None]
    if not there:
        return Number(None)
    unit, every = _one_unit(there), len(numbers)
    amounts = [one.value for one in there if isinstance(one.value, (int, float))]
    if len(amounts) < len(there):
        value, times = Counter(one.value for one in there).most_common(1)[0]
        return Number(value, unit, runs=None if times == every else (times, every))
    runs = None if len(there) == every else (len(there), every)
    if len(set(amounts)) == 1:
        return Number(amounts[0], unit, runs=runs)
    return Number(fmean(amounts), unit, half_width(amounts), runs)


def text_of(number: Number) -> str:
    """A number as it is read: ``"12,000"``, ``"10 min 26 s"``, ``"3.2 ± 0.4 min"``.

    >>> text_of(Number(626, "s")), text_of(Number(95, "%")), text_of(Number(None))
    ('10 min 26 s', '95 %', '—')
    """
    return texts_of([number])[0]


def texts_of(row: Sequence[Number]) -> list[str]:
    """Numbers that stand in one row, to be compared: where one of them has a margin, they share a unit.

    >>> texts_of([Number(150, "s", 12), Number(3600, "s")])
    ['150 ± 12 s', '3,600 s']
    """
    if all(one.margin is None for one in row):
        return [_with_runs(_alone(one), one) for one in row]
    unit, size = common_unit(row)
    return [_with_runs(_in_unit(one, unit, size), one) for one in row]


def common_unit(numbers: Sequence[Number]) -> tuple[str, float]:
    """The unit in which all these are read, and its size in theirs: of times the one that fits the shortest."""
    unit = _one_unit(numbers)
    if unit != "s":
        return unit, 1.0
    return time_unit(
        min((one.value for one in numbers if isinstance(one.value, (int, float)) and one.value > 0), default=0.0)
    )


def _one_unit(numbers: Sequence[Number]) -> str:
    units = dict.fromkeys(one.unit for one in numbers if one.value is not None)
    if len(units) > 1:
        raise WorkbookError("numbers of several units, {them}, have none in common", them=", ".join(map(repr, units)))
    return next(iter(units), "")


def word_for(unit: str) -> str:
    """A unit as it stands behind a number or in the heading of a column; empty where names say it."""
    return "" if unit in _UNSAID else unit


def block(title: str, numbers: Mapping[str, Number]) -> str:
    """Numbers one below the other under a title."""
    width = max(map(len, numbers), default=0)
    return "\n".join([title, *(f"  {name.ljust(width)}  {text_of(number)}" for name, number in numbers.items())])


def balance(totals: Mapping[str, int]) -> dict[str, Number]:
    """What ``Trace.totals()`` counts, as numbers."""
    return {state: Number(count) for state, count in totals.items()}


def balance_in_words(totals: Mapping[str, int]) -> str:
    """``"20 submitted, 18 delivered, …"``."""
    return ", ".join(f"{text_of(number)} {state}" for state, number in balance(totals).items())


def in_words(numbers: Mapping[str, Number], between: str = ", ") -> str:
    """Named numbers in one line: ``"connections opened 8, RSET commands 22"``."""
    named = (phrase("{name} {number}", name=phrase(name), number=text_of(number)) for name, number in numbers.items())
    return sentences(named, between)


def time_unit(span: float) -> tuple[str, float]:
    """The unit in which a span of so many seconds is read best, and its length in seconds.

    >>> time_unit(7200)
    ('min', 60.0)
    >>> time_unit(4 * 3600)
    ('h', 3600.0)
    """
    return next(((name, size) for name, size in _UNITS if span >= 3 * size), _UNITS[-1])


def _alone(one: Number) -> str:
    if one.value is None:
        return NONE
    if isinstance(one.value, str):
        return one.value
    if one.unit == "s":
        return _duration(one.value)
    if one.unit == "load":
        return f"{one.value:.1f}"  # as uptime has it
    return f"{_figures(one.value)} {word_for(one.unit)}".rstrip()


def _in_unit(one: Number, unit: str, size: float) -> str:
    if not isinstance(one.value, (int, float)):
        return _alone(one)
    margin = "" if one.margin is None else f" ± {_rounded(one.margin / size)}"
    return f"{_rounded(one.value / size)}{margin} {word_for(unit)}".rstrip()


def _with_runs(text: str, one: Number) -> str:
    if one.runs is None:
        return text
    return phrase("{number} (in {some} of {all} runs)", number=text, some=one.runs[0], all=one.runs[1])


def _duration(span: float) -> str:
    """A length of time: seconds to three figures, from three minutes on the two largest units."""
    if span < 0:
        return f"-{_duration(-span)}"
    if span < 180:
        return f"{_figures(span)} s"
    (large, size), (small, part) = next(pair for pair in pairwise(_UNITS) if round(span) >= pair[0][1])
    whole, rest = divmod(round(span / part), round(size / part))
    return f"{whole:,} {large} {rest} {small}" if rest else f"{whole:,} {large}"


def _figures(value: float) -> str:
    """Thousands apart; to three figures where it is not whole."""
    if value == floor(value) or abs(value) >= 999.5:  # to three figures that would be 1e+03
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _is_finite(value: float | str | None) -> bool:
    try:
        return not isinstance(value, (int, float)) or isfinite(value)
    except OverflowError:  # a whole number that no float can hold
        return False


def _rounded(value: float) -> str:
    """The same of a mean, which has no more than three decimals unless they would all be 0."""
    return _figures(round(value, 3) or value)
