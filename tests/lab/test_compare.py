"""Settings side by side."""

import re

import pytest

from simlib import Trace, WorkbookError, World, lab, traffic
from simlib.lab.chart import Axis, Chart
from simlib.lab.numbers import Number


def queue_run(cache_size: int = 2, seed: int = 4) -> Trace:
    world = World(seed=seed)
    mail = world.sendmail("mail.here.example", cf=f"O ConnectionCacheSize={cache_size}\nO DeliveryMode=queueonly")
    for n in range(3):
        world.sendmail(f"mx.site{n}.example", domain=f"site{n}.example")
    for at in traffic.poisson(world.random("arrivals"), every="20s", until="5m"):
        mail.submit("taro@here.example", f"user@site{int(at) % 3}.example", at=at)
    mail.queue_run(at="10m")
    return world.run(until="1h")


SETTINGS = {"no cache": {"cache_size": 0}, "cache 3": {"cache_size": 3}}


def test_the_numbers_stand_side_by_side_and_what_differs_is_marked() -> None:
    compared = lab.compare(queue_run, SETTINGS, show=[lab.connections])
    rows = dict(compared.rows)
    submitted = rows["submitted"]
    assert submitted[0] == submitted[1] == rows["Open connections: connections opened"][0]  # the same arrivals
    assert rows["Open connections: connections opened"][1] == Number(3)
    marked = [line.split("  ")[0] for line in repr(compared).splitlines() if line.endswith("≠")]
    assert "Open connections: connections opened" in marked
    assert "submitted" not in marked


def test_replications_give_means_with_confidence_intervals() -> None:
    compared = lab.compare(queue_run, SETTINGS, show=[lab.connections], seeds=range(1, 6))
    opened = dict(compared.rows)["Open connections: connections opened"]
    counts = [len(queue_run(cache_size=0, seed=seed).connections) for seed in range(1, 6)]
    mean = sum(counts) / 5
    half = 2.78 * (sum((count - mean) ** 2 for count in counts) / 4 / 5) ** 0.5
    assert opened[0].value == pytest.approx(mean)
    assert opened[0].margin == pytest.approx(half)
    assert opened[1] == Number(3)


def test_one_setting_or_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(WorkbookError, match="at least two settings"):
        lab.compare(queue_run, {"one": {}}, show=[lab.connections])
    with pytest.raises(WorkbookError, match="'b' gives cache, but queue_run takes cache_size, seed"):
        lab.compare(queue_run, {"a": {}, "b": {"cache": 1}}, show=[lab.connections])


def told(*settings: list[Number | None], name: str = "wait") -> str:
    """How a number reads that the runs of each setting have like this; the seeds are 0, 1, 2 …"""

    def run(setting: int = 0, seed: int = 0) -> Trace:
        number = settings[setting][seed]
        trace = World(seed=seed).run(until="1s")
        trace.number = number
        return trace

    def shown(trace: Trace) -> Chart:
        return Chart("c", Axis("x"), Axis("y"), "bars", (), {} if trace.number is None else {name: trace.number})

    given = {f"case {n}": {"setting": n} for n in range(len(settings))}
    compared = lab.compare(run, given, show=[shown], seeds=range(len(settings[0])))
    line = repr(compared).splitlines()[-1].removeprefix(f"c: {name}").strip(" ≠")
    return re.sub("  +", " | ", line)


def spans(*seconds: float) -> list[Number]:
    return [Number(span, "s") for span in seconds]


def test_times_around_three_minutes_have_a_mean_and_an_interval() -> None:
    """A2: they read ``95 s … 3 min 2 s``, the smaller of two texts first, and had no interval."""
    assert told(spans(95, 182), spans(10, 10)) == "138 ± 553 s | 10 s"
    assert told(spans(182, 95, 120, 110, 130), spans(600, 610, 620, 630, 640)) == "127 ± 41.2 s | 620 ± 19.7 s"


def test_every_delay_of_a_real_scenario_has_an_interval() -> None:
    compared = lab.compare(queue_run, SETTINGS, show=[lab.delays], seeds=range(1, 6))
    times = [line for line in repr(compared).splitlines() if " delay " in line or "within" in line]
    assert [(line.count(" ± "), line.count(" min")) for line in times] == [(2, 2)] * 3
    medians = dict(compared.rows)["Delay of delivered messages: median delay"]
    assert medians[0].value == pytest.approx(458.8, abs=0.1)  # s: about 7 min 39 s
    assert "…" not in repr(compared)


def test_long_times_are_told_in_a_unit_that_mean_and_margin_share() -> None:
    assert told(spans(600, 660, 720), spans(3600, 3600, 3600)) == "11 ± 2.48 min | 60 min"
    assert told(spans(86_400 * 5, 86_400 * 6), spans(86_400 * 4, 86_400 * 4)) == "5.5 ± 6.36 d | 4 d"


def test_a_share_and_a_size_keep_their_units() -> None:
    assert told([Number(40, "%"), Number(50, "%")], [Number(45, "%")] * 2) == "45 ± 63.5 % | 45 %"
    assert told([Number(12_000, "bytes"), Number(9_000, "bytes")], [Number(1, "bytes")] * 2) == "10,500 ± 19,065 | 1"


def test_a_number_that_some_runs_lack_says_how_many_have_it() -> None:
    assert told([Number(3), None, Number(5)], [None, None, Number(4)]) == (
        "4 ± 12.7 (in 2 of 3 runs) | 4 (in 1 of 3 runs)"
    )
    assert told([Number(3), Number(3)], [None, None]) == "3 | —"
    assert told([None, Number(3)], [None, None]) == "3 (in 1 of 2 runs) | —"  # though the first run has none


def test_a_text_is_no_number() -> None:
    order = [Number("named first"), Number("mail first"), Number("named first")]
    assert told(order, [Number("10 min first")] * 3) == "named first (in 2 of 3 runs) | 10 min first"


@pytest.mark.parametrize(
    ("settings", "more", "words"),
    [
        ([{}, {}], {}, "write a dict of dicts, name → {parameter: value}"),
        ({"a": 1, "b": 2}, {}, "write a dict of dicts"),
        (SETTINGS, {"show": lab.delays}, "write a list of charts, such as"),
        (SETTINGS, {"show": ["delivered"]}, "write a list of charts"),
        (SETTINGS, {"seeds": 5}, "seeds=5: write a list of numbers or a range"),
        (SETTINGS, {"seeds": [1, 1]}, "each of them once"),
        ({"a": {"seed": 1}, "b": {}}, {"seeds": [1, 2]}, "'a' gives a seed, and seeds= gives others"),
    ],
)
def test_a_slip_in_a_comparison_is_answered_in_words(settings, more, words) -> None:
    with pytest.raises(WorkbookError, match=words):
        lab.compare(queue_run, settings, **{"show": [lab.delays], **more})
