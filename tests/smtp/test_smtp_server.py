"""The server's state machine says what sendmail says."""

from typing import Any

import pytest

from simlib.smtp import Command, Mail, Rcpt, Receiver, Reply, Server, ServerSettings, State, parse
from simlib.smtp.server import TABLE, VERBS


def said(server: Server, *lines: str) -> list[str]:
    return [str(server.command(parse(line))) for line in lines]


def server(receiver: Receiver | None = None, **options: Any) -> Server:
    return Server(ServerSettings("snd.test", **options), receiver, "cli.test [10.99.0.21]")


def flags(*names: str) -> dict[str, frozenset[str]]:
    return {"privacy": frozenset(names)}


FEATURES = [
    *("ENHANCEDSTATUSCODES", "PIPELINING", "EXPN", "VERB", "8BITMIME"),
    *("SIZE", "DSN", "ETRN", "DELIVERBY", "HELP"),
]


def hello(*without: str) -> str:
    lines = ["snd.test Hello cli.test [10.99.0.21], pleased to meet you", *(f for f in FEATURES if f not in without)]
    return "\n".join([*(f"250-{line}" for line in lines[:-1]), f"250 {lines[-1]}"])


def test_the_usual_dialogue() -> None:
    mx = server()
    assert str(mx.greet()).startswith("220 snd.test ESMTP Sendmail")
    assert said(mx, "EHLO other.test", "MAIL From:<a@aa.test>", "RCPT To:<root>", "DATA") == [
        hello(),
        "250 2.1.0 <a@aa.test>... Sender ok",
        "250 2.1.5 <root>... Recipient ok",
        "354 End data with <CR><LF>.<CR><LF>",
    ]
    assert str(mx.message(b"hi\r\n")) == "250 2.0.0 Message accepted for delivery"
    assert said(mx, "QUIT") == ["221 2.0.0 snd.test closing connection"]
    assert mx.closed


# the dialogue of ground-truth 12 (sendmail 8.17.1.9), as far as it does not ask for local users and aliases
def test_out_of_turn_and_odd_commands() -> None:
    assert said(
        server(),
        "HELO",
        "HELO a b",
        "MAIL FROM:<a@aa.test>",
        "MAIL FROM:<a@aa.test>",
        "DATA",
        "RSET",
        "RCPT TO:<root>",
        "DATA",
        "HELO cli.test",
        "NOOP",
        "VERB",
        "VRFY",
        "VRFY <u@far.test>",
        "EXPN",
        "ETRN one.test",
        "ETRN #mqueue",
        "ETRN",
        "HELP nonsense",
        "FOO bar",
        "SEND FROM:<x>",
    ) == [
        "501 5.0.0 HELO requires domain address",
        "501 5.0.0 Invalid domain name",
        "250 2.1.0 <a@aa.test>... Sender ok",
        "503 5.5.0 Sender already specified",
        "503 5.0.0 Need RCPT (recipient)",
        "250 2.0.0 Reset state",
        "503 5.0.0 Need MAIL before RCPT",
        "503 5.0.0 Need MAIL command",
        "250 snd.test Hello cli.test [10.99.0.21], pleased to meet you",
        "250 2.0.0 OK",
        "250 2.0.0 Verbose mode",
        "501 5.5.2 Argument required",
        "252 2.1.5 <u@far.test>",
        "501 5.5.2 Argument required",
        "250 2.0.0 Queuing for node one.test started",
        "250 2.0.0 Queuing for queue group mqueue started",
        "500 5.5.2 Parameter required",
        '504 5.3.0 HELP topic "nonsense" unknown',
        '500 5.5.1 Command unrecognized: "FOO bar"',
        '502 5.5.1 Command not implemented: "SEND FROM:<x>"',
    ]


@pytest.mark.parametrize(
    ("flag", "line", "reply"),
    [
        ("needmailhelo", "MAIL FROM:<a@aa.test>", "503 5.0.0 Polite people say HELO first"),
        ("needvrfyhelo", "VRFY root", "503 5.0.0 I demand that you introduce yourself first"),
        ("needexpnhelo", "EXPN root", "503 5.0.0 I demand that you introduce yourself first"),
        ("novrfy", "VRFY root", "252 2.5.2 Cannot VRFY user; try RCPT to attempt delivery (or try finger)"),
        ("noexpn", "EXPN team", "502 5.7.0 Sorry, we do not allow this operation"),
        ("noexpn", "VERB", "502 5.7.0 Verbose unavailable"),
        ("noverb", "VERB", "502 5.7.0 Verbose unavailable"),
        ("noetrn", "ETRN one.test", "502 5.7.0 Sorry, we do not allow this operation"),
        ("noreceipts", "MAIL FROM:<a@aa.test> RET=HDRS", "504 5.7.0 Sorry, RET not supported, we do not allow DSN"),
        ("noreceipts", "MAIL FROM:<a@aa.test> RET=BODY", "504 5.7.0 Sorry, RET not supported, we do not allow DSN"),
        ("noreceipts", "MAIL FROM:<a@aa.test> ENVID=x", "504 5.7.0 Sorry, ENVID not supported, we do not allow DSN"),
        ("goaway", "MAIL FROM:<a@aa.test>", "503 5.0.0 Polite people say HELO first"),
        ("goaway", "VRFY root", "252 2.5.2 Cannot VRFY user; try RCPT to attempt delivery (or try finger)"),
        ("goaway", "EXPN team", "502 5.7.0 Sorry, we do not allow this operation"),
        ("goaway", "VERB", "502 5.7.0 Verbose unavailable"),
        ("goaway", "ETRN one.test", "250 2.0.0 Queuing for node one.test started"),
        ("restrictmailq", "VRFY root", "252 2.1.5 <root>"),
    ],
)
def test_privacy_flags(flag: str, line: str, reply: str) -> None:
    assert said(server(**flags(flag)), line) == [reply]


