"""Mailboxes as holes: who gets how many copies, and what is not let in."""

import pytest

from simlib import World, lab
from simlib.lab.pictures.drawing import MOST_THINGS
from simlib.lab.pictures.pigeonholes import AGAIN, ANSWERS, ENDS_0, FIRST, LOST, SHUT, SHUT_OUT

OTHERS = ("taro", "jiro", "saburo", "shiro")


def over_quota(flags="mP", runs=6):
    """A letter to five, of whom hana has no room for some queue runs."""
    arguments = "mail.local -l" if "z" in flags else "mail.local -d $u"
    world = World(seed=1)
    mail = world.sendmail(
        "mail.here.example", cf=f"Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@q{flags}, A={arguments}"
    )
    world.disk(mail, 10_000, block_size=1_024, on="/var/mail")
    world.user(mail, *OTHERS)
    world.user(mail, "hana", quota=100)
    world.fill(mail, 100, "0s", runs * 600 + 300, on="/var/mail", owner="hana")
    mail.submit("boss@here.invalid", "taro", "hana", "jiro", "saburo", "shiro", at="1m")
    mail.queue_run(at="10m", every="10m")
    return world.run(until=900 + runs * 600)


def in_lane(drawing, name):
    """The kinds of what is in the lane of that name, in order of time."""
    lane = [one.name for one in drawing.part.lanes].index(name)
    return [one.kind for one in sorted(drawing.part.marks, key=lambda one: one.at) if one.lane == lane]


def note(drawing, name):
    return next(one.note for one in drawing.part.lanes if one.name == name)


@pytest.mark.parametrize("runs", [0, 1, 6, 12])
def test_with_m_all_others_get_a_copy_at_each_run_and_hana_one_at_last(runs) -> None:
    drawing = lab.pigeonholes(over_quota("mP", runs))
    for name in OTHERS:
        assert in_lane(drawing, name) == [FIRST] + [AGAIN] * (runs + 1)
        assert note(drawing, name) == f"{runs + 2} copies"
    assert in_lane(drawing, "hana") == [SHUT_OUT] * (runs + 1) + [FIRST]
    assert note(drawing, "hana") == "1 copy"
    assert in_lane(drawing, "program started") == ["exit status 75"] * (runs + 1) + [ENDS_0]


@pytest.mark.parametrize(("flags", "started"), [("P", 12), ("PSXmnz", 8)])
def test_either_cure_brings_one_copy_to_each(flags, started) -> None:
    drawing = lab.pigeonholes(over_quota(flags))
    assert [in_lane(drawing, name) for name in OTHERS] == [[FIRST]] * 4
    assert in_lane(drawing, "hana") == [SHUT_OUT] * 7 + [FIRST]
    assert len(in_lane(drawing, "program started")) == started
    assert (ANSWERS in in_lane(drawing, "program started")) == ("z" in flags)


def test_hana_has_no_room_until_something_comes_in() -> None:
    (band,) = lab.pigeonholes(over_quota()).part.bands
    assert (band.kind, band.begin, band.end) == (SHUT, pytest.approx(60, abs=1), pytest.approx(4200, abs=1))


def test_it_has_the_numbers_of_the_copies() -> None:
    trace = over_quota()
    numbers = lab.pigeonholes(trace).numbers
    assert lab.copies(trace).numbers.items() <= numbers.items()
    assert numbers["copies in all"].value == len(trace.deliveries) == 33
    assert numbers["not let in"].value == 7


def test_what_a_program_says_it_has_delivered_and_has_not_is_lost() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf="Mlocal, P=/bin/binmail, F=lsDFMAw5:/|@qPrn9, A=binmail -d $u")
    world.disk(mail, 100, block_size=1_024, on="/var/mail")
    world.fill(mail, 100, "10m", "20m", on="/var/mail")
    world.user(mail, "hana")
    for minute in (5, 15, 25):
        mail.submit("boss@here.invalid", "hana", at=minute * 60, size=3_000)
    trace = world.run(until="1h")
    assert trace.messages["state"] == ["delivered", "lost", "delivered"]
    assert in_lane(lab.pigeonholes(trace), "hana") == [FIRST, LOST, FIRST]


def test_where_nothing_came_there_is_an_empty_lane() -> None:
    world = World(seed=1)
    world.sendmail("mail.here.example")
    drawing = lab.pigeonholes(world.run(until="1h"))
    assert drawing.part.things() == []
    assert [one.name for one in drawing.part.lanes] == ["program started"]


def test_of_very_many_copies_the_first_are_drawn_and_all_are_counted() -> None:
    trace = over_quota("mP", 300)
    drawing = lab.pigeonholes(trace)
    assert note(drawing, "jiro") == "302 copies"
    assert len(drawing.part.marks) < 2 * MOST_THINGS
    assert "the first" in drawing.title


def test_what_is_told_has_its_time() -> None:
    told = lab.pigeonholes(over_quota()).part.things()
    assert "letter 1 for jiro: another copy at 10 min" in told
    assert "mail.local -d taro hana jiro saburo shiro: started at 10 min, ends with 75" in told
    by_lmtp = lab.pigeonholes(over_quota("PSXmnz")).part.things()
    assert "mail.local -l: started at 60 s, answers after the dot: 250, 450, 250, 250, 250" in by_lmtp
