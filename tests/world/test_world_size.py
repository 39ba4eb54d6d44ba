"""Slide claims 03.1-03.4: what is too large, who says so, and when."""

import email

import pytest

from simlib import Quirks, Reply, Trace, World

LIMIT = 1_000_000
HELO_ONLY = "Mesmtp, P=[IPC], F=mDFMuX2, A=TCP $h"
SMALL_MAILER = "Mesmtp, P=[IPC], F=mDFMuXa, M=1000000, A=TCP $h"


def send(size: int, cf: str = "", there: str = f"O MaxMessageSize={LIMIT}", version: str = "8.18") -> Trace:
    """One message over a line of 64 kbit/s."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=cf, version=version, bandwidth="64kbps")
    world.sendmail("mx.there.example", domain="there.example", cf=there)
    mail.submit("taro@here.example", "hana@there.example", size=size)
    return world.run(until="1h")


@pytest.mark.parametrize(
    ("size", "there", "state"),
    [
        (LIMIT, f"O MaxMessageSize={LIMIT}", "delivered"),
        (LIMIT + 1, f"O MaxMessageSize={LIMIT}", "bounced"),
        (3 * LIMIT, "", "delivered"),
    ],
)
def test_the_limit_itself_passes(size: int, there: str, state: str) -> None:
    assert send(size, there=there).messages["state"][0] == state


def test_with_esmtp_it_is_refused_before_the_transfer() -> None:
    trace = send(3 * LIMIT)
    said = trace.dialogue(1)
    assert "<<< 250-SIZE 1000000\n" in said
    assert (
        f"""\
>>> MAIL From:<taro@here.example> SIZE={3 * LIMIT}
<<< 552 5.2.3 Message size exceeds fixed maximum message size ({LIMIT})
>>> QUIT
"""
        in said
    )
    assert trace.connections["bytes"][0] == sum(len(line[4:]) + 2 for line in said.splitlines())
    assert trace.messages["finished"][0] < 1


def test_with_helo_it_is_refused_after_all_of_it_has_come() -> None:
    trace = send(3 * LIMIT, cf=HELO_ONLY)
    said = trace.dialogue(1)
    assert f">>> .\n<<< 552 5.2.3 Message exceeds maximum fixed size ({LIMIT})\n" in said
    assert ">>> MAIL From:<taro@here.example>\n" in said
    assert trace.connections["bytes"][0] > 3 * LIMIT
    assert trace.messages["finished"][0] > 3 * LIMIT * 8 / 64_000
    assert trace.totals()["bounced"] == 1


@pytest.mark.parametrize("extensions", [frozenset({"8BITMIME"}), frozenset()])
def test_to_a_server_without_size_none_is_announced(extensions: frozenset[str]) -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    world.peer("mx.there.example", quirks=Quirks(extensions=extensions))
    mail.submit("taro@mail.here.example", "hana@mx.there.example", size=5_000)
    assert ">>> MAIL From:<taro@mail.here.example>\n" in world.run(until="1m").dialogue(1)


def test_the_limit_of_another_host_is_not_looked_at_before_mail() -> None:
    """As the real one was seen to do: it asks, and lets the other side decide."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    world.sendmail("mx.there.example", cf="O MaxMessageSize=1000")
    mail.submit("taro@mail.here.example", "hana@mx.there.example", size=5_000)
    assert ">>> MAIL From:<taro@mail.here.example> SIZE=5000\n" in world.run(until="1m").dialogue(1)


def test_what_is_handed_in_on_the_host_itself_is_returned_at_once() -> None:
    trace = send(LIMIT + 1, cf=f"O MaxMessageSize={LIMIT}\nO DeliveryMode=queueonly")
    assert len(trace.connections) == 0
    assert trace.notices.select("kind", "to").columns == {"kind": ["return"], "to": ["taro@here.example"]}
    log = trace.syslog("mail.here.example")
    assert f"message size ({LIMIT + 1}) exceeds maximum ({LIMIT})" in log
    assert f"pri={LIMIT + 30_001}, stat=Message exceeds maximum fixed size ({LIMIT})" in log


def test_the_limit_itself_may_be_handed_in() -> None:
    assert send(LIMIT, cf=f"O MaxMessageSize={LIMIT}").totals()["delivered"] == 1


def test_a_mailer_s_own_limit_bounces_without_a_connection_and_lets_others_pass() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=SMALL_MAILER)
    world.sendmail("mx.there.example", domain="there.example")
    mail.submit("taro@here.example", "hana@there.example", "jiro@here.example", size=LIMIT + 1)
    mail.submit("taro@here.example", "hana@there.example", size=LIMIT)
    trace = world.run(until="1h")
    assert trace.messages.where(notice=False)["state"] == ["bounced", "delivered", "delivered"]
    assert len(trace.connections) == 1
    assert "mailer=esmtp, pri=1060001, relay=there.example., dsn=5.3.4, stat=Service unavailable" in trace.syslog(
        "mail.here.example"
    )


HEADER, ALL = "text/rfc822-headers", "message/rfc822"


def returned(trace: Trace) -> list[str]:
    """What notices bring back."""
    reports = [email.message_from_bytes(trace.content(number)) for number in trace.notices["message"]]
    return [report.get_payload()[2].get_content_type() for report in reports]


def test_what_is_too_large_comes_back_without_its_body() -> None:
    assert returned(send(3 * LIMIT)) == [HEADER]
    assert returned(send(3 * LIMIT, cf=SMALL_MAILER, there="")) == [HEADER]
    assert returned(send(3 * LIMIT, cf=HELO_ONLY)) == [ALL], "nobody said SIZE, so nobody knew why"


@pytest.mark.parametrize(("extensions", "what"), [(frozenset({"SIZE"}), HEADER), (frozenset(), ALL)])
def test_a_552_at_mail_returns_the_header_only_if_a_size_was_announced(extensions: frozenset[str], what: str) -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    too_large = Quirks(extensions=extensions, replies={"MAIL": Reply(552, "too large")})
    world.peer("mx.there.example", quirks=too_large)
    mail.submit("taro@mail.here.example", "hana@mx.there.example", size=5_000)
    assert returned(world.run(until="1m")) == [what]


def test_up_to_8_8_5_the_mailer_s_limit_loses_mail_and_552_returns_all_of_it() -> None:
    lost = send(3 * LIMIT, cf=SMALL_MAILER, there="", version="8.8.5")
    assert (lost.totals()["lost"], len(lost.notices)) == (1, 0)
    assert send(3 * LIMIT, cf=SMALL_MAILER, there="", version="8.8.6").totals()["bounced"] == 1
    assert returned(send(3 * LIMIT, version="8.8.5")) == [ALL]
