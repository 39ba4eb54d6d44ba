"""Each quirky peer fails in its own way, and the cure makes everything pass (slide claims 12.1 to 12.6)."""

from simlib import Quirks, Reply, Trace, World

ONE_AT_A_TIME = "Mesmtp, P=[IPC], F=DFMuXa, E=\\r\\n, L=990, T=DNS/RFC822/SMTP, A=TCP $h"  # without F=m
NO_COMMENTS = "Mesmtp, P=[IPC], F=mDFMuXac, E=\\r\\n, L=990, T=DNS/RFC822/SMTP, A=TCP $h"
WRONG_FLAG = "Mesmtp, P=[IPC], F=mDFMuXaC, E=\\r\\n, L=990, T=DNS/RFC822/SMTP, A=TCP $h"


def outcome(trace: Trace) -> tuple[int, int, int]:
    totals = trace.totals()
    assert totals["submitted"] == totals["delivered"] + totals["bounced"] + totals["queued"] + totals["lost"]
    return totals["delivered"], totals["bounced"], totals["queued"]


def greeted(version: str = "8.18", cf: str = "") -> Trace:
    """A client that takes each line for a reply has two messages."""
    world = World(seed=1)
    world.sendmail("mail.here.example", domain="here.example", version=version, cf=cf)
    odd = world.peer("odd.far.example", quirks=Quirks(one_line_replies=True))
    odd.submit("a@far.example", "taro@here.example", "hana@here.example")
    return world.run(until="2h")


def test_a_second_line_in_the_greeting_puts_a_simple_client_out_of_step() -> None:
    old = greeted("8.6.12")
    assert outcome(old) == (0, 0, 2)
    said = old.dialogue(1).splitlines()
    assert said[:2] == [
        "<<< 220-mail.here.example Sendmail 8.6.12 ready at Wed, 1 Jul 1998 09:00:00 +0900",
        "<<< 220 ESMTP spoken here",
    ]
    assert said[-3:] == ["<<< 354 End data with <CR><LF>.<CR><LF>", ">>> RSET", ">>> QUIT"], "no message was sent"
    assert "Recipient ok" in old.attempts["stat"][0], "that is what it took for the answer to DATA"


def test_one_line_is_understood() -> None:
    assert outcome(greeted("8.8.8")) == outcome(greeted("8.18")) == (2, 0, 0)


def test_whoever_makes_todays_greeting_longer_has_the_problem_again() -> None:
    assert outcome(greeted(cf="O SmtpGreetingMessage=$j Sendmail $v\n\tno advertisements")) == (0, 0, 2)
    assert outcome(greeted(cf="O SmtpGreetingMessage=$j Sendmail $v, no advertisements")) == (2, 0, 0)


