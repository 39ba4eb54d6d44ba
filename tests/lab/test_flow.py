"""The mail flow player: what it shows of a trace."""

import pytest

from simlib import Trace, WorkbookError, World, lab


def run() -> Trace:
    world = World(seed=4)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.sendmail("mx.there.example", domain="there.example")
    world.outage("mx.there.example", "0s", "20m")
    for n in range(3):
        mail.submit("taro@here.example", "hana@there.example", size=2_000, at=n)
    mail.queue_run(every="15m")
    return world.run(until="1h")


def test_hosts_stand_from_sender_to_receiver() -> None:
    places = {place["name"]: place for place in lab.flow(run()).scene["places"]}
    assert places["mail.here.example"]["x"] < places["mx.there.example"]["x"]
    assert places["mx.there.example"]["preferences"] == ["MX 10 there.example"]


def test_every_attempt_over_the_net_flies_and_none_is_without_its_host() -> None:
    trace = run()
    scene = lab.flow(trace).scene
    assert len(scene["flights"]) == len([one for one in trace.attempts if one.connection is not None])
    assert [flight[4] for flight in scene["flights"]].count(0) == 3  # what was sent in the end
    assert {flight[3] for flight in scene["flights"]} == {1}


def test_outage_queue_and_arrivals_are_told_with_their_times() -> None:
    here, there = lab.flow(run()).scene["places"]
    assert there["down"] == [(0.0, 1200.0, "host", "host")]
    assert max(length for _, length in here["queue"]) == 3
    assert len(there["arrivals"]) == 3


def test_a_click_on_a_message_tells_its_history() -> None:
    player = lab.flow(run()).widget
    player._handle_custom_msg({"message": 1, "time": 0}, [])
    told = player.told
    assert told["about"] == "message 1"
    assert "Deferred: Connection timed out with mx.there.example." in told["text"]
    assert told["text"].splitlines()[-1].endswith("in the mailbox hana on mx.there.example")


def test_a_click_on_a_host_tells_its_log_up_to_that_time() -> None:
    flow = lab.flow(run())
    assert "stat=Sent" not in flow.log_of("mail.here.example", 1000)
    assert "stat=Sent" in flow.log_of("mail.here.example", 3000)


def test_it_has_a_text_for_those_without_a_browser() -> None:
    assert "longest queue  3" in repr(lab.flow(run()))


def test_only_a_trace_can_be_played() -> None:
    with pytest.raises(WorkbookError, match="give it the trace"):
        lab.flow(World())  # type: ignore[arg-type]  # the mistake
