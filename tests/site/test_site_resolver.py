"""Which name servers a host asks, and how long it waits for those that do not answer."""

import pytest

from simlib import World
from simlib.site.dns import NOERROR, TRY_AGAIN
from simlib.site.resolver import Patience, name_servers

PATIENCE = Patience(retrans=5, retry=2)


def asked(world: World, client: str, name: str) -> tuple[str, float]:
    """What comes of a question, and after how many seconds."""
    host, begun = world.network.hosts[client], world.env.now
    answer = world.env.run(until=world.env.process(host.resolver.resolve(name, "A", PATIENCE)))
    return answer.status, world.env.now - begun


@pytest.fixture
def world() -> World:
    """A client that asks its own name server first and then that of another host, both of which run."""
    world = World()
    for name in ("client", "ns", "far"):
        world.host(f"{name}.example", latency="10ms")
    world.named("client.example")
    world.named("ns.example")
    servers = f"nameserver 127.0.0.1\nnameserver {world.network.hosts['ns.example'].address}\n"
    world.file("client.example", "/etc/resolv.conf", servers)
    return world


def test_the_first_server_is_asked_first(world: World) -> None:
    assert asked(world, "client.example", "far.example") == (NOERROR, pytest.approx(0.01))


def test_a_server_that_does_not_run_is_passed_over_at_once(world: World) -> None:
    world.network.hosts["client.example"].services[53].stop()
    status, took = asked(world, "client.example", "far.example")
    assert (status, took) == (NOERROR, pytest.approx(0.05))  # and a round trip to the other


def test_a_host_that_is_down_is_waited_for_before_the_next_server(world: World) -> None:
    world.file("client.example", "/etc/resolv.conf", "nameserver 10.0.0.2\nnameserver 127.0.0.1")
    world.network.hosts["ns.example"].go_down()
    assert asked(world, "client.example", "far.example") == (NOERROR, pytest.approx(5.01))


def test_without_any_answer_one_is_to_try_again(world: World) -> None:
    world.network.hosts["ns.example"].go_down()
    world.network.hosts["client.example"].services[53].stop()
    assert asked(world, "client.example", "far.example") == (TRY_AGAIN, pytest.approx(10.0))


def test_the_servers_of_resolv_conf_do_without_the_worlds_name_service(world: World) -> None:
    world.dns.go_down()
    assert asked(world, "client.example", "far.example")[0] == NOERROR
    assert asked(world, "far.example", "ns.example") == (TRY_AGAIN, pytest.approx(10.0))


def test_a_host_off_the_net_hears_nothing_from_outside_but_its_own_server(world: World) -> None:
    for name in ("client.example", "far.example"):
        world.network.link_between(name, "internet").go_down()
    assert asked(world, "client.example", "ns.example")[0] == NOERROR
    assert asked(world, "far.example", "ns.example") == (TRY_AGAIN, 0.0)


def test_another_line_is_a_way_to_the_net(world: World) -> None:
    world.link("far.example", "ns.example")
    world.network.link_between("far.example", "internet").go_down()
    assert asked(world, "far.example", "client.example")[0] == NOERROR


def test_a_name_server_ends_with_its_host_and_begins_with_it_if_the_start_up_scripts_say_so(world: World) -> None:
    host = world.network.hosts["ns.example"]
    named = host.services[53]
    world.outage("ns.example", 10, 20)
    world.run(until=15)
    assert not named.takes_connections()
    world.run(until=25)
    assert named.takes_connections()
    named.starts_at_boot = False
    world.outage("ns.example", 30, 40)
    world.run(until=45)
    assert not named.takes_connections()
    named.start()
    assert named.takes_connections()


def test_a_resolv_conf_without_a_server_means_the_one_here() -> None:
    assert name_servers("search here.example\n") == ("127.0.0.1",)
    assert len(name_servers("nameserver 10.0.0.1\n" * 5)) == 3
