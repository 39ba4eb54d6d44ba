"""POP before SMTP, masquerading, and relays under a spam run (slide claims 17.6 to 17.8)."""

import pytest

from simlib import Quirks, Reply, Trace, WorkbookError, World
from simlib.mta.sendmail import Sendmail

POPAUTH = "Kpopauth hash /etc/mail/popauth"


def roaming(login: str | None, sends: str, cf: str = POPAUTH) -> Trace:
    """Somebody on a journey reads his mail at ``login`` and sends at ``sends``, through the host at home."""
    world = World(seed=1)
    home = world.sendmail("mail.here.example", domain="here.example", cf=cf)
    world.peer("mx.far.example", domain="far.example")
    laptop = world.sendmail("laptop.hotel.example", cf="DSesmtp:[mail.here.example]")
    if cf:
        pop = world.pop(home, window="30m")
        if login is not None:
            pop.login(laptop.host, at=login)
    laptop.submit("taro@here.example", "hana@far.example", at=sends)
    return world.run(until="3h")


@pytest.mark.parametrize(
    ("login", "sends", "arrives"),
    [(None, "10m", False), ("5m", "10m", True), ("5m", "34m", True), ("5m", "36m", False), ("11m", "10m", False)],
)
def test_the_window_opens_with_a_login_and_closes(login: str | None, sends: str, arrives: bool) -> None:
    trace = roaming(login, sends)
    assert trace.totals()["delivered"] == arrives
    assert trace.totals()["bounced"] == (not arrives)


def test_another_address_has_no_part_in_it() -> None:
    world = World(seed=1)
    home = world.sendmail("mail.here.example", domain="here.example", cf=POPAUTH)
    world.peer("mx.far.example", domain="far.example")
    laptop = world.host("laptop.hotel.example")
    stranger = world.sendmail("pc.hotel.example", cf="DSesmtp:[mail.here.example]")
    world.pop(home).login(laptop, at="1m")
    stranger.submit("x@hotel.example", "hana@far.example", at="2m")
    assert world.run(until="1h").totals()["bounced"] == 1


def test_a_sendmail_that_does_not_look_into_the_map_says_what_is_missing() -> None:
    world = World(seed=1)
    home = world.sendmail("mail.here.example")
    with pytest.raises(WorkbookError, match="Kpopauth hash"):
        world.pop(home)


def test_the_senders_host_is_hidden_and_the_hops_are_not() -> None:
    world = World(seed=1)
    inside = world.sendmail("pc1.here.example", cf="DMhere.example\nCEroot")
    world.peer("mx.far.example", domain="far.example")
    for user in ("taro", "root"):
        headers = {"From": f"{user}@pc1.here.example", "To": "hana@far.example"}
        inside.submit(f"{user}@pc1.here.example", "hana@far.example", headers=headers)
    trace = world.run(until="1m")
    mine, roots = trace.content(1).decode(), trace.content(2).decode()
    assert "\nFrom: taro@here.example\n" in mine
    assert "by pc1.here.example" in mine
    assert "@pc1.here.example>" in mine, "the Message-Id"
    assert "\nFrom: root@pc1.here.example\n" in roots, "class E is exposed"


def spam_run(version: str) -> tuple[World, Trace, Sendmail]:
    """A spammer sends through mail.here.example, in the name of somebody who knows nothing of it."""
    world = World(seed=1)
    relay = world.sendmail("mail.here.example", domain="here.example", version=version, message_cost="2s")
    no_user = Reply(550, "5.1.1 No such user")
    for n in range(4):
        world.peer(f"mx.v{n}.example", domain=f"v{n}.example", quirks=Quirks(replies={"RCPT": [None, no_user]}))
    world.peer("mx.innocent.example", domain="innocent.example", quirks=Quirks(replies={"RCPT": no_user}))
    spammer = world.sendmail("dialup.spam.example", cf="DSesmtp:[mail.here.example]")
    for n in range(60):
        to = [f"u{n}.{k}@v{n % 4}.example" for k in range(5)]
        spammer.submit("forged@innocent.example", *to, at=60 + n)
    friend = world.sendmail("mx.friend.example", domain="friend.example")
    for minute in range(20):
        friend.submit("hana@friend.example", "taro@here.example", at=minute * 60)
    for mail in (relay, friend, spammer):
        mail.queue_run(every="15m")
    return world, world.run(until="8h"), relay


def test_an_open_relay_carries_the_spam_and_the_blame() -> None:
    _, trace, relay = spam_run("8.8.8")
    assert len(trace.connections.where(client=relay.name).where(lambda one: ".v" in one.server)) > 0
    assert len(trace.deliveries.where(lambda one: ".v" in one.host)) == 60, "one of five addresses is somebody's"
    assert len(trace.notices.where(host=relay.name, kind="return")) > 50
    assert len(trace.notices.where(host=relay.name, kind="double bounce")) > 50, "nobody of that name sent it"
    assert max(trace.load(relay.name)["load1"]) > 4
    spam = next(row for row in trace.deliveries if ".v" in row.host)
    assert "by mail.here.example" in trace.content(spam.message).decode(), "the victim sees who brought it"


def test_a_closed_relay_refuses_and_has_nothing_to_do() -> None:
    _, trace, relay = spam_run("8.18")
    assert len(trace.deliveries.where(lambda one: ".v" in one.host)) == 0
    assert len(trace.notices.where(host=relay.name)) == 0
    assert max(trace.load(relay.name)["load1"]) < 4
    assert relay.installation.statistics.connections_rejected > 0


@pytest.mark.parametrize("version", ["8.8.8", "8.18"])
def test_legitimate_mail_is_not_lost(version: str) -> None:
    _, trace, _ = spam_run(version)
    assert len(trace.messages.where(recipient="taro@here.example", state="delivered")) == 20
    assert trace.totals()["lost"] == 0
