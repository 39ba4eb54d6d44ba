"""Shared processors against the closed form, and the load average against the kernel's way of working it out."""

from math import exp, sqrt
from random import Random
from statistics import mean, stdev

import pytest
import simpy

from simlib.site.load import Processors
from simlib.trace.load_average import LoadAverage

T_999 = 4.781  # Student's t, 9 degrees of freedom, two-sided 99.9 %
REPLICATIONS = 10


def times_in_system(seed: int, load: float, count: int = 1, jobs: int = 6_000) -> list[float]:
    """How long each of a Poisson stream of exponential jobs (mean 1 CPU second) was at the processors."""
    env, random = simpy.Environment(), Random(seed)
    cpu = Processors(env, count)
    took: list[float] = []

    def job(work: float):  # type: ignore[no-untyped-def]  # a generator like any other
        begun = env.now
        yield cpu.work(work)
        took.append(env.now - begun)

    def source():  # type: ignore[no-untyped-def]
        for _ in range(jobs):
            yield env.timeout(random.expovariate(load))
            env.process(job(random.expovariate(1)))

    env.process(source())
    env.run()
    return took[jobs // 10 :]


@pytest.mark.parametrize("load", [0.5, 0.8])
def test_one_shared_processor_is_an_m_m_1_ps_queue(load: float) -> None:
    means = [mean(times_in_system(seed, load)) for seed in range(REPLICATIONS)]
    half_width = T_999 * stdev(means) / sqrt(REPLICATIONS)
    assert half_width < 0.3 / (1 - load)
    assert mean(means) == pytest.approx(1 / (1 - load), abs=half_width)


def test_enough_processors_keep_nobody_waiting() -> None:
    env = simpy.Environment()
    cpu = Processors(env, count=2)
    ends = [cpu.work(3), cpu.work(5)]
    env.run(ends[0])
    assert env.now == 3
    env.run(ends[1])
    assert env.now == 5


def test_two_jobs_on_one_processor_take_turns() -> None:
    env = simpy.Environment()
    cpu = Processors(env)
    short, long = cpu.work(1), cpu.work(3)
    env.run(short)
    assert env.now == pytest.approx(2)
    env.run(long)
    assert env.now == pytest.approx(4)


def test_a_power_cut_forgets_all_work() -> None:
    env = simpy.Environment()
    cpu = Processors(env)
    lost = cpu.work(10)
    env.run(until=3)
    cpu.forget()
    env.run(until=50)
    assert not lost.triggered
    assert len(cpu) == 0


def test_a_constant_length_is_reached_as_the_kernel_s_formula_says() -> None:
    load = LoadAverage()
    load.set_length(10, 0)
    assert load.at(60)[0] == pytest.approx(10 * (1 - exp(-1)))
    assert load.at(180)[0] == pytest.approx(9.5, abs=0.05)
    load.set_length(0, 180)
    assert load.at(240)[0] == pytest.approx(load.at(180)[0] * exp(-1))


def test_it_is_the_limit_of_the_five_second_samples() -> None:
    """A kernel samples every 5 s; over a random history the two differ by little more than one sample's weight."""
    random = Random(1)
    exact, sampled, now, length, worst = LoadAverage(), 0.0, 0.0, 0, 0.0
    changes = sorted(random.uniform(0, 3_600) for _ in range(200))
    for tick in range(1, 721):
        while changes and changes[0] <= tick * 5:
            now, length = changes.pop(0), random.randrange(12)
            exact.set_length(length, now)
        sampled = sampled * exp(-5 / 60) + length * (1 - exp(-5 / 60))
        worst = max(worst, abs(exact.at(tick * 5)[0] - sampled))
    assert worst < 12 * (1 - exp(-5 / 60)) * 1.5
