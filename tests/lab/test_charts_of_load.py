"""Load, limits, refusals and queues on one axis (slide claim 02.1)."""

import pytest

from simlib import Trace, World, lab, traffic


def burst(refuse_la: int = 12, lets_wait: bool = False) -> Trace:
    world = World(seed=4)
    isp = world.sendmail("mail.isp.example", latency="30ms")
    world.sendmail(
        "mx.univ.example",
        domain="univ.example",
        message_cost="2.5s",
        lets_wait=lets_wait,
        cf=f"O RefuseLA={refuse_la}",
    )
    for n, at in enumerate(traffic.poisson(world.random("arrivals"), every="1.5s", start="1m", until="4m")):
        isp.submit("taro@here.invalid", f"user{n}@univ.example", at=at)
    isp.queue_run(every="5m")
    return world.run(until="30m")


def test_refusals_begin_at_the_limit_and_end_when_the_port_opens_again() -> None:
    trace = burst()
    chart = lab.load_and_refusals(trace)
    refused = trace.connections.where(outcome="refused")
    value = {name: number.value for name, number in chart.numbers.items()}
    assert value["refused"] == len(refused) > 0
    assert value["first refusal"] == min(refused["opened"])
    ends = trace.closed["end"]
    assert value["open again after"] == max(ends) - trace.closed["start"][0] >= value["port closed for"] > 0
    after = [row.opened for row in trace.connections if row.outcome == "accepted" and row.opened > max(ends)]
    assert after
    assert max(refused["opened"]) < max(ends)
    # the log says for the last time that it rejects 15 seconds before the port opens
    assert trace.syslog("mx.univ.example").count("rejecting connections") == round(value["port closed for"] / 15)


def test_a_higher_limit_refuses_later_and_less_at_a_higher_load() -> None:
    charts = [lab.load_and_refusals(burst(limit)).numbers for limit in (4, 12, 24)]
    refused, first, load = (
        [numbers[name].value for numbers in charts] for name in ("refused", "first refusal", "highest load")
    )
    assert refused == sorted(refused, reverse=True)
    assert first == sorted(first)
    assert load == sorted(load)
    assert len(set(refused)) == len(set(first)) == len(set(load)) == 3


def test_what_is_drawn() -> None:
    trace = burst()
    chart = lab.load_and_refusals(trace)
    lines = {series.name: series for series in chart.series}
    assert {"port closed", "refused", "queues", "mx.univ.example", "RefuseLA 12", "QueueLA 8"} == set(lines)
    assert {value for _, value in lines["RefuseLA 12"].points} == {12}
    assert len(lines["refused"].points) == chart.numbers["refused"].value
    assert max(value for _, value in lines["queues"].points) == chart.numbers["most in all queues"].value
    option = chart.option()
    drawn = {one["name"]: one for one in option["series"]}
    assert [axis["name"] for axis in option["yAxis"]] == ["load average (1 minute)", "messages in all queues"]
    assert drawn["queues"]["yAxisIndex"] == 1
    start, end = drawn["port closed"]["markArea"]["data"][0]
    assert (start["xAxis"] * 60, end["xAxis"] * 60) == pytest.approx(
        (trace.closed["start"][0], trace.closed["end"][0]), abs=0.01
    )


def test_who_lets_wait_refuses_nobody_and_greets_nobody_either() -> None:
    numbers = lab.load_and_refusals(burst(lets_wait=True)).numbers
    assert (numbers["refused"].value, numbers["first refusal"].value) == (0, None)
    assert numbers["port closed for"].value > 0


def test_a_limit_that_is_never_reached_and_a_port_that_never_opens() -> None:
    quiet = lab.load_and_refusals(burst(100))
    assert quiet.numbers["port closed for"].value == 0
    assert "RefuseLA 100" not in {series.name for series in quiet.series}
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    world.sendmail("mx.there.example", domain="there.example")
    world.busy("mx.there.example", 20, "1s", "1h")
    mail.submit("taro", "hana@there.example", at="20m")
    trace = world.run(until="30m")
    numbers = lab.load_and_refusals(trace).numbers
    assert trace.closed["end"] == [None]
    assert (numbers["refused"].value, numbers["open again after"].value) == (1, None)
    assert numbers["port closed for"].value == pytest.approx(600, abs=1)


def test_a_crash_ends_what_the_daemon_was_at() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    world.sendmail("mx.there.example", domain="there.example")
    world.busy("mx.there.example", 20, "1s", "1h")
    mail.submit("taro", "hana@there.example", at="20m")
    world.outage("mx.there.example", "25m", "26m")
    assert world.run(until="30m").closed["end"] == [1500.0]


def test_a_world_without_mail_hosts() -> None:
    assert lab.load_and_refusals(World(seed=1).run(until="1m")).numbers["highest load"].value == 0
