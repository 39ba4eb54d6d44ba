"""LogLevel: which lines of the mail log are written."""

import pytest

from simlib import World
from simlib.mta.policy import log_lines
from simlib.mta.policy.log_lines import Tried

LEVELS = {
    0: set(),
    1: {"SYSERR"},
    5: {"SYSERR", "from"},
    6: {"SYSERR", "from", "did not issue"},
    7: {"SYSERR", "from", "did not issue", "dsn=5"},
    8: {"SYSERR", "from", "did not issue", "dsn=5", "dsn=2"},
    9: {"SYSERR", "from", "did not issue", "dsn=5", "dsn=2", "dsn=4"},
    10: {"SYSERR", "from", "did not issue", "dsn=5", "dsn=2", "dsn=4"},
}
SIGNS = {"SYSERR": "SYSERR", "from": "from=<", "did not issue": "did not issue", "dsn=5": "dsn=5.", "dsn=2": "dsn=2.",
         "dsn=4": "dsn=4."}  # fmt: skip


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_written_at_a_level(level: int) -> None:
    world = World(seed=1)
    here = world.sendmail("mail.here.example", cf=f"O LogLevel={level}\nDSnone:far.example")
    world.host("pc.example")
    here.submit("taro", "hana@far.invalid")
    world.run(until="1m")
    here.restart(cf=f"O LogLevel={level}\nO Timeout.connect=30s")
    world.sendmail("mx.far.example", domain="far.example")
    world.peer("down.example").go_down()
    for to in ("hana@far.example", "hana@down.example", "hana@nobody.invalid"):
        here.submit("taro", to)
    telnet = world.telnet("pc.example", here)
    telnet("QUIT")
    text = world.run(until="10m").syslog(here)
    assert {name for name, sign in SIGNS.items() if sign in text} == LEVELS[level]


def test_what_failed_for_good_is_told_of_first() -> None:
    tried = Tried("q", "<a@b>", 0, 0, "esmtp", 0, "", "2.0.0", "", "Sent")
    assert [tried._replace(dsn=dsn).level for dsn in ("5.1.1", "2.0.0", "4.4.1")] == [7, 8, 9]


def test_a_line_keeps_its_level_behind_a_queue_id() -> None:
    said = log_lines.of_message("q", log_lines.inquiry("pc.example", "VRFY hana", True))
    assert (said, said.level) == ("q: pc.example: VRFY hana", 6)
