"""What rules say of a client before it has said a word, and how long they take for it."""

import pytest

from tests.mta.ruled import CLIENT, HERE, begun, brought, logged, ruled

NO = 'SLocal_check_relay\nR$*  $#error $@ 5.7.1 $: "550 go away"'
SLOW = "SLocal_check_mail\nR$*  $: $1 $[ slow.example $]\n"


def test_who_is_not_welcome_is_greeted_and_told_at_mail() -> None:
    world, _ = ruled(NO)
    session = world.telnet(CLIENT, HERE)
    assert session.greeting.startswith(f"220 {HERE}")
    assert session(f"EHLO {CLIENT}").splitlines()[1:] == ["250 ENHANCEDSTATUSCODES"]
    assert {session(line) for line in ("MAIL FROM:<a@far.example>", "VRFY hana", "DATA")} == {"550 5.7.1 go away"}
    assert session("NOOP").startswith("250")
    assert session("QUIT").startswith("221")
    assert "ruleset=check_relay, arg1=pc.far.example, arg2=10.0.0.2" in world.run(until="1m").syslog(HERE)


def test_with_421_the_greeting_ends_it() -> None:
    session = ruled(NO.replace("550", "421").replace("5.7.1", "4.7.1"))[0].telnet(CLIENT, HERE)
    assert session.greeting == "421 4.7.1 go away"
    assert not session.is_open


def test_who_is_discarded_is_served_and_all_that_he_brings_is_lost() -> None:
    world, _ = ruled("SLocal_check_relay\nR$*  $#discard $: discard")
    session = begun(world)
    assert session("RCPT TO:<nobody@here.example>").startswith("250")
    session("RSET")
    assert brought(world, "Subject: x")[0].startswith("250")
    assert world.run(until="1m").totals()["lost"] == 1
    assert "discarded" in logged(world)


@pytest.mark.parametrize("sender", ["hana@here.example", "hana@slow.example"])
def test_what_rules_look_up_makes_the_reply_late_once(sender: str) -> None:
    world, _ = ruled(SLOW if "here" in sender else "SNothing\nR$@  $@", "$ORIGIN slow.example.\n@ 60 A 10.0.9.9\n")
    session = world.telnet(CLIENT, HERE)
    session(f"HELO {CLIENT}")
    world.dns.round_trip = 3
    took = []
    for _ in range(2):
        assert session(f"MAIL FROM:<{sender}>").startswith("250")
        took.append(session.seconds)
        session("RSET")
    assert took[0] >= 3
    assert took[1] == pytest.approx(0.02)
