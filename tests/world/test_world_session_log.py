"""What a daemon logs of what is said to it, beside the mail that it takes (held against the real one)."""

import pytest

from simlib import World

CLIENT = "pc.far.example [10.0.0.2]"
HELO, MAIL, RCPT = "HELO pc.far.example", "MAIL FROM:<a@far.example>", "RCPT TO:<taro@here.example>"
NOBODY = "RCPT TO:<nobody@here.example>"
GIVEN_UP = f"proto=SMTP, daemon=MTA, relay={CLIENT}"


def session(*lines: str, cf: str = "") -> tuple[list[str], list[str]]:
    """What is answered, and what the log says of it, a queue id in front."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=f"O Timeout.ident=0s\n{cf}")
    world.user(mail, "taro")
    world.host("pc.far.example")
    say = world.telnet("pc.far.example", mail)
    answers = [say(line) for line in lines]
    say.close()
    texts = [
        line.partition("]: ")[2] for line in world.run(until=world.env.now + 1).syslog("mail.here.example").splitlines()
    ]
    return answers, [text for text in texts if text[14:15] == ":"]


@pytest.mark.parametrize(
    ("lines", "cf", "told"),
    [
        ([HELO, "VRFY taro", "EXPN"], "", [f"{CLIENT}: VRFY taro", f"{CLIENT}: EXPN"]),
        ([HELO, "EXPN taro"], "O PrivacyOptions=noexpn", [f"{CLIENT}: EXPN taro [rejected]"]),
        ([HELO, "VRFY taro"], "O PrivacyOptions=novrfy", [f"{CLIENT}: VRFY taro [rejected]"]),
        ([HELO, "ETRN x.example"], "O PrivacyOptions=noetrn", [f"{CLIENT}: ETRN x.example [rejected]"]),
        (["VRFY taro"], "O PrivacyOptions=needvrfyhelo", []),
        ([HELO, "QUIT"], "", [f"{CLIENT} did not issue MAIL/EXPN/VRFY/ETRN during connection to MTA"]),
        ([HELO, "NOOP"], "", [f"{CLIENT} did not issue MAIL/EXPN/VRFY/ETRN during connection to MTA"]),
        (
            [HELO, MAIL, NOBODY, "QUIT"],
            "",
            ["<nobody@here.example>... User unknown", f"from=<a@far.example>, size=0, class=0, nrcpts=0, {GIVEN_UP}"],
        ),
        ([HELO, MAIL, f"{RCPT} NOTIFY=X", "RSET", "QUIT"], "",
         ['Bad argument "X"  to NOTIFY', f"from=<a@far.example>, size=0, class=0, nrcpts=0, {GIVEN_UP}"]),
        ([HELO, f"{MAIL} SIZE=3000", "QUIT"], "O MaxMessageSize=2000",
         [f"from=<a@far.example>, size=3000, class=0, nrcpts=0, {GIVEN_UP}"]),
        ([HELO, f"{MAIL} RET=X", "QUIT"], "", [f"from=<a@far.example>, size=0, class=0, nrcpts=0, {GIVEN_UP}"]),
        ([HELO, f"{MAIL} BODY=7BIT", RCPT, "RSET", "QUIT"], "",
         [f"from=<a@far.example>, size=0, class=0, nrcpts=1, bodytype=7BIT, {GIVEN_UP}"]),
        ([HELO, MAIL, RCPT], "",
         [f"lost input channel from {CLIENT} to MTA after rcpt",
          f"from=<a@far.example>, size=0, class=0, nrcpts=1, {GIVEN_UP}"]),
        ([HELO, MAIL, RCPT, "DATA", "Subject: cut"], "",
         ["collect: premature EOM: unexpected close",
          "collect: relay=pc.far.example, from=<a@far.example>, info=unexpected close",
          f"from=<a@far.example>, size=0, class=0, nrcpts=1, {GIVEN_UP}"]),
        ([HELO, "VRFY " + "x" * 2042], "",
         [f"{CLIENT}: SMTP violation, input too long: 2049",
          f"{CLIENT} did not issue MAIL/EXPN/VRFY/ETRN during connection to MTA"]),
    ],
)  # fmt: skip
def test_a_session_leaves_its_traces(lines: list[str], cf: str, told: list[str]) -> None:
    log = session(*lines, cf=cf)[1]
    assert [line[16:] for line in log] == told
    assert len({line[:14] for line in log}) <= 1  # all of it under one queue id


def test_what_is_too_large_is_logged_with_its_recipients() -> None:
    log = session(HELO, MAIL, RCPT, "DATA", "Subject: long", "", "x" * 100, ".", cf="O MaxMessageSize=100")[1]
    first, second, third = (line[16:] for line in log)
    assert first.startswith("from=<a@far.example>, size=116, class=0, nrcpts=1, msgid=<")
    assert second == "message size (116) exceeds maximum (100)"
    assert third == "to=<taro@here.example>, delay=00:00:00, pri=30116, stat=Message exceeds maximum fixed size (100)"


def test_what_is_refused_at_the_dot_is_logged_and_forgotten() -> None:
    letter = (MAIL, RCPT, "DATA", "Subject: x", "")
    answers, log = session(HELO, *letter, "caf\udce9", ".", *letter, "plain", ".", "QUIT", cf="O EightBitMode=strict")
    assert answers[7] == "554 5.6.1 Eight bit data not allowed"
    assert log[0][16:].startswith("from=<a@far.example>, size=17, class=0, nrcpts=1, msgid=<")
    assert log[1][16:] == "to=<taro@here.example>, delay=00:00:00, pri=30017, stat=Eight bit data not allowed"
    assert "nrcpts=1," in log[2]


def test_a_recipient_named_twice_is_one() -> None:
    answers, log = session(HELO, MAIL, RCPT, "RCPT TO:<TARO@here.example>", "RCPT TO:<taro>", "QUIT")
    assert set(answers[2:5]) == {"250 2.1.5 <taro@here.example>... Recipient ok"}
    assert "nrcpts=1," in log[-1]


def test_a_recipient_named_twice_by_hand_gets_one_copy() -> None:
    letter = ("DATA", "Subject: x", ".", "QUIT")
    answers, log = session(HELO, MAIL, RCPT, "RCPT TO:<TARO@here.example>", "RCPT TO:<taro>", *letter)
    assert "Message accepted for delivery" in answers[-2]
    assert "\n".join(log).count("stat=Sent") == 1


def test_who_was_asked_for_counts_as_a_recipient() -> None:
    log = session(HELO, "VRFY taro", "EXPN taro", MAIL, RCPT, "DATA", "Subject: x", ".", MAIL, RCPT, "RSET")[1]
    assert [line.partition("nrcpts=")[2][:2] for line in log if "nrcpts=" in line] == ["3,", "1,"]


def test_a_refusal_names_the_one_who_is_not_there() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example", cf="O DeliveryMode=interactive")
    world.user(mail, "taro")
    world.host("pc.far.example")
    mail.aliases = "list: nobody"
    say = world.telnet("pc.far.example", mail)
    say(HELO)
    say(MAIL)
    assert say("EXPN list") == say("RCPT TO:<list@here.example>") == "550 5.1.1 nobody... User unknown"


def test_a_host_that_is_gone_logs_nothing_more() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.host("pc.far.example")
    say = world.telnet("pc.far.example", mail)
    say(MAIL)
    mail.host.go_down()
    mail.host.come_back()
    say.close()
    assert "lost input channel" not in world.run(until=world.env.now + 1).syslog("mail.here.example")
