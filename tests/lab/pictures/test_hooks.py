"""Connections on their hooks: how many hang at once, which were opened again, and what went over each."""

from collections import Counter

import pytest

from simlib import Trace, World, lab
from simlib.lab.pictures.hooks import AGAIN, FIRST, LETTER, MOST


def queue_run(cache: int = 2, sites: int = 3, letters: int = 12) -> Trace:
    world = World(seed=4)
    mail = world.sendmail("mail.here.example", cf=f"O ConnectionCacheSize={cache}\nO DeliveryMode=queueonly")
    for n in range(sites):
        world.sendmail(f"mx.site{n}.example", domain=f"site{n}.example", latency="80ms")
    for n in range(letters):
        mail.submit("taro@mail.here.example", f"user@site{n % sites}.example")
    mail.queue_run(at="10m")
    return world.run(until="1h")


def values(drawing):
    return {name: number.value for name, number in drawing.numbers.items()}


@pytest.mark.parametrize("cache", [0, 1, 2, 3])
def test_what_is_opened_again_is_what_a_larger_cache_would_have_spared(cache) -> None:
    trace = queue_run(cache)
    calls = Counter(trace.connections["server"])
    assert values(lab.hooks(trace))["connections opened"] == calls.total()
    assert values(lab.hooks(trace))["opened again"] == calls.total() - 3
    kinds = Counter(span.kind for span in lab.hooks(trace).part.spans)
    assert kinds == {kind: n for kind, n in ((FIRST, 3), (AGAIN, calls.total() - 3)) if n}


def test_with_a_hook_for_each_host_nothing_is_opened_again() -> None:
    assert values(lab.hooks(queue_run(cache=2)))["opened again"] > 0
    assert values(lab.hooks(queue_run(cache=3)))["opened again"] == 0


def test_no_hook_holds_two_at_once_and_every_letter_is_on_the_hook_of_its_connection() -> None:
    trace = queue_run()
    part = lab.hooks(trace).part
    for one in part.spans:
        assert not any(
            other is not one and other.lane == one.lane and other.begin < one.end and one.begin < other.end
            for other in part.spans
        )
    servers = dict(zip(trace.connections["connection"], trace.connections["server"], strict=True))
    sent = [one for one in trace.attempts if one.connection is not None]
    assert [mark.kind for mark in part.marks] == [LETTER] * len(sent) == [LETTER] * 12
    for mark, one in zip(part.marks, sent, strict=True):
        on = [span for span in part.spans if span.lane == mark.lane and span.begin <= mark.at <= span.end]
        assert servers[one.connection] in {span.text for span in on}


def test_of_very_many_the_first_are_drawn_and_all_are_counted() -> None:
    drawing = lab.hooks(queue_run(cache=0, letters=300))
    assert len(drawing.part.spans) == MOST
    assert f"the first {MOST} of 300 connections" in drawing.title
    assert values(drawing)["connections opened"] == 300


def test_where_nothing_was_opened_there_is_a_hook_and_nothing_on_it() -> None:
    world = World(seed=4)
    world.sendmail("mail.here.example")
    drawing = lab.hooks(world.run(until="1h"))
    assert values(drawing) == {"connections opened": 0, "opened again": 0, "hooks in use at once": 0}
    assert len(drawing.part.lanes) == 1
