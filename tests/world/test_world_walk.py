"""Decisions on the way to the mail hosts, each seen from outside: where it shows, and only there."""

from simlib import Quirks, Reply, World


def test_an_unknown_mail_host_bounces_nothing_while_another_is_only_out_of_reach() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    world.peer("mx1.far.example")
    world.outage("mx1.far.example", "0s", "1h")
    world.zone("@ 1h MX 10 mx1\n@ 1h MX 20 nosuch.nowhere.invalid.", origin="far.example.")
    mail.submit("t@mail.here.example", "h@far.example")
    totals = world.run(until="10m").totals()
    assert (totals["queued"], totals["bounced"]) == (1, 0)


def test_iconnect_limits_the_first_try_only() -> None:
    world = World(seed=1)
    options = "O Timeout.iconnect=5s\nO Timeout.connect=40s\nO Timeout.hoststatus=1s"
    mail = world.sendmail("mail.here.example", cf=options)
    world.peer("mx.far.example", domain="far.example")
    world.outage("mx.far.example", "0s", "1h")
    mail.submit("t@mail.here.example", "h@far.example")
    mail.queue_run(at="5m")
    mail.queue_run(at="10m")
    assert [round(wait) for wait in world.run(until="15m").connections["wait"]] == [5, 40, 40]


def test_where_the_mx_list_leads_back_the_fallback_host_is_not_called() -> None:
    world = World(seed=1)
    world.sendmail("relay.city.example", cf="CRmail.here.example")
    mail = world.sendmail("mail.here.example", cf="O FallbackMXhost=relay.city.example")
    world.zone("@ 1h MX 10 mail.here.example.", origin="far.example.")
    mail.submit("t@mail.here.example", "h@far.example")
    trace = world.run(until="10m")
    assert trace.connections["server"] == []
    assert trace.totals()["bounced"] == 1


def test_a_checkpoint_is_written_when_as_many_were_sent_and_not_before() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf="O CheckpointInterval=2\nO DeliveryMode=queueonly")
    for n in range(4):
        world.peer(f"mx{n}.example", domain=f"d{n}.example", latency="1s")
    world.outage("mx1.example", "0s", "1d")
    mail.submit("t@mail.here.example", *[f"u@d{n}.example" for n in range(4)])
    mail.queue_run(at="1m")
    world.outage(mail, "150s", "200s")  # while the third is tried: two were done with, but one of them was put off
    mail.queue_run(at="10m")
    trace = world.run(until="20m")
    assert trace.totals()["copies"] == 4, "the first is sent again, since no checkpoint was due"


def test_what_expires_without_a_word_stays_in_the_queue_until_the_next_run() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf="O Timeout.queuereturn=1h\nO DeliveryMode=queueonly")
    world.peer("mx.far.example", domain="far.example")
    world.outage("mx.far.example", "0s", "2d")
    mail.submit("t@mail.here.example", "h@far.example", notify=["never"])
    mail.queue_run(at="10m")
    mail.queue_run(at="2h")
    trace = world.run(until="2h10m")
    assert (len(mail.queue), trace.totals()["bounced"]) == (1, 1)
    mail.queue_run(at="3h")
    world.run(until="3h10m")
    assert len(mail.queue) == 0


def test_a_neighbour_joins_until_the_transaction_is_exactly_full() -> None:
    world = World(seed=1)
    mailer = "Mesmtp, P=[IPC], F=mDFMuXa, r=2, A=TCP $h\nO DeliveryMode=queueonly"
    mail = world.sendmail("mail.here.example", cf=mailer)
    world.peer("mx.far.example", domain=["a.example", "b.example"])
    mail.submit("t@mail.here.example", "h@a.example", "j@b.example")
    mail.queue_run(at="1m")
    assert sum(world.run(until="10m").connections["messages"]) == 1


def two_mail_hosts(first: Quirks) -> World:
    """A site whose mail goes to two hosts, the first of them odd."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf="O DeliveryMode=queueonly")
    world.peer("mx1.far.example", quirks=first)
    world.peer("mx2.far.example")
    world.zone("@ 1h MX 10 mx1\n@ 1h MX 20 mx2", origin="far.example.")
    mail.submit("t@mail.here.example", "h@far.example", "j@far.example")
    mail.queue_run(at="1m")
    return world


def told(world: World) -> list[tuple[str, str, str]]:
    """Whom each attempt was for, at which host, and what came of it."""
    return [(row.recipients, row.relay, row.outcome) for row in world.run(until="10m").attempts]


def states(world: World, user: str) -> list[str]:
    """What the log says of a recipient's attempts."""
    lines = world.run(until="10m").syslog("mail.here.example").splitlines()
    return [line.rpartition("stat=")[2] for line in lines if f"to=<{user}@" in line and ", dsn=" in line]


BOTH = "h@far.example,j@far.example"


def test_who_is_refused_for_good_at_the_first_host_is_not_tried_at_the_second() -> None:
    world = two_mail_hosts(Quirks(replies={"MAIL": [Reply(550, "5.7.1 no")]}))
    assert told(world) == [(BOTH, "mx1.far.example", "failed")]


def test_who_is_put_off_at_mail_goes_on_to_the_second() -> None:
    world = two_mail_hosts(Quirks(replies={"MAIL": [Reply(451, "4.7.1 later")]}))
    assert told(world) == [(BOTH, "mx1.far.example", "deferred"), (BOTH, "mx2.far.example", "sent")]


def test_of_two_only_he_who_was_put_off_goes_on_and_the_log_has_a_line_for_him_alone() -> None:
    world = two_mail_hosts(Quirks(replies={"RCPT": [Reply(451, "4.7.1 later"), None]}))
    rows = told(world)
    assert rows == [
        ("h@far.example", "mx1.far.example", "deferred"),
        ("j@far.example", "mx1.far.example", "sent"),
        ("h@far.example", "mx2.far.example", "sent"),
    ]
    assert states(world, "h") == ["Deferred: 451 4.7.1 later", "Sent (Message accepted for delivery)"]


def test_who_was_put_off_by_name_is_told_of_once_where_the_next_host_is_down() -> None:
    world = two_mail_hosts(Quirks(replies={"RCPT": [Reply(451, "4.7.1 later"), None]}))
    world.outage("mx2.far.example", "0s", "1h")
    assert states(world, "h") == ["Deferred: 451 4.7.1 later"]


def test_mail_for_a_domain_whose_mail_host_is_no_name_comes_back_and_waits_while_nobody_can_say() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    world.zone("@ 1h MX 10 nosuch.nowhere.invalid.", origin="far.example.")
    world.zone("@ 1h MX 10 mx.silent.example.", origin="other.example.")
    world.zone("mx 1h A 10.9.9.9", origin="silent.example.").go_down()
    mail.submit("t@mail.here.example", "h@far.example")
    mail.submit("t@mail.here.example", "h@other.example")
    trace = world.run(until="10m")
    assert [(row.recipient, row.state) for row in trace.messages if not row.notice] == [
        ("h@far.example", "bounced"),
        ("h@other.example", "queued"),
    ]
    assert "Name server: mx.silent.example.: host name lookup" in trace.mailq(mail)
