"""DeadLetterDrop: a notice that nobody can be given is saved in a file."""

import pytest

from simlib import World

DROP = "/var/spool/dead.letter"


@pytest.mark.parametrize(
    ("cf", "saved"),
    [(f"O DeadLetterDrop={DROP}", True), ("", False), ("O DeadLetterDrop=/var/spool/none/dead.letter", False)],
)
def test_what_cannot_be_bounced_is_saved(cf: str, saved: bool) -> None:
    world = World(seed=1)
    here = world.sendmail("mail.here.example", cf=f"O DoubleBounceAddress=nosuch\n{cf}")
    world.user(here, "hana")
    here.submit("", "nobody@far.invalid")
    trace = world.run(until="1h")
    assert [row.mailbox for row in trace.deliveries] == ([DROP] if saved else [])
    assert (f"Saved message in {DROP}" in trace.syslog(here)) is saved
    assert [row.state for row in trace.messages if row.notice] == ["delivered" if saved else "lost"]


def test_what_can_be_bounced_is_not() -> None:
    world = World(seed=1)
    here = world.sendmail("mail.here.example", cf=f"O DoubleBounceAddress=hana\nO DeadLetterDrop={DROP}")
    world.user(here, "hana")
    here.submit("", "nobody@far.invalid")
    assert [row.mailbox for row in world.run(until="1h").deliveries] == ["hana"]