def test_the_help_wanted_first_helps() -> None:
    mx = server(**flags("needmailhelo", "needvrfyhelo"))
    assert said(mx, "HELO cli.test", "MAIL FROM:<a@aa.test>", "VRFY root")[1:] == [
        "250 2.1.0 <a@aa.test>... Sender ok",
        "252 2.1.5 <root>",
    ]


@pytest.mark.parametrize(
    ("flag", "missing"),
    [
        ("noexpn", ("EXPN", "VERB")),
        ("noverb", ("VERB",)),
        ("noetrn", ("ETRN",)),
        ("noreceipts", ("DSN",)),
        ("goaway", ("EXPN", "VERB")),
        ("public", ()),
    ],
)
def test_what_privacy_takes_from_ehlo(flag: str, missing: tuple[str, ...]) -> None:
    assert said(server(**flags(flag)), "EHLO x") == [hello(*missing)]


def test_rcpt_parameters_of_dsn_are_refused_without_it() -> None:
    mx = server(extensions=frozenset({"SIZE"}))
    assert said(mx, "EHLO x", "MAIL FROM:<a@b>", "RCPT TO:<c@d> NOTIFY=NEVER", "RCPT TO:<c@d> ORCPT=rfc822;x")[2:] == [
        "504 5.7.0 Sorry, NOTIFY not supported, we do not allow DSN",
        "504 5.7.0 Sorry, ORCPT not supported, we do not allow DSN",
    ]


def test_message_size_limit_of_2000() -> None:
    mx = server(max_message_size=2000)
    assert "250-SIZE 2000" in said(mx, "EHLO x")[0].split("\n")
    assert said(mx, "MAIL FROM:<a@b> SIZE=2001", "MAIL FROM:<a@b> SIZE=2000", "RCPT TO:<c@d>", "DATA") == [
        "552 5.2.3 Message size exceeds fixed maximum message size (2000)",
        "250 2.1.0 <a@b>... Sender ok",
        "250 2.1.5 <c@d>... Recipient ok",
        "354 End data with <CR><LF>.<CR><LF>",
    ]
    assert str(mx.message(b"x" * 1999 + b"\r\n\r\n")) == "552 5.2.3 Message exceeds maximum fixed size (2000)"
    assert mx.state is State.READY


def test_a_line_end_counts_once_for_the_size() -> None:
    mx = server(max_message_size=2000)
    said(mx, "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA")
    assert mx.message(b"x" * 1999 + b"\r\n").positive


def test_a_message_that_is_no_bytes_has_its_size_as_an_attribute() -> None:
    class Letter:
        size = 2001

    mx = server(max_message_size=2000)
    said(mx, "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA")
    assert mx.message(Letter()).code == 552


def test_bad_commands_are_borne_25_times() -> None:
    mx = server()
    assert {reply.code for reply in (mx.command(parse("FOO")) for _ in range(25))} == {500}
    assert said(mx, "FOO") == ["421 4.7.0 snd.test Too many bad commands; closing connection"]
    assert mx.closed


def test_commands_refused_in_their_state_do_not_count_as_bad() -> None:
    mx = server(max_bad_commands=1)
    assert not any(mx.command(parse("DATA")).code == 421 for _ in range(10))


def test_helo_ends_the_transaction_but_a_bad_helo_does_not() -> None:
    assert said(server(), "MAIL FROM:<a@b>", "HELO", "RCPT TO:<c@d>", "HELO x", "RCPT TO:<c@d>")[1:] == [
        "501 5.0.0 HELO requires domain address",
        "250 2.1.5 <c@d>... Recipient ok",
        "250 snd.test Hello cli.test [10.99.0.21], pleased to meet you",
        "503 5.0.0 Need MAIL before RCPT",
    ]


def test_what_a_client_says_comes_back_harmless() -> None:
    (reply,) = said(server(), "FOO\r\n250 forged\x1b[31m" + "x" * 5000)
    assert "\n" not in reply and "\x1b" not in reply
    assert len(reply) < 300


