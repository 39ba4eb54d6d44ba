"""Odd servers do what their data says, and are otherwise like the others."""

from typing import Any

import pytest

from simlib.smtp import (
    Mail,
    OddServer,
    Quirks,
    Rcpt,
    Receiver,
    Reply,
    ServerChannel,
    ServerSettings,
    lost,
    parse,
    timed_out,
)
from simlib.smtp.commands import DATA, RSET
from simlib.smtp.quirks import QuirksError


def odd(quirks: Quirks, receiver: Receiver | None = None) -> OddServer:
    return OddServer(quirks, ServerSettings("mx.test"), receiver)


def codes(server: OddServer, *lines: str) -> list[int]:
    return [server.command(parse(line)).code for line in lines]


def test_without_quirks_it_is_an_ordinary_server() -> None:
    server = odd(Quirks())
    assert str(server.greet()) == "220 mx.test ESMTP Sendmail"
    assert codes(server, "EHLO x", "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA") == [250, 250, 250, 354]
    assert server.message(b"").code == 250
    assert not server.silent


def test_one_reply_is_for_every_time() -> None:
    assert codes(odd(Quirks(replies={"NOOP": Reply(451, "x")})), "NOOP", "NOOP", "NOOP") == [451, 451, 451]


def test_a_list_gives_each_time_its_reply_and_the_last_holds_on() -> None:
    server = odd(Quirks(replies={"NOOP": [Reply(451, "x"), None, Reply(550, "y")]}))
    assert codes(server, "NOOP", "NOOP", "NOOP", "NOOP") == [451, 250, 550, 550]


def test_one_recipient_a_message() -> None:
    server = odd(Quirks(replies={"RCPT": [None, Reply(452, "one at a time")]}))
    for _ in range(2):
        assert codes(server, "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "RCPT TO:<e@f>") == [250, 250, 452]
        assert server.recipients == [Rcpt("c@d")]
        assert codes(server, "DATA") == [354]
        assert server.message(b"").positive


def test_a_refusal_leaves_the_state_and_an_acceptance_does_what_is_accepted() -> None:
    server = odd(Quirks(replies={"MAIL": [Reply(451, "x"), Reply(250, "welcome")]}))
    assert codes(server, "MAIL FROM:<a@b>", "RCPT TO:<c@d>") == [451, 503]
    assert str(server.command(Mail("a@b"))) == "250 welcome"
    assert codes(server, "RCPT TO:<c@d>") == [250]


def test_a_refused_message_is_no_message() -> None:
    class Keeper(Receiver):
        taken = given_up = 0

        def accept(self, content: object) -> None:
            self.taken += 1

        def reset(self) -> None:
            self.given_up += 1

    keeper = Keeper()
    server = odd(Quirks(replies={".": [Reply(451, "x"), None]}), keeper)
    for _ in range(2):
        codes(server, "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA")
        server.message(b"")
    assert (keeper.taken, keeper.given_up) == (1, 1)


def test_silence_at_the_dot_comes_after_the_message_was_taken() -> None:
    class Keeper(Receiver):
        taken = 0

        def accept(self, content: object) -> None:
            self.taken += 1

    keeper = Keeper()
    server = odd(Quirks(silent_at="."), keeper)
    codes(server, "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA")
    assert server.message(b"") == timed_out("mx.test")
    assert server.silent and not server.closed
    assert keeper.taken == 1
    assert server.command(RSET) == timed_out("mx.test")


def test_hanging_up() -> None:
    at_once = odd(Quirks(close_after="connect"))
    assert at_once.greet() == lost("mx.test")
    assert at_once.closed and at_once.silent
    after = odd(Quirks(close_after="MAIL"))
    assert codes(after, "MAIL FROM:<a@b>") == [250]
    assert after.closed and not after.silent
    assert after.command(DATA) == lost("mx.test")
    assert after.silent


def test_421_is_the_last_word() -> None:
    server = odd(Quirks(replies={"RSET": Reply(421, "4.3.2 x")}))
    assert codes(server, "RSET") == [421]
    assert server.closed and not server.silent


def test_delays_are_those_of_the_last_reply() -> None:
    server = odd(Quirks(delays={"greeting": 5.0, ".": 2.0}))
    server.greet()
    assert server.delay == 5.0
    codes(server, "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA")
    assert server.delay == 0.0
    server.message(b"")
    assert server.delay == 2.0


def test_its_extensions_and_its_greeting() -> None:
    server = odd(Quirks(extensions=frozenset({"SIZE"}), greeting=Reply(220, "mx.test", "ESMTP spoken here")))
    assert str(server.greet()) == "220-mx.test\n220 ESMTP spoken here"
    assert server.command(parse("EHLO x")).lines[1:] == ("SIZE",)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"silent_at": "ROPT"}, "'ROPT' is no place"),
        ({"close_after": "data"}, "'data' is no place"),
        ({"replies": {"dot": Reply(451, "x")}}, "there are: HELO"),
        ({"delays": {"DATA": -1.0}}, "at least 0"),
        ({"delays": {"DATA": float("nan")}}, "finite"),
    ],
)
def test_quirks_that_make_no_sense_are_refused(bad: dict[str, Any], words: str) -> None:
    with pytest.raises(QuirksError, match=words):
        Quirks(**bad)


def test_an_old_server_knows_no_ehlo() -> None:
    server = odd(Quirks(hello_only=True))
    assert "ESMTP" not in server.greet().text
    assert codes(server, "EHLO x", "HELO x") == [500, 250]


def test_silence_and_hanging_up_on_the_wire() -> None:
    assert ServerChannel(odd(Quirks(silent_at="greeting"))).open() == b""
    closing = ServerChannel(odd(Quirks(close_after="NOOP")))
    assert closing.receive(b"NOOP\r\nNOOP\r\n") == b"250 2.0.0 OK\r\n"
    assert closing.closed


def test_after_so_many_messages_it_falls_silent() -> None:
    server = odd(Quirks(hangs_after=2))
    for _ in range(2):
        assert codes(server, "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA") == [250, 250, 354]
        assert server.message(b"").positive
        assert not server.silent
    assert codes(server, "RSET") == [250]
    assert str(server.command(parse("MAIL FROM:<a@b>"))) == str(timed_out("mx.test"))
    assert server.silent


def test_comments_in_addresses_are_refused_and_others_are_not() -> None:
    server = odd(Quirks(no_comments=True))
    for text, code in ((b"From: a@b (A)\r\n\r\nx", 554), (b"From: a@b\r\nSubject: (x)\r\n\r\n(y)", 250)):
        assert codes(server, "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA") == [250, 250, 354]
        assert server.message(text).code == code


def test_some_characters_make_no_address() -> None:
    server = odd(Quirks(refused_characters="/%"))
    assert codes(server, "MAIL FROM:<a/b@c>", "MAIL FROM:<a@c>", "RCPT TO:<x%y@z>", "RCPT TO:<y@z>") == [
        553,
        250,
        553,
        250,
    ]
