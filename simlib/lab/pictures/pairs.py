"""Two settings met by the same chances: a line from each run's number with one to that with the other (claim 18.4)."""

from statistics import fmean
from typing import TYPE_CHECKING

from simlib.errors import WorkbookError
from simlib.estimate import half_width
from simlib.lab.numbers import Number, text_of
from simlib.lab.pictures.common import how_many, one_of_every
from simlib.lab.pictures.drawing import BAD, GOOD, INK, LIGHT, PALE, Drawing, Span
from simlib.lab.pictures.lanes import Arrow, Lane, Lanes, Mark, Stretch
from simlib.language import phrase

if TYPE_CHECKING:
    from simlib.trace.table import Table

RUN, LESS, MORE, SAME, SURE = (
    "a run",
    "fewer with {name}",
    "more with {name}",
    "as many with both",
    "95 % interval of the mean",
)
HIGH = 2.2  # rows of a lane
MIDDLE, ABOVE, BELOW = 0.6, 0.0, 1.2  # the row of its runs, and that of the interval of their mean
FIRST, BETWEEN, SECOND, DIFFERENCE = range(4)
LINES = 1.5  # rows between the two, for the lines
MOST = 60  # pairs


def pairs(table: "Table", of: str = "number", run: str = "run", *, difference: bool = True) -> Drawing:
    """Two columns of numbers as lanes of dots with the interval of their means, and a line for each row of the table.

    The first column names the runs, the second and third have the numbers (``of`` what, in their own unit) of the two
    settings. In a lane below stand the differences, unless ``difference`` says no. Raises WorkbookError for a table
    without three columns.
    """
    if len(table.columns) < 3:
        raise WorkbookError(
            "pairs: a table with a name of each {run} and two columns, not {them}",
            run=run,
            them=", ".join(table.columns),
        )
    name, first, second = list(table.columns)[:3]
    rows = list(zip(table[name], table[first], table[second], strict=True))
    differences = [one - other for _, one, other in rows]
    columns = {first: table[first], second: table[second]}
    columns |= {phrase("{first} less {second}", first=first, second=second): differences} if difference else {}
    shown, cut = one_of_every(rows, phrase(f"{run}s"), MOST)
    lanes = [Lane(title, _mean(values), HIGH) for title, values in columns.items()]
    lanes.insert(BETWEEN, Lane(phrase("the same {run}", run=phrase(run)), "", LINES))
    places = dict(zip(columns, (FIRST, SECOND, DIFFERENCE), strict=False))
    spans = [_sure(places[title], title, values) for title, values in columns.items() if len(values) > 1]
    marks, arrows = [], []
    less, more = phrase(LESS, name=second), phrase(MORE, name=second)
    key = {RUN: PALE, less: GOOD, more: BAD, SAME: INK, SURE: LIGHT}
    for which, one, other in shown:
        told = phrase(
            "{run} {which}: {one} with {first}, {other} with {second}, {difference} fewer",
            run=phrase(run),
            which=which,
            one=_n(one),
            first=first,
            other=_n(other),
            second=second,
            difference=_n(one - other),
        )
        kind = less if other < one else more if other > one else SAME
        values = (one, other, one - other)
        marks += [Mark(lane, at, RUN, told, row=MIDDLE) for lane, at in zip(places.values(), values, strict=False)]
        arrows.append(Arrow(FIRST, one, SECOND, other, kind, told))
    every = [value for values in columns.values() for value in values]
    axis = Span(1.05 * min([0, *every]), 1.05 * max([1, *every]), of, timed=False)
    fewer = sum(one > 0 for one in differences)
    numbers = {
        less: Number(fewer),
        more: Number(sum(one < 0 for one in differences)),
        **{phrase("mean of {title}", title=title): _estimate(values) for title, values in columns.items()},
    }
    title = phrase(
        "{first} and {second} on the same {many}: fewer with {second} on {fewer}{cut}",
        first=first,
        second=second,
        many=how_many(len(rows), run),
        fewer=fewer,
        cut=cut,
    )
    return Drawing(title, Lanes(axis, lanes, spans, marks, arrows), key, numbers)


def _n(value: float) -> str:
    return text_of(Number(value))


def _estimate(values: list[float]) -> Number:
    if not values:
        return Number(None)
    return Number(fmean(values), margin=half_width(values))


def _mean(values: list[float]) -> str:
    return phrase("mean {number}", number=text_of(_estimate(values))) if values else ""


def _sure(lane: int, title: str, values: list[float]) -> Stretch:
    """The interval of the mean: it is where the true one lies in 19 of 20 such experiments."""
    mean, half = fmean(values), half_width(values) or 0.0
    told = phrase(
        "the mean of {title} is {estimate}: from {mean} to {mean2}",
        title=title,
        estimate=text_of(_estimate(values)),
        mean=_n(mean - half),
        mean2=_n(mean + half),
    )
    return Stretch(lane, mean - half, mean + half, SURE, told, row=ABOVE if lane == FIRST else BELOW)
