"""Slide claims 04.1 and 04.2: what the connection cache gains, and where."""

import pytest

from simlib import Quirks, Reply, Trace, World


def queue_run(
    cache: int, sites: int, order: str = "time", cf: str = "", messages: int = 20, latency: str = "80ms"
) -> Trace:
    """Messages for ``sites`` hosts by turns, all in one queue run."""
    world = World(seed=4)
    mail = world.sendmail(
        "mail.kyoto-u.example",
        cf=f"""
        O ConnectionCacheSize={cache}
        O QueueSortOrder={order}
        O DeliveryMode=queueonly
        {cf}
        """,
    )
    for n in range(sites):
        world.sendmail(f"mx.site{n}.example", domain=f"site{n}.example", latency=latency)
    for n in range(messages):
        mail.submit("taro@mail.kyoto-u.example", f"hana@site{n % sites}.example", at=n)
    mail.queue_run(at="10m")
    return world.run(until="1h")


def opened(trace: Trace) -> int:
    return len(trace.connections)


@pytest.mark.parametrize(("cache", "connections", "resets"), [(0, 20, 0), (1, 1, 19), (2, 1, 19), (4, 1, 19)])
def test_one_host(cache: int, connections: int, resets: int) -> None:
    trace = queue_run(cache, sites=1)
    assert (opened(trace), sum(trace.connections["resets"])) == (connections, resets)
    assert trace.totals()["delivered"] == 20


@pytest.mark.parametrize(("cache", "connections"), [(0, 20), (1, 20), (2, 20), (3, 3), (4, 3)])
def test_three_hosts_by_turns(cache: int, connections: int) -> None:
    assert opened(queue_run(cache, sites=3)) == connections


def test_among_equal_mxs_the_one_with_a_kept_connection_is_taken() -> None:
    world = World(seed=4)
    mail = world.sendmail("mail.kyoto-u.example", cf="O DeliveryMode=queueonly")
    for n in range(3):
        world.sendmail(f"mx{n}.there.example", domain="there.example")
    for n in range(20):
        mail.submit("taro@mail.kyoto-u.example", "hana@there.example", at=n)
    mail.queue_run(at="10m")
    assert opened(world.run(until="1h")) == 1


def test_host_order_needs_a_cache_of_one_only() -> None:
    assert opened(queue_run(1, sites=3, order="host")) == 3


def test_a_timeout_of_zero_keeps_nothing() -> None:
    assert opened(queue_run(4, sites=1, cf="O ConnectionCacheTimeout=0s")) == 20


@pytest.mark.parametrize(("latency", "connections"), [("80ms", 5), ("1ms", 4)])
def test_eviction_counts_in_whole_seconds(latency: str, connections: int) -> None:
    """Hosts 1, 2, 3, 1, 2 with two places: on a quick net all fall within one second and tie."""
    assert opened(queue_run(2, sites=3, messages=5, latency=latency)) == connections


def test_the_dialogue_has_one_rset_between_two_messages() -> None:
    verbs = [line.split()[1] for line in queue_run(1, 1, messages=2).dialogue(1).splitlines() if line.startswith(">>>")]
    assert verbs == ["EHLO", "MAIL", "RCPT", "DATA", ".", "RSET", "MAIL", "RCPT", "DATA", ".", "QUIT"]


def test_mail_delivered_as_it_arrives_gains_nothing_from_the_cache() -> None:
    trace = queue_run(4, sites=1, cf="O DeliveryMode=background")
    assert opened(trace) == 20


def test_fork_each_job_costs_the_cache() -> None:
    assert opened(queue_run(4, sites=1, cf="O ForkEachJob=True")) == 20


@pytest.mark.parametrize(("size", "resets"), [(0, 0), (2, 1)])
def test_only_a_connection_that_is_kept_is_reset_after_all_were_refused(size: int, resets: int) -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf=f"O ConnectionCacheSize={size}")
    one_by_one = Quirks(hello_only=True, replies={"RCPT": [Reply(550, "5.1.1 no such user")]})
    world.peer("far.example", quirks=one_by_one)
    mail.submit("taro@mail.here.example", "hana@far.example")
    trace = world.run(until="1m")
    assert trace.dialogue(1).count("RSET") == resets
