import pytest

from simlib.message.status import Exit
from simlib.mta.policy.routing import NoRoute, fallback_hosts, mx_hosts
from simlib.site.dns import NODATA, NOERROR, NXDOMAIN, TRY_AGAIN, Answer

OWN = ("snd.test", "snd")


def mx(*records: tuple[int, str], status: str = NOERROR) -> Answer:
    return Answer(status, records)


def route(answer: Answer, **more: bool) -> list[str] | NoRoute:
    return mx_hosts("one.test", answer, OWN, "snd.test", rank=lambda name: 0, **more)


def test_the_lowest_preference_comes_first() -> None:
    assert route(mx((20, "b.test"), (10, "a.test"), (30, "c.test"))) == ["a.test", "b.test", "c.test"]


def test_equal_preference_goes_by_rank() -> None:
    ranks = {"a.test": 2, "b.test": 1, "c.test": 3}
    answer = mx((10, "a.test"), (10, "b.test"), (5, "c.test"))
    assert mx_hosts("one.test", answer, OWN, "snd.test", rank=ranks.__getitem__) == ["c.test", "b.test", "a.test"]


def test_own_name_and_everything_from_its_preference_on_are_cut() -> None:
    assert route(mx((10, "a.test"), (20, "snd.test"), (20, "b.test"), (30, "c.test"))) == ["a.test"]


@pytest.mark.parametrize(
    "records", [((10, "snd.test"),), ((10, "snd.test"), (10, "a.test")), ((10, "snd"), (20, "a.test"))]
)
def test_a_list_that_begins_with_oneself_is_a_configuration_error(records: tuple[tuple[int, str], ...]) -> None:
    answer = route(mx(*records))
    assert isinstance(answer, NoRoute)
    assert (answer.exit, answer.dsn, answer.text) == (
        Exit.CONFIG,
        "5.3.5",
        "MX list for one.test. points back to snd.test",
    )


def test_try_null_mx_list_tries_the_address_instead() -> None:
    assert route(mx((10, "snd.test")), try_null_mx=True) == ["one.test"]


def test_no_mx_means_the_host_itself() -> None:
    assert route(Answer(NODATA)) == ["one.test"]


@pytest.mark.parametrize(
    ("answer", "exit", "dsn"),
    [
        (Answer(NXDOMAIN), Exit.NOHOST, "5.1.2"),
        (Answer(TRY_AGAIN), Exit.TEMPFAIL, "4.4.3"),
        (mx((0, ".")), Exit.UNAVAILABLE, "5.1.10"),
    ],
)
def test_no_name_no_answer_and_no_wish_for_mail(answer: Answer, exit: Exit, dsn: str) -> None:
    failure = route(answer)
    assert isinstance(failure, NoRoute)
    assert (failure.exit, failure.dsn) == (exit, dsn)


def test_the_fallback_is_its_own_mx_hosts_or_itself() -> None:
    assert fallback_hosts("fb.test", mx((20, "b.test"), (10, "a.test")), OWN) == ["a.test", "b.test"]
    assert fallback_hosts("fb.test", Answer(NODATA), OWN) == ["fb.test"]
    assert fallback_hosts("[10.0.0.1]", None, OWN) == ["[10.0.0.1]"]


def test_a_fallback_host_does_not_fall_back_to_itself() -> None:
    assert fallback_hosts("snd.test", mx((10, "a.test")), OWN) == []
    assert fallback_hosts("", None, OWN) == []
