"""Our client talks to aiosmtpd's server over a real socket."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope

from simlib.message.status import Exit
from simlib.smtp import Mail, Rcpt, Session, client


class Handler:
    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.resets = 0

    async def handle_RCPT(self, _server: SMTP, _session: Any, envelope: Envelope, address: str, options: Any) -> str:
        if address.startswith("nobody"):
            return "550 5.1.1 no such user"
        if address.startswith("later"):
            return "450 4.2.1 mailbox busy"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 ok"

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Envelope) -> str:
        self.taken.append(envelope)
        return "250 2.0.0 taken"

    async def handle_RSET(self, _server: SMTP, _session: Any, _envelope: Envelope) -> str:
        self.resets += 1
        return "250 2.0.0 reset"


class AnyPort(Controller):
    """A controller that takes a free port and says which."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def handler() -> Handler:
    return Handler()


@pytest.fixture
def controller(handler: Handler) -> Iterator[AnyPort]:
    controller = AnyPort(handler, "127.0.0.1", 0, data_size_limit=1000, ready_timeout=10, server_hostname="mx.test")
    controller.start()
    yield controller
    if not controller.loop.is_closed():
        controller.stop()


@pytest.fixture
def opened(controller: AnyPort, calling: Callable[[int], Any]) -> tuple[Any, Session]:
    caller, session = calling(controller.port), Session("mx.test", "snd.test", frozenset("a"), cached=True)
    assert caller.play(client.hello(session)) is None
    return caller, session


def test_the_session_opens_with_what_is_offered(opened: tuple[Any, Session]) -> None:
    _, session = opened
    assert session.extensions["SIZE"] == "1000"
    assert "8BITMIME" in session.extensions


def test_three_messages_on_one_connection(opened: tuple[Any, Session], handler: Handler) -> None:
    caller, session = opened
    for n in range(3):
        assert n == 0 or caller.play(client.probe(session))
        mail = Mail("a@snd.test", size=20, body="8BITMIME")
        (result,) = caller.play(client.transaction(session, mail, [Rcpt("u@mx.test")]), f".dot {n}\né\n".encode())
        assert (result.exit, str(result.reply)) == (Exit.OK, "250 2.0.0 taken")
    caller.play(client.quit(session))
    assert [envelope.content for envelope in handler.taken] == [f".dot {n}\r\né\r\n".encode() for n in range(3)]
    assert handler.resets == 2
    assert {"SIZE=20", "BODY=8BITMIME"} == set(handler.taken[0].mail_options)
    assert not session.open


def test_recipients_refused_for_now_and_for_ever(opened: tuple[Any, Session], handler: Handler) -> None:
    caller, session = opened
    recipients = [Rcpt("nobody@mx.test"), Rcpt("u@mx.test"), Rcpt("later@mx.test")]
    results = caller.play(client.transaction(session, Mail("a@snd.test"), recipients), b"hello\r\n")
    assert [result.exit for result in results] == [Exit.NOUSER, Exit.OK, Exit.TEMPFAIL]
    assert [result.next_mx for result in results] == [False, False, True]
    assert handler.taken[0].rcpt_tos == ["u@mx.test"]


def test_nobody_left_and_the_next_message_goes_through(opened: tuple[Any, Session], handler: Handler) -> None:
    caller, session = opened
    (refused,) = caller.play(client.transaction(session, Mail("a@snd.test"), [Rcpt("nobody@mx.test")]), b"one\r\n")
    assert refused.exit is Exit.NOUSER
    assert caller.play(client.probe(session))
    (sent,) = caller.play(client.transaction(session, Mail("a@snd.test"), [Rcpt("u@mx.test")]), b"two\r\n")
    assert sent.exit is Exit.OK
    assert [envelope.content for envelope in handler.taken] == [b"two\r\n"]


def test_a_message_over_the_peers_size_is_refused_at_mail(opened: tuple[Any, Session], handler: Handler) -> None:
    caller, session = opened
    (result,) = caller.play(client.transaction(session, Mail("a@snd.test", size=1001), [Rcpt("u@mx.test")]), b"x")
    assert (result.exit, result.reply.code) == (Exit.UNAVAILABLE, 552)
    assert handler.taken == []


def test_a_server_that_goes_away_is_lost(opened: tuple[Any, Session], controller: AnyPort) -> None:
    caller, session = opened
    controller.stop()
    (result,) = caller.play(client.transaction(session, Mail("a@snd.test"), [Rcpt("u@mx.test")]), b"x")
    assert (result.exit, result.dsn, result.sticky) == (Exit.TEMPFAIL, "4.4.2", True)
    assert not session.open