class Picky(Receiver):
    """Refuses by name, and remembers what it was asked."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    def greeting(self, host: str) -> str:
        return f"{host} Sendmail 8.18.1\n come in"

    def hello(self, name: str) -> Reply | None:
        return Reply(550, "5.7.1 Go away") if name == "bad.test" else None

    def mail(self, mail: Mail) -> Reply | None:
        self.heard.append(mail)
        return Reply(452, "4.4.5 Insufficient disk space; try again later") if mail.sender == "big@a" else None

    def rcpt(self, rcpt: Rcpt) -> Reply | None:
        self.heard.append(rcpt)
        return Reply(550, f"5.1.1 <{rcpt.recipient}>... User unknown") if rcpt.recipient == "nobody" else None

    def accept(self, content: object) -> Reply | None:
        self.heard.append(content)
        return Reply(250, "2.0.0 ABC123 Message accepted for delivery")

    def reset(self) -> None:
        self.heard.append("reset")

    def vrfy(self, address: str) -> Reply | None:
        return Reply(550, f"5.1.1 {address}... User unknown")

    def expn(self, address: str) -> Reply | None:
        return Reply(250, "<a@snd.test>", "<b@snd.test>", enhanced="2.1.5")

    def etrn(self, node: str) -> Reply | None:
        return Reply(459, f"4.5.4 Queue {node[1:]} unknown")


def test_policy_is_the_receivers() -> None:
    picky = Picky()
    mx = server(picky)
    assert str(mx.greet()) == "220-snd.test ESMTP Sendmail 8.18.1\n220 come in"
    assert said(
        mx,
        "EHLO bad.test",
        "MAIL FROM:<big@a>",
        "MAIL FROM:<x@a>",
        "RCPT TO:<nobody>",
        "DATA",
        "RCPT TO:<y>",
        "VRFY z",
        "EXPN team",
        "ETRN #nogroup",
        "DATA",
    ) == [
        "550 5.7.1 Go away",
        "452 4.4.5 Insufficient disk space; try again later",
        "250 2.1.0 <x@a>... Sender ok",
        "550 5.1.1 <nobody>... User unknown",
        "503 5.0.0 Need RCPT (recipient)",
        "250 2.1.5 <y>... Recipient ok",
        "550 5.1.1 z... User unknown",
        "250-2.1.5 <a@snd.test>\n250 2.1.5 <b@snd.test>",
        "459 4.5.4 Queue nogroup unknown",
        "354 End data with <CR><LF>.<CR><LF>",
    ]
    assert mx.recipients == [Rcpt("y")]
    letter = object()
    assert str(mx.message(letter)) == "250 2.0.0 ABC123 Message accepted for delivery"
    assert picky.heard == [Mail("big@a"), Mail("x@a"), Rcpt("nobody"), Rcpt("y"), letter]


@pytest.mark.parametrize("last", ["RSET", "HELO again", "QUIT", "lose"])
def test_the_receiver_hears_when_a_transaction_is_given_up(last: str) -> None:
    picky = Picky()
    mx = server(picky)
    said(mx, "HELO x", "MAIL FROM:<x@a>")
    if last == "lose":
        mx.lose()
    else:
        said(mx, last)
    assert picky.heard[-2:] == [Mail("x@a"), "reset"]


def test_the_table_has_an_entry_for_each_verb_in_each_state() -> None:
    assert set(TABLE) == set(State)
    assert all(set(rules) == set(VERBS) for rules in TABLE.values())
    assert {command.verb for command in map(parse, EVERY_LINE)} == set(VERBS)


EVERY_LINE = [
    "HELO x",
    "EHLO x",
    "MAIL FROM:<a@b>",
    "RCPT TO:<c@d>",
    "DATA",
    "RSET",
    "NOOP",
    "VRFY x",
    "EXPN x",
    "HELP",
    "ETRN x",
    "VERB",
    "FOO",
    "QUIT",
]
LEADING_TO: dict[State, list[str]] = {
    State.START: [],
    State.READY: ["HELO x"],
    State.MAIL: ["MAIL FROM:<a@b>"],
    State.RCPT: ["MAIL FROM:<a@b>", "RCPT TO:<c@d>"],
    State.DATA: ["MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA"],
    State.CLOSED: ["QUIT"],
}


@pytest.mark.parametrize("line", EVERY_LINE)
@pytest.mark.parametrize("state", State)
def test_each_verb_gets_a_reply_in_each_state(state: State, line: str) -> None:
    mx = server()
    said(mx, *LEADING_TO[state])
    assert mx.state is state
    command: Command = parse(line)
    assert isinstance(mx.command(command), Reply)
    if state in (State.DATA, State.CLOSED):
        assert mx.state is state


def test_a_message_out_of_turn_is_refused() -> None:
    assert server().message(b"x").code == 503
