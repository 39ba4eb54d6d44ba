"""Replacing a mail host, in any order of the steps (slide claims 16.1-16.4)."""

from collections.abc import Sequence

import pytest

from simlib import WorkbookError, World
from simlib.replacement import ADVICE, CARDS, duration, replace_system
from simlib.trace.record import Trace

PLAIN = ("save sendmail.cf", "install", "put sendmail.cf in place", "start sendmail")


def replaced(order: Sequence[str], version: str = "8.18", waiting: int = 3, coming: int = 12) -> Trace:
    """``waiting`` letters in mqueue, and ``coming`` ones in the two hours in which the host is replaced."""
    world = World(seed=4)
    world.zone("@ 3600 MX 10 mail", origin="here.example.")
    mail = world.sendmail("mail.here.example", cf="Cwhere.example\nO DeliveryMode=queueonly", version=version)
    mail.queue_run(every="30m")
    far = world.sendmail("mail.far.example", domain="far.example")
    far.queue_run(every="15m")
    for n in range(waiting):
        mail.submit("taro@far.example", f"user{n}@here.example", at="5m")
    for n in range(coming):
        far.submit("taro@far.example", f"hana{n}@here.example", at=600 * (n + 1))
    replace_system(world, mail, order, at="10m")
    return world.run(until="6h")


def bounced_from_the_queue(trace: Trace) -> int:
    return len(trace.messages.where(host="mail.here.example", state="bounced", notice=False))


@pytest.mark.parametrize("version", ["8.8.8", "8.18"])
def test_the_order_of_the_slide_costs_nothing_but_time(version: str) -> None:
    trace = replaced(ADVICE, version)
    assert trace.totals()["delivered"] == 15
    assert max(delay for delay in trace.messages.where(notice=False)["delay"]) < 5400


@pytest.mark.parametrize(("version", "who"), [("8.8.8", "mail.here.example"), ("8.18", "mail.far.example")])
def test_an_unconfigured_sendmail_bounces_what_arrives_itself_or_by_its_refusal(version: str, who: str) -> None:
    trace = replaced(("install",), version, waiting=0)
    assert trace.totals()["bounced"] == 12
    assert set(trace.notices.where(kind="return")["host"]) == {who}


def test_a_queue_run_with_the_wrong_cf_ruins_what_lies_there() -> None:
    trace = replaced(("install",), coming=0)
    assert bounced_from_the_queue(trace) == 3
    assert trace.syslog("mail.here.example").count("dsn=5.3.5, stat=Local configuration error") == 3
    (notice,) = {trace.content(n, "taro") for n in trace.notices["message"][:1]}
    assert b"554 5.0.0 MX list for here.example. points back to mail.here.example" in notice


def test_what_is_delivered_before_cannot_be_ruined() -> None:
    assert bounced_from_the_queue(replaced(("run the queue", "install"), coming=0)) == 0


def test_off_the_net_the_wrong_sendmail_does_no_harm_until_it_is_connected() -> None:
    order = ("save sendmail.cf", "disconnect", "install", "kill sendmail", "put sendmail.cf in place")
    safe = replaced((*order, "start sendmail", "connect"))
    assert safe.totals()["delivered"] == 15
    hasty = replaced((*order[:3], "connect", order[4], order[3], "start sendmail"))
    assert hasty.totals()["bounced"] > 0


def test_a_cf_in_place_is_not_read_by_the_daemon_that_runs() -> None:
    trace = replaced(PLAIN)
    assert trace.totals()["bounced"] == 15
    assert trace.steps["remark"][2:] == [
        "the daemon that runs has not read it", "Address already in use: one is running",
    ]  # fmt: skip


def test_at_a_reboot_rc_starts_sendmail_again() -> None:
    begin = ("disconnect", "install", "kill sendmail")
    noisy = replaced((*begin, "reboot", "connect"))
    quiet = replaced((*begin, "keep rc quiet", "reboot", "connect"))
    assert (noisy.totals()["bounced"], quiet.totals()["bounced"]) == (15, 0)
    assert quiet.totals()["queued"] == 15


def test_a_cf_that_was_not_saved_in_time_cannot_be_put_in_place() -> None:
    late = replaced(("install", "kill sendmail", "save sendmail.cf", "put sendmail.cf in place", "start sendmail"))
    never = replaced(("install", "kill sendmail", "put sendmail.cf in place", "start sendmail"))
    assert late.steps["remark"][2] == "it is the new system's"
    assert never.steps["remark"][2] == "there is none: it was not saved"
    assert late.totals()["bounced"] == never.totals()["bounced"] > 3


def test_a_queue_run_by_hand_reads_the_file_that_is_there() -> None:
    order = ("save sendmail.cf", "disconnect", "install", "put sendmail.cf in place", "run the queue", "kill sendmail")
    trace = replaced((*order, "start sendmail", "connect"))
    assert trace.totals()["delivered"] == 15
    assert trace.steps["remark"][4].startswith("4 letters in mqueue, 0 after")


def test_the_steps_account_for_every_letter() -> None:
    steps = replaced(("disconnect", "install", "connect")).steps
    assert sum(steps["delivered"]) + sum(steps["bounced"]) + steps["waiting"][-1] == 15
    assert steps["time"] == [600, 660, 2460]


def test_a_step_that_is_none_is_named_with_the_nearest() -> None:
    with pytest.raises(WorkbookError, match="'kil sendmail' is no step of a replacement; did you mean 'kill sendmail'"):
        replaced(("kil sendmail",))
    with pytest.raises(WorkbookError, match="'connect' stands in the order twice"):
        replaced(("connect", "connect"))


def test_the_cards_are_those_of_the_advice() -> None:
    assert sorted(ADVICE) == sorted(CARDS)
    assert duration(ADVICE) == 61
