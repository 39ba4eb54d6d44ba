"""Slide claims 04.3 and 04.4: what is known of a host that is down, and for how long."""

import pytest

from simlib import Quirks, Reply, Trace, World

DEAD = "mx.dead.example"


def dead_host(
    *runs: str, cf: str = "", end: str = "5h", until: str = "6h", messages: int = 4, restart: str = ""
) -> Trace:
    """Four messages for a host whose port 25 is closed until ``end``, and some queue runs."""
    world = World(seed=1)
    mail = world.sendmail("mail.example", cf=f"O DeliveryMode=queueonly\n{cf}")
    mx = world.sendmail(DEAD, domain="dead.example")
    world.outage(mx.daemon, "0s", end)
    for n in range(messages):
        mail.submit("taro@mail.example", "hana@dead.example", at=n)
    for run in runs:
        mail.queue_run(at=run)
    if restart:
        mail.restart(at=restart)
    return world.run(until=until)


def tries(trace: Trace) -> list[float]:
    return [round(time) for time in trace.connections["opened"]]


def test_within_one_run_a_dead_host_is_tried_once() -> None:
    trace = dead_host("1m")
    assert tries(trace) == [60]
    assert len(trace.attempts) == 4
    assert trace.attempts["connection"] == [1, None, None, None]


def test_without_memory_each_message_tries() -> None:
    assert len(dead_host("1m", cf="O Timeout.hoststatus=0s").connections) == 4


def test_the_next_run_has_forgotten_unless_there_is_a_directory() -> None:
    assert tries(dead_host("1m", "20m")) == [60, 1200]
    assert tries(dead_host("1m", "20m", cf="O HostStatusDirectory=.hoststat")) == [60]


def test_the_directory_is_believed_for_timeout_hoststatus() -> None:
    assert tries(dead_host("1m", "20m", "32m", "90m", cf="O HostStatusDirectory=.hoststat")) == [60, 1920, 5400]
    shorter = "O HostStatusDirectory=.hoststat\nO Timeout.hoststatus=10m"
    assert tries(dead_host("1m", "5m", "20m", cf=shorter)) == [60, 1200]


def test_mail_waits_for_the_memory_to_fade_although_the_host_is_back() -> None:
    late = dead_host("1m", "10m", "40m", end="5m", cf="O HostStatusDirectory=.hoststat")
    prompt = dead_host("1m", "10m", "40m", end="5m")
    assert [round(time / 60) for time in late.deliveries["time"]] == [40] * 4
    assert [round(time / 60) for time in prompt.deliveries["time"]] == [10] * 4


def test_a_selected_run_ignores_what_is_known() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.example", cf="O DeliveryMode=queueonly\nO HostStatusDirectory=.hoststat")
    mx = world.sendmail(DEAD, domain="dead.example")
    world.outage(mx.daemon, "0s", "5m")
    mail.submit("taro@mail.example", "hana@dead.example")
    mail.queue_run(at="1m")
    mail.queue_run(at="6m", select="-qRhana")
    assert world.run(until="10m").totals()["delivered"] == 1


def test_the_tree_is_sendmail_s_own_and_survives_a_restart() -> None:
    trace = dead_host("1m", cf="O HostStatusDirectory=.hoststat", restart="2m", until="10m")
    assert list(trace.host_status_files("mail.example")) == ["example./dead./mx"]
    content = trace.host_status_files("mail.example")["example./dead./mx"].splitlines()
    assert content[:5] == ["V0", "E111", "H0", "S75", "D4.4.1"]
    assert content[-2].startswith("U")
    assert content[-1] == "."


def test_hoststat_lists_it() -> None:
    trace = dead_host("1m", cf="O HostStatusDirectory=.hoststat", until="11m")
    head, line = trace.hoststat("mail.example").splitlines()
    assert head == " -------------- Hostname --------------- How long ago ---------Results---------"
    assert line.split(maxsplit=2) == [DEAD, "00:10:00", "Deferred: Connection refu"]


@pytest.mark.parametrize("cf", ["", "O HostStatusDirectory=.hoststat"])
def test_a_second_mx_takes_the_mail_at_once(cf: str) -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.example", cf=f"O DeliveryMode=queueonly\n{cf}")
    first = world.peer("mx1.dead.example")
    world.peer("mx2.dead.example")
    world.zone("""
        $ORIGIN dead.example.
        $TTL 1h
        @    MX 10 mx1
             MX 20 mx2
        mx1  A  192.0.2.1
        mx2  A  192.0.2.2
    """)
    world.outage(first, "0s", "1h")
    for n in range(4):
        mail.submit("taro@mail.example", f"user{n}@dead.example")
    mail.queue_run(at="1m")
    trace = world.run(until="5m")
    assert trace.deliveries["host"] == ["mx2.dead.example"] * 4
    assert len(trace.connections.where(server="mx1.dead.example")) == 1


def test_a_host_whose_slot_in_the_cache_another_takes_is_remembered_without_its_code() -> None:
    world = World(seed=1)
    options = "O ConnectionCacheSize=1\nO DeliveryMode=queueonly\nO QueueSortOrder=time"
    mail = world.sendmail("mail.here.example", cf=options)
    world.peer("a.example", quirks=Quirks(replies={".": [Reply(451, "4.3.0 busy")]}))
    world.peer("b.example")
    for second, to in enumerate(("u@a.example", "u@b.example", "v@a.example")):
        mail.submit("taro@mail.here.example", to, at=second)
    mail.queue_run(at="1m")
    attempts = [(row.recipients, row.dsn) for row in world.run(until="10m").attempts]
    assert attempts == [("u@a.example", "4.3.0"), ("u@b.example", "2.0.0"), ("v@a.example", "4.0.0")]
