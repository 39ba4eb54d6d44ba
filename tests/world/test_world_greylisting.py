"""Greylisting at a peer, and what the name of a client's address comes to."""

import pytest

from simlib import Quirks, Trace, World
from simlib.mta.sendmail import Sendmail


def greylisted(span: str, every: str, until: str = "3h", letters: int = 1) -> Trace:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example", cf="O MinQueueAge=0")
    world.peer("mx.far.example", domain="far.example", quirks=Quirks(greylisting=span))
    for n in range(letters):
        mail.submit("taro", "hana@far.example", at=f"{n}h")
    mail.queue_run(every=every)
    return world.run(until=until)


@pytest.mark.parametrize(
    ("span", "every", "tries"), [("5m", "1m", 7), ("5m", "10m", 2), ("0s", "10m", 1), ("1h", "25m", 4)]
)
def test_who_comes_again_after_the_span_is_let_in(span: str, every: str, tries: int) -> None:
    trace = greylisted(span, every)
    assert trace.totals()["delivered"] == 1
    assert len(trace.connections) == tries
    assert trace.attempts["dsn"] == ["4.7.1"] * (tries - 1) + ["2.0.0"]


def test_who_was_let_in_is_known_from_then_on() -> None:
    trace = greylisted("5m", "10m", letters=3)
    assert trace.totals()["delivered"] == 3
    assert len(trace.connections) == 4


def test_another_sender_is_a_stranger_and_so_is_another_recipient() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.peer("mx.far.example", domain="far.example", quirks=Quirks(greylisting="5m"))
    mail.submit("taro", "hana@far.example")
    mail.queue_run(at="10m")
    for n, (sender, to) in enumerate([("taro", "hana"), ("jiro", "hana"), ("taro", "yuki")]):
        mail.submit(sender, f"{to}@far.example", at=f"{20 + n}m")
    trace = world.run(until="30m")
    assert trace.attempts["outcome"].count("deferred") == 3
    assert trace.totals() | {"copies": 2} == {**trace.totals(), "delivered": 2, "queued": 2}


def site(reverse: str) -> tuple[World, Sendmail]:
    """A mail host, and a stranger at 10.0.0.2 with what the zone of its address says."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.host("pc.stranger.example")
    world.sendmail("mx.far.example", domain="far.example")
    if reverse:
        world.zone(f"$TTL 1d\n2 PTR {reverse}\n9 PTR x.y.", origin="0.0.10.in-addr.arpa.")
    return world, mail


def visit(world: World, mail: Sendmail) -> tuple[str, str, str]:
    """The answers to EHLO and to an attempt to relay, and the log."""
    telnet = world.telnet("pc.stranger.example", mail)
    hello = telnet("EHLO me.example")
    telnet("MAIL FROM:<a@me.example>")
    denied = telnet("RCPT TO:<b@far.example>")
    telnet("RCPT TO:<hana@here.example>")
    telnet("DATA")
    telnet("Subject: x")
    telnet(".")
    telnet("QUIT")
    return hello.splitlines()[0], denied, world.run(until=world.env.now + 60).syslog(mail)


@pytest.mark.parametrize(
    ("reverse", "called", "denied"),
    [
        ("", "pc.stranger.example [10.0.0.2]", "550 5.7.1 <b@far.example>... Relaying denied"),
        ("pc.stranger.example.", "pc.stranger.example [10.0.0.2]", "550 5.7.1 <b@far.example>... Relaying denied"),
        (
            "mail.here.example.",
            "mail.here.example [10.0.0.2] (may be forged)",
            "550 5.7.1 <b@far.example>... Relaying denied. IP name possibly forged [10.0.0.2]",
        ),
        (
            "nobody.nowhere.invalid.",
            "nobody.nowhere.invalid [10.0.0.2] (may be forged)",
            "550 5.7.1 <b@far.example>... Relaying denied. IP name possibly forged [10.0.0.2]",
        ),
    ],
)
def test_a_name_is_believed_if_it_leads_back(reverse: str, called: str, denied: str) -> None:
    world, mail = site(reverse)
    hello, refused, log = visit(world, mail)
    assert f"Hello {called}, pleased to meet you" in hello
    assert refused == denied
    assert f"relay={called}" in log


def test_an_address_without_a_name_is_called_by_its_number() -> None:
    world, mail = site("")
    world.zone("$TTL 1d\n9 PTR x.y.", origin="0.0.10.in-addr.arpa.")
    hello, refused, log = visit(world, mail)
    assert "Hello [10.0.0.2], pleased" in hello
    assert refused == "550 5.7.1 <b@far.example>... Relaying denied. IP name lookup failed [10.0.0.2]"
    assert "relay=[10.0.0.2]" in log


def test_while_its_zone_does_not_answer_relaying_is_put_off() -> None:
    world, mail = site("")
    zone = world.zone("$TTL 1d\n2 PTR pc.stranger.example.", origin="0.0.10.in-addr.arpa.")
    world.outage(zone, 0, "1h")
    world.run(until="1s")
    assert visit(world, mail)[1] == (
        "450 4.4.0 <b@far.example>... Relaying temporarily denied. Cannot resolve PTR record for 10.0.0.2"
    )


def test_who_may_relay_by_name_may_not_with_a_forged_one() -> None:
    world, mail = site("friend.example.")
    mail.restart(cf="CR friend.example")
    world.run(until="1s")
    assert "possibly forged" in visit(world, mail)[1]


@pytest.mark.parametrize("ident", [None, "hana"])
def test_a_forged_name_stands_in_the_log_with_protocol_and_daemon(ident: str | None) -> None:
    world, _ = site("")
    world.zone("$TTL 1d\n3 PTR lie.example.", origin="0.0.10.in-addr.arpa.")
    far, mail = world.systems[1], world.systems[0]
    if ident:
        world.identd(far, ident)
    far.submit("x@far.example", "hana@here.example")
    log = world.run(until="1h").syslog(mail)
    who = f"{ident}@" if ident else ""
    assert f"proto=ESMTP, daemon=MTA, relay={who}lie.example [10.0.0.3] (may be forged)" in log
