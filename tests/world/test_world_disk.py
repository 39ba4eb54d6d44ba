"""Slide claim 02.2: a host that is short of disk space puts senders off."""

import pytest

from simlib import Trace, WorkbookError, World

SHORT = "452 4.4.5 Insufficient disk space; try again later"


def mail_to_a_full_disk(cf: str = "", blocks: int = 1_000, taken: int = 950, size: int = 1_000) -> Trace:
    """A message for a host of 1000 blocks, of which something takes 950 for an hour."""
    world = World(seed=1)
    mail = world.sendmail("mail.example")
    mx = world.sendmail("mx.site.example", domain="site.example", cf=cf)
    world.disk(mx, blocks)
    world.fill(mx, taken, "1s", "1h")
    mail.submit("taro@mail.example", "hana@site.example", size=size, at="1m")
    mail.queue_run(every="15m")
    return world.run(until="3h")


def test_mail_is_put_off_until_there_is_space_and_nothing_is_lost() -> None:
    trace = mail_to_a_full_disk()
    assert SHORT in trace.dialogue(1)
    assert trace.deliveries["time"][0] == pytest.approx(3600, abs=2)
    assert trace.totals()["delivered"] == 1


@pytest.mark.parametrize(("reserve", "delayed"), [(50, True), (49, False), (0, False)])
def test_min_free_blocks_stay_free_beside_what_was_announced(reserve: int, delayed: bool) -> None:
    trace = mail_to_a_full_disk(f"O MinFreeBlocks={reserve}")
    assert (trace.deliveries["time"][0] > 3000) is delayed


def test_the_size_that_mail_announces_counts_even_without_a_reserve() -> None:
    assert SHORT in mail_to_a_full_disk("O MinFreeBlocks=0", size=51 * 4096).dialogue(1)
    assert SHORT not in mail_to_a_full_disk("O MinFreeBlocks=0", size=50 * 4096).dialogue(1)


def test_waiting_mail_takes_blocks_too() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.example")
    mx = world.sendmail("mx.site.example", domain="site.example", cf="O DeliveryMode=queueonly\nO MinFreeBlocks=10")
    world.disk(mx, 30)
    for n in range(5):
        mail.submit("taro@mail.example", "hana@site.example", size=5 * 4096, at=n)
    trace = world.run(until="5m")
    assert len(mx.queue) == 4
    assert len(trace.attempts.where(outcome="deferred")) == 1


def test_disks_that_make_no_sense() -> None:
    world = World()
    mail = world.sendmail("mail.example")
    with pytest.raises(WorkbookError, match="all are at least 1"):
        world.disk(mail, 0)
    with pytest.raises(WorkbookError, match="given a disk before"):
        world.fill(mail, 10, "1m", "2m")
