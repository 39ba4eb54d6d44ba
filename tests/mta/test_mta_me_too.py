"""MeToo: whether a sender who is on the list gets a copy."""

import pytest

from simlib import World

ALIASES = "staff: hana, jiro\nchief: hana\nowned: hana, jiro\nowner-owned: postmaster"


@pytest.mark.parametrize(
    ("to", "without"),
    [
        (("staff",), ["jiro"]),
        (("owned",), ["jiro"]),
        (("hana",), ["hana"]),  # he names himself
        (("staff", "hana"), ["hana", "jiro"]),
        (("chief",), ["hana"]),  # else nobody would get it
    ],
)
def test_who_gets_what_hana_sends(to: tuple[str, ...], without: list[str]) -> None:
    assert arrived(False, *to) == without
    assert arrived(True, *to) == sorted({*without, "hana"})


def arrived(me_too: bool, *to: str) -> list[str]:
    world = World(seed=1)
    here = world.sendmail("mail.here.example", cf=f"O MeToo={me_too}")
    world.user(here, "hana", "jiro", "postmaster")
    here.aliases = ALIASES
    here.submit("hana", *to)
    trace = world.run(until="1h")
    assert trace.totals()["queued"] == 0
    return sorted(row.mailbox for row in trace.deliveries)
