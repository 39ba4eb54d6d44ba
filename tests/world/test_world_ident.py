"""Slide topic 06: Ident through a firewall."""

import pytest

from simlib import Trace, WorkbookError, World

ROUND_TRIP = 2 * (0.020 + 0.005)


def one_message(
    action: str | None, cf: str = "", stack: str = "modern", user: str | None = "", delay: float = 0, port: int = 113
) -> Trace:
    """A message through to a server that asks Ident; a filter is in front of the client."""
    world = World(seed=1)
    mail = world.sendmail("mail.example", latency="20ms")
    world.sendmail("mx.site.example", domain="site.example", cf=cf, stack=stack)
    if user != "":
        world.identd("mail.example", user, delay)
    if action:
        world.filter("mail.example", action, port)
    mail.submit("taro@mail.example", "hana@site.example")
    mail.queue_run(every="10m")
    return world.run(until="1h")


def greeting_delay(trace: Trace) -> float:
    """Seconds that the first attempt took, less those of one whose server asks nothing."""
    return trace.attempts["seconds"][0] - one_message(None, cf="O Timeout.ident=0s").attempts["seconds"][0]


@pytest.mark.parametrize("action", [None, "reset", "port-unreachable", "host-unreachable", "admin-prohibited"])
def test_an_answer_of_any_kind_costs_one_round_trip(action: str | None) -> None:
    assert greeting_delay(one_message(action)) == pytest.approx(ROUND_TRIP)


@pytest.mark.parametrize(("cf", "limit"), [("", 5), ("O Timeout.ident=30s", 30), ("O Timeout.ident=2s", 2)])
def test_a_silent_drop_costs_exactly_the_time_out(cf: str, limit: float) -> None:
    trace = one_message("drop", cf)
    assert greeting_delay(trace) == pytest.approx(limit)
    assert trace.totals()["delivered"] == 1


def test_a_time_out_of_zero_asks_nobody() -> None:
    assert greeting_delay(one_message("drop", "O Timeout.ident=0s")) == 0


def test_a_filter_for_another_port_changes_nothing() -> None:
    assert greeting_delay(one_message("drop", port=133)) == pytest.approx(ROUND_TRIP), "the slide's slip"


@pytest.mark.parametrize("action", ["host-unreachable", "net-unreachable", "admin-prohibited"])
def test_an_old_stack_loses_the_smtp_connection_too_and_mail_is_stuck(action: str) -> None:
    trace = one_message(action, stack="Ultrix")
    assert trace.totals()["queued"] == 1
    assert len(trace.connections.where(outcome="accepted")) > 2, "it is tried again and again"
    assert set(trace.attempts["dsn"]) == {"4.4.2"}


@pytest.mark.parametrize("action", ["drop", "reset", "port-unreachable"])
def test_an_old_stack_lives_with_the_other_answers(action: str) -> None:
    assert one_message(action, stack="Ultrix").totals()["delivered"] == 1


def test_without_ident_even_the_old_stack_gets_its_mail() -> None:
    assert one_message("host-unreachable", "O Timeout.ident=0s", stack="Ultrix").totals()["delivered"] == 1


@pytest.mark.parametrize(
    ("user", "identity"),
    [
        ("taro", "taro@mail.example [10.0.0.1]"),
        ("emperor", "emperor@mail.example [10.0.0.1]"),
        (None, "mail.example [10.0.0.1]"),
    ],
)
def test_what_identd_says_stands_in_the_received_line_true_or_not(user: str | None, identity: str) -> None:
    trace = one_message(None, user=user)
    first = trace.received(1).splitlines()[0]
    assert first == f"Received: from mail.example ({identity})"
    assert f"relay={identity}" in trace.syslog("mx.site.example")


def test_a_slow_identd_is_given_up_at_the_time_out() -> None:
    assert greeting_delay(one_message(None, user="taro", delay=60)) == pytest.approx(5)
    assert greeting_delay(one_message(None, user="taro", delay=1)) == pytest.approx(1 + 2 * ROUND_TRIP)


def test_a_filter_can_stand_on_a_line_and_stop_mail_itself() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.example")
    world.sendmail("mx.site.example", domain="site.example")
    world.filter(("internet", "mx.site.example"), "reset", port=25)
    mail.submit("taro@mail.example", "hana@site.example")
    assert world.run(until="1h").connections["outcome"] == ["refused"]


def test_filters_and_stacks_that_do_not_exist() -> None:
    world = World()
    world.sendmail("mail.example")
    with pytest.raises(WorkbookError, match="a filter does one of drop, reset"):
        world.filter("mail.example", "bounce", 113)
    with pytest.raises(WorkbookError, match="a port is from 1 to 65535"):
        world.filter("mail.example", "drop", 70_000)
    with pytest.raises(WorkbookError, match="there is no host"):
        world.filter("nowhere.example", "drop", 113)
    with pytest.raises(WorkbookError, match="one of modern, Ultrix"):
        world.sendmail("old.example", stack="VMS")
    assert list(world.network.hosts) == ["mail.example"]
