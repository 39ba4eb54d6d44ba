"""MaxQueueChildren: how many queue runs of the daemon go on at one time."""

import pytest

from simlib import World
from simlib.smtp import Quirks


@pytest.mark.parametrize(("most", "opened"), [(0, 4), (1, 1), (2, 2), (9, 4)])
def test_a_run_that_would_be_one_too_many_does_not_begin(most: int, opened: int) -> None:
    world = World(seed=1)
    cf = f"O MaxQueueChildren={most}\nO DeliveryMode=queueonly\nO Timeout.initial=1h"
    here = world.sendmail("mail.here.example", cf=cf)
    world.peer("slow.example", quirks=Quirks(silent_at="greeting"))
    for _ in range(9):
        here.submit("taro", "hana@slow.example")
    here.queue_run(every="10m", at="1s")
    assert len(world.run(until="35m").connections) == opened


def test_the_next_run_begins_when_one_has_ended() -> None:
    world = World(seed=1)
    cf = "O MaxQueueChildren=1\nO DeliveryMode=queueonly\nO Timeout.initial=15m"
    here = world.sendmail("mail.here.example", cf=cf)
    world.peer("slow.example", quirks=Quirks(silent_at="greeting"))
    here.submit("taro", "hana@slow.example")
    here.queue_run(every="10m", at="1s")
    assert [row.opened for row in world.run(until="35m").connections] == pytest.approx([1, 1201], abs=1)
