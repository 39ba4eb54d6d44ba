"""A host that has too much to do, who is refused, who waits, and where letters go."""

import pytest

from simlib import Trace, World, lab, traffic
from simlib.lab.pictures.overload import CALLERS, CLOSED, LOAD, QUEUED, REFUSED, TAKEN


def burst(refuse_la: int = 12, lets_wait: bool = False, second_mx: bool = True) -> Trace:
    world = World(seed=4)
    isp = world.sendmail("mail.isp.example", latency="30ms")
    for name in ("mx1", "mx2")[: 1 + second_mx]:
        world.sendmail(
            f"{name}.univ.example",
            message_cost="2.5s",
            lets_wait=lets_wait,
            cf=f"Cwuniv.example\nO RefuseLA={refuse_la}",
        )
    world.zone("@ 1h MX 10 mx1\n" + "@ 1h MX 20 mx2\n" * second_mx, origin="univ.example.")
    for n, at in enumerate(traffic.poisson(world.random("arrivals"), every="1.5s", start="1m", until="3m")):
        isp.submit("taro@here.invalid", f"user{n}@univ.example", at=at)
    isp.queue_run(every="5m")
    return world.run(until="15m")


def of(things, kind):
    return [one for one in things if one.kind == kind]


def values(drawing):
    return {name: number.value for name, number in drawing.numbers.items()}


@pytest.mark.parametrize("refuse_la", [4, 12, 40])
def test_refusals_and_closed_ports_are_those_of_the_trace(refuse_la: int) -> None:
    trace = burst(refuse_la)
    drawing = lab.overload(trace)
    refused = trace.connections.where(outcome="refused", server="mx1.univ.example")
    assert [one.at for one in of(drawing.part.marks, REFUSED)] == refused["opened"]
    closed = trace.closed.where(host="mx1.univ.example")
    assert [(one.begin, one.end) for one in of(drawing.part.spans, CLOSED)] == list(
        zip(closed["start"], closed["end"], strict=True)
    )
    chart = lab.load_and_refusals(trace)
    assert {name: drawing.numbers[name] for name in chart.numbers} == chart.numbers
    limits = {text for curve in of(drawing.part.curves, LOAD) for _, text in curve.limits}
    assert (f"RefuseLA {refuse_la}" in limits) == (refuse_la <= 2 * max(trace.load("mx1.univ.example")["load1"]))


def test_where_callers_wait_the_second_mx_gets_nothing() -> None:
    refusing, waiting = (lab.overload(burst(lets_wait=way)) for way in (False, True))
    came = [[curve.points[-1][1] for curve in of(one.part.curves, TAKEN)] for one in (refusing, waiting)]
    assert came[0][1] > 10
    assert came[1] == [sum(came[0]), 0]
    assert values(waiting)["callers that wait, at most"] > 1.5 * values(refusing)["callers that wait, at most"]
    assert not of(waiting.part.marks, REFUSED)


def test_callers_wait_until_the_last_greeting() -> None:
    trace = burst(lets_wait=True)
    (curve,) = of(lab.overload(trace).part.curves, CALLERS)
    greeted = {row.connection: row.greeted for row in trace.idents}
    calls = [(one.opened, greeted[one.connection]) for one in trace.connections.where(server="mx1.univ.example")]
    at = max(begin for begin, end in calls if end - begin > 30)
    drawn = [value for time, value in curve.points if time <= at + 1][-1]
    assert drawn == sum(begin <= at + 1 < end for begin, end in calls)
    assert max(value for _, value in curve.points) > 10


def test_without_a_second_mx_there_is_no_lane_for_it() -> None:
    lanes = [lane.name for lane in lab.overload(burst(second_mx=False)).part.lanes]
    assert [name for name in lanes if name.startswith("came to")] == ["came to mx1"]


def test_queues_fill_and_empty() -> None:
    trace = burst()
    drawing = lab.overload(trace)
    (curve,) = of(drawing.part.curves, QUEUED)
    assert max(value for _, value in curve.points) == values(drawing)["most in all queues"]
    assert curve.points[-1][1] == 0


def test_nothing_and_very_much() -> None:
    world = World(seed=1)
    assert lab.overload(world.run(until="1s")).title == "No host had anything to do"
    mail = world.sendmail("mail.example")
    assert values(lab.overload(world.run(until="1m")))["refused"] == 0
    closed = world.sendmail("mx.example", cf="O MaxDaemonChildren=1\nO RefuseLA=1")
    world.busy(closed, 20, "1m", "2h")
    for n in range(300):
        mail.submit("taro@mail.example", f"hana{n}@mx.example", at=100 + n)
    many = lab.overload(world.run(until="8m"))
    assert values(many)["refused"] > 200
    assert len(many.part.marks) <= 100
    assert "one of every" in many.title
    assert all(len(curve.points) <= 310 for curve in many.part.curves)
