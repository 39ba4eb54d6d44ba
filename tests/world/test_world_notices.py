"""Who is told what about mail, and what Python's ``email`` reads in it (RFC 3461 to 3464)."""

import email
from email.message import Message

import pytest

from simlib import Trace, World
from simlib.smtp import Quirks, Reply

NO_USER = Quirks(replies={"RCPT": Reply(550, "5.1.1 no such user")})
NO_DSN = Quirks(extensions=frozenset({"SIZE", "PIPELINING", "ENHANCEDSTATUSCODES"}))
LIMITS = "O Timeout.queuewarn=4h\nO Timeout.queuereturn=5d\n"


def sent(quirks: Quirks | None = None, cf: str = "", until: str = "1m", down: bool = False, **letter: object) -> Trace:
    """A letter to a peer, and the notices that came of it."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=cf)
    peer = world.peer("mx.there.example", domain="there.example", quirks=quirks)
    if down:
        world.outage(peer, "0s", "30d")
    sender = letter.pop("sender", "taro@here.example")
    to = letter.pop("to", "hana@there.example")
    mail.submit(sender, to, **letter)  # type: ignore[arg-type]  # for brevity
    mail.queue_run(every="1h")
    return world.run(until=until)


def only_notice(trace: Trace) -> Message:
    (number,) = trace.notices["message"]
    return email.message_from_bytes(trace.content(number))


def status(notice: Message) -> Message:
    """The fields of the one recipient."""
    return notice.get_payload()[1].get_payload()[1]


@pytest.mark.parametrize(
    ("case", "action", "subject", "returned"),
    [
        ({"quirks": NO_USER}, "failed", "Returned mail: see transcript for details", "message/rfc822"),
        ({"down": True, "cf": LIMITS, "until": "5h"}, "delayed", "Warning: could not send message for past 4 hours",
         "message/rfc822"),
        ({"quirks": NO_DSN, "notify": ["success"]}, "relayed (to non-DSN-aware mailer)", "Return receipt",
         "text/rfc822-headers"),
        ({"to": "hana@here.example", "notify": ["success"]}, "delivered (to mailbox)", "Return receipt",
         "text/rfc822-headers"),
    ],
    ids=["failed", "delayed", "relayed", "success"],
)  # fmt: skip
def test_a_dsn_parses_into_the_parts_of_rfc_3464(
    case: "dict[str, object]", action: str, subject: str, returned: str
) -> None:
    notice = only_notice(sent(**case, envid="env-1", orcpt="rfc822;h@old.example"))  # type: ignore[arg-type]
    assert notice.get_content_type() == "multipart/report"
    assert [part.get_content_type() for part in notice.get_payload()] == [
        "text/plain",
        "message/delivery-status",
        returned,
    ]
    assert not any(part.defects for part in notice.walk())
    assert notice["Subject"] == subject
    assert notice["To"] == "<taro@here.example>"
    assert notice["Auto-Submitted"].startswith("auto-generated")
    message, recipient = notice.get_payload()[1].get_payload()
    assert message["Reporting-MTA"] == "dns; mail.here.example"
    assert message["Original-Envelope-Id"] == "env-1"
    assert recipient["Original-Recipient"] == "rfc822;h@old.example"
    assert recipient["Action"] == action


def test_a_return_for_age_says_so() -> None:
    trace = sent(down=True, cf=LIMITS, until="6d")
    assert trace.notices["kind"] == ["warning", "return"]
    notice = email.message_from_bytes(trace.content(trace.notices["message"][1]))
    assert status(notice)["Status"] == "4.4.7"
    assert "Message could not be delivered for 5 days" in notice.get_payload()[0].get_payload()


@pytest.mark.parametrize("wish", [{"headers": {"Precedence": "bulk"}}, {"ret": "hdrs"}, {"size": 9_000_000}])
def test_the_body_is_left_out(wish: "dict[str, object]") -> None:
    quirks = NO_USER if "size" not in wish else None
    m4 = "Mesmtp, P=[IPC], F=mDFMuXa, M=1000, A=TCP $h" if "size" in wish else ""
    notice = only_notice(sent(quirks, cf=m4, **wish))
    assert notice.get_payload()[2].get_content_type() == "text/rfc822-headers"


def test_the_sender_s_wish_for_all_of_it_ends_at_nobodyreturn() -> None:
    notice = only_notice(sent(NO_USER, "O PrivacyOptions=nobodyreturn", ret="full"))
    assert notice.get_payload()[2].get_content_type() == "text/rfc822-headers"


def test_success_is_told_by_the_last_host_that_can() -> None:
    assert len(sent(notify=["success"]).notices) == 0, "the peer knows DSN: it will tell"
    assert len(sent(NO_DSN, "O PrivacyOptions=noreceipts", notify=["success"]).notices) == 0
    assert len(sent(NO_DSN, notify=["failure"]).notices) == 0
    assert len(sent(NO_DSN, sender="", notify=["success"]).notices) == 0


def test_what_fails_and_what_is_put_off_stands_in_one_notice() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=f"O DeliveryMode=queueonly\n{LIMITS}")
    world.peer("mx.one.example", domain="one.example", quirks=NO_USER)
    world.outage(world.peer("mx.two.example", domain="two.example"), "0s", "1d")
    mail.submit("taro@here.example", "u@one.example", "w@two.example")
    mail.queue_run(at="5h")
    notice = only_notice(world.run(until="6h"))
    assert [one["Action"] for one in notice.get_payload()[1].get_payload()[1:]] == ["failed", "delayed"]
    assert notice["Subject"].startswith("Warning")


def test_a_double_bounce_holds_the_notice_and_that_holds_the_letter() -> None:
    trace = sent(NO_USER, sender="nobody@there.example")
    assert trace.notices["kind"] == ["return", "double bounce"]
    outer = email.message_from_bytes(trace.content(trace.notices["message"][1]))
    (inner,) = outer.get_payload()[2].get_payload()
    (letter,) = inner.get_payload()[2].get_payload()
    assert outer["Subject"] == "Postmaster notify: see transcript for details"
    assert inner["Subject"] == "Returned mail: see transcript for details"
    assert letter["Return-Path"] == "<nobody@there.example>"


def test_a_double_bounce_that_fails_is_the_end() -> None:
    trace = sent(NO_USER, "O DoubleBounceAddress=nobody@there.example", sender="nobody@there.example")
    assert trace.notices["kind"] == ["return", "double bounce"]
    last = trace.messages.where(message=trace.notices["message"][1])
    assert last["state"] == ["lost"]
    assert len(trace.messages) == 3


def test_a_copy_for_the_postmaster_has_the_subject_and_no_body() -> None:
    trace = sent(NO_USER, "O PostmasterCopy=postmaster", message=b"Subject: our secret\n\nsecret words\n")
    copy = email.message_from_bytes(trace.content(trace.notices["message"][1]))
    assert trace.notices["to"][1] == "postmaster"
    assert "our secret" in copy.get_payload()[2].get_payload()
    assert b"secret words" not in copy.as_bytes()
    assert "with id" in copy.get_payload()[0].get_payload()


def test_a_notice_takes_its_real_size_over_the_line() -> None:
    world = World(seed=1)
    world.sendmail("mail.here.example")
    world.peer("mx.there.example", domain="there.example", quirks=NO_USER)
    world.sendmail("mx.home.example", domain="home.example")
    world.systems[0].submit("taro@home.example", "hana@there.example", size=20_000)
    trace = world.run(until="1m")
    (notice,) = trace.notices["message"]
    arrived = trace.content(notice)
    own = arrived[arrived.index(b"To: <taro") :]
    assert trace.deliveries.where(message=notice)["size"] == [len(own)]


def test_nothing_is_delivered_that_came_back_for_its_hops() -> None:
    trace = sent(message=b"Received: from a by b\n" * 26 + b"\nround and round\n")
    assert trace.totals()["bounced"] == 1
    assert trace.deliveries["mailbox"] == ["taro"]


def test_of_an_alias_both_addresses_are_told() -> None:
    """As the real one: Final-Recipient is what the sender wrote, and people read where it led (8.17.1.9)."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.peer("mx.there.example", domain="there.example", quirks=NO_USER)
    mail.aliases = "old: hana@there.example\nlocal: hana\n"
    mail.submit("taro@here.example", "old@here.example")
    mail.submit("taro@here.example", "local@here.example", notify=["success"], at="30s")
    trace = world.run(until="1m")
    failed, received = (email.message_from_bytes(trace.content(number)) for number in trace.notices["message"])
    assert status(failed)["Final-Recipient"] == "RFC822; old@here.example"
    assert status(failed)["X-Actual-Recipient"] == "rfc822; hana@there.example"
    text = failed.get_payload()[0].get_payload()
    assert (
        "\nhana@there.example\n    (reason: 550 5.1.1 no such user)\n    (expanded from: <old@here.example>)\n" in text
    )
    assert "\n550 5.1.1 hana@there.example... User unknown\n" in text
    assert status(received)["Final-Recipient"] == "RFC822; local@here.example"
    assert "hana  (successfully delivered to mailbox)" in received.get_payload()[0].get_payload()
