"""The byte ends: whatever comes in, in whatever pieces, the server answers line by line and never fails."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simlib.smtp import (
    ClientChannel,
    Mail,
    Receiver,
    Reply,
    ReplyReader,
    Server,
    ServerChannel,
    ServerSettings,
    Step,
    timed_out,
)
from simlib.smtp.channel import BARE_CR, BARE_LF
from simlib.smtp.commands import DATA, RSET


class Keeper(Receiver):
    def __init__(self) -> None:
        self.kept: list[object] = []

    def accept(self, content: object) -> Reply | None:
        self.kept.append(content)
        return None


def heard(pieces: Iterable[bytes], **options: int) -> tuple[list[str], list[object], bool]:
    keeper = Keeper()
    channel = ServerChannel(Server(ServerSettings("mx.test", **options), keeper))
    out = channel.open() + b"".join(channel.receive(piece) for piece in pieces)
    return [str(reply) for reply in ReplyReader().feed(out)][1:], keeper.kept, channel.closed


ENVELOPE = b"MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n"
TAKEN = "250 2.0.0 Message accepted for delivery"


def test_commands_in_one_batch_are_answered_in_order() -> None:
    replies, kept, closed = heard([b"NOOP\r\n" + ENVELOPE + b"hi\r\n.\r\nRSET\nQUIT\r\nNOOP\r\n"])
    assert [reply[:3] for reply in replies] == ["250", "250", "250", "354", "250", "250", "221"]
    assert kept == [b"hi\r\n"]
    assert closed


def test_doubled_dots_are_taken_out() -> None:
    assert heard([ENVELOPE + b"..a\r\n.b\r\nc.\r\n..\r\n.\r\n"])[1] == [b".a\r\nb\r\nc.\r\n.\r\n"]


def test_eight_bits_and_nul_come_through() -> None:
    body = bytes(set(range(256)) - {10, 13}) + b"\r\n"
    assert heard([ENVELOPE + body + b".\r\n"])[1] == [body]


@pytest.mark.parametrize(
    ("body", "reply"),
    [
        (b"hi\n.\r\n", "421 4.5.0 Bare linefeed (LF) not allowed"),
        (b"hi\r\n.\nQUIT\r\n.\r\n", "421 4.5.0 Bare linefeed (LF) not allowed"),
        (b"hi\r.\r\n.\r\n", "421 4.5.0 Bare carriage return (CR) not allowed"),
    ],
)
def test_bare_line_ends_in_a_message_end_the_session(body: bytes, reply: str) -> None:
    replies, kept, closed = heard([ENVELOPE + body])
    assert replies[3:] == [reply]
    assert kept == []
    assert closed


def test_a_command_line_may_have_2048_bytes() -> None:
    assert heard([b"NOOP " + b"x" * 2041 + b"\r\n"]) == (["250 2.0.0 OK"], [], False)
    too_long = "421 4.7.0 mx.test Command too long, possible attack localhost"
    assert heard([b"NOOP " + b"x" * 2042 + b"\r\n"]) == ([too_long], [], True)
    assert heard([b"NOOP " + b"x" * 2041 + b"\r", b"\n"]) == (["250 2.0.0 OK"], [], False)
    assert heard([b"x" * 100_000]) == ([too_long], [], True)


def test_lines_of_a_message_may_be_longer() -> None:
    body = b"x" * 100_000 + b"\r\n"
    assert heard([ENVELOPE, body[:3000], body[3000:], b".\r\n"])[1] == [body]


def test_a_message_without_line_ends_costs_as_much_as_it_is_long() -> None:
    """Counted in bytes of the buffer that are handled: each piece once, however long the line is already."""

    class Counted(bytearray):
        handled = 0

        def __iadd__(self, more):
            Counted.handled += len(more)
            return super().__iadd__(more)

        def __add__(self, more):
            Counted.handled += len(self) + len(more)
            return bytes(super().__add__(more))

        def __getitem__(self, part):
            found = super().__getitem__(part)
            Counted.handled += len(found) if isinstance(part, slice) else 1
            return found

    for size in (0, 100_000):
        channel = ServerChannel(Server(ServerSettings("mx.test", max_message_size=size)))
        channel.receive(ENVELOPE)
        channel._rest, Counted.handled = Counted(), 0
        for _ in range(1_000):
            channel.receive(b"x" * 1_000)
        assert Counted.handled <= 3_000_000
        assert type(channel._rest) is Counted


def test_of_a_line_that_is_too_large_no_more_is_kept_than_the_limit() -> None:
    keeper = Keeper()
    channel = ServerChannel(Server(ServerSettings("mx.test", max_message_size=1_000), keeper))
    channel.receive(ENVELOPE + b"x" * 600 + b"\r\n")
    for _ in range(1_000):
        channel.receive(b".x" * 500)
        assert len(channel._rest) <= 1_010
    assert channel.receive(b"\r\n.\r\nNOOP\r\n").startswith(
        b"552 5.2.3 Message exceeds maximum fixed size (1000)\r\n250 "
    )
    for bad, reply in ((b"\r", BARE_CR), (b"", BARE_CR), (b"\n", BARE_LF)):
        channel = ServerChannel(Server(ServerSettings("mx.test", max_message_size=10)))
        channel.receive(ENVELOPE + b"x" * 100)
        sent = b"".join(channel.receive(piece) for piece in (bad, b"x" * 100, b"\rx" if not bad else b"", b"\r\n"))
        assert sent == reply.encode()
        assert channel.closed


def test_a_dot_behind_a_long_line_that_was_not_kept_ends_nothing() -> None:
    pieces = [ENVELOPE, b".", b"x" * 100, b"\r\n", b"."]
    assert len(heard([*pieces, b"\r\n"], max_message_size=10)[0]) == 4
    assert len(heard(pieces, max_message_size=10)[0]) == 3


def test_what_a_server_waits_for_and_what_it_says_when_it_has_waited_too_long() -> None:
    """The words are those of sendmail 8.17 in a session of its own; it leaves silently but in a message."""
    channel = ServerChannel(Server(ServerSettings("snd.test"), client="cli.test [10.99.0.21]"))
    channel.open()
    assert channel.waits_for == "command"
    channel.receive(b"MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nhalf a line")
    assert channel.waits_for == "datablock"
    assert channel.time_out() == b"421 4.4.1 collect: relay=cli.test, from=<a@b>, info=read timeout\r\n"
    assert channel.closed
    idle = ServerChannel(Server(ServerSettings("snd.test")))
    idle.open()
    idle.receive(b"NO")
    assert (idle.time_out(), idle.closed, idle.receive(b"OP\r\n")) == (b"", True, b"")


def test_what_a_client_waits_for() -> None:
    channel = ClientChannel("mx.test")
    assert channel.waits_for == "initial"
    channel.send(Step((Mail("a@b"), RSET, DATA), "rcpt"))
    assert channel.waits_for == "rcpt"
    channel.receive(b"250 ok\r\n250 ok\r\n")
    assert channel.waits_for == "datainit"
    assert [str(reply) for reply in channel.end(timed_out("mx.test"))][
        2
    ] == "421 4.4.1 Connection timed out with mx.test"


def test_endless_replies_do_not_fill_the_memory() -> None:
    channel = ClientChannel("mx.test")
    channel.send(Step((RSET,), "rset"))
    for _ in range(100):
        channel.receive(b"250-more\r\n" * 100)
        channel.receive(b"x" * 10_000)
    assert len(channel._reader._lines) <= 512
    assert len(channel._reader._rest) <= 2_048
    channel.receive(b"\r\n" + b"250 ok\r\n" * 10_000)
    assert len(channel._replies) <= 512


wild = st.binary(max_size=200) | st.sampled_from(
    [ENVELOPE, b"DATA\r\n", b".\r\n", b"\r\n", b"250 ", b"250-", b"999 x\n", b"EHLO "]
)


@given(st.lists(wild, max_size=12), st.sampled_from([0, 1, 60]), st.booleans())
@settings(max_examples=400, deadline=None)
def test_any_bytes_are_answered(pieces: list[bytes], limit: int, ends: bool) -> None:
    server = ServerChannel(Server(ServerSettings("mx.test", max_message_size=limit), client="cli.test [10.99.0.21]"))
    client = ClientChannel("mx.test")
    client.send(Step((RSET, DATA), "rset"))
    assert server.open()
    for piece in pieces:
        assert isinstance(server.receive(piece), bytes)
        client.receive(piece)
        assert client.waits_for in ("rset", "datainit")
    assert isinstance(server.time_out(), bytes)
    assert server.closed
    assert len(client.end()) == 2


def test_a_message_over_the_limit_is_read_to_its_end_and_refused() -> None:
    replies, kept, _ = heard([ENVELOPE + b"x" * 50 + b"\r\n" + b"y" * 60 + b"\r\n.\r\nNOOP\r\n"], max_message_size=100)
    assert replies[3:] == ["552 5.2.3 Message exceeds maximum fixed size (100)", "250 2.0.0 OK"]
    assert kept == []


def test_a_message_at_the_limit_is_taken() -> None:
    assert heard([ENVELOPE + b"x" * 99 + b"\r\n.\r\n"], max_message_size=100)[0][3:] == [TAKEN]


def test_a_message_that_reaches_the_limit_and_goes_on_is_refused() -> None:
    replies, kept, _ = heard([ENVELOPE + b"x" * 99 + b"\r\ny\r\n.\r\n"], max_message_size=100)
    assert replies[3:] == ["552 5.2.3 Message exceeds maximum fixed size (100)"]
    assert kept == []


def test_a_refused_data_leaves_the_lines_to_be_commands() -> None:
    assert [reply[:3] for reply in heard([b"DATA\r\nSubject: x\r\n.\r\n"])[0]] == ["503", "500", "500"]


command_lines = st.sampled_from(
    [
        *(b"EHLO a", b"HELO", b"MAIL FROM:<a@b>", b"RCPT TO:<c@d>", b"DATA", b"RSET", b"QUIT", b"VRFY x", b"ETRN #x"),
        *(b".", b"..", b"", b"\x00", b"NOOP\r", b"mail from:<\xe3\x81\x82>", b"MAIL FROM:<a@b> SIZE=9999", b"x" * 3000),
    ]
)
scripts = st.lists(command_lines | st.binary(max_size=40), max_size=25).flatmap(
    lambda lines: st.sampled_from([b"\r\n", b"\r\n", b"\n"]).map(lambda end: b"".join(line + end for line in lines))
)


@given(scripts, st.data())
@settings(max_examples=300, deadline=None)
def test_pieces_of_any_size_give_the_same_answers(script: bytes, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(script)), max_size=8)))
    pieces = [script[start:end] for start, end in zip([0, *cuts], [*cuts, len(script)], strict=True)]
    assert heard(pieces, max_message_size=60) == heard([script], max_message_size=60)


@given(scripts)
@settings(max_examples=300, deadline=None)
def test_each_command_line_gets_one_reply_until_the_session_is_closed(script: bytes) -> None:
    channel = ServerChannel(Server(ServerSettings("mx.test")))
    reader = ReplyReader()
    for line in script.split(b"\n")[:-1]:
        was_closed, was_data = channel.closed, channel.server.state.name == "DATA"
        replies = reader.feed(channel.receive(line + b"\n"))
        if was_closed:
            assert replies == []
        elif was_data:
            assert len(replies) == (line == b".\r" or channel.closed)
        else:
            assert len(replies) == 1


@given(st.lists(st.binary(max_size=50).filter(lambda line: b"\r" not in line and b"\n" not in line), max_size=8))
def test_a_message_arrives_as_it_was_sent(lines: list[bytes]) -> None:
    message = b"".join(line + b"\r\n" for line in lines)
    sent = ClientChannel("mx.test").send(Step((), "datafinal", content=True), message)
    assert heard([ENVELOPE + sent])[1] == [message]


def test_a_client_writes_line_ends_and_the_last_one_that_lacks() -> None:
    step = Step((), "datafinal", content=True)
    assert ClientChannel("mx").send(step, b".a\nb") == b"..a\r\nb\r\n.\r\n"
    assert ClientChannel("mx").send(Step((), "datafinal", content=True, empty=True), b"x") == b".\r\n"


def test_a_client_waits_for_all_replies_of_a_step() -> None:
    channel = ClientChannel("mx.test")
    assert channel.send(Step((RSET, DATA), "rset")) == b"RSET\r\nDATA\r\n"
    assert channel.receive(b"250 2.0.0 Reset state\r\n") is None
    assert channel.receive(b"354 go\r\n") == (Reply(250, "2.0.0 Reset state"), Reply(354, "go"))


def test_a_reply_too_many_is_taken_for_the_next_steps() -> None:
    channel = ClientChannel("mx.test")
    channel.send(Step((), "initial"))
    assert channel.receive(b"220 mx.test\r\n220 ESMTP spoken here\r\n") == (Reply(220, "mx.test"),)
    channel.send(Step((RSET,), "misc"))
    assert channel.receive(b"") == (Reply(220, "ESMTP spoken here"),)


def test_replies_that_never_came_are_lost() -> None:
    channel = ClientChannel("mx.test")
    channel.send(Step((RSET, DATA), "rset"))
    channel.receive(b"250 ok\r\n")
    assert [str(reply) for reply in channel.end()] == ["250 ok", "421 4.4.2 Connection reset by mx.test"]


def test_an_address_cannot_smuggle_a_command() -> None:
    sent = ClientChannel("mx.test").send(Step((Mail("a>\r\nQUIT\r\n"),), "mail"))
    assert sent.count(b"\r\n") == 1
