"""HoldExpensive: mail for a mailer with F=e waits for a queue run."""

import pytest

from simlib import World
from simlib.cf import stock
from simlib.mta.policy.routing import Destination, is_held

EXPENSIVE = "Mesmtp, P=[IPC], F=mDFMuXae, S=EnvFromSMTP/HdrFromSMTP, R=EnvToSMTP, E=\\r\\n, A=TCP $h"


def sent(hold: bool, *to: str, mode: str = "background", aliases: str = "") -> tuple[list[str], list[str]]:
    """Who has got a letter after a minute, and after a queue run."""
    world = World(seed=1)
    here = world.sendmail("mail.here.example", cf=f"O HoldExpensive={hold}\nO DeliveryMode={mode}\n{EXPENSIVE}")
    world.sendmail("mx.far.example", domain="far.example")
    world.user(here, "jiro")
    here.aliases = aliases
    here.submit("jiro", *to)
    at_once = [row.mailbox for row in world.run(until="1m").deliveries]
    here.queue_run(at="2m")
    return sorted(at_once), sorted(row.mailbox for row in world.run(until="10m").deliveries)


@pytest.mark.parametrize("mode", ["background", "interactive"])
def test_mail_for_elsewhere_waits(mode: str) -> None:
    assert sent(True, "hana@far.example", mode=mode) == ([], ["hana"])
    assert sent(False, "hana@far.example", mode=mode) == (["hana"], ["hana"])


def test_who_is_here_does_not_wait_for_the_others() -> None:
    assert sent(True, "hana@far.example", "jiro") == (["jiro"], ["hana", "jiro"])


def test_whoever_an_alias_stands_for_waits() -> None:
    assert sent(True, "away", aliases="away: hana@far.example") == ([], ["hana"])


def test_only_a_mailer_with_the_flag_is_expensive() -> None:
    usual, dear = stock(), stock().with_lines(EXPENSIVE)
    away, here = Destination("esmtp", "far.example", "hana@far.example"), Destination("local", "", "hana")
    assert is_held(away, dear)
    assert not is_held(away, usual)
    assert not is_held(here, dear)
