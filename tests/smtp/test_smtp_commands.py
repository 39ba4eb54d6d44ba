"""Commands: typed, read and written as sendmail does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simlib.smtp import Command, Mail, Malformed, Plain, Rcpt, Unknown, parse
from simlib.smtp.commands import DATA, NOOP, QUIT, RSET

WIRE = [
    (Plain("HELO", "snd.test"), "HELO snd.test"),
    (Plain("EHLO", "snd.test"), "EHLO snd.test"),
    (Mail("alice@snd.test", size=280), "MAIL From:<alice@snd.test> SIZE=280"),
    (
        Mail("a@b.test", 9, "8BITMIME", "HDRS", "id+40x", (("BY", "10;R"),)),
        "MAIL From:<a@b.test> SIZE=9 BODY=8BITMIME ENVID=id+40x RET=HDRS BY=10;R",
    ),
    (Mail(""), "MAIL From:<>"),
    (Rcpt("u2@one.test"), "RCPT To:<u2@one.test>"),
    (
        Rcpt("u@x.test", ("SUCCESS", "FAILURE"), "rfc822;o@x.test"),
        "RCPT To:<u@x.test> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;o@x.test",
    ),
    (Rcpt("u@x.test", ("NEVER",)), "RCPT To:<u@x.test> NOTIFY=NEVER"),
    (DATA, "DATA"),
    (RSET, "RSET"),
    (NOOP, "NOOP"),
    (QUIT, "QUIT"),
    (Plain("VERB"), "VERB"),
    (Plain("VRFY", "root"), "VRFY root"),
    (Plain("EXPN", "team"), "EXPN team"),
    (Plain("HELP", ""), "HELP"),
    (Plain("ETRN", "@two.test"), "ETRN @two.test"),
    (Unknown("FOO bar"), "FOO bar"),
]


@pytest.mark.parametrize(("command", "line"), WIRE)
def test_written_as_sendmails_client_writes_it_and_read_back(command: Command, line: str) -> None:
    assert str(command) == line
    assert parse(line) == command


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("mail from:<a@b.test> size=5 body=7bit", Mail("a@b.test", 5, "7BIT")),
        ("MAIL FROM: a@b.test SIZE=5", Mail("a@b.test", 5)),
        ("MAIL FROM:    <a@b.test>   SIZE=1   BODY=7BIT", Mail("a@b.test", 1, "7BIT")),
        ('MAIL FROM:<"a >b"@c.test> SIZE=1', Mail('"a >b"@c.test', 1)),
        ("MAIL FROM:<a b@c.test>", Mail("a b@c.test")),
        ("MAIL FROM:<@hop.test:a@b.test>", Mail("@hop.test:a@b.test")),
        ("MAIL FROM:<a@b.test> SIZE=abc", Mail("a@b.test")),
        ("MAIL FROM:<a@b.test> AUTH=<>", Mail("a@b.test", others=(("AUTH", "<>"),))),
        ("RCPT TO:<u@x.test> NOTIFY=delay,success", Rcpt("u@x.test", ("SUCCESS", "DELAY"))),
        ("  NOOP please", NOOP),
        ("RSET x", RSET),
        ("DATA\t", DATA),
        ("vrfy  root ", Plain("VRFY", "root")),
        ("", Unknown("")),
    ],
)
def test_read_as_sendmails_server_reads_it(line: str, command: Command) -> None:
    assert parse(line) == command


# each of these was said to a sendmail 8.17.1.9, and this is what it answered
REFUSED = [
    ("MAIL FROM:", '501 5.5.2 Syntax error in parameters scanning "FROM"'),
    ("MAIL TO:<a@b.test>", '501 5.5.2 Syntax error in parameters scanning "TO"'),
    ("MAIL FROM <a@b.test>", '501 5.5.2 Syntax error in parameters scanning "FROM"'),
    ("RCPT", '501 5.5.2 Syntax error in parameters scanning ""'),
    ("MAIL FROM:<a@aa.test", "553 5.0.0 <a@aa.test... Unbalanced '<'"),
    ("MAIL FROM:a@aa.test>", "553 5.0.0 a@aa.test>... Unbalanced '>'"),
    ("MAIL FROM:<a@b> FOO=1", "555 5.5.4 FOO parameter unrecognized"),
    ("MAIL FROM:<a@b> =x", "555 5.5.4  parameter unrecognized"),
    ("MAIL FROM:<a@b> X!Y=1", "555 5.5.4 X parameter unrecognized"),
    ("MAIL FROM:<a@b> SMTPUTF8", "555 5.5.4 SMTPUTF8 parameter unrecognized"),
    ("MAIL FROM:<a@b> SIZE", "501 5.5.2 SIZE requires a value"),
    ("MAIL FROM:<a@b> SIZE=-1", "552 5.2.3 Message size invalid"),
    ("MAIL FROM:<a@b> SIZE=99999999999999999999999", "552 5.2.3 Message size exceeds maximum value"),
    ("MAIL FROM:<a@b> BODY=FOO", "501 5.5.4 Unknown BODY type FOO"),
    ("MAIL FROM:<a@b> RET=BODY", '501 5.5.2 Bad argument "BODY" to RET'),
    ("MAIL FROM:<a@b> RET=FULL RET=HDRS", "501 5.5.0 Duplicate RET parameter"),
    ("MAIL FROM:<a@b> ENVID=a+zz", "501 5.5.4 Syntax error in ENVID parameter value"),
    ("MAIL FROM:<a@b> ENVID=a ENVID=b", "501 5.5.0 Duplicate ENVID parameter"),
    ("MAIL FROM:<a@b> BY=10", "501 5.5.2 BY= missing ';'"),
    ("RCPT TO:<b@c> NOTIFY=NEVER,SUCCESS", '501 5.5.4 Bad argument "NEVER"  to NOTIFY'),
    ("RCPT TO:<b@c> NOTIFY=", '501 5.5.4 Bad argument ""  to NOTIFY'),
    ("RCPT TO:<b@c> NOTIFY", "501 5.5.2 NOTIFY requires a value"),
    ("RCPT TO:<b@c> ORCPT=rfc822", "501 5.5.4 Syntax error in ORCPT parameter value"),
    ("RCPT TO:<b@c> ORCPT=rfc822;a=b", "555 5.5.4 b parameter unrecognized"),
    ("RCPT TO:<b@c> garbage", "555 5.5.4 garbage parameter unrecognized"),
]


@pytest.mark.parametrize(("line", "reply"), REFUSED)
def test_what_cannot_be_read_carries_sendmails_reply(line: str, reply: str) -> None:
    command = parse(line)
    assert isinstance(command, Malformed)
    assert str(command.refusal) == reply
    assert command.verb == line[:4]


@given(st.text())
def test_any_line_is_a_command(line: str) -> None:
    assert isinstance(parse(line).verb, str)


@given(st.sampled_from(["MAIL FROM:", "RCPT TO:"]), st.text())
def test_any_argument_of_mail_and_rcpt_is_borne(start: str, rest: str) -> None:
    parse(start + rest)
    parse(f"{start}<a@b> SIZE={rest}")


def test_a_size_of_five_thousand_digits_is_too_large() -> None:
    command = parse("MAIL FROM:<a@b> SIZE=" + "9" * 5000)
    assert isinstance(command, Malformed)
    assert command.refusal.code == 552


addresses = st.from_regex(r"[a-z]{1,8}(@[a-z]{1,8}\.test)?", fullmatch=True)
xtext = st.from_regex(r"[!-*,-<>-~]{1,12}", fullmatch=True)


@given(
    st.builds(
        Mail,
        st.just("") | addresses,
        st.integers(0, 2**40),
        st.sampled_from(["", "7BIT", "8BITMIME"]),
        st.sampled_from(["", "FULL", "HDRS"]),
        st.just("") | xtext,
        others=st.just(()),
    )
)
def test_mail_round_trip(mail: Mail) -> None:
    assert parse(str(mail)) == mail


@given(
    st.builds(
        Rcpt,
        addresses,
        st.sampled_from([(), ("NEVER",), ("SUCCESS",), ("FAILURE", "DELAY"), ("SUCCESS", "FAILURE", "DELAY")]),
        st.just("") | xtext.map(lambda text: f"rfc822;{text}"),
    )
)
def test_rcpt_round_trip(rcpt: Rcpt) -> None:
    assert parse(str(rcpt)) == rcpt
