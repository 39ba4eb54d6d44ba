from random import Random
from statistics import mean, median

import pytest

from simlib import WorkbookError, traffic


def test_arrivals_come_in_order_within_their_time_and_as_often_as_asked() -> None:
    times = list(traffic.poisson(Random(1), every="10s", until="10h", start="1h"))
    assert times == sorted(times)
    assert times[0] >= 3600
    assert times[-1] < 36_000
    assert len(times) == pytest.approx(3240, abs=4 * 3240**0.5)


def test_sizes_have_the_mean_or_the_median_asked_for() -> None:
    random = Random(1)
    assert mean(traffic.exponential_size(random, 5_000) for _ in range(10_000)) == pytest.approx(5_000, rel=0.05)
    sizes = [traffic.lognormal_size(random, median=3_000, spread=3) for _ in range(10_000)]
    assert median(sizes) == pytest.approx(3_000, rel=0.05)
    assert sum(1_000 <= size <= 9_000 for size in sizes) / 10_000 == pytest.approx(0.683, abs=0.02)


def test_the_second_place_is_chosen_half_as_often_as_the_first() -> None:
    random = Random(1)
    chosen = [traffic.zipf(random, "abc") for _ in range(11_000)]
    assert chosen.count("a") / chosen.count("b") == pytest.approx(2, rel=0.1)
    assert chosen.count("a") / chosen.count("c") == pytest.approx(3, rel=0.1)


@pytest.mark.parametrize(
    "call",
    [
        lambda random: next(traffic.poisson(random, every="0s", until="1h")),
        lambda random: traffic.exponential_size(random, 0),
        lambda random: traffic.lognormal_size(random, median=-1),
        lambda random: traffic.lognormal_size(random, median=100, spread=1),
        lambda random: traffic.zipf(random, []),
    ],
)
def test_traffic_that_cannot_be_made_is_refused(call: object) -> None:
    with pytest.raises(WorkbookError):
        call(Random(1))  # type: ignore[operator]  # the lambdas above
