"""What stands in the way of a message before anybody is asked."""

import pytest

from simlib.cf import Mailer, stock
from simlib.message.envelope import Message
from simlib.message.received import Received, way
from simlib.mta.policy.settings import Settings
from simlib.mta.sending.obstacles import at_mailer, too_many_hops
from tests.mta.entry import entry, recipient

SETTINGS = Settings.of(stock())
ONE = recipient("hana@far.example")


def mailer(flags: str = "m", size: int = 0) -> Mailer:
    return Mailer("esmtp", "[IPC]", "TCP $h", frozenset(flags), max_size=size)


@pytest.mark.parametrize(("limit", "stands"), [(0, False), (999, True), (1_000, False), (-1, True)])
def test_a_message_may_be_as_large_as_the_mailer_takes(limit: int, stands: bool) -> None:
    obstacle = at_mailer(entry(ONE), mailer(size=limit), "far.example", SETTINGS, "8.18")
    assert (obstacle is not None) is stands


def test_one_that_is_too_large_is_said_so_once_for_each_and_its_body_stays_away() -> None:
    obstacle = at_mailer(entry(ONE), mailer(size=9), "far.example", SETTINGS, "8.18", recipients=2)
    assert obstacle is not None
    assert (len(obstacle.said), obstacle.too_large, obstacle.outcome.told) == (4, True, True)
    assert (obstacle.outcome.dsn, obstacle.outcome.relay) == ("5.3.4", "far.example.")
    here = at_mailer(entry(ONE), mailer("lm", size=9), "", SETTINGS, "8.18")
    assert here is not None and (here.outcome.dsn, here.outcome.relay) == ("5.2.3", "")
    old = at_mailer(entry(ONE), mailer(size=9), "far.example", SETTINGS, "8.8.5")
    assert old is not None and not old.outcome.told


def test_bytes_above_127_do_not_go_to_a_mailer_of_seven_bits() -> None:
    eight = Message(1, 3, (), b"\xe9\n", "", eight_bit=True)
    obstacle = at_mailer(entry(ONE, message=eight), mailer("m7"), "far.example", SETTINGS, "8.18")
    assert obstacle is not None and obstacle.outcome.dsn == "5.6.3"
    assert at_mailer(entry(ONE, message=eight), mailer("m"), "far.example", SETTINGS, "8.18") is None


@pytest.mark.parametrize(("hops", "stands"), [(25, False), (26, True)])
def test_a_loop_ends_after_max_hop_count(hops: int, stands: bool) -> None:
    last: Received | None = None
    for _ in range(hops):
        last = Received(way("a.example", "a.example [10.0.0.1]", "b.example", "8.18", "ESMTP"), "q", "", 0.0, last)
    assert (too_many_hops(entry(ONE, received=last), SETTINGS) is not None) is stands
