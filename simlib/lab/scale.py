"""What an axis can show: the unit that fits, bins of a round width, long series made short."""

from collections.abc import Iterable, Sequence
from math import floor, log10

from simlib.lab.chart import Axis, Point, Series
from simlib.lab.numbers import time_unit

MOST_POINTS = 800  # of one series on the screen: about one for each pixel of a projected chart


def over_time(name: str, lines: dict[str, list[Point]], until: float) -> tuple[Axis, tuple[Series, ...]]:
    """Step lines whose times are in seconds, in the unit that fits them all; each is drawn on to ``until``."""
    times = [time for points in lines.values() for time, _ in points]
    unit, size = time_unit(max([*times, until]) - min(times, default=0.0))
    series = []
    for title, points in lines.items():
        whole = [*points, (until, points[-1][1])] if points and points[-1][0] < until else points
        series.append(Series(title, tuple((round(time / size, 4), value) for time, value in thinned(whole))))
    return Axis(name, unit), tuple(series)


def stacked(name: str, lines: dict[str, list[Point]]) -> tuple[Axis, tuple[Series, ...]]:
    """Step lines as ``over_time`` gives them, but each with a point at every time that any of them has.

    Only so can they be laid on top of one another; a line is at 0 before its first point.
    """
    times = sorted({time for points in lines.values() for time, _ in points})
    values = {title: _at(times, points) for title, points in lines.items()}
    sums = [sum(column) for column in zip(*values.values(), strict=True)]
    kept = _telling(sums, MOST_POINTS)
    return over_time(name, {title: [(times[n], line[n]) for n in kept] for title, line in values.items()}, 0.0)


def _at(times: list[float], points: list[Point]) -> list[float]:
    """The value of a step line at each of the times, which hold all of its own."""
    changes = dict(points)
    value, values = 0.0, []
    for time in times:
        value = changes.get(time, value)
        values.append(value)
    return values


def thinned(points: Sequence[Point], most: int = MOST_POINTS) -> list[Point]:
    """At most ``most`` of the points, in order, with the first and last and every highest and lowest value kept."""
    return [points[n] for n in _telling([value for _, value in points], most)]


def _telling(values: Sequence[float], most: int) -> list[int]:
    """Which ``most`` of the values tell most: of each of many equal stretches the first, lowest, highest and last."""
    if len(values) <= most:
        return list(range(len(values)))
    stretches = most // 4
    kept: list[int] = []
    for n in range(stretches):
        part = range(n * len(values) // stretches, (n + 1) * len(values) // stretches)
        kept += sorted({part[0], min(part, key=values.__getitem__), max(part, key=values.__getitem__), part[-1]})
    return kept


def counted(changes: Iterable[tuple[float, int]]) -> list[Point]:
    """A running count from its changes ``(time, +1 or -1)``: one point for each time at which it changed.

    >>> counted([(5, 1), (5, 1), (7, -1)])
    [(5, 2), (7, 1)]
    """
    points: list[Point] = []
    total = 0
    for time, change in sorted(changes, key=lambda item: item[0]):
        total += change
        if points and points[-1][0] == time:
            points.pop()
        points.append((time, total))
    return points


ROUNDING = 1e-6  # of a bin: what is less than this below its edge is there by the rounding of a difference of times


def binned(values: Sequence[float], most: int = 20) -> list[Point]:
    """How many values lie in each of at most ``most + 1`` bins of a round width: (middle of the bin, count).

    No bin is narrower than half a percent of the highest value: what differs by less is shown as equal.

    >>> binned([1, 2, 2, 9], most=10)
    [(1.5, 1), (2.5, 2), (3.5, 0), (4.5, 0), (5.5, 0), (6.5, 0), (7.5, 0), (8.5, 0), (9.5, 1)]
    """
    if not values:
        return []
    width = _round_width(max((max(values) - min(values)) / most, max(values) / 200))
    places = [floor(value / width + ROUNDING) for value in values]
    first = min(places)
    counts = [0] * (max(places) - first + 1)
    for place in places:
        counts[place - first] += 1
    return [(round((first + n + 0.5) * width, 6), count) for n, count in enumerate(counts)]


def _round_width(least: float) -> float:
    """The smallest of 1, 2, 5, 10 … (or their tenths) that is not below ``least``."""
    if least <= 0:
        return 1.0
    power: float = 10.0 ** floor(log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * (1 - 1e-9))
