"""A letter from host to host with its wish, as far as that rides, and what comes back."""

from itertools import pairwise

import pytest

from simlib import World, lab
from simlib.lab.pictures.wish import MOST, PLAIN, VAIN, WISH
from simlib.smtp import Quirks, Reply

NEXT = {"a": "b", "b": "c", "c": "d"}
TARO = "taro"


def chain(old="", **wish):
    """Four hosts in a row, some of them too old for DSN."""
    world, mails = World(seed=8), {}
    for host in "abcd":
        smart = f"DS[{NEXT[host]}.example]\n" if host in NEXT else ""
        own = "CR example" if host != "a" else ""
        mails[host] = world.sendmail(f"{host}.example", version="8.6.12" if host in old else "8.18", cf=smart + own)
    mails["a"].submit("taro@a.example", "hana@d.example", **(wish or {"notify": ["success"]}))
    return world.run(until="10m")


def arrows(drawing, *kinds):
    """From where to where the arrows of these kinds go, in their order; all of the letter where none is named."""
    names = [one.name for one in drawing.part.lanes]
    wanted = kinds or (WISH, PLAIN)
    return [(names[one.lane], names[one.to]) for one in drawing.part.arrows if one.kind in wanted]


def notes(drawing):
    return {one.name: one.note for one in drawing.part.lanes if one.note}


@pytest.mark.parametrize(
    ("old", "with_wish", "action", "tells"),
    [
        ("", 5, "delivered", "d"),
        ("d", 3, "relayed", "c"),
        ("c", 2, "relayed", "b"),
        ("b", 1, "relayed", "a"),
        ("bd", 1, "relayed", "a"),
    ],
)
def test_the_wish_rides_to_the_first_host_that_is_too_old(old, with_wish, action, tells) -> None:
    drawing = lab.wish(chain(old))
    way = [TARO, *(f"{host}.example" for host in "abcd"), "mailbox of hana"]
    assert sorted(arrows(drawing)) == sorted(pairwise(way))
    assert arrows(drawing, WISH) == list(pairwise(way))[:with_wish]
    assert arrows(drawing, f"told {action}") == [(f"{tells}.example", TARO)]
    assert notes(drawing) == {TARO: f"told: {action}", "mailbox of hana": "has it"}


def test_what_the_sender_is_told_is_what_the_table_says() -> None:
    trace = chain("c")
    numbers = lab.wish(trace).numbers
    assert numbers["told relayed"].value == trace.told["action"].count("relayed") == 1
    assert lab.told(trace).numbers.items() <= numbers.items()
    asked = [n for n in trace.connections["connection"] if "NOTIFY=SUCCESS" in trace.dialogue(n)]
    assert numbers["hosts that got the wish"].value == len(asked) == 1


def test_without_a_wish_nothing_is_told() -> None:
    drawing = lab.wish(chain(notify=None))
    assert arrows(drawing, WISH) == []
    assert notes(drawing)[TARO] == "told nothing"


def test_each_event_has_its_place_in_the_order() -> None:
    drawing = lab.wish(chain("d"))
    assert [(one.begin, one.end) for one in drawing.part.arrows] == [(n, n + 1) for n in range(6)]
    assert drawing.part.axis.end == 6


def fails_or_waits(notify, down):
    world = World(seed=8)
    mail = world.sendmail("mail.here.example", domain="here.example")
    if down:
        there = world.sendmail("mx.there.example", domain="there.example")
        world.outage(there.daemon, "0s", "2d")
    else:
        quirks = Quirks(replies={"RCPT": Reply(550, "5.1.1 user unknown")})
        world.peer("mx.there.example", domain="there.example", quirks=quirks)
    mail.queue_run(every="1h")
    mail.submit("taro@here.example", "hana@there.example", notify=notify)
    return world.run(until="1d")


@pytest.mark.parametrize(
    ("notify", "down", "told"),
    [
        (["success"], False, "told nothing"),
        (["failure"], False, "told: failed"),
        (["failure"], True, "told nothing"),
        (["delay"], True, "told: delayed"),
    ],
)
def test_who_asks_for_one_thing_hears_of_nothing_else(notify, down, told) -> None:
    trace = fails_or_waits(notify, down)
    drawing = lab.wish(trace)
    assert notes(drawing) == {TARO: told, "mailbox of hana": "has nothing"}
    assert arrows(drawing, VAIN) == [("mail.here.example", "mx.there.example")]
    assert arrows(drawing, WISH) == [(TARO, "mail.here.example")]
    calls = len(trace.connections.where(server="mx.there.example"))
    assert any(f"{calls} times" in one for one in drawing.part.things()) == (calls > 1)


def test_where_nothing_was_sent_there_is_nothing() -> None:
    world = World(seed=1)
    world.sendmail("mail.here.example")
    assert lab.wish(world.run(until="1h")).part.things() == []


def test_of_very_many_letters_the_first_is_shown_and_of_very_many_events_the_first() -> None:
    world = World(seed=8)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.sendmail("mx.there.example", domain="there.example")
    mail.submit("taro@here.example", *(f"u{n}@there.example" for n in range(40)), notify=["success"])
    for n in range(1500):
        mail.submit("jiro@here.example", "hana@there.example", at=n + 60)
    trace = world.run(until="1h")
    drawing = lab.wish(trace)
    assert len(drawing.part.arrows) == MOST
    assert f"the first {MOST} of" in drawing.title
    assert drawing.part.lanes[0].name == TARO


def test_a_host_that_is_called_by_its_address_has_its_lane() -> None:
    world = World(seed=8)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.sendmail("mx.there.example", domain="there.example")
    mail.submit("taro@here.example", "hana@[10.0.0.2]", notify=["success"])
    drawing = lab.wish(world.run(until="5m"))
    assert ("mx.there.example", "mailbox of hana") in arrows(drawing)
