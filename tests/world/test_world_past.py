"""A letter that waits in the queue since before the world's start, with its tries."""

import pytest

from simlib import WorkbookError, World
from simlib.mta.sendmail import Sendmail

START = "1998-07-01T09:00+09:00"


@pytest.fixture
def world() -> World:
    world = World(seed=1, start=START)
    world.sendmail("mail.here.example", domain="here.example")
    world.sendmail("mx.far.example", domain="far.example")
    return world


@pytest.fixture
def mail(world: World) -> Sendmail:
    return world.systems[0]


def test_it_lies_in_the_queue_with_its_age_and_its_tries(world: World, mail: Sendmail) -> None:
    mail.submit("taro", "a@far.example", size=2_000, at="-3d", tries=6)
    mail.submit("taro", "b@far.example", size=2_000, at=-3600)
    trace = world.run(until="1m")
    rows = [(row.created, row.tries, row.priority) for row in trace.queue(mail)]
    assert sorted(rows) == [(-259_200, 6, 2_000 + 30_000 + 6 * 90_000), (-3_600, 0, 32_000)]
    assert "Sun Jun 28 09:00" in trace.mailq(mail)
    assert f"T{world.clock.unix(-259_200)}" in trace.qf(mail, next(one.qid for one in mail.queue if one.tries))
    assert trace.syslog(mail) == ""


def test_it_waits_for_the_next_run_and_its_delay_counts_from_then(world: World, mail: Sendmail) -> None:
    mail.submit("taro", "a@far.example", at="-1d12h", tries=3)
    mail.queue_run(at="30m")
    trace = world.run(until="1h")
    assert trace.totals()["delivered"] == 1
    assert "delay=1+12:30:00" in trace.syslog(mail)
    assert "Received: from" in trace.received(1)
    assert "Mon, 29 Jun 1998 21:00:00 +0900" in trace.received(1)


def test_its_time_may_be_over_already(world: World, mail: Sendmail) -> None:
    world.filter("mx.far.example", "drop")
    mail.submit("taro", "a@far.example", at="-6d", tries=40)
    mail.submit("taro", "b@far.example", at="-5h", tries=2)
    mail.queue_run(at="1m")
    trace = world.run(until="1h")
    assert sorted(trace.notices["kind"]) == ["return", "warning"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"at": "1h", "tries": 2}, "tries=2: only a letter that waits since before the start was tried: at='-3d'"),
        ({"tries": 1}, "tries=1: only a letter"),
        ({"at": "-1d", "tries": -1}, "tries=-1: only a letter"),
        ({"at": "-3x"}, "is not a length of time"),
        ({"at": "-2000w"}, "at=-2000w: UNIX counts from 1970"),
        ({"at": -1e300}, "UNIX counts from 1970"),
        ({"at": -float("inf")}, "is not a length of time"),
        ({"at": -(10**400)}, "is not a length of time"),
        ({"at": "-1d", "tries": 2.5}, "tries=2.5: only a letter"),
        ({"at": "-1d", "tries": "3"}, "tries='3': only a letter"),
    ],
)
def test_what_cannot_be_is_refused_in_words(mail: Sendmail, asked: dict[str, object], words: str) -> None:
    with pytest.raises(WorkbookError, match=words):
        mail.submit("taro", "a@far.example", **asked)  # type: ignore[arg-type]
    assert len(mail.queue) == 0


def test_what_would_not_have_been_taken_has_not_waited(mail: Sendmail) -> None:
    mail.installation.configure(mail.cf.with_lines("O MaxMessageSize=500"))
    with pytest.raises(WorkbookError, match="this host would not have taken such a letter: 552"):
        mail.submit("taro", "a@far.example", size=1_000, at="-1h")
    assert len(mail.queue) == 0


def test_its_tries_were_at_equal_distances(world: World, mail: Sendmail) -> None:
    mail.installation.configure(mail.cf.with_lines("O MinQueueAge=30m"))
    mail.submit("taro", "a@far.example", at="-3d", tries=6)
    mail.submit("taro", "b@far.example", at="-20m", tries=1)
    mail.queue_run(at="5m")
    trace = world.run(until="6m")
    assert [row.recipients for row in trace.queue(mail)] == ["b@far.example"]
    assert trace.queue(mail)["last_try"] == [-1200]


def test_a_fraction_of_a_second_before_the_start_is_the_second_before(world: World, mail: Sendmail) -> None:
    mail.submit("taro", "a@far.example", at=-0.5)
    trace = world.run(until="1s")
    assert trace.queue(mail)["created"] == [-1]
    assert "08:59" in trace.mailq(mail)


def test_who_typed_it_is_warned_of_in_the_letter(world: World, mail: Sendmail) -> None:
    mail.installation.configure(mail.cf.with_lines("O PrivacyOptions=authwarnings"))
    mail.submit("other@here.example", "a@far.example", at="-1h", user="hana")
    mail.queue_run(at="1m")
    assert b"X-Authentication-Warning" in world.run(until="1h").content(1)
