"""Slide claims 02.1-02.4: what sendmail does under load, and what its clients make of it."""

from math import exp

import pytest

from simlib import Trace, World
from simlib.cf import stock
from simlib.mta.policy.load_control import RateThrottle, as_sendmail_reads, refuses, reply_pause, should_queue
from simlib.mta.policy.settings import Settings

MX = "mx1.busy.example"


def settings(**options: int) -> Settings:
    return Settings.of(stock().with_lines("\n".join(f"O {name}={value}" for name, value in options.items())))


@pytest.mark.parametrize(
    ("priority", "load", "factor", "queued"),
    [
        # as seen on the real one with QueueLA=8
        (30_016, 8, 30_000, True),
        (30_016, 9, 60_000, True),
        (30_016, 9, 60_100, False),
        (30_016, 11, 120_000, True),
        (30_016, 9, 600_000, False),
        (30_016, 7, 1, False),
        (-149_826, 50, 1, False),
    ],
)
def test_what_waits_at_a_load(priority: int, load: int, factor: int, queued: bool) -> None:
    assert should_queue(priority, load, settings(QueueLA=8, QueueFactor=factor)) is queued


def test_refusal_begins_at_the_limit_itself() -> None:
    assert [refuses(load, 0, settings(RefuseLA=12)) for load in (11, 12, 13)] == [False, True, True]
    assert not refuses(50, 0, settings(RefuseLA=0))
    assert [refuses(0, children, settings(MaxDaemonChildren=3)) for children in (2, 3)] == [False, True]


def test_replies_are_held_back_at_delay_la() -> None:
    assert [reply_pause(load, settings(DelayLA=3)) for load in (2, 3, 5)] == [0, 1, 1]
    assert reply_pause(50, settings(DelayLA=0)) == 0


def test_the_limits_are_for_each_processor_unless_they_are_set() -> None:
    assert (Settings.of(stock(), cpus=4).queue_la, Settings.of(stock(), cpus=4).refuse_la) == (32, 48)
    assert Settings.of(stock().with_lines("O RefuseLA=12"), cpus=4).refuse_la == 12


def test_a_load_is_rounded_as_sendmail_rounds_it() -> None:
    assert [as_sendmail_reads(load) for load in (11.49, 11.5, 12.2)] == [11, 12, 12]


def loaded(processes: int, cf: str = "", second: bool = True, lets_wait: bool = False, at: str = "30m") -> Trace:
    """One message at ``at`` for a host on which other programs have computed for half an hour, until 35 minutes."""
    world = World(seed=1)
    mail = world.sendmail("mail.example")
    world.sendmail(MX, cf=f"Cwbusy.example\n{cf}", lets_wait=lets_wait).queue_run(every="10m")
    zone = "@ 1h MX 10 mx1\nmx1 1h A 192.0.2.1\n"
    if second:
        world.sendmail("mx2.busy.example", cf="CR busy.example").queue_run(every="10m")
        zone += "@ 1h MX 20 mx2\nmx2 1h A 192.0.2.2\n"
    world.zone(zone, "busy.example.")
    world.busy(MX, processes, "1s", "35m")
    mail.submit("taro@mail.example", "hana@busy.example", at=at)
    mail.queue_run(every="10m")
    return world.run(until="2h")


@pytest.mark.parametrize(("processes", "outcome"), [(11, "accepted"), (12, "refused"), (20, "refused")])
def test_at_load_twelve_the_port_is_closed(processes: int, outcome: str) -> None:
    trace = loaded(processes, second=False)
    assert trace.connections["outcome"][0] == outcome
    assert trace.totals()["delivered"] == 1


def test_it_says_so_every_fifteen_seconds() -> None:
    lines = [line for line in loaded(20, second=False).syslog(MX).splitlines() if "rejecting connections" in line]
    assert lines[0].endswith("rejecting connections on daemon MTA: load average: 20")
    assert [int(line[13:15]) for line in lines[:4]] == [0, 15, 30, 45]


