"""Connects in vain, delays by destination, and what mail costs each host."""

import pytest

from simlib import Trace, World, lab


def dead_host(remember: str, on_disk: bool) -> Trace:
    """Forty letters, half of them for a host without power; queue runs every 10 minutes (slide claim 04.4)."""
    world = World(seed=4)
    mail = world.sendmail(
        "mail.here.example",
        cf=f"""
        O DeliveryMode=queueonly
        O Timeout.hoststatus={remember}
        {"O HostStatusDirectory=.hoststat" if on_disk else ""}
    """,
    )
    for name in ("well", "dead"):
        world.sendmail(f"mx.{name}.example", domain=f"{name}.example")
    for n in range(40):
        mail.submit("taro@here.example", f"user{n}@{'well' if n % 2 else 'dead'}.example", at=n)
    mail.queue_run(every="10m", at="1m")
    world.outage("mx.dead.example", "0s", "95m")
    return world.run(until="8h")


MEMORIES = [("0s", False), ("30m", False), ("30m", True), ("2h", True)]


def test_connects_in_vain_are_those_without_an_answer_and_fall_as_more_is_remembered() -> None:
    in_vain, wasted = [], []
    for memory in MEMORIES:
        trace = dead_host(*memory)
        chart, tries = lab.connects(trace), trace.connections
        silent = tries.where(outcome="timed out")
        assert (
            chart.numbers["connects in vain"].value == len(silent) == chart.numbers["in vain to mx.dead.example"].value
        )
        assert chart.numbers["seconds wasted"].value == pytest.approx(sum(silent["wait"]))
        assert chart.numbers["connects answered"].value == len(tries) - len(silent)
        in_vain.append(len(silent))
        wasted.append(chart.numbers["seconds wasted"].value)
    assert in_vain == [109, 10, 3, 1]
    assert wasted == sorted(wasted, reverse=True)


def test_a_row_of_connects_is_a_destination_and_its_parts_are_what_came_of_them() -> None:
    chart = lab.connects(dead_host("30m", True))
    assert chart.y.names == ("mx.dead.example", "mx.well.example")
    assert {series.name: series.points for series in chart.series} == {
        "answered": ((1, 0), (1, 1)),
        "timed out": ((3, 0), (0, 1)),
        "refused": ((0, 0), (0, 1)),
        "unreachable": ((0, 0), (0, 1)),
    }


def test_refused_and_unreachable_are_in_vain_too() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    there = world.sendmail("mx.there.example", domain="there.example")
    world.sendmail("mx.far.example", domain="far.example")
    world.outage(there.daemon, "0s", "1h")
    world.outage(("mx.far.example", "internet"), "0s", "1h")
    for domain in ("there", "far"):
        mail.submit("taro", f"hana@{domain}.example", at="1m")
    trace = world.run(until="30m")
    numbers = lab.connects(trace).numbers
    assert sorted(trace.connections["outcome"]) == ["refused", "unreachable"]
    assert (numbers["connects answered"].value, numbers["connects in vain"].value) == (0, 2)


def test_a_dead_host_delays_its_own_mail_the_longer_it_is_remembered_and_not_that_of_others() -> None:
    dead, well = [], []
    for memory in MEMORIES[1:]:
        trace = dead_host(*memory)
        numbers = lab.delays_by_host(trace).numbers
        spans = {row.recipient: row.delay for row in trace.messages}
        dead.append(numbers["longest delay to dead.example"].value)
        well.append(numbers["longest delay to well.example"].value)
        assert dead[-1] == max(delay for to, delay in spans.items() if to.endswith("dead.example"))
    assert dead == sorted(dead)
    assert len(set(dead)) == 3
    assert max(well) < 150


def test_what_is_not_there_has_no_delay_and_is_counted() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    world.sendmail("mx.there.example", domain="there.example")
    world.outage("mx.there.example", "0s", "1h")
    mail.submit("taro", "hana@there.example")
    numbers = lab.delays_by_host(world.run(until="30m")).numbers
    assert {name: number.value for name, number in numbers.items()} == {"not delivered to there.example": 1}


def forwarding(alias: str) -> Trace:
    """Ten letters for a user who has left (slide claims 13.1 to 13.4)."""
    world = World(seed=4)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.user(mail, "jiro")
    world.sendmail("mail.new.example", domain="new.example")
    far = world.sendmail("mail.far.example", domain="far.example")
    mail.aliases = alias
    for n in range(10):
        far.submit("taro@far.example", "hana@here.example", at=n * 60)
    return world.run(until="1h")


def test_forwarding_costs_the_old_host_a_connection_out_for_each_that_comes_in() -> None:
    deleted, forwarded = (lab.in_and_out(forwarding(alias)) for alias in ("", "hana: hana@new.example"))
    host = "mail.here.example"
    for chart, out in ((deleted, 0), (forwarded, 10)):
        assert chart.numbers[f"connections in at {host}"].value == 10
        assert chart.numbers[f"connections out at {host}"].value == out
        assert chart.numbers[f"work at {host}"].value == 10 + out
    assert deleted.numbers["notices made at mail.far.example"].value == 10
    assert forwarded.y.names[0] == host


def test_hosts_that_have_no_room_stand_together_in_the_last_row() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    for n in range(20):
        world.sendmail(f"mx{n}.example", domain=f"site{n}.example")
        mail.submit("taro", f"hana@site{n}.example")
    chart = lab.connects(world.run(until="10m"))
    assert len(chart.y.names) == 9
    assert chart.y.names[-1] == "12 others"
    assert sum(value for value, _ in chart.series[0].points) == 20


@pytest.mark.parametrize("draw", [lab.connects, lab.delays_by_host, lab.in_and_out])
def test_a_run_without_mail_has_an_empty_chart(draw) -> None:
    world = World(seed=1)
    world.sendmail("mail.here.example")
    chart = draw(world.run(until="1m"))
    assert not sum(value for series in chart.series for value, _ in series.points)
    assert chart.option()["yAxis"]["data"] == ["none"]
