"""8-bit mail made 7-bit and back: the original bytes come out again."""

import email
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simlib.message.envelope import Message
from simlib.message.header import read, value_of, write
from simlib.message.mime import Converter, choice, seven_bits

CONVERTER = Converter("mail.here.example", "QID")
TEXT = "日本語のメール\nこんにちは、太郎さん。\n.\n"
CHARSETS = ("iso-2022-jp", "euc-jp", "shift_jis", "utf-8")


def message(body: bytes, kind: str = "text/plain; charset=x", more: str = "") -> Message:
    content = f"Subject: x\nMIME-Version: 1.0\nContent-Type: {kind}\n{more}\n".encode() + body
    fields, text = read(content)
    return Message(1, len(content), fields, text, eight_bit=not content.isascii())


def seven(one: Message) -> "email.message.Message[str, str]":
    """Made 7-bit, and read by Python's ``email``."""
    converted = CONVERTER.to_seven_bit(one)
    written = write(converted.headers) + b"\n" + converted.text
    assert written.isascii() or value_of(one.headers, "Content-Type") == "multipart/signed; boundary=B"
    assert converted.size == len(written)
    return email.message_from_bytes(written)


def content_of(part: "email.message.Message[str, str]") -> bytes:
    """What a mail reader takes out of a part."""
    decoded = part.get_payload(decode=True)
    assert isinstance(decoded, bytes)
    return decoded.replace(b"\r\n", b"\n")


@pytest.mark.parametrize("charset", CHARSETS)
def test_there_and_back_gives_the_original_bytes(charset: str) -> None:
    body = TEXT.encode(charset)
    there = CONVERTER.to_seven_bit(message(body))
    assert content_of(seven(message(body))) == body
    if not body.isascii():
        assert CONVERTER.to_eight_bit(there).text == body + b"\n", "sendmail ends the text with one line end too many"


@given(st.binary(max_size=3_000))
def test_there_and_back_gives_the_original_bytes_whatever_they_were(raw: bytes) -> None:
    body = raw.replace(b"\r", b"") + b"\n"
    there = CONVERTER.to_seven_bit(message(body))
    assert there.text.isascii()
    assert content_of(seven(message(body))) == body
    back = CONVERTER.to_eight_bit(there)
    assert back.text == (body if body.isascii() else body + b"\n")


@given(st.lists(st.binary(max_size=300).map(lambda raw: raw.replace(b"\r", b"")), min_size=1, max_size=5))
def test_each_part_of_a_multipart_on_its_own(parts: list[bytes]) -> None:
    boundary = b"=_no-line-begins-so"
    written = b"".join(b"--" + boundary + b"\nContent-Type: text/plain; charset=x\n\n" + part + b"\n" for part in parts)
    one = message(written + b"--" + boundary + b"--\n", f'multipart/mixed; boundary="{boundary.decode()}"')
    found = seven(one).get_payload()
    assert [content_of(part) for part in found] == parts
    for part, original in zip(found, parts, strict=True):
        assert (part["Content-Transfer-Encoding"] is None) == original.isascii()


def test_more_than_an_eighth_of_8_bit_bytes_makes_base64() -> None:
    assert choice(b"\xe9" + b"a" * 7) == "quoted-printable"
    assert choice(b"\xe9\xe9" + b"a" * 7) == "base64"
    assert choice(b"abc") is None
    assert choice(b"\xe9" + b"a" * 99, binary=True) == "base64"
    assert choice(b"\xe9" * 4_000 + b"\n" * 200 + b"a" * 90_000) == "base64", "settled by the first 4096"


def test_what_has_no_label_gets_one_that_says_unknown() -> None:
    found = seven(Message(1, 9, (("Subject", " x"),), "日本\n".encode("euc-jp"), eight_bit=True))
    assert found.get_content_charset() == "unknown-8bit"
    assert found["X-MIME-Autoconverted"] == "from 8bit to base64 by mail.here.example id QID"
    assert CONVERTER.labelled(Message(1, 9, (), b"\xe9\n", eight_bit=True)).text == b"\xe9\n"


@pytest.mark.parametrize(
    ("kind", "more", "body"),
    [
        ("multipart/signed; boundary=B", "", b"--B\n\n\xe9\n--B--\n"),
        ("text/plain", "Content-Transfer-Encoding: quoted-printable\n", b"=E9\n"),
        ("text/html", "Content-Transfer-Encoding: base64\n", b"6Q==\n"),
    ],
)
def test_what_is_signed_or_encoded_is_left_alone(kind: str, more: str, body: bytes) -> None:
    one = message(body, kind, more)
    assert CONVERTER.to_seven_bit(one).text == body
    assert kind == "text/plain" or CONVERTER.to_eight_bit(one) is one


KINDS = (
    *("multipart/mixed", "multipart/mixed; boundary=", "multipart/x; boundary=B", "multipart/digest; boundary=B"),
    *("message/rfc822", 'text/plain; charset="', "", ";;;", "a/b/c"),
)


@given(st.binary(max_size=500), st.sampled_from(KINDS))
def test_malformed_mime_is_converted_all_the_same(raw: bytes, kind: str) -> None:
    converted = CONVERTER.to_seven_bit(message(raw.replace(b"\r", b"").replace(b"B", b"--B\n"), kind))
    email.message_from_bytes(write(converted.headers) + b"\n" + converted.text)


def test_python_s_own_multipart_goes_through() -> None:
    letter = EmailMessage()
    letter["Subject"] = "報告"
    letter.set_content(TEXT, cte="8bit")
    letter.add_attachment(bytes(range(256)), maintype="image", subtype="gif", filename="図.gif")
    content = letter.as_bytes()
    fields, body = read(content)
    converted = CONVERTER.to_seven_bit(Message(1, len(content), fields, body, eight_bit=True))
    found = email.message_from_bytes(write(converted.headers) + b"\n" + converted.text, policy=email.policy.default)
    assert found.get_body().get_content().replace("\r\n", "\n") == TEXT
    assert next(found.iter_attachments()).get_content() == bytes(range(256))


def test_seven_bits() -> None:
    assert seven_bits("café".encode("latin-1")) == b"cafi"
    assert seven_bits("日本".encode("iso-2022-jp")) == "日本".encode("iso-2022-jp")
