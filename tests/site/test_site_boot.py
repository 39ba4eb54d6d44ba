"""Services that are started one after the other, and the search over all their orders."""

import pytest

from simlib import WorkbookError
from simlib.site.boot import Service, Toll, best_order, dependencies, orders, pareto, ready_times
from simlib.watch import Stopped

SITE = (
    Service("nfsd", "6m"),
    Service("/home", "1m", needs=("nfsd",)),
    Service("named", "3m"),
    Service("sendmail", "30s"),
)


def test_each_is_begun_when_the_one_before_is_ready() -> None:
    ready = ready_times(SITE, ("named", "nfsd", "/home", "sendmail"))
    assert ready == {"named": 180, "nfsd": 540, "/home": 600, "sendmail": 630}


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (("/home", "nfsd", "named", "sendmail"), "/home needs nfsd: put nfsd before /home"),
        (("nfsd", "/home", "named"), "'sendmail': each of nfsd, .* is started once"),
        (("nfsd", "/home", "named", "named", "sendmail"), "'named': each of nfsd, .* is started once"),
        (
            ("nfsd", "/home", "name", "sendmail"),
            "'name': each of nfsd, /home, named, sendmail is started once, and nothing else",
        ),
    ],
)
def test_an_order_that_cannot_be_is_refused_with_the_cure(order: tuple[str, ...], told: str) -> None:
    with pytest.raises(WorkbookError, match=told):
        ready_times(SITE, order)


@pytest.mark.parametrize(
    ("services", "told"),
    [
        ((Service("a", 1), Service("a", 2)), "'a' is there twice"),
        ((Service("a", 1, ("b",)),), "'a' needs 'b', none of the services a"),
        ((Service("a", 1, ("b",)), Service("b", 1, ("a",))), "wait for each other"),
    ],
)
def test_services_that_cannot_be_are_refused(services: tuple[Service, ...], told: str) -> None:
    with pytest.raises(WorkbookError, match=told):
        dependencies(services)


def test_all_orders_are_those_that_respect_what_is_needed() -> None:
    every = list(orders(SITE))
    assert len(every) == len(set(every)) == 12  # half of 4! = 24: /home only after nfsd
    assert all(order.index("nfsd") < order.index("/home") for order in every)


def late_and_early(order: tuple[str, ...]) -> Toll:
    """What an early sendmail costs, and a late one."""
    return Toll(3 - order.index("sendmail"), 3 - order.index("/home"), order.index("sendmail"))


def test_the_search_judges_every_order_and_finds_what_no_other_beats() -> None:
    told: list[tuple[int, int]] = []
    search = best_order(SITE, late_and_early, progress=lambda done, of: told.append((done, of)))
    assert told == [(n, 12) for n in range(1, 13)]
    assert {order for order, _ in search.judged} == set(orders(SITE))
    assert {toll for _, toll in search.frontier} == {(3, 0, 0), (2, 0, 1), (1, 0, 2), (0, 1, 3)}
    assert search.best[1] == (1, 0, 2)  # one letter gone astray, as with (0, 1, 3), but sooner
    assert search.worst[1].rank == max(toll.rank for _, toll in search.judged)
    assert search.toll_of(search.worst[0]) == search.worst[1]
    with pytest.raises(WorkbookError, match="was not judged"):
        search.toll_of(("/home", "nfsd", "named", "sendmail"))


def test_two_that_are_better_in_something_each_are_both_on_the_frontier() -> None:
    assert pareto([Toll(1, 0, 2), Toll(2, 0, 1), Toll(2, 0, 2), Toll(1, 0, 3)]) == {(1, 0, 2), (2, 0, 1)}


@pytest.mark.parametrize("end", [KeyboardInterrupt, Stopped])
def test_a_search_that_is_broken_off_keeps_what_it_has(end: type[BaseException]) -> None:
    seen = 0

    def judge(order: tuple[str, ...]) -> Toll:
        nonlocal seen
        seen += 1
        if seen == 4:
            raise end
        return Toll(seen, 0, 0)

    assert len(best_order(SITE, judge).judged) == 3


def test_more_than_eight_services_are_too_many() -> None:
    with pytest.raises(WorkbookError, match="9 services: all orders of at most 8"):
        best_order([Service(str(n), 1) for n in range(9)], late_and_early)
