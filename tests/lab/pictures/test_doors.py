"""What VRFY, EXPN and RCPT tell of the names that somebody tries."""

import re
from itertools import pairwise

import pytest

from simlib import World
from simlib.lab.pictures.doors import ELSEWHERE, HERE, KEPT, MOST_CALLS, MOST_DOORS, UNKNOWN, doors

NAMES = ("staff", "taro", "hana", "ken", "nobody", "sales", "info")


def collected(privacy="public", verb="EXPN", per_call=3, names=NAMES):
    """Somebody asks for names, a few on a connection."""
    world = World(seed=9)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=f"O PrivacyOptions={privacy}")
    world.user(mail, "taro", "hana", "jiro")
    mail.aliases = "staff: taro, jiro, mika@far.example\nken: ken@far.example\n"
    world.sendmail("mx.far.example", domain="far.example")
    world.host("collector.spam.example")
    for start in range(0, len(names), per_call):
        say = world.telnet("collector.spam.example", mail)
        say("HELO pc.far.example"), say("MAIL FROM:<x@far.example>")
        for name in names[start : start + per_call]:
            say(f"RCPT TO:<{name}@here.example>" if verb == "RCPT" else f"{verb} {name}")
        say("QUIT")
    return world.run(until=world.env.now + 1)


def values(drawing):
    return {name: number.value for name, number in drawing.numbers.items()}


def kinds(drawing):
    return {box.name: box.steps[-1][1] for box in drawing.part.boxes}


def told_in(trace):
    """All addresses that the host has told."""
    said = "\n".join(map(trace.dialogue, trace.connections["connection"]))
    return set(re.findall(r"<<< 250.2\.1\.5 <(.+?)>", said))


@pytest.mark.parametrize("verb", ["VRFY", "EXPN", "RCPT"])
@pytest.mark.parametrize("privacy", ["public", "goaway"])
def test_its_numbers_are_those_of_the_dialogues(privacy, verb) -> None:
    trace = collected(privacy, verb)
    found = told_in(trace)
    number = values(doors(trace))
    assert number["addresses found"] == len(found)
    assert number["of other sites"] == sum(one.endswith("far.example") for one in found)
    assert number["calls"] == len(trace.connections)
    assert number["seconds taken"] == round(max(trace.connections["closed"]), 1)


def test_expn_opens_doors_elsewhere_and_vrfy_does_not() -> None:
    expn = kinds(doors(collected(verb="EXPN")))
    assert {name for name, kind in expn.items() if kind == ELSEWHERE} == {
        *("staff", "ken"),  # which were asked for
        *("mika@far.example", "ken@far.example"),  # and who is behind them
    }
    assert expn["jiro@mail.here.example"] == HERE  # not asked for, either
    assert (expn["hana"], expn["info"]) == (HERE, UNKNOWN)
    vrfy = kinds(doors(collected(verb="VRFY")))
    assert set(vrfy) == set(NAMES)
    assert ELSEWHERE not in vrfy.values()


def test_goaway_keeps_what_expn_told_and_not_what_rcpt_tells() -> None:
    assert set(kinds(doors(collected("goaway", "EXPN"))).values()) == {KEPT}
    public, goaway = (kinds(doors(collected(privacy, "RCPT"))) for privacy in ("public", "goaway"))
    assert public == goaway
    assert HERE in goaway.values()


def test_a_door_opens_when_the_answer_comes_and_says_how_long_that_took() -> None:
    names = tuple(f"user{n}" for n in range(9))
    drawing = doors(collected(verb="VRFY", per_call=9, names=names))
    times = [box.steps[0][0] for box in drawing.part.boxes]
    waits = [round(after - before) for before, after in pairwise(times)]
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8]
    assert drawing.part.boxes[-1].note == "call 1, after 8 s"
    assert values(drawing)["longest wait for an answer"] == pytest.approx(8, abs=0.1)


def test_ordinary_mail_knocks_too() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    there = world.sendmail("mx.there.example", domain="there.example")
    world.user(there, "hana")
    mail.submit("taro@here.example", "hana@there.example", "gone@there.example")
    assert kinds(doors(world.run(until="1m")))["hana"] == HERE


def test_where_nobody_asks_there_are_no_doors() -> None:
    drawing = doors(World(seed=1).run(until="1m"))
    assert drawing.part.things() == []
    assert values(drawing)["addresses found"] == 0


def test_of_many_calls_the_first_are_drawn_and_the_title_says_so() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    there = world.sendmail("mx.there.example", domain="there.example")
    world.user(there, *[f"user{n}" for n in range(1_000)])
    for n in range(1_000):
        mail.submit("taro@here.example", f"user{n}@there.example")
    trace = world.run(until="1h")
    drawing = doors(trace)
    assert len(drawing.part.boxes) == MOST_DOORS
    assert f"the first {MOST_CALLS} of" in drawing.title
    assert f"the first {MOST_DOORS} of" in drawing.title