def to_odd(quirks: Quirks, cf: str = "", people: int = 3, together: bool = False) -> Trace:
    """Some messages (or one to several) for a peer, and a queue run; headers with a comment."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=f"O DeliveryMode=queueonly\n{cf}")
    world.peer("mx.odd.example", domain="odd.example", quirks=quirks)
    recipients = [f"user{n}@odd.example" for n in range(people)]
    for to in [recipients] if together else [[recipient] for recipient in recipients]:
        mail.submit("taro@here.example", *to, headers={"From": "taro@here.example (Taro Yamada)"})
    mail.queue_run(at="1m")
    return world.run(until="50m")


HANGS = Quirks(hangs_after=1)
REFUSES = Quirks(replies={"MAIL": [None, Reply(503, "5.5.1 One message a connection")]})
ONE_RECIPIENT = Quirks(replies={"RCPT": [None, Reply(550, "5.5.3 One recipient only")]})


def test_a_peer_that_hangs_on_a_kept_connection_gets_one_message_a_run() -> None:
    assert outcome(to_odd(HANGS)) == (1, 0, 2)
    assert outcome(to_odd(HANGS, "O ConnectionCacheSize=0")) == (3, 0, 0)


def test_a_peer_that_refuses_on_a_kept_connection_has_the_others_returned() -> None:
    assert outcome(to_odd(REFUSES)) == (1, 2, 0)
    assert outcome(to_odd(REFUSES, "O ConnectionCacheSize=0")) == (3, 0, 0)


def test_a_peer_that_chokes_on_comments_needs_the_small_c() -> None:
    choosy = Quirks(no_comments=True)
    assert outcome(to_odd(choosy)) == (0, 3, 0)
    assert outcome(to_odd(choosy, WRONG_FLAG)) == (0, 3, 0), "the slide's C is another flag"
    cured = to_odd(choosy, NO_COMMENTS)
    assert outcome(cured) == (3, 0, 0)
    assert b"\nFrom: taro@here.example\n" in cured.content(1)


def test_a_peer_that_takes_one_recipient_has_the_others_returned() -> None:
    assert outcome(to_odd(ONE_RECIPIENT, together=True)) == (1, 2, 0)
    assert outcome(to_odd(ONE_RECIPIENT, ONE_AT_A_TIME, together=True)) == (3, 0, 0)


def firewall(cf: str = "", hub: Quirks | None = None, to: str = "gone@hub.here.example", until: str = "3h") -> Trace:
    """Mail from far goes through smap on the gateway to a host inside, which knows nobody of that name."""
    world = World(seed=1)
    gateway = world.sendmail("gw.here.example", cf=f"O TryNullMXList=True\n{cf}")
    refuses = Quirks(replies={"RCPT": Reply(550, "5.1.1 User unknown")})
    world.peer("hub.here.example", quirks=hub or refuses)
    world.zone("hub 1h MX 10 gw\nhub 1h A 192.168.1.2", origin="here.example")
    world.smap(gateway, every="10m")
    far = world.sendmail("mx.far.example", domain="far.example")
    far.submit("hana@far.example", to)
    return world.run(until=until)


def test_smapd_keeps_what_was_refused_and_a_bounce_comes_with_each_pass() -> None:
    trace = firewall()
    assert outcome(trace) == (0, 0, 1), "smapd still has it"
    returns = trace.notices.where(kind="return")
    assert [round(time / 60) for time in returns["time"]] == [10 * n for n in range(1, 18)]
    assert set(returns["to"]) == {"hana@far.example"}


def test_with_error_mode_e_the_bounce_comes_once() -> None:
    trace = firewall("O ErrorMode=e")
    assert len(trace.notices) == 1
    assert outcome(trace) == (0, 1, 0)


def test_what_is_taken_leaves_the_spool() -> None:
    trace = firewall(hub=Quirks())
    assert outcome(trace) == (1, 0, 0)
    assert trace.totals()["copies"] == 1
    assert [row.mailbox for row in trace.deliveries] == ["gone"]


def test_smap_survives_a_power_cut_with_its_spool() -> None:
    world = World(seed=1)
    gateway = world.sendmail("gw.here.example", domain="here.example")
    smap = world.smap(gateway, every="10m")
    far = world.sendmail("mx.far.example", domain="far.example")
    far.submit("hana@far.example", "taro@here.example")
    world.run(until="1m")
    assert len(smap.spool) == 1
    world.outage("gw.here.example", "5m", "30m")
    assert outcome(world.run(until="45m")) == (1, 0, 0)


X400 = "/C=JP/ADMD=X/S=Yamada/@hub.here.example"


def test_a_slash_in_an_address_does_not_pass_smap() -> None:
    through = firewall(hub=Quirks(), to=X400)
    assert outcome(through) == (0, 1, 0)
    assert "553 5.1.3 Illegal characters in address" in through.dialogue(1)
    world = World(seed=1)
    world.peer("hub.here.example")
    far = world.sendmail("mx.far.example", domain="far.example")
    far.submit("hana@far.example", X400)
    assert outcome(world.run(until="1h")) == (1, 0, 0)
