import pytest
import simpy

from simlib.site.host import KERNEL_CONNECT_TIMEOUT, Host
from simlib.site.network import ACCEPTED, REFUSED, TIMED_OUT, UNREACHABLE, Network, NetworkError


class Port:
    def takes_connections(self) -> bool:
        return True

    def accept(self, client: Host) -> None: ...


@pytest.fixture
def env() -> simpy.Environment:
    return simpy.Environment()


@pytest.fixture
def net(env: simpy.Environment) -> Network:
    network = Network(env)
    for n, name in enumerate(("a", "b", "c")):
        network.add(Host(env, name, f"10.0.0.{n}"), latency=0.01 * (n + 1), bandwidth=1e6 / (n + 1))
    network.hosts["b"].services[25] = Port()
    return network


def test_an_open_port_is_reached_after_one_round_trip(net: Network) -> None:
    tried = net.connect(net.hosts["a"], net.hosts["b"], 25)
    assert (tried.outcome, tried.seconds) == (ACCEPTED, pytest.approx(2 * (0.01 + 0.02)))


def test_a_closed_port_refuses_after_one_round_trip(net: Network) -> None:
    tried = net.connect(net.hosts["a"], net.hosts["b"], 113)
    assert (tried.outcome, tried.seconds) == (REFUSED, pytest.approx(0.06))


def test_a_host_that_is_down_or_not_there_does_not_answer(net: Network) -> None:
    net.hosts["b"].go_down()
    tried = net.connect(net.hosts["a"], net.hosts["b"], 25)
    nobody = net.connect(net.hosts["a"], None, 25)
    assert (tried.outcome, tried.seconds) == (nobody.outcome, nobody.seconds) == (TIMED_OUT, KERNEL_CONNECT_TIMEOUT)


def test_a_broken_line_makes_a_host_unreachable_until_it_is_mended(net: Network) -> None:
    link = net.link_between("b", "internet")
    link.go_down()
    assert net.connect(net.hosts["a"], net.hosts["b"], 25).outcome == UNREACHABLE
    link.come_back()
    assert net.connect(net.hosts["a"], net.hosts["b"], 25).outcome == ACCEPTED


def test_a_direct_line_is_taken_when_it_is_quicker_and_left_when_it_is_down(net: Network) -> None:
    direct = net.link("a", "b", latency=0.001, bandwidth=64_000)
    path = net.path(net.hosts["a"], net.hosts["b"])
    assert path is not None
    assert (path.latency, path.bandwidth) == (0.001, 64_000)
    direct.go_down()
    around = net.path(net.hosts["a"], net.hosts["b"])
    assert around is not None
    assert (around.latency, around.bandwidth) == (pytest.approx(0.03), 500_000)


def test_the_narrowest_line_sets_the_pace(net: Network) -> None:
    path = net.path(net.hosts["a"], net.hosts["c"])
    assert path is not None
    assert path.transfer(1_000_000) == pytest.approx(8e6 / (1e6 / 3))


def test_a_break_is_seen_afterwards_even_if_it_was_mended(net: Network) -> None:
    path = net.path(net.hosts["a"], net.hosts["b"])
    assert path is not None
    before = path.breaks()
    net.hosts["b"].go_down()
    assert path.broken() is net.hosts["b"]
    net.hosts["b"].come_back()
    assert path.broken() is None
    assert path.breaks() == before + 1


def test_outages_that_overlap_end_with_the_last(net: Network) -> None:
    host = net.hosts["b"]
    host.go_down()
    host.go_down()
    host.come_back()
    assert not host.up
    host.come_back()
    assert host.up
    assert host.breaks == 1


def test_a_power_cut_ends_the_processes_of_the_host_alone(env: simpy.Environment, net: Network) -> None:
    finished = []

    def work(name: str):  # type: ignore[no-untyped-def]  # a generator like any other
        yield env.timeout(10)
        finished.append(name)

    for name in ("a", "b"):
        net.hosts[name].spawn(work(name))
    env.run(until=5)
    net.hosts["a"].go_down()
    env.run(until=20)
    assert finished == ["b"]
    assert net.hosts["a"].running == net.hosts["b"].running == 0


def test_wrong_networks_are_refused_and_leave_nothing_behind(env: simpy.Environment, net: Network) -> None:
    with pytest.raises(NetworkError, match="host a already"):
        net.add(Host(env, "a", "10.0.0.9"), 0.1, 1e6)
    with pytest.raises(NetworkError, match="no host nowhere; known: a, b, c"):
        net.link("a", "nowhere", 0.1, 1e6)
    with pytest.raises(NetworkError, match="to itself"):
        net.link("a", "a", 0.1, 1e6)
    with pytest.raises(NetworkError, match="no link between a and b"):
        net.link_between("a", "b")
    assert net.host_at("10.0.0.9") is None
    assert "nowhere" not in net.graph
