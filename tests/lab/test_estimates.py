"""Sweeps on the screen: means with intervals, and how far it is."""

import pytest

from simlib import WorkbookError, experiment, lab


def dice(sides=6, throws=1, kind="plain", seed=1):
    return {"eyes": throws * (seed % sides), "seed": seed}


@pytest.fixture
def results():
    return experiment.sweep(dice, {"sides": [8, 6], "throws": [1, 2]}, range(1, 10), workers=1)


def test_each_line_has_means_with_intervals_in_order(results):
    chart = lab.estimates(results, "sides", "eyes", by="throws", unit="points")
    assert [series.name for series in chart.series] == ["throws 1", "throws 2"]
    once = results.where(throws=1).sorted("sides")
    assert chart.series[0].points == tuple(zip([6, 8], once["eyes"], strict=True))
    assert chart.series[0].intervals == tuple(once["eyes ±"])
    assert str(chart.numbers["throws 2, sides 8"]) == "6.44 ± 3.75 points"
    assert str(chart.y) == "eyes (points)"


def test_the_bars_reach_from_end_to_end_of_the_interval(results):
    chart = lab.estimates(results.where(throws=1), "sides", "eyes")
    (drawn,) = chart.option()["series"]
    (x, mean), half = chart.series[0].points[0], chart.series[0].intervals[0]
    low, high = drawn["markLine"]["data"][0]
    assert (low["coord"], high["coord"]) == ([x, pytest.approx(mean - half)], [x, pytest.approx(mean + half)])
    assert list(chart.numbers) == ["sides 6", "sides 8"]


def test_what_cannot_be_drawn_is_named(results):
    with pytest.raises(WorkbookError, match="no column 'side'; the sweep has sides, throws, runs, eyes"):
        lab.estimates(results, "side", "eyes")
    with pytest.raises(WorkbookError, match="y='throws' has no confidence interval"):
        lab.estimates(results, "sides", "throws")
    words = experiment.sweep(dice, {"kind": ["plain", "loaded"]}, [1, 2], workers=1)
    with pytest.raises(WorkbookError, match="the values of kind are no numbers.*by='kind'"):
        lab.estimates(words, "kind", "eyes")


def test_the_bar_follows_and_its_text_is_always_the_same():
    bar = lab.progress_bar()
    experiment.replicate(dice, range(1, 5), workers=1, batch=2, progress=bar)
    assert bar._bar.value == 1.0
    assert bar._words.value == "4 of 4 runs"
    assert bar._repr_mimebundle_()["text/plain"] == "Progress of an experiment"
