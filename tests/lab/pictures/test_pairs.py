"""Two settings on the same runs."""

from random import Random
from statistics import fmean, stdev

import pytest

from simlib import Table, lab
from simlib.errors import WorkbookError
from simlib.lab.pictures.pairs import RUN, SURE


def of_pairs(*held: tuple[float, float]) -> Table:
    return Table.of_rows(("seed", "three", "four"), [(n, *pair) for n, pair in enumerate(held, 1)])


def values(drawing):
    return {name: number.value for name, number in drawing.numbers.items()}


def of(things, kind):
    return [one for one in things if one.kind == kind]


def test_each_row_is_a_line_from_number_to_number() -> None:
    held = [(10, 7), (20, 21), (5, 5), (8, 2)]
    drawing = lab.pairs(of_pairs(*held), of="connections", run="morning")
    assert [(one.begin, one.end) for one in drawing.part.arrows] == held
    assert [one.kind for one in drawing.part.arrows] == [
        "fewer with four",
        "more with four",
        "as many with both",
        "fewer with four",
    ]
    assert (values(drawing)["fewer with four"], values(drawing)["more with four"]) == (2, 1)
    assert "the same 4 mornings" in drawing.title
    assert not drawing.part.axis.timed


def test_intervals_overlap_and_that_of_the_differences_does_not_touch_0() -> None:
    draw = Random(1)
    held = [(n, n - draw.choice((1, 2, 3))) for n in (draw.randint(10, 30) for _ in range(10))]
    drawing = lab.pairs(of_pairs(*held))
    three, four, less = of(drawing.part.spans, SURE)
    assert four.begin < three.begin < four.end < three.end
    assert less.begin > 0
    firsts = [one for one, _ in held]
    assert fmean((three.begin, three.end)) == pytest.approx(fmean(firsts))
    assert three.end - three.begin == pytest.approx(2 * 2.26 * stdev(firsts) / 10**0.5)  # t of 9 degrees of freedom


def test_without_the_differences_nothing_tells_of_them() -> None:
    drawing = lab.pairs(of_pairs((10, 7), (12, 9)), difference=False)
    assert len(drawing.part.lanes) == 3
    assert {one.at for one in of(drawing.part.marks, RUN)} == {10, 7, 12, 9}
    assert not [name for name in drawing.numbers if "less" in name]


def test_nothing_one_and_very_many() -> None:
    assert lab.pairs(of_pairs()).part.things() == []
    assert not lab.pairs(of_pairs((3, 2))).part.spans  # one run says nothing of the interval
    many = lab.pairs(of_pairs(*((n % 40, n % 37) for n in range(5_000))))
    assert len(many.part.arrows) <= 60
    assert sum(values(many)[name] for name in ("fewer with four", "more with four")) <= 5_000
    assert "one of every 84 runs" in many.title


def test_a_table_of_two_columns_is_none_of_pairs() -> None:
    with pytest.raises(WorkbookError, match="two columns"):
        lab.pairs(Table.of_rows(("seed", "three"), [(1, 2)]))