def test_at_queue_la_mail_is_accepted_and_queued() -> None:
    trace = loaded(8, cf="O QueueFactor=30000", second=False)
    assert trace.connections["outcome"][0] == "accepted"
    assert trace.deliveries["time"][0] > 35 * 60, "delivered by a queue run when the load has fallen"


def test_the_load_average_is_that_of_the_kernel() -> None:
    figures = loaded(10, second=False).load(MX)
    for row in list(figures)[1:60]:
        assert row.load1 == pytest.approx(10 * (1 - exp(-(row.time - 1) / 60)))
    assert max(figures["load15"]) < max(figures["load5"]) < max(figures["load1"])


def test_a_power_cut_opens_the_port_again() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.example")
    world.sendmail(MX, cf="O MaxDaemonChildren=1", domain="busy.example", bandwidth="9600bps")
    for n in range(3):
        mail.submit("taro@mail.example", "hana@busy.example", size=50_000, at=n)
    world.outage(MX, "10s", "1m")
    mail.queue_run(every="10m")
    trace = world.run(until="2h")
    assert "refused" in trace.connections["outcome"]
    assert trace.totals()["delivered"] == 3


def test_a_refused_client_goes_to_the_next_mx_at_once() -> None:
    trace = loaded(20)
    first, second = list(trace.connections.sorted("opened"))[:2]
    assert (first.server, first.outcome) == (MX, "refused")
    assert (second.server, second.outcome) == ("mx2.busy.example", "accepted")
    assert second.opened - first.opened < 1


def test_the_old_way_it_waits_for_a_greeting_first() -> None:
    trace = loaded(20, lets_wait=True, at="20m")
    first, second = list(trace.connections.sorted("opened"))[:2]
    assert (first.server, first.outcome) == (MX, "accepted")
    assert second.server == "mx2.busy.example"
    assert second.opened - first.opened == pytest.approx(300, abs=1), "Timeout.initial goes by first"


def test_the_old_way_a_connection_is_greeted_when_the_load_has_fallen() -> None:
    trace = loaded(20, lets_wait=True, at="34m")
    assert trace.deliveries["host"] == [MX]
    assert trace.deliveries["time"][0] > 35 * 60


def test_a_daemon_sleeps_when_too_many_connections_come_in_a_second() -> None:
    throttle = RateThrottle(2)
    assert [throttle.wait(10.0) for _ in range(4)] == [0, 0, 0, 1]
    assert throttle.wait(10.5) == 0.5, "it is asleep until 11"
    assert throttle.wait(13.0) == 0
    assert [RateThrottle(0).wait(10.0) for _ in range(50)] == [0] * 50


def test_a_throttled_burst_is_greeted_late_and_nothing_is_refused() -> None:
    world = World(seed=1)
    world.sendmail("mx.example", domain="site.example", cf="O ConnectionRateThrottle=2\nO Timeout.ident=0")
    for n in range(12):
        world.sendmail(f"mail{n}.example").submit("a@x.invalid", "b@site.example", at=10)
    trace = world.run(until="5m")
    assert set(trace.connections["outcome"]) == {"accepted"}
    assert [int(time) for time in sorted(trace.deliveries["time"])] == [10] * 3 + [11] * 3 + [12] * 3 + [13] * 3


def test_at_a_high_load_a_run_by_time_passes_over_what_is_not_urgent_and_goes_on() -> None:
    world = World(seed=1)
    options = "O QueueLA=2\nO QueueFactor=600000\nO QueueSortOrder=time\nO DeliveryMode=queueonly"
    mail = world.sendmail("mail.here.example", cf=options)
    world.peer("far.example")
    mail.submit("taro@mail.here.example", "large@far.example", size=500_000, at="1s")
    mail.submit("taro@mail.here.example", "small@far.example", size=1_000, at="2s")
    world.busy(mail, 4, "10s", "1d")
    mail.queue_run(at="10m")
    trace = world.run(until="20m")
    assert list(trace.attempts["recipients"]) == ["small@far.example"]
