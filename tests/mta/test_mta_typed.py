"""Addresses that somebody types: log and mailq have them as they were typed, without brackets."""

from simlib import World
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
