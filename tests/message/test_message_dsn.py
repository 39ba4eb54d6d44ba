"""Notices as bytes: what a standard parser finds in them."""

import email

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simlib.message.copy import Copy
from simlib.message.dsn import DELAYED, DELIVERED, FAILED, RELAYED, Report, Told, from_xtext
from simlib.message.envelope import Message
from simlib.message.header import read
from simlib.message.received import Received, Way
from simlib.trace.clock import Clock

CLOCK = Clock.starting("1998-07-01T09:00+09:00")
HOP = Received(Way("localhost", "root@localhost", "mail.here.example", "8.18", "ESMTP"), "c61900oX000202", "", 0.0)
UNKNOWN = Told("u@there.example", FAILED, "5.1.1", "mx.there.example", "550 5.1.1 no such user")
LETTER = b"Subject: hi\nX-Kanji: \x93\xfa\x96{\n\n\xe6\x97\xa5\xe6\x9c\xac\n--not the boundary\n\n.\n"


def original(content: bytes) -> Copy:
    fields, body = read(content)
    return Copy(Message(1, len(content), fields, body, "taro@here.example"), HOP, "taro@here.example")


def report(content: bytes = LETTER, told: tuple[Told, ...] = (UNKNOWN,), **more: object) -> Report:
    settings = {"transcript": ("550 5.1.1 <u@there.example>... User unknown",), "with_body": True} | more
    return Report(
        "mail.here.example",
        "c61A00oX000203",
        60.0,
        told,
        original=original(content),
        arrived=0.0,
        client="root@localhost",
        **settings,  # type: ignore[arg-type]  # fields of the report
    )


def parsed(one: Report) -> "email.message.Message[str, str]":
    headers = one.headers(["<taro@here.example>"], "Returned mail: see transcript for details", "failure", 899251260)
    written = "".join(f"{name}:{value}\n" for name, value in headers).encode() + b"\n" + one.body(headers, CLOCK)
    assert one.size(headers, CLOCK) == len(written), "its size is known before it is written"
    return email.message_from_bytes(written)


@pytest.mark.parametrize("with_body", [True, False])
def test_three_parts_one_for_people_one_for_machines_and_what_was_sent(with_body: bool) -> None:
    notice = parsed(report(with_body=with_body))
    assert notice.get_content_type() == "multipart/report"
    assert notice.get_param("report-type") == "delivery-status"
    people, machines, sent = notice.get_payload()
    assert "The following addresses had permanent fatal errors" in people.get_payload()
    assert machines.get_content_type() == "message/delivery-status"
    assert sent.get_content_type() == ("message/rfc822" if with_body else "text/rfc822-headers")
    assert not any(part.defects for part in notice.walk())


@pytest.mark.parametrize("action", [FAILED, DELAYED, RELAYED, DELIVERED])
def test_the_fields_that_rfc_3464_asks_for(action: str) -> None:
    told = Told("u@there.example", action, "2.0.0", retried=True)
    message, recipient = (
        parsed(report(told=(told,), envid="e+2B1", retry_until=432_000.0)).get_payload()[1].get_payload()
    )
    assert message["Reporting-MTA"] == "dns; mail.here.example"
    assert message["Original-Envelope-Id"] == "e+1"
    assert recipient["Final-Recipient"] == "RFC822; u@there.example"
    assert recipient["Action"].split()[0] in ("failed", "delayed", "delivered", "relayed", "expanded")
    assert recipient["Status"] == "2.0.0"
    assert (recipient["Will-Retry-Until"] == "Mon, 6 Jul 1998 09:00:00 +0900") == (action == DELAYED)


def test_what_is_sent_back_is_what_was_sent() -> None:
    one = report()
    headers = one.headers([], "x", "failure", 0)
    assert LETTER in one.body(headers, CLOCK)


def test_plain_text_where_mime_is_off() -> None:
    notice = parsed(report(mime=False))
    assert notice.get_content_type() == "text/plain"
    assert notice["MIME-Version"] is None
    assert "----- Original message follows -----" in notice.get_payload()
    assert "----- Message body suppressed -----" in parsed(report(mime=False, with_body=False)).get_payload()


def test_only_a_warning_says_that_nothing_need_be_sent_again() -> None:
    delayed = Told("w@two.example", DELAYED, "4.4.1", "mx.two.example")
    assert "THIS IS A WARNING MESSAGE ONLY" in report(told=(delayed,)).text(CLOCK)
    assert "WARNING" not in report(told=(UNKNOWN, delayed)).text(CLOCK)


texts = st.text(st.characters(codec="utf-8", exclude_characters="\r\n", categories=("L", "N", "P", "Zs")), max_size=60)

xtext = st.binary(max_size=20).map(lambda raw: "rfc822;" + "".join(f"+{byte:02X}" for byte in raw))


@given(
    content=st.binary(max_size=300).map(lambda raw: raw.replace(b"\r", b"")),
    told=st.lists(st.builds(Told, texts, st.sampled_from([FAILED, DELAYED, RELAYED, DELIVERED]), orcpt=xtext)),
    transcript=st.lists(texts),
    with_body=st.booleans(),
    mime=st.booleans(),
)
def test_the_size_is_known_before(
    content: bytes, told: list[Told], transcript: list[str], with_body: bool, mime: bool
) -> None:
    parsed(report(content, tuple(told), transcript=tuple(transcript), with_body=with_body, mime=mime))


def test_xtext_is_of_bytes() -> None:
    assert from_xtext("rfc822;+E3+81+82@one.test") == "rfc822;あ@one.test"
    assert from_xtext("+FF").encode("utf-8", "surrogateescape") == b"\xff"


def test_xtext() -> None:
    assert from_xtext("a+2Bb+3Dc") == "a+b=c"
