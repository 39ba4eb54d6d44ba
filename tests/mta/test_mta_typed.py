"""Addresses that somebody types: log and mailq have them as they were typed, without brackets."""

import pytest

from simlib import Quirks, Reply, Trace, World
from tests.mta.ruled import HERE, begun, ruled

QUEUED = "O DeliveryMode=queueonly"


def listed(cf: str = QUEUED) -> tuple[World, list[str]]:
    """What mailq shows of a letter that was typed, and one that came by SMTP."""
    world, mail = ruled(cf)
    world.shell(mail, "hana")("sendmail Jiro", input="Subject: typed\n\nhello\n")
    session = begun(world)
    session("RCPT TO:<hana@here.example>")
    session("DATA")
    session("Subject: brought\n\nhello\n.")
    world.run(until="1m")
    return world, world.shell(mail)("mailq").split()


def test_mailq_shows_the_letter_that_was_typed_without_brackets() -> None:
    _, words = listed()
    assert {"hana", "Jiro", "<taro@far.example>", "<hana@here.example>"} <= set(words)


def test_the_log_too() -> None:
    world, mail = ruled("")
    world.shell(mail, "hana")("sendmail Jiro", input="Subject: typed\n\nhello\n")
    log = world.run(until="1m").syslog(HERE)
    assert ": from=hana, " in log
    assert ": to=Jiro, " in log


def test_a_mail_program_hands_in_addresses_with_brackets() -> None:
    world, mail = ruled(QUEUED)
    mail.submit("hana@here.example", "jiro@here.example")
    assert "from=<hana@here.example>" in world.run(until="1m").syslog(HERE)
    assert "<jiro@here.example>" in world.shell(mail)("mailq")


def spelled(typed: bool) -> tuple[Trace, str]:
    """A letter for an address with capitals in its domain, which is refused over there; and the log."""
    world, mail = World(), "mail.here.example"
    sender = world.sendmail(mail, domain="here.example")
    world.peer("mx.far.example", domain="far.example", quirks=Quirks(replies={"RCPT": Reply(550, "5.1.1 nobody")}))
    if typed:
        world.shell(mail, "hana")("sendmail Ken@FAR.Example", input="Subject: typed\n\nhello\n")
    else:
        sender.submit("hana@here.example", "Ken@FAR.Example")
    trace = world.run(until="1m")
    return trace, trace.syslog(mail)


@pytest.mark.parametrize(("typed", "shown"), [(True, "Ken@FAR.Example"), (False, "<Ken@FAR.Example>")])
def test_an_address_keeps_the_capitals_that_it_was_written_with(typed: bool, shown: str) -> None:
    trace, log = spelled(typed)
    assert f": to={shown}, " in log
    assert ">>> RCPT To:<Ken@FAR.Example>" in trace.dialogue(1)
    (notice,) = trace.notices
    report = trace.content(notice.message).decode()
    assert "Final-Recipient: RFC822; Ken@FAR.Example" in report
    assert "Ken@far.example" not in report
    assert trace.told["recipient"] == ["Ken@far.example"]  # as it is compared with the letter's


def test_domains_in_other_capitals_are_one() -> None:
    world = World()
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.peer("mx.far.example", domain="far.example")
    mail.submit("hana@here.example", "ken@far.example", "ken@FAR.example")
    assert len(world.run(until="1m").deliveries) == 1
