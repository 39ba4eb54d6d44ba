"""Settings side by side."""

import pytest

from simlib import Trace, WorkbookError, World, lab, traffic


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
    assert rows["Open connections: connections opened"][1] == "3"
    marked = [line.split("  ")[0] for line in repr(compared).splitlines() if line.endswith("≠")]
    assert "Open connections: connections opened" in marked
    assert "submitted" not in marked


def test_replications_give_means_with_confidence_intervals() -> None:
    compared = lab.compare(queue_run, SETTINGS, show=[lab.connections], seeds=range(1, 6))
    opened = dict(compared.rows)["Open connections: connections opened"]
    counts = [len(queue_run(cache_size=0, seed=seed).connections) for seed in range(1, 6)]
    mean = sum(counts) / 5
    half = 2.78 * (sum((count - mean) ** 2 for count in counts) / 4 / 5) ** 0.5
    told, _, band = opened[0].partition(" ± ")
    assert float(told) == pytest.approx(mean, abs=0.06)
    assert float(band) == pytest.approx(half, rel=0.01)
    assert opened[1] == "3"


def test_one_setting_or_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(WorkbookError, match="at least two settings"):
        lab.compare(queue_run, {"one": {}}, show=[lab.connections])
    with pytest.raises(WorkbookError, match="'b' gives cache, but queue_run takes cache_size, seed"):
        lab.compare(queue_run, {"a": {}, "b": {"cache": 1}}, show=[lab.connections])
