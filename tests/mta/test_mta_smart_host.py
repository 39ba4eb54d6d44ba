"""FallbackSmartHost: where mail goes when a mail host is out of reach."""

import pytest

from simlib import World
from simlib.mta.policy.routing import AsWritten, full_name, smart_host

SMART = "O FallbackSmartHost=relay.here.example"


def tried(*down: str, to: str = "hana@far.example", cf: str = SMART) -> list[tuple[str, str]]:
    """The hosts that a letter is tried at in one run, and what came of it."""
    world = World(seed=1)
    here = world.sendmail("mail.here.example", cf=f"{cf}\nO DeliveryMode=queueonly")
    peers = {name: world.peer(f"{name}.example") for name in ("mx1", "mx2", "relay.here")}
    world.zone("@ 1h MX 10 mx1.example.\n@ 1h MX 20 mx2.example.", origin="far.example.")
    for name in down:
        peers[name].go_down()
    here.submit("taro", to)
    here.queue_run(at="1m")
    trace = world.run(until="30m")
    return [(row.relay.removesuffix(".example"), row.stat[:4]) for row in trace.attempts]


def test_it_comes_before_the_second_mail_host() -> None:
    assert tried("mx1") == [("mx1", "Defe"), ("relay.here", "Sent")]


def test_all_is_tried_where_it_is_out_of_reach_itself() -> None:
    assert tried("mx1", "relay.here") == [("mx1", "Defe"), ("relay.here", "Defe"), ("mx2", "Sent")]


def test_it_gets_mail_for_a_domain_that_nobody_knows() -> None:
    assert tried(to="hana@nowhere.invalid") == [("relay.here", "Sent")]


@pytest.mark.parametrize("cf", ["", "O FallbackSmartHost=mail.here.example"])
def test_without_one_the_next_mail_host_is_tried(cf: str) -> None:
    assert tried("mx1", cf=cf) == [("mx1", "Defe"), ("mx2", "Sent")]


def test_the_log_shows_it_as_it_is_written() -> None:
    assert [full_name(host) for host in smart_host("relay.example", ())] == ["relay.example"]
    assert [full_name(host) for host in smart_host("relay.example.", ())] == ["relay.example."]
    assert full_name("mx1.example") == "mx1.example."
    assert isinstance(smart_host("relay.example", ())[0], AsWritten)
