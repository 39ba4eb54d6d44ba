"""The engine against queueing theory: M/M/1 and M/M/c made of the parts that the lessons use.

Mail arrives as a Poisson stream, sizes are exponential, so is the time that a message needs on the line; a peer with
``c`` workers serves it in order of arrival. The mean wait for the greeting is then Erlang's. Each comparison takes
independent replications and asks for the closed form within a 99.9 % confidence interval of their mean (Student's t),
so that a right engine fails about once in a thousand choices of seed; the seeds are fixed.
"""

from math import factorial, sqrt
from statistics import mean, stdev

import pytest

from simlib import World, traffic

T_999 = 4.781  # Student's t, 9 degrees of freedom, two-sided 99.9 %
REPLICATIONS = 10
SERVICE = 1.0  # s, mean time that a message keeps a worker
BANDWIDTH = 8_000_000  # bits a second, so a mean size of a million bytes takes a second
AT_ONCE = 0.001  # s: below it nobody waited, and rounding is all there is
WARM_UP, LENGTH = 200.0, 2_000.0  # s


def erlang_c(workers: int, load: float) -> float:
    """The share of arrivals that have to wait in an M/M/c queue with ``load`` erlangs."""
    tail = load**workers / factorial(workers) * workers / (workers - load)
    return tail / (sum(load**k / factorial(k) for k in range(workers)) + tail)


def mean_wait(workers: int, load: float) -> float:
    """The mean wait in seconds before service in an M/M/c queue."""
    return erlang_c(workers, load) * SERVICE / (workers - load)


def waits(seed: int, workers: int, load: float) -> list[float]:
    """How long each message waited for the peer's greeting."""
    world = World(seed)
    mail = world.sendmail("mail.example", latency=0, bandwidth=BANDWIDTH, cf="O Timeout.initial=1d")
    world.peer("mx.example", domain="site.example", latency=0, bandwidth=BANDWIDTH, workers=workers)
    arrivals, sizes = world.random("arrivals"), world.random("sizes")
    for at in traffic.poisson(arrivals, every=SERVICE / load, until=LENGTH):
        mail.submit("taro@mail.example", "hana@site.example", size=traffic.exponential_size(sizes, 1e6), at=at)
    trace = world.run(until=LENGTH + 1000)
    size = dict(zip(trace.messages["message"], trace.messages["size"], strict=True))
    return [
        row.seconds - size[row.message] * 8 / BANDWIDTH
        for row in trace.attempts
        if row.outcome == "sent" and row.time >= WARM_UP
    ]


@pytest.mark.parametrize(("workers", "load"), [(1, 0.5), (2, 1.0), (3, 1.8)])
def test_waiting_is_as_erlang_says(workers: int, load: float) -> None:
    runs = [waits(seed, workers, load) for seed in range(REPLICATIONS)]
    agree([mean(run) for run in runs], mean_wait(workers, load))
    agree([mean(wait > AT_ONCE for wait in run) for run in runs], erlang_c(workers, load))


def agree(means: list[float], closed_form: float) -> None:
    """The closed form lies within the confidence interval, and that is narrow enough to mean something."""
    half_width = T_999 * stdev(means) / sqrt(REPLICATIONS)
    assert half_width < 0.4 * closed_form
    assert mean(means) == pytest.approx(closed_form, abs=half_width)
