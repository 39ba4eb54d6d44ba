"""The steps of a replacement, the sendmail that answers meanwhile, and the letters."""

import pytest

from simlib import Trace, World, lab
from simlib.lab.charts_of_letters import CAME, RETURNED
from simlib.lab.pictures.replacement import NETWORK, NONE, OFF, OTHER, OWN, SENDMAIL, STEP
from simlib.replacement import ADVICE, replace_system

SAVED = ("save sendmail.cf", "install", "put sendmail.cf in place", "start sendmail")
OFF_THE_NET = ("save sendmail.cf", "disconnect", "install")
END = ("put sendmail.cf in place", "start sendmail")


def replaced(order=ADVICE, letters: int = 40) -> Trace:
    world = World(seed=4)
    world.zone("@ 3600 MX 10 mail", origin="here.example.")
    mail = world.sendmail("mail.here.example", cf="Cwhere.example")
    far = world.sendmail("far.example")
    far.queue_run(at="30s", every="1m")
    for n in range(letters):
        far.submit("taro@far.example", f"hana{n}@here.example", at=60 + 4_000 * n / letters)
    replace_system(world, mail, order, at="5m")
    return world.run(until="2h")


def of(things, kind):
    return [one for one in things if one.kind == kind]


def values(drawing):
    return {name: number.value for name, number in drawing.numbers.items()}


@pytest.mark.parametrize("order", [ADVICE, SAVED, (*OFF_THE_NET, "connect", "kill sendmail", *END), ("install",), ()])
def test_letters_are_returned_while_another_sendmail_cf_is_heeded_on_the_net(order) -> None:
    trace = replaced(order)
    drawing = lab.replacement(trace)
    assert values(drawing)[RETURNED] == trace.totals()["bounced"]
    assert values(drawing)["steps"] == len(order)
    wrong, off = of(drawing.part.spans, OTHER), of(drawing.part.spans, OFF)
    for mark in of(drawing.part.marks, RETURNED):
        assert any(one.begin <= mark.at <= one.end for one in wrong)
        assert not any(one.begin < mark.at < one.end for one in off)


def test_a_kill_before_the_plug_saves_all() -> None:
    kill = lab.replacement(replaced((*OFF_THE_NET, "kill sendmail", "connect", *END)))
    plug = lab.replacement(replaced((*OFF_THE_NET, "connect", "kill sendmail", *END)))
    assert values(kill)[RETURNED] == 0
    assert values(plug)[RETURNED] >= 20
    assert values(kill)[CAME] > values(plug)[CAME]


def test_the_steps_stand_at_their_times_with_their_remarks() -> None:
    trace = replaced(SAVED)
    steps = of(lab.replacement(trace).part.spans, STEP)
    assert [one.begin for one in steps] == trace.steps["time"]
    assert [one.end for one in steps[:-1]] == trace.steps["time"][1:]
    assert steps[-1].after == "start sendmail: Address already in use: one is running"


def test_while_the_machine_is_off_no_sendmail_answers() -> None:
    drawing = lab.replacement(replaced(("install",)))
    states = [(one.kind, one.begin, one.end) for one in drawing.part.spans if one.lane == SENDMAIL]
    assert states[:2] == [(OWN, 0, 300), (NONE, 300, 2_100)]
    assert states[2][0] == OTHER
    assert values(drawing)["another sendmail.cf for"] == 7_200 - 2_100
    assert [(one.begin, one.end) for one in of(drawing.part.spans, STEP)] == [(300, 2_100)]
    assert not [one for one in drawing.part.spans if one.lane == NETWORK]


def test_nothing_and_very_much() -> None:
    empty = lab.replacement(World(seed=1).run(until="1m"))
    assert empty.part.things() == []
    many = lab.replacement(replaced(ADVICE, letters=1_500))
    assert len(many.part.marks) <= 60
    assert "one of every 25 letters" in many.title
    assert all(one.end <= many.part.axis.end for one in many.part.spans)
