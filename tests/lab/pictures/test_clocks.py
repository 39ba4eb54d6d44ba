"""Who is called and who is not: packets that were waited for in vain, and letters put off unseen."""

from simlib import Trace, World, lab
from simlib.lab.pictures.clocks import ANSWERED, OUTAGE, UNSEEN, VAIN


def dead_host(remember: str = "30m", minutes: int = 45) -> Trace:
    world = World(seed=4)
    mail = world.sendmail(
        "mail.here.example",
        cf=f"""
            O DeliveryMode=queueonly
            O Timeout.hoststatus={remember}
            O HostStatusDirectory=/var/spool/mqueue/.hoststat
        """,
    )
    for name in ("dead", "well"):
        world.sendmail(f"mx.{name}.example", domain=f"{name}.example")
        for n in range(3):
            mail.submit("taro@mail.here.example", f"user{n}@{name}.example")
    world.outage("mx.dead.example", "0s", minutes * 60)
    mail.queue_run(at="1m", every="10m")
    return world.run(until="3h")


def test_the_memory_spares_waiting_and_costs_time_once_the_host_is_back() -> None:
    long, none = lab.clocks(dead_host("30m")).numbers, lab.clocks(dead_host("0s")).numbers
    assert long["waited for in vain"].value == 2 < none["waited for in vain"].value
    assert long["put off, no packet sent"].value > 0 == none["put off, no packet sent"].value
    assert long["longest silence to a host that is back"].value > none["longest silence to a host that is back"].value


def test_a_wait_in_vain_lies_as_long_as_it_took_and_a_run_that_asks_nobody_is_one_mark() -> None:
    trace = dead_host()
    part = lab.clocks(trace).part
    dead = [one for one in trace.attempts if one.relay == "mx.dead.example"]
    vain = [(one.time, one.time + one.seconds) for one in dead if one.connection is not None and one.outcome != "sent"]
    assert [(span.begin, span.end) for span in part.spans] == vain
    assert {span.kind for span in part.spans} == {VAIN}
    runs = {round(one.time / 600) for one in dead if one.connection is None}
    assert [mark.kind for mark in part.marks].count(UNSEEN) == len(runs)
    assert any("3 letters put off without a packet to mx.dead.example" in mark.told for mark in part.marks)
    assert [(band.kind, band.begin, band.end) for band in part.bands] == [(OUTAGE, 0.0, 2700.0)]


def test_a_host_that_answers_has_no_red() -> None:
    part = lab.clocks(dead_host()).part
    lane = [one.name for one in part.lanes].index("mx.well.example")
    assert {mark.kind for mark in part.marks if mark.lane == lane} == {ANSWERED}
    assert not [span for span in part.spans if span.lane == lane]


def test_where_nobody_was_called_there_is_nothing() -> None:
    world = World(seed=4)
    world.sendmail("mail.here.example")
    drawing = lab.clocks(world.run(until="1h"))
    assert drawing.part.things() == []
    assert drawing.numbers["longest silence to a host that is back"].value is None
