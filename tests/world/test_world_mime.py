"""8-bit mail through hosts that differ: what arrives, what is refused, and that nothing is lost."""

import email

import pytest

from simlib import Trace, World
from simlib.errors import WorkbookError
from simlib.smtp import Quirks

CAFE = b"Subject: x\n\ncaf\xe9\n"
LABELLED = b"Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\n\ncaf\xe9\n"
SEVEN = Quirks(extensions=frozenset({"SIZE", "DSN"}))


def sent(message: bytes, cf: str = "", quirks: Quirks | None = SEVEN, **more: str) -> Trace:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=cf)
    world.peer("mx.there.example", domain="there.example", quirks=quirks)
    mail.submit("taro@here.example", "hana@there.example", message=message, **more)  # type: ignore[arg-type]
    return world.run(until="1m")


def arrived(trace: Trace) -> bytes:
    return trace.content(1).partition(b"\n\n")[2]


@pytest.mark.parametrize(
    ("mode", "message", "body"),
    [
        ("pass8", CAFE, b"caf\xe9\n"),
        ("pass8", LABELLED, b"Y2Fm6Q0K\n"),
        ("mimefy", CAFE, b"Y2Fm6Q0K\n"),
        ("strict", LABELLED, b"Y2Fm6Q0K\n"),
    ],
)
def test_what_a_peer_of_7_bits_gets(mode: str, message: bytes, body: bytes) -> None:
    assert arrived(sent(message, f"O EightBitMode={mode}")) == body


def test_a_peer_with_8bitmime_gets_the_bytes_and_is_told() -> None:
    trace = sent(LABELLED, quirks=None, body="8bitmime")
    assert arrived(trace) == b"caf\xe9\n"
    assert "BODY=8BITMIME" in trace.dialogue(1)


def test_strict_returns_what_has_no_label() -> None:
    trace = sent(CAFE, "O EightBitMode=strict")
    assert trace.totals()["bounced"] == 1
    assert b"554 5.6.1 Eight bit data not allowed" in trace.content(trace.notices["message"][0])


def test_strict_refuses_it_from_others_at_the_dot() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.sendmail("mx.there.example", domain="there.example", cf="O EightBitMode=strict")
    mail.submit("taro@here.example", "hana@there.example", message=CAFE)
    trace = world.run(until="1m")
    assert trace.totals()["bounced"] == 1
    assert "554 5.6.1 Eight bit data not allowed" in trace.dialogue(1)


def test_seven_bit_input_spoils_what_comes_without_body_8bitmime() -> None:
    assert arrived(sent(CAFE, "O SevenBitInput=True")) == b"cafi\n"
    assert arrived(sent(LABELLED, "O SevenBitInput=True", None, body="8bitmime")) == b"caf\xe9\n"


def test_the_local_mailer_decodes_again() -> None:
    """F=9 stands on the stock local mailer."""
    world = World(seed=1)
    world.peer("mx.there.example", domain="there.example")
    mail = world.sendmail("mail.here.example", domain="here.example")
    mail.submit("taro@here.example", "hana@here.example", message=LABELLED.replace(b"\n\ncaf\xe9",
                b"\nContent-Transfer-Encoding: base64\n\nY2Fm6Q0K"))  # fmt: skip
    assert arrived(world.run(until="1m")) == b"caf\xe9\n\n"


def test_absurd_headers_come_back_and_a_host_refuses_them() -> None:
    huge = b"X-Huge: " + b"s" * 40_000 + b"\n\nbody\n"
    trace = sent(huge)
    assert trace.totals()["bounced"] == 1
    assert b"552 5.6.0 Headers too large (32768 max)" in trace.content(trace.notices["message"][0])
    assert sent(huge, "O MaxHeadersLength=0").totals()["delivered"] == 1


@pytest.mark.parametrize(
    "message",
    [
        b"\x00\xff\x80 no header\n",
        b": : :\n\n",
        b"Content-Type: multipart/mixed; boundary=\nMIME-Version: 1.0\n\n--\xe9\n",
        b"Content-Type: multipart/mixed; boundary=B\nMIME-Version: 1.0\n\n--B\n--B\n--B--\n--B\n\xe9\n",
        b"Content-Type: message/rfc822\nMIME-Version: 1.0\n\n\xe9\n",
        b"MIME-Version: 1.0\nContent-Transfer-Encoding: base64\nContent-Type: text/plain\n\n!!!!\n",
        b"X\n" * 3,
        b"\n",
        b"MIME-Version: 1.0\nContent-Type: text/plain\n\n" + b"\xe9" * 100_000 + b"\n",
        b"Subject: x\n\n" + b"y" * 10_000_000 + b"\n",
    ],
    ids=lambda message: repr(message[:24]),
)
@pytest.mark.parametrize("cf", ["", "O EightBitMode=mimefy"])
def test_malformed_mail_arrives_all_the_same(message: bytes, cf: str) -> None:
    trace = sent(message, cf)
    assert trace.totals()["delivered"] == 1
    email.message_from_bytes(trace.content(1)).as_bytes()


def test_8_bit_addresses_go_as_they_are() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.peer("mx.there.example", domain="there.example")
    mail.submit("café@here.example", "müller@there.example")
    trace = world.run(until="1m")
    assert trace.deliveries["mailbox"] == ["müller"]
    assert "From: café@here.example".encode() in trace.content(1)
    with pytest.raises(WorkbookError, match="501 8-bit character in mailbox address"):
        mail.submit("taro@here.example", "花子@there.example")  # has bytes that sendmail keeps for itself


def test_a_notice_about_8_bit_mail_says_so_and_brings_it_back() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    mail.submit("taro@here.example", "hana@nowhere.invalid", message=CAFE)
    trace = world.run(until="1m")
    notice = trace.content(trace.notices["message"][0])
    assert notice.count(b"Content-Transfer-Encoding: 8bit\n") == 2
    assert CAFE in notice


def test_the_trace_knows_a_letter_as_each_gate_left_it() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf="O SevenBitInput=True")
    world.peer("mx.there.example", domain="there.example")
    mail.submit("taro@mail.here.example", "hana@there.example", message="Subject: x\n\né\n".encode("latin-1"))
    mail.submit("taro@mail.here.example", "hana@there.example", size=500)
    trace = world.run(until="1m")
    forms = trace.forms(1)
    assert list(zip(forms["gate"], forms["content"], strict=True)) == [
        ("as written", b"Subject: x\n\n\xe9\n"),
        ("SevenBitInput", b"Subject: x\n\ni\n"),
    ]
    assert trace.content(1).endswith(b"\n\ni\n")
    assert len(trace.forms(2)) == 0, "of filler nothing is known"
