"""The first hour after a power cut, in every order of the lesson's site (slide claims 15.1-15.5)."""

import pytest

from simlib.exercises.topic_15 import FORWARDED, NAMED_LAST, POWER, SERVICES, SLIDE, first_hour, toll
from simlib.site.boot import Search, Toll, best_order, orders, ready_times
from simlib.trace.record import Trace


def hour(order: tuple[str, ...], cf: str = "") -> Trace:
    return first_hour(ready_times(SERVICES, order), cf)


@pytest.fixture(scope="module")
def found() -> Search:
    return best_order(SERVICES, lambda order: toll(hour(order)))


def test_every_order_is_judged(found: Search) -> None:
    assert {order for order, _ in found.judged} == set(orders(SERVICES))
    assert len(found.judged) == 40


def test_the_advice_of_the_slide_is_among_the_best(found: Search) -> None:
    assert (SLIDE, found.best[1]) in found.frontier
    assert found.toll_of(SLIDE).rank == found.best[1].rank
    assert found.toll_of(SLIDE)[:2] == (0, 0)


def test_no_order_that_harms_no_letter_begins_sendmail_before_what_it_needs(found: Search) -> None:
    safe = [order for order, cost in found.judged if not cost.bounced and not cost.misdelivered]
    assert all(order.index("sendmail") > order.index("named") for order in safe)


def test_the_worst_begins_with_sendmail(found: Search) -> None:
    order, cost = found.worst
    assert order[0] == "sendmail"
    assert cost.bounced > 0
    assert cost.misdelivered > 0


def test_who_does_not_wait_has_mail_sooner_and_some_of_it_never(found: Search) -> None:
    assert min(cost.delayed for _, cost in found.frontier) < found.toll_of(SLIDE).delayed


@pytest.mark.parametrize(
    ("last", "harm"),
    [("/home", "misdelivered"), ("/usr/local", "bounced")],
)
def test_a_mount_after_sendmail_costs_letters_each_in_its_way(last: str, harm: str) -> None:
    order = (*(name for name in SLIDE if name != last), last)
    cost = toll(hour(order))
    assert {name for name in ("bounced", "misdelivered") if getattr(cost, name)} == {harm}


def test_a_letter_counts_once() -> None:
    trace = hour(("sendmail", "named", "nfsd", "/home", "/usr/local"))
    cost = toll(trace)
    wrong = [row for row in trace.deliveries if row.host == "mail.here.example" and row.mailbox in FORWARDED]
    assert cost.misdelivered == len(wrong)
    assert cost.bounced == trace.totals()["bounced"]
    assert sum(cost) <= trace.totals()["submitted"]


def test_late_is_counted_from_the_return_of_the_power_or_the_writing() -> None:
    trace = hour(SLIDE)
    assert toll(trace).delayed == 5  # those of the first 13 minutes, less the 10 that are allowed
    assert Toll.of(trace, "mail.here.example", FORWARDED, since=POWER, late="1h").delayed == 0
    assert Toll.of(trace, "mail.here.example", FORWARDED, since="15m", late="10m").delayed == 0


def test_its_own_name_unknown_sendmail_turns_its_own_mail_away_for_the_whole_hour() -> None:
    bounced = hour(NAMED_LAST).messages.where(state="bounced")["recipient"]
    assert set(bounced) == {"taro@mail.here.example"}


def test_what_is_not_resident_bounces_nothing_and_delivers_nothing() -> None:
    trace = hour(NAMED_LAST, "O DaemonPortOptions=Name=MTA, Addr=mail.here.example")
    assert trace.totals()["queued"] == trace.totals()["submitted"]
