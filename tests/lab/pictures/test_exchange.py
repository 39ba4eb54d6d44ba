"""A connection, the question to port 113 and what comes of it."""

import pytest

from simlib import Trace, World, lab
from simlib.lab.pictures.exchange import ANSWERS, ASKS, GONE, GREETED, SITES, VAIN, WAITING


def behind_a_filter(action: str, old: int = 1, ident: str = "5s", sites: int = 3) -> Trace:
    """A letter to each of some sites, of which the last does not ask; those with the old TCP come first."""
    world = World(seed=4)
    mail = world.sendmail("mail.here.example", latency="40ms")
    for n in range(sites):
        limit = ident if n < sites - 1 else "0s"
        stack = "Ultrix" if n < old else "modern"
        world.sendmail(f"mx{n}.example", domain=f"s{n}.example", stack=stack, cf=f"O Timeout.ident={limit}")
        mail.submit("taro@mail.here.example", f"hana@s{n}.example", at=n)
    world.filter(mail, action, 113)
    mail.queue_run(every="1h")
    return world.run(until="5h")


def with_identd(delay: str, user: str = "taro") -> Trace:
    world = World(seed=4)
    mail = world.sendmail("mail.here.example")
    world.sendmail("mx.there.example", domain="there.example")
    world.identd(mail, user, delay=delay)
    mail.submit("taro@mail.here.example", "hana@there.example")
    return world.run(until="1m")


def values(drawing):
    return {name: number.value for name, number in drawing.numbers.items()}


def of(things, kind):
    return [one for one in things if one.kind == kind]


def test_host_unreachable_ends_the_connection_of_an_old_tcp_again_and_again() -> None:
    trace = behind_a_filter("host-unreachable")
    drawing = lab.exchange(trace)
    greeted = [n for n in trace.connections["connection"] if "220 " in trace.dialogue(n)]
    value = values(drawing)
    assert value["connections accepted"] == len(trace.connections)
    assert value["greeted"] == len(greeted) == 2
    assert value["lost by the question"] == len(trace.connections) - 2 >= 5
    call = trace.connections.where(server="mx0.example")
    over = call["closed"][0] - call["opened"][0]
    lost = of(drawing.part.spans, GONE)
    assert [one.begin for one in lost] == pytest.approx([over] * 3)  # at the client, at the server, among all
    assert of(drawing.part.arrows, ANSWERS)[0].text == "host unreachable"
    assert "after 0.18 s, 5 times" in of(drawing.part.spans, WAITING)[-3].text


def test_with_tcps_of_today_the_same_answer_harms_nobody() -> None:
    drawing = lab.exchange(behind_a_filter("host-unreachable", old=0))
    assert values(drawing)["lost by the question"] == 0
    assert not of(drawing.part.spans, GONE)


@pytest.mark.parametrize("ident", ["5s", "30s"])
def test_silence_holds_the_greeting_back_for_the_time_out(ident: str) -> None:
    trace = behind_a_filter("drop", ident=ident)
    drawing = lab.exchange(trace)
    silent = {call.server: call for call in trace.connections}["mx2.example"]
    without = 1.5 * silent.wait  # there and back, and the greeting
    wait = values(drawing)["longest wait for a greeting"]
    assert wait == pytest.approx(without + float(ident[:-1]), abs=0.001)
    assert not of(drawing.part.arrows, ANSWERS)
    assert next(one.text for one in of(drawing.part.marks, VAIN)) == "nothing answers"
    sites = [one for one in of(drawing.part.spans, GREETED) if one.lane == SITES]
    assert [one.begin for one in sites] == pytest.approx([wait, without], abs=0.001)


def test_a_reset_costs_a_round_trip_and_is_drawn_to_scale() -> None:
    trace = behind_a_filter("reset")
    drawing = lab.exchange(trace)
    (question,), (answer,) = of(drawing.part.arrows, ASKS), of(drawing.part.arrows, ANSWERS)
    trip = trace.connections["wait"][0]
    assert answer.end - question.begin == pytest.approx(trip)
    assert answer.text == "reset"


def test_who_does_not_ask_greets_at_once() -> None:
    drawing = lab.exchange(behind_a_filter("host-unreachable", ident="0s"))
    assert values(drawing)["asked by Ident"] == 0
    assert not of(drawing.part.arrows, ASKS)
    assert "does not ask" in drawing.title


@pytest.mark.parametrize(("delay", "named"), [("0s", 1), ("2s", 1), ("8s", 0)])
def test_an_identd_names_a_user_if_it_is_in_time(delay: str, named: int) -> None:
    trace = with_identd(delay, "emperor")
    drawing = lab.exchange(trace)
    assert values(drawing)["users named"] == named == trace.received(1).count("(emperor@")
    assert [one.text for one in of(drawing.part.arrows, ANSWERS)][1:] == ["emperor"] * named
    assert SITES not in [one.lane for one in drawing.part.spans]  # there is but one server


def test_nothing_and_very_much() -> None:
    empty = lab.exchange(World(seed=1).run(until="1m"))
    assert values(empty)["connections accepted"] == 0
    assert empty.part.things() == []
    many = lab.exchange(behind_a_filter("host-unreachable", old=150, sites=200))
    assert values(many)["connections accepted"] == 800
    assert len(many.part.things()) < 40
    assert len(many.scene()["lanes"]) == 4
