"""Bad input: a clear error, and nothing half-made."""

import pytest

from simlib import WorkbookError, World


@pytest.fixture
def world() -> World:
    world = World()
    world.sendmail("mail.example", domain="here.example")
    return world


def test_two_hosts_of_one_name(world: World) -> None:
    with pytest.raises(WorkbookError, match=r"a host mail\.example already"):
        world.host("Mail.Example", domain="there.example")
    mail = world.sendmail("other.example")
    mail.submit("a@other.example", "b@there.example")
    with pytest.raises(WorkbookError, match="nothing in this world knows the host there.example"):
        world.run("1h")


@pytest.mark.parametrize("name", ["", "a b", "-", "a..b", "under_score.example", "internet"])
def test_a_name_that_is_no_host_name(world: World, name: str) -> None:
    with pytest.raises(WorkbookError, match="write it like mail.site.example"):
        world.sendmail(name)


def test_a_link_to_nowhere(world: World) -> None:
    with pytest.raises(WorkbookError, match="there is no host nowhere.example; known: mail.example"):
        world.link("mail.example", "nowhere.example")


def test_times_before_now_and_outages_the_wrong_way_round(world: World) -> None:
    world.run(until="1h")
    with pytest.raises(WorkbookError, match="is before now: the world is at 3600 s already"):
        world.at("30m", lambda: None)
    with pytest.raises(WorkbookError, match="is before now"):
        world.run(until="30m")
    with pytest.raises(WorkbookError, match="ends before it begins"):
        world.outage("mail.example", "3h", "2h")
    with pytest.raises(WorkbookError, match="there is no host 'mial.example'; known: mail.example"):
        world.outage("mial.example", "2h", "3h")


def test_an_outage_that_would_begin_before_now_is_not_half_made(world: World) -> None:
    world.run(until="1h")
    with pytest.raises(WorkbookError, match="is before now"):
        world.outage("mail.example", "30m", "2h")
    world.run(until="3h")
    assert world.network.hosts["mail.example"].up


@pytest.mark.parametrize("size", [-1, 0])
def test_a_message_without_bytes(world: World, size: int) -> None:
    mail = world.sendmail("other.example")
    with pytest.raises(WorkbookError, match="at least 1 byte"):
        mail.submit("a@other.example", "b@here.example", size=size)
    assert world.run("1h").totals()["submitted"] == 0


def test_mail_for_a_host_that_nothing_knows(world: World) -> None:
    mail = world.sendmail("other.example")
    mail.submit("a@other.example", "b@heer.example")
    with pytest.raises(WorkbookError, match=r"b@heer\.example: nothing in this world knows the host heer\.example"):
        world.run(until="1h")
    assert world.env.now == 0


def test_mail_under_invalid_or_a_zone_may_bounce(world: World) -> None:
    mail = world.sendmail("other.example")
    world.zone("$ORIGIN test.\n@ 1h IN SOA ns root 1 1h 1h 1h 1h")
    mail.submit("a@other.example", "b@nobody.invalid", "c@nosuch.test")
    assert world.run(until="1h").totals()["bounced"] == 2


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda w: w.sendmail("x.example", version="new"), "not a sendmail version"),
        (lambda w: w.sendmail("x.example", latency="fast"), "not a length of time"),
        (lambda w: w.sendmail("x.example", bandwidth="0bps"), "not a line speed"),
        (lambda w: w.peer("x.example", workers=0), "at least 1"),
        (lambda w: w.sendmail("x.example", cf="O ConnectionCacheSize=two"), "not a number"),
    ],
)
def test_a_host_that_cannot_be_made_is_not_there_afterwards(world: World, call: object, complaint: str) -> None:
    with pytest.raises(WorkbookError, match=complaint):
        call(world)  # type: ignore[operator]  # the lambdas above
    assert list(world.network.hosts) == ["mail.example"]


def test_submissions_and_runs_that_make_no_sense(world: World) -> None:
    mail = world.sendmail("other.example")
    with pytest.raises(WorkbookError, match="needs a recipient"):
        mail.submit("a@other.example")
    with pytest.raises(WorkbookError, match="not a mail address"):
        mail.submit("a@other.example", "b@")
    with pytest.raises(WorkbookError, match="notify="):
        mail.submit("a@other.example", "b@here.example", notify=["sometimes"])
    with pytest.raises(WorkbookError, match="more than 0"):
        mail.queue_run(every="0s")
    with pytest.raises(WorkbookError, match="not a time with its zone"):
        World(start="1998-07-01")
    with pytest.raises(
        WorkbookError, match="no sendmail runs on 'nobody.example'; there are: mail.example, other.example"
    ):
        world.run("1h").mailq("nobody.example")
