"""What the log tells of servers that say nothing any more, of loops, and of a way that leads back."""

import pytest

from simlib import Quirks, World

HERE = "mail.here.example"


@pytest.mark.parametrize(
    ("place", "during"),
    [
        ("greeting", "greeting"),
        ("EHLO", "EHLO"),
        ("MAIL", "MAIL"),
        ("RCPT", "RCPT"),
        ("DATA", "DATA 354"),
        (".", "DATA status"),
    ],
)
def test_for_what_was_waited_in_vain(place: str, during: str) -> None:
    world = World(seed=1)
    mail = world.sendmail(HERE, domain="here.example")
    world.peer("mx.far.example", domain="far.example", quirks=Quirks(silent_at=place))
    mail.submit("taro@here.example", "hana@far.example")
    log = world.run(until="3h").syslog(HERE)
    assert f"timeout waiting for input from mx.far.example. during client {during}\n" in log


def test_a_way_that_leads_back_is_told_of_once_a_process() -> None:
    world = World(seed=1)
    mail = world.sendmail(HERE, domain="here.example", cf="O DeliveryMode=queueonly")
    world.zone(f"$ORIGIN shop.example.\n@ 60 MX 10 {HERE}.\n")
    for user in ("a", "b"):
        mail.submit("taro@here.example", f"{user}@shop.example")
    mail.queue_run(at="1m")
    assert world.run(until="1h").syslog(HERE).count("SYSERR(root): MX list for shop.example. points back to") == 1


def test_too_many_aliases_in_a_row_are_told_of() -> None:
    world = World(seed=1)
    mail = world.sendmail(HERE, domain="here.example")
    world.user(mail, "taro")
    mail.aliases = "".join(f"a{n}: a{n + 1}\n" for n in range(12)) + "a12: taro\n"
    mail.submit("taro@here.example", "a0@here.example")
    assert "aliasing/forwarding loop broken:  (11 aliases deep; 10 max)\n" in world.run(until="1h").syslog(HERE)
