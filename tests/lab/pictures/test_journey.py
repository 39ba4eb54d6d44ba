"""The way of letters as a timetable."""

import pytest

from simlib import World, lab
from simlib.lab.pictures import journey as module
from simlib.lab.pictures.journey import QUEUE, RETURNED, TAKEN, THERE, VAIN

HERE, THERE_HOST = "mail.here.example", "mx.there.example"


def site(letters=1, down=40, every="15m", until="1h"):
    """Letters to a host that has no power at first."""
    world = World(seed=1)
    mail = world.sendmail(HERE, domain="here.example")
    world.sendmail(THERE_HOST, domain="there.example")
    if down:
        world.outage(THERE_HOST, "0s", down * 60)
    for n in range(letters):
        mail.submit("taro@here.example", f"hana{n}@there.example", at=n)
    mail.queue_run(every=every)
    return world.run(until=until)


def lane(drawing, name):
    return [one.name for one in drawing.part.lanes].index(name)


def spans(drawing, kind):
    return [one for one in drawing.part.spans if one.kind == kind]


@pytest.mark.parametrize("down", [0, 5, 20, 40])
def test_a_letter_is_in_the_queue_until_the_first_attempt_after_the_power_is_back(down) -> None:
    drawing = lab.journey(site(down=down))
    (first, *_) = spans(drawing, QUEUE)
    (there,) = spans(drawing, THERE)
    run = -(-down // 15) * 15 * 60
    assert (first.lane, first.begin) == (lane(drawing, f"queue of {HERE}"), 0)
    assert (first.end, there.begin) == (pytest.approx(run, abs=1), pytest.approx(run, abs=1))
    assert there.end == 3600
    assert len([one for one in drawing.part.arrows if one.kind == VAIN]) == run / 900


def test_a_letter_that_is_not_there_at_the_end_waits_until_the_end() -> None:
    drawing = lab.journey(site(down=50, until="30m"))
    assert [one.end for one in spans(drawing, QUEUE)] == [1800]
    assert spans(drawing, THERE) == []
    assert [one.name for one in drawing.part.lanes if one.note == "1 letter"] == [f"queue of {HERE}"]
    assert drawing.numbers["not there at the end"].value == 1
    assert drawing.numbers["the first is there at"].value is None


def test_what_is_tried_in_vain_are_the_calls_that_were_not_answered() -> None:
    trace = site(letters=5, down=20)
    drawing = lab.journey(trace)
    calls = [one for one in drawing.part.arrows if one.kind == VAIN]
    assert sorted(one.begin for one in calls) == pytest.approx([0, 1, 2, 3, 4, 900], abs=0.1)
    assert drawing.numbers["connects in vain"].value == len(trace.connections.where(outcome="timed out")) == 6
    assert drawing.numbers["longest delay"].value == max(trace.messages["delay"])
    assert drawing.numbers["the first is there at"].value == min(trace.deliveries["time"])


def test_the_more_often_the_queue_is_run_the_earlier_the_mail_and_the_more_is_in_vain() -> None:
    often, seldom = (lab.journey(site(letters=5, every=every, until="3h")).numbers for every in ("5m", "60m"))
    assert often["the first is there at"].value < seldom["the first is there at"].value
    assert often["connects in vain"].value > seldom["connects in vain"].value


def test_an_outage_lies_behind_its_host_and_its_mailbox() -> None:
    drawing = lab.journey(site(down=40))
    (band,) = drawing.part.bands
    assert [drawing.part.lanes[n].name for n in (band.first, band.last)] == [
        f"queue of {THERE_HOST}",
        "mailbox of hana0",
    ]
    assert (band.begin, band.end) == (0, 2400)


def test_over_a_relay_there_is_a_queue_more() -> None:
    world = World(seed=1)
    mail = world.sendmail(HERE, domain="here.example")
    world.sendmail("gate.there.example", cf="DS[mx.there.example]\nCR example")
    world.sendmail(THERE_HOST, cf="Cwthere.example")
    world.zone("@ 3600 MX 10 gate.there.example.", origin="there.example")
    mail.submit("taro@here.example", "hana@there.example")
    drawing = lab.journey(world.run(until="5m"))
    names = [one.name for one in drawing.part.lanes]
    way = [(names[one.lane], names[one.to]) for one in drawing.part.arrows if one.kind == TAKEN]
    places = ["mail program of taro", *(f"queue of {h}" for h in (HERE, "gate.there.example", THERE_HOST))]
    assert sorted(way) == sorted(zip(places, [*places[1:], "mailbox of hana"], strict=True))


def test_what_is_returned_goes_back() -> None:
    world = World(seed=1)
    mail = world.sendmail(HERE, domain="here.example")
    far = world.sendmail(THERE_HOST, domain="there.example")
    world.user(far, "jiro")
    mail.submit("taro@here.example", "hana@there.example")
    trace = world.run(until="5m")
    (back,) = [one for one in lab.journey(trace).part.arrows if one.kind == RETURNED]
    assert (back.lane, back.to, back.begin) == (1, 0, trace.messages["finished"][0])


def test_where_nothing_was_sent_there_is_nothing() -> None:
    world = World(seed=1)
    world.sendmail(HERE)
    drawing = lab.journey(world.run(until="1h"))
    assert drawing.part.things() == []
    assert (drawing.numbers["delivered"].value, drawing.numbers["longest delay"].value) == (0, 0)


def test_of_very_many_letters_the_first_are_drawn_and_all_are_counted() -> None:
    trace = site(letters=2000, down=0)
    drawing = lab.journey(trace)
    assert len(spans(drawing, THERE)) == module.MOST
    assert drawing.title.endswith(f"{module.MOST} of 2,000")
    assert drawing.numbers["delivered"].value == 2000


def test_what_is_told_is_a_sentence_with_its_time() -> None:
    drawing = lab.journey(site())
    told = drawing.part.things()
    assert f"letter 1 to hana0@there.example is in the queue of {HERE} from 0 s to 45 min" in told
    assert all(any(digit.isdigit() for digit in one) for one in told)
    assert set(drawing.key) >= {one.kind for one in [*drawing.part.spans, *drawing.part.marks, *drawing.part.arrows]}
