"""What the daemon decides in a session, as somebody sees it who types."""

import pytest

from simlib import World
from simlib.neighbours.telnet import Telnet


def typed(cf: str = "", message_cost: str | float = 0, version: str = "8.18") -> tuple[World, Telnet]:
    """A session with a mail host, from a machine of its own."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf=cf, message_cost=message_cost, version=version)
    world.host("client.far.example")
    world.user(mail, "hana")
    return world, world.telnet("client.far.example", mail)


def begun(session: Telnet) -> Telnet:
    session("EHLO client.far.example")
    session("MAIL FROM:<taro@far.example>")
    return session


def test_an_empty_recipient_is_nobody() -> None:
    world, session = typed()
    assert begun(session)("RCPT TO:<>").startswith("553 5.0.0 <>")
    log = world.run(until="1m").syslog("mail.here.example")
    assert "ruleset=check_rcpt, arg1=<>, relay=client.far.example" in log


def test_a_recipient_of_another_domain_is_for_another_host() -> None:
    _, session = typed()
    assert begun(session)("RCPT TO:<hana@far.example>") == "550 5.7.1 <hana@far.example>... Relaying denied"


def test_who_is_unknown_here_is_refused_at_once() -> None:
    _, session = typed()
    assert begun(session)("RCPT TO:<nobody@mail.here.example>").endswith("User unknown")
    assert session("RCPT TO:<hana@mail.here.example>").startswith("250")


def test_one_recipient_too_many_is_put_off() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf="O MaxRecipientsPerMessage=2")
    world.host("client.far.example")
    world.user(mail, "hana", "jiro", "saburo")
    session = begun(world.telnet("client.far.example", mail))
    replies = [session(f"RCPT TO:<{user}@mail.here.example>")[:9] for user in ("hana", "jiro", "saburo")]
    assert replies == ["250 2.1.5", "250 2.1.5", "452 4.5.3"]


def test_one_user_spelt_twice_gets_it_once() -> None:
    world, session = typed()
    begun(session)
    for to in ("hana@mail.here.example", "HANA@mail.here.example", "hana"):
        session(f"RCPT TO:<{to}>")
    session("DATA")
    session("Subject: once\n\nhello\n.")
    assert [row.mailbox for row in world.run(until="1h").deliveries] == ["hana"]


def test_delay_la_holds_back_what_brings_mail_and_nothing_else() -> None:
    world, session = typed("O DelayLA=2")
    world.busy("mail.here.example", 9, "1s", "1d")
    world.run(until="10m")
    took = {}
    for line in ("NOOP", "HELO client.far.example", "MAIL FROM:<taro@far.example>", "RSET"):
        session(line)
        took[line[:4]] = round(session.seconds)
    assert took == {"NOOP": 0, "HELO": 1, "MAIL": 1, "RSET": 0}


@pytest.mark.parametrize(("cost", "least"), [("10s", 4), (0, 0)])
def test_the_reply_to_the_dot_waits_for_the_work_that_a_message_is(cost: str | float, least: int) -> None:
    _, session = typed("O DeliveryMode=queueonly", message_cost=cost)
    begun(session)("RCPT TO:<hana@mail.here.example>")
    session("DATA")
    session("Subject: x\n\nx\n.")
    assert int(session.seconds) == least


def test_who_makes_noise_waits_longer_and_longer() -> None:
    _, session = typed("O MaxNOOPCommands=3")
    took = []
    for _ in range(7):
        session("NOOP")
        took.append(round(session.seconds))
    assert took == [0, 0, 1, 2, 4, 8, 16]


def test_a_queue_group_that_is_not_there_is_unknown() -> None:
    _, session = typed("O DeliveryMode=queueonly")
    begun(session)
    assert session("ETRN #nogroup").startswith("459 4.5.4")
    assert session("ETRN #mqueue").startswith("250")
    assert session("ETRN far.example").startswith("250")


def test_a_rule_set_s_refusals_are_counted_once_a_session() -> None:
    world, session = typed()
    begun(session)
    for user in ("a", "b"):
        session(f"RCPT TO:<{user}@far.example>")
    mail = world.systems[0].installation
    assert sum(one.rejected for one in mail.statistics.mailers.values()) == 1
    log = world.run(until="1m").syslog("mail.here.example")
    assert log.count("ruleset=check_rcpt") == 2, "the log has each"


def test_of_a_client_that_goes_in_the_midst_of_a_message_the_log_tells() -> None:
    world, session = typed()
    begun(session)("RCPT TO:<hana@mail.here.example>")
    session("DATA")
    session.close()
    log = world.run(until="1m").syslog("mail.here.example")
    assert "collect: premature EOM: unexpected close" in log
    assert "from=<taro@far.example>, info=unexpected close" in log


def test_a_client_that_asked_for_nothing_is_told_of() -> None:
    world, session = typed()
    session("QUIT")
    assert "did not issue MAIL/EXPN/VRFY/ETRN" in world.run(until="1m").syslog("mail.here.example")


def test_a_message_that_was_named_and_not_sent_is_told_of() -> None:
    world, session = typed()
    begun(session)("RCPT TO:<hana@mail.here.example>")
    session("RSET")
    log = world.run(until="1m").syslog("mail.here.example")
    assert "from=<taro@far.example>, size=0, class=0, nrcpts=1, proto=ESMTP" in log


def test_an_older_one_greets_in_two_lines() -> None:
    assert typed(version="8.6.12")[1].greeting.count("220") == 2
    assert typed()[1].greeting.count("220") == 1
