"""Slide claim 04.5: SingleThreadDelivery spares the other side."""

import pytest

from simlib import Quirks, Trace, World

SINGLE = "O HostStatusDirectory=.hoststat\nO SingleThreadDelivery=True"


def two_runners(cf: str, hosts: int = 1, messages: int = 8) -> Trace:
    world = World(seed=1)
    mail = world.sendmail("mail.example", cf=f"O DeliveryMode=queueonly\n{cf}")
    for n in range(hosts):
        world.peer(f"mx{n}.example", domain=f"site{n}.example", quirks=Quirks(delays={".": 0.5}))
    for n in range(messages):
        mail.submit("taro@mail.example", f"user{n}@site{n % hosts}.example")
    mail.queue_run(at="1m")
    mail.queue_run(at="1m")
    mail.queue_run(at="10m")
    return world.run(until="1h")


def most_at_once(trace: Trace, server: str) -> int:
    """The largest number of connections that were open to ``server`` at a time."""
    changes = []
    for connection in trace.connections.where(server=server, outcome="accepted"):
        changes += [(connection.opened + connection.wait, 1), (connection.closed, -1)]
    open_now = most = 0
    for _, change in sorted(changes):
        open_now += change
        most = max(most, open_now)
    return most


@pytest.mark.parametrize("hosts", [1, 2, 3])
def test_never_two_connections_to_one_host(hosts: int) -> None:
    trace = two_runners(SINGLE, hosts)
    assert [most_at_once(trace, f"mx{n}.example") for n in range(hosts)] == [1] * hosts
    assert trace.totals()["delivered"] == 8


def test_without_it_two_runners_meet_at_the_host() -> None:
    assert most_at_once(two_runners(""), "mx0.example") == 2


def test_a_runner_that_finds_the_host_taken_defers_and_goes_on() -> None:
    trace = two_runners(SINGLE)
    deferred = trace.attempts.where(dsn="4.4.5")
    assert len(deferred) > 0
    assert set(deferred["connection"]) == {None}


def test_locked_entries_are_passed_over_so_nothing_is_sent_twice() -> None:
    for cf in ("", SINGLE):
        assert two_runners(cf, hosts=2).totals()["copies"] == 8


def test_the_lock_goes_with_the_connection_and_not_only_with_the_process() -> None:
    world = World(seed=1)
    options = "O SingleThreadDelivery\nO HostStatusDirectory=.hoststat\nO ConnectionCacheSize=1\nO QueueSortOrder=time"
    mail = world.sendmail("mail.here.example", cf=options)
    world.peer("first.example")
    world.peer("slow.example", quirks=Quirks(delays={".": 600}))
    world.outage("first.example", "0s", "30s")
    world.outage("slow.example", "0s", "30s")
    mail.submit("taro@mail.here.example", "hana@first.example", at="1s")
    mail.submit("taro@mail.here.example", "hana@slow.example", at="2s")
    mail.queue_run(at="1h")
    mail.submit("taro@mail.here.example", "jiro@first.example", at="1h2m")  # the run is still at the second host
    trace = world.run(until="1h5m")
    assert [row.mailbox for row in trace.deliveries if row.host == "first.example"] == ["hana", "jiro"]
