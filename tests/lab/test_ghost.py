"""The ghost of a chart: what of the run before is drawn behind this one, kind by kind."""

import pytest

from simlib.lab.chart import Axis, Chart, Series
from simlib.lab.ghost import LINES, MOST, ghost

A, B = ((0, 1), (1, 2)), ((0, 3), (1, 1))


def chart(kind, *series, names=()):
    return Chart("", Axis("x"), Axis("y", names=names), kind, series)


def test_a_run_that_is_the_same_has_none() -> None:
    assert ghost(chart("steps", Series("a", A)), chart("steps", Series("a", A))) == []


@pytest.mark.parametrize(("kind", "step"), [("steps", "end"), ("bars", "middle"), ("curves", None)])
def test_a_line_that_has_moved_stands_where_it_was(kind, step) -> None:
    (line,) = ghost(chart(kind, Series("a", A), Series("b", B)), chart(kind, Series("a", B), Series("b", B)))
    assert (line["type"], line["data"], line.get("step")) == ("line", A, step)


def test_bands_have_the_line_of_their_sum() -> None:
    (line,) = ghost(chart("bands", Series("a", A), Series("b", B)), chart("bands", Series("a", A)))
    assert line["data"] == ((0, 4), (1, 3))


def test_rows_have_a_mark_where_each_bar_ended_if_they_are_the_same_rows() -> None:
    before = chart("rows", Series("a", ((5, 0), (1, 1))), Series("b", ((2, 0), (0, 1))), names=("x", "y"))
    now = chart("rows", Series("a", ((1, 0), (1, 1))), names=("x", "y"))
    (marks,) = ghost(before, now)
    assert (marks["type"], marks["data"]) == ("scatter", ((7, 0), (1, 1)))
    assert ghost(before, chart("rows", Series("a", ((1, 0), (1, 1))), names=("x", "z"))) == []


def test_lying_lines_have_a_mark_where_each_ended() -> None:
    before = chart(
        "spans", Series("came", ((0, 1), (9, 1), (1, 2), (8, 2))), Series("warned", ((4, 1),), kind="points")
    )
    (marks,) = ghost(before, chart("spans", Series("came", ((0, 1), (3, 1)))))
    assert marks["data"] == ((9, 1), (8, 2))


def test_a_line_of_the_right_axis_keeps_to_it_and_what_is_shaded_has_none() -> None:
    shaded, right = Series("closed", A, kind="stretches"), Series("queue", A, right=True)
    (line,) = ghost(chart("steps", shaded, right), chart("steps", Series("queue", B, right=True)))
    assert (line["data"], line["yAxisIndex"]) == (A, 1)


def test_it_is_thin_and_of_few_lines() -> None:
    many = tuple((n, n % 3) for n in range(10_000))
    lines = ghost(chart("steps", *(Series(str(n), many) for n in range(9))), chart("steps"))
    assert len(lines) == LINES
    assert all(len(line["data"]) <= MOST + 1 for line in lines)
