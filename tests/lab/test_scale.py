from hypothesis import given
from hypothesis import strategies as st

from simlib.lab.scale import MOST_POINTS, binned, counted, over_time, stacked, thinned


def test_a_time_axis_takes_the_unit_of_what_it_shows():
    axis, (line,) = over_time("time", {"mx": [(7200.0, 0), (7200.0, 1), (7205.0, 0)]}, until=7205.0)
    assert str(axis) == "time (s)"
    assert line.points[0] == (7200.0, 0)
    axis, (line,) = over_time("time", {"mx": [(0.0, 1), (432000.0, 0)]}, until=864000.0)
    assert str(axis) == "time (d)"
    assert line.points == ((0.0, 1), (5.0, 0), (10.0, 0))


def test_changes_at_one_time_make_one_point():
    assert counted([(2.0, -1), (1.0, 1), (1.0, 1), (2.0, 1)]) == [(1.0, 2), (2.0, 2)]


@given(st.lists(st.integers(0, 50), min_size=41, max_size=120))
def test_a_long_line_is_made_short_without_losing_its_extremes(values):
    points = list(enumerate(map(float, values)))
    short = thinned(points, most=40)
    assert len(short) <= 40
    assert short == sorted(short)
    assert set(short) <= set(points)
    assert (short[0], short[-1]) == (points[0], points[-1])
    assert {min(v for _, v in short), max(v for _, v in short)} == {min(values), max(values)}


def test_a_short_line_stays_as_it_is():
    points = [(float(n), float(n % 7)) for n in range(MOST_POINTS)]
    assert thinned(points) == points


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=60))
def test_every_value_falls_into_one_bin(values):
    bars = binned(values)
    assert sum(count for _, count in bars) == len(values)
    assert len(bars) <= 21


def test_equal_values_make_one_bin():
    assert binned([600.0, 600.0]) == [(602.5, 2)]


def test_bands_share_their_times_so_that_they_can_be_stacked():
    _, (a, b) = stacked("time", {"a": [(1.0, 1), (3.0, 0)], "b": [(2.0, 5)]})
    assert a.points == ((1.0, 1), (2.0, 1), (3.0, 0))
    assert b.points == ((1.0, 0), (2.0, 5), (3.0, 5))


def test_long_bands_keep_the_highest_sum():
    up = [(float(n), float(n % 3)) for n in range(5 * MOST_POINTS)]
    other = [(2222.0, 40.0), (2223.0, 0.0)]
    _, (a, b) = stacked("time", {"a": up, "b": other})
    assert len(a.points) == len(b.points) <= MOST_POINTS
    assert max(value for _, value in b.points) == 40


def test_equal_values_at_an_edge_that_rounding_moved_are_in_one_bin():
    assert binned([0.02, 0.02 - 1e-15, 0.02 + 1e-15]) == binned([0.02] * 3)


def test_the_unit_fits_the_whole_time_that_is_drawn_and_not_only_the_changes() -> None:
    axis, (line,) = over_time("time", {"letters": [(0.0, 2.0)]}, 6 * 86_400.0)
    assert axis.unit == "d"
    assert line.points == ((0.0, 2.0), (6.0, 2.0))
