"""What notice, mailq and log say of a delivery that failed or was deferred, each in its words."""

import pytest

from simlib import Quirks, Reply, Trace, World

BOTH = ("hana@far.example", "jiro@far.example")


def played(quirks: Quirks, *to: str, cf: str = "", until: str = "1h") -> Trace:
    """A message from taro to some users of one host."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf=cf)
    world.user(mail, "taro", "postmaster")
    world.peer("far.example", quirks=quirks)
    mail.submit("taro@mail.here.example", *(to or BOTH))
    return world.run(until=until)


def transcript(trace: Trace) -> list[str]:
    """The lines of the transcript of the last notice."""
    number = list(trace.notices["message"])[-1]
    text = trace.content(number).decode()
    part = text.partition("----- Transcript of session follows -----\n")[2]
    return part.partition("\n\n")[0].splitlines()


def told(trace: Trace, key: str) -> list[str]:
    """What stands behind a key in the lines of the log that tell of attempts at far.example."""
    lines = [
        line for line in trace.syslog("mail.here.example").splitlines() if "to=<" in line and "far.example" in line
    ]
    return [line.partition(f" {key}=")[2].partition(", ")[0] for line in lines if f" {key}=" in line]


def test_who_was_refused_by_name_stands_in_the_transcript_once() -> None:
    trace = played(Quirks(replies={"RCPT": [Reply(550, "5.1.1 no such user"), None]}))
    assert transcript(trace) == [
        "... while talking to far.example.:",
        ">>> DATA",
        "<<< 550 5.1.1 no such user",
        "550 5.1.1 <hana@far.example>... User unknown",
    ], "of the other, who got it, there is nothing to tell"


def test_all_who_were_refused_after_data_are_told_of_in_one_line() -> None:
    trace = played(Quirks(replies={".": [Reply(554, "5.6.0 no such content")]}))
    assert sum(line == "554 5.0.0 Service unavailable" for line in transcript(trace)) == 1
    assert told(trace, "stat") == ["Service unavailable"], "a line for both"


def test_a_host_that_is_not_known_is_told_of_with_the_name_server_s_word() -> None:
    trace = played(Quirks(), "hana@nobody.invalid")
    (line,) = [line for line in transcript(trace) if "nobody.invalid" in line]
    assert line == "550 5.1.2 <hana@nobody.invalid>... Host unknown (Name server: nobody.invalid: host not found)"
    log = trace.syslog("mail.here.example")
    assert "relay=nobody.invalid, dsn=5.1.2" in log, "a name that is none has no dot behind it"


@pytest.mark.parametrize(
    ("replies", "stat", "dsn", "reply"),
    [
        ({"MAIL": [Reply(451, "4.7.1 later")]}, "Deferred: 451 4.7.1 later", "4.7.1", "451 4.7.1 later"),
        ({"RCPT": [Reply(452, "4.2.2 full")]}, "Deferred: 452 4.2.2 full", "4.2.2", "452 4.2.2 full"),
        ({".": [Reply(451, "4.3.0 busy")]}, "Deferred: 451 4.3.0 busy", "4.3.0", "451 4.3.0 busy"),
        ({"MAIL": [Reply(550, "5.7.1 no")]}, "Service unavailable", "5.7.1", "550 5.7.1 no"),
    ],
)
def test_the_log_has_what_was_said(replies: dict[str, list[Reply]], stat: str, dsn: str, reply: str) -> None:
    trace = played(Quirks(replies=replies), "hana@far.example", until="1m")
    assert (told(trace, "stat"), told(trace, "dsn"), told(trace, "reply")) == ([stat], [dsn], [reply])
    assert told(trace, "relay") == [f"far.example. [{address(trace)}]"]


def address(trace: Trace) -> str:
    """Of far.example."""
    return trace._system("mail.here.example").site.network.hosts["far.example"].address


def test_of_a_host_that_refuses_the_connection_the_log_says_so_and_has_no_reply() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    peer = world.peer("far.example")
    world.outage(peer, "0s", "1d")
    mail.submit("taro@mail.here.example", "hana@far.example")
    trace = world.run(until="10m")
    assert told(trace, "stat") == ["Deferred: Connection refused by far.example."]
    assert told(trace, "reply") == []
    assert "Deferred: Connection refused by far.example." in trace.mailq(mail)


def test_the_bad_reply_of_one_host_is_repeated_of_those_behind_that_say_nothing() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    world.peer("mx1.far.example", quirks=Quirks(replies={"MAIL": [Reply(451, "4.7.1 later")]}))
    world.outage(world.peer("mx2.far.example"), "0s", "1d")
    world.zone("@ 1h MX 10 mx1\n@ 1h MX 20 mx2", origin="far.example.")
    mail.submit("taro@mail.here.example", "hana@far.example")
    trace = world.run(until="10m")
    assert told(trace, "reply") == ["451 4.7.1 later"]
    assert told(trace, "stat") == ["Deferred: Connection refused by mx2.far.example."]


def test_addresses_in_brackets_are_asked_of_nobody() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf="O DeliveryMode=queueonly")
    one, other = (world.peer(f"mx{n}.far.example").host.address for n in (1, 2))
    mail.submit("taro@mail.here.example", f"hana@[{one}]", f"jiro@[{other}]")
    mail.queue_run(at="1m")
    trace = world.run(until="10m")
    assert trace.totals()["delivered"] == 2
    assert mail.host.resolver.queries == 0


def test_a_message_too_large_for_its_mailer_is_returned_without_its_body_and_nobody_is_called() -> None:
    mailer = "Mesmtp, P=[IPC], F=mDFMuXa, M=500, A=TCP $h"
    trace = played(Quirks(), cf=mailer)
    assert trace.connections["server"] == []
    assert transcript(trace) == ["552 5.3.4 Message is too large; 500 bytes max", "554 5.0.0 Service unavailable"] * 2
    assert told(trace, "stat") == ["Service unavailable"]
    assert told(trace, "relay") == ["far.example."]


def test_on_a_kept_connection_that_was_refused_at_mail_before_the_address_is_not_known() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf="O DeliveryMode=queueonly\nO QueueSortOrder=time")
    world.peer("far.example", quirks=Quirks(replies={"MAIL": [None, Reply(451, "4.7.1 later")]}))
    for second in range(3):
        mail.submit("taro@mail.here.example", "hana@far.example", at=second)
    mail.queue_run(at="1m")
    trace = world.run(until="2m")
    assert told(trace, "relay") == [f"far.example. [{address(trace)}]"] * 2 + ["far.example."]


@pytest.mark.parametrize(
    ("quirks", "why"),
    [
        (Quirks(close_after="RCPT"), "reply: read error from far.example."),
        (Quirks(close_after="EHLO"), "Deferred: Connection reset by far.example."),
    ],
)
def test_mailq_says_where_a_connection_was_lost(quirks: Quirks, why: str) -> None:
    trace = played(quirks, "hana@far.example", until="10m")
    assert f"({why})" in trace.mailq("mail.here.example")


def test_at_the_last_host_leave_is_taken_of_a_connection_that_is_not_kept() -> None:
    later = Quirks(replies={"MAIL": [Reply(451, "4.7.1 later")]})
    trace = played(later, "hana@far.example", cf="O ConnectionCacheSize=0", until="1m")
    assert trace.dialogue(1).count("QUIT") == 1


def test_among_equal_mail_hosts_the_one_that_is_talked_to_comes_first() -> None:
    world = World(seed=3)
    mail = world.sendmail("mail.here.example", cf="O DeliveryMode=queueonly")
    for n in range(4):
        world.peer(f"mx{n}.far.example")
    world.zone("\n".join(f"@ 1h MX 10 mx{n}" for n in range(4)), origin="far.example.")
    for _ in range(12):
        mail.submit("taro@mail.here.example", "hana@far.example")
    mail.queue_run(at="1m")
    trace = world.run(until="1h")
    assert len(trace.connections["server"]) == 1, "in one run all go over one connection"
    for n in range(12):
        mail.submit("taro@mail.here.example", f"u{n}@far.example")
        mail.queue_run(at=f"{61 + n}m")
    assert len(set(world.run(until="2h").connections["server"])) > 1, "each process chooses anew"


@pytest.mark.parametrize(("code", "whole"), [(550, True), (552, False)])
def test_what_was_refused_as_too_large_comes_back_without_its_body(code: int, whole: bool) -> None:
    trace = played(Quirks(replies={"MAIL": [Reply(code, "5.7.1 no")]}), "hana@far.example")
    text = trace.content(list(trace.notices["message"])[-1]).decode()
    assert ("Content-Type: message/rfc822" in text) is whole
