"""Python's smtplib talks to our server over a real socket."""

import smtplib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from simlib.smtp import Mail, Rcpt, Receiver, Reply, ServerSettings


class Keeper(Receiver):
    def __init__(self) -> None:
        self.envelopes: list[tuple[Mail, list[Rcpt]]] = []
        self.messages: list[object] = []

    def mail(self, mail: Mail) -> None:
        self.envelopes.append((mail, []))

    def rcpt(self, rcpt: Rcpt) -> Reply | None:
        if rcpt.recipient.startswith("nobody"):
            return Reply(550, f"5.1.1 <{rcpt.recipient}>... User unknown")
        self.envelopes[-1][1].append(rcpt)
        return None

    def accept(self, content: object) -> None:
        self.messages.append(content)

    def vrfy(self, address: str) -> Reply | None:
        return Reply(250, f"2.1.5 {address} <{address}@mx.test>")


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


@pytest.fixture
def smtp(listening: Callable[..., Any], keeper: Keeper) -> Iterator[smtplib.SMTP]:
    listener = listening(ServerSettings("mx.test", max_message_size=10_000), keeper)
    with smtplib.SMTP("127.0.0.1", listener.port, local_hostname="cli.test", timeout=10) as connection:
        yield connection


def test_a_message_with_dots_and_eight_bits(smtp: smtplib.SMTP, keeper: Keeper) -> None:
    text = "Subject: x\r\n\r\n.\r\n..b\r\nこんにちは\r\n".encode()
    assert smtp.sendmail("a@cli.test", ["b@mx.test"], text, mail_options=["BODY=8BITMIME"]) == {}
    assert keeper.messages == [text]
    assert keeper.envelopes == [(Mail("a@cli.test", len(text), "8BITMIME"), [Rcpt("b@mx.test")])]


def test_the_features_are_seen(smtp: smtplib.SMTP) -> None:
    code, text = smtp.ehlo()
    assert code == 250
    assert text.startswith(b"mx.test Hello [127.0.0.1], pleased to meet you")
    assert smtp.esmtp_features["size"] == "10000"
    assert {"pipelining", "8bitmime", "dsn", "etrn", "enhancedstatuscodes", "expn", "help"} <= set(smtp.esmtp_features)


def test_vrfy_noop_help_rset(smtp: smtplib.SMTP) -> None:
    assert smtp.verify("root") == (250, b"2.1.5 root <root@mx.test>")
    assert smtp.noop() == (250, b"2.0.0 OK")
    assert smtp.rset() == (250, b"2.0.0 Reset state")
    assert b"MAIL" in smtp.help()


def test_too_large_a_message_is_refused_by_its_size(smtp: smtplib.SMTP, keeper: Keeper) -> None:
    with pytest.raises(smtplib.SMTPSenderRefused) as refusal:
        smtp.sendmail("a@cli.test", ["b@mx.test"], "x" * 10_001)
    assert refusal.value.smtp_code == 552
    assert keeper.messages == []


def test_too_large_a_message_is_refused_after_the_dot(smtp: smtplib.SMTP, keeper: Keeper) -> None:
    smtp.helo()
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        smtp.sendmail("a@cli.test", ["b@mx.test"], "x" * 10_001)
    assert refusal.value.smtp_error == b"5.2.3 Message exceeds maximum fixed size (10000)"
    assert keeper.messages == []


def test_three_hundred_recipients_some_refused(smtp: smtplib.SMTP, keeper: Keeper) -> None:
    recipients = [f"{'nobody' if n % 3 == 0 else 'user'}{n}@mx.test" for n in range(300)]
    refused = smtp.sendmail("a@cli.test", recipients, "hello")
    assert sorted(refused) == sorted(r for r in recipients if r.startswith("nobody"))
    assert set(refused.values()) == {(550, reply) for _, reply in refused.values()}
    assert len(keeper.envelopes[0][1]) == 200


def test_dsn_options_arrive(smtp: smtplib.SMTP, keeper: Keeper) -> None:
    smtp.sendmail(
        "a@cli.test",
        ["b@mx.test"],
        "hello",
        mail_options=["RET=HDRS", "ENVID=Q1+3D"],
        rcpt_options=["NOTIFY=SUCCESS,DELAY", "ORCPT=rfc822;orig@cli.test"],
    )
    mail, rcpts = keeper.envelopes[0]
    assert (mail.ret, mail.envid) == ("HDRS", "Q1+3D")
    assert rcpts == [Rcpt("b@mx.test", ("SUCCESS", "DELAY"), "rfc822;orig@cli.test")]


def test_several_messages_on_one_connection(smtp: smtplib.SMTP, keeper: Keeper) -> None:
    for n in range(5):
        smtp.sendmail("a@cli.test", ["b@mx.test"], f"message {n}\r\n")
    assert keeper.messages == [f"message {n}\r\n".encode() for n in range(5)]
