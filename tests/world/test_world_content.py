"""Messages as real bytes: what arrives, and what is read of it on the way."""

import email
from email.message import EmailMessage

import pytest

from simlib import Trace, World
from simlib.errors import WorkbookError

LETTER = b"""Subject: lunch
Precedence: bulk
From: Taro <taro@here.example>

At noon?
"""


def pair(cf: str = "") -> World:
    world = World(seed=1)
    world.sendmail("mail.here.example", domain="here.example", cf=cf)
    world.sendmail("mx.there.example", domain="there.example")
    return world


def sent(message: "bytes | EmailMessage | None" = None, **more: object) -> Trace:
    world = pair()
    world.systems[0].submit("taro@here.example", "hana@there.example", message=message, **more)  # type: ignore[arg-type]  # for brevity
    return world.run(until="1m")


def test_bytes_arrive_below_what_each_host_added() -> None:
    arrived = sent(LETTER).content(1)
    added, mine = arrived.split(b"Subject: lunch\n")
    assert mine == LETTER.partition(b"\n")[2]
    names = [line.partition(b":")[0] for line in added.splitlines() if line[:1] != b"\t"]
    assert names == [b"Return-Path", b"Received", b"Received", b"Date", b"Message-Id"]


def test_what_python_makes_arrives_as_python_made_it() -> None:
    letter = EmailMessage()
    letter["Subject"] = "昼ごはん"
    letter.set_content("正午に?\n")
    arrived = email.message_from_bytes(sent(letter).content(1), policy=email.policy.default)
    assert arrived["Subject"] == "昼ごはん"
    assert arrived.get_content() == "正午に?\n"


def test_without_bytes_a_letter_is_filled_up_to_its_size() -> None:
    trace = sent(size=5_000, headers={"Subject": "long"})
    arrived = trace.content(1)
    own = arrived[arrived.index(b"Subject: long") :]
    assert len(own) == 5_000
    assert trace.content(1) == arrived


def test_the_header_of_a_letter_that_says_nothing_is_still_a_header() -> None:
    arrived = email.message_from_bytes(sent().content(1))
    assert arrived["From"] == "taro@here.example"
    assert arrived["Return-Path"] == "<taro@here.example>"
    assert arrived["Message-Id"].endswith("@mail.here.example>")
    first, last = arrived.get_all("Received", [])
    assert "by mx.there.example" in first
    assert "from localhost (root@localhost)" in last


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_size_counts_a_line_end_once_and_precedence_is_read_from_the_bytes(ends: bytes) -> None:
    world = pair("O DeliveryMode=queueonly")
    world.systems[0].submit("taro@here.example", "hana@there.example", message=LETTER.replace(b"\n", ends))
    queue = world.run(until="1m").queue("mail.here.example")
    assert queue["size"] == [len(LETTER)]
    assert queue["precedence"] == [-60]
    assert queue["priority"] == [len(LETTER) + 60 * 1_800 + 30_000]


def test_hops_that_a_letter_brings_count() -> None:
    world = pair()
    looped = b"".join(b"Received: from a by b\n" for _ in range(25)) + LETTER
    world.systems[0].submit("taro@here.example", "hana@there.example", message=looped)
    assert "Too many hops 26 (25 max)" in world.run(until="1m").syslog("mail.here.example")


def test_one_of_several_mailboxes() -> None:
    world = pair()
    world.systems[0].submit("taro@here.example", "hana@there.example", "jiro@here.example", message=LETTER)
    trace = world.run(until="1m")
    assert trace.content(1, "jiro").count(b"Received:") == 1
    assert trace.content(1, "hana").count(b"Received:") == 2
    with pytest.raises(WorkbookError, match="has not reached saburo.*it has reached"):
        trace.content(1, "saburo")


@pytest.mark.parametrize(
    ("settings", "wrong"),
    [
        ({"message": "text"}, "str: give bytes"),
        ({"message": b""}, "at least 1 byte"),
        ({"message": LETTER, "size": 5}, "its own size"),
        ({"message": LETTER, "headers": {"Subject": "x"}}, "its own size"),
        ({"headers": {"Two words": "x"}}, "no name of a header"),
    ],
)
def test_what_cannot_be_handed_in(settings: "dict[str, object]", wrong: str) -> None:
    with pytest.raises(WorkbookError, match=wrong):
        sent(**settings)  # type: ignore[arg-type]  # wrong on purpose


def test_what_a_letter_says_itself_is_not_said_again() -> None:
    own = b"Date: Wed, 1 Jul 1998 08:00:00 +0900\nMessage-Id: <own@here.example>\n"
    arrived = email.message_from_bytes(sent(own + LETTER).content(1))
    for name, value in (("Message-Id", "<own@here.example>"), ("From", "Taro <taro@here.example>")):
        assert arrived.get_all(name) == [value]
    assert len(arrived.get_all("Date", [])) == 1


def test_what_somebody_sends_on_gets_fields_of_that() -> None:
    """RFC 822 §4.2: a message with a Resent- field gets a date, an author and an id of its sending on."""
    world = World(seed=3)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.peer("mx.far.example", domain="far.example")
    before = b"Date: Wed, 1 Jul 1998 08:00:00 +0900\nFrom: a@one.example\nMessage-Id: <1@one.example>\n"
    before += b"Resent-To: hana@far.example\n"
    mail.submit("taro@here.example", "hana@far.example", message=before + b"\nhello\n")
    arrived = email.message_from_bytes(world.run(until="1m").content(1))
    assert arrived["Resent-From"] == "taro@here.example"
    assert arrived["Resent-Message-Id"].endswith("@mail.here.example>")
    assert arrived["Resent-Date"] != arrived["Date"] == "Wed, 1 Jul 1998 08:00:00 +0900"
    assert (arrived["From"], arrived["Message-Id"]) == ("a@one.example", "<1@one.example>")
