"""Small inputs that once ended a run, stopped its clock, or left a letter nowhere: what comes of them now."""

import warnings

import pytest

from simlib import CfError, Quirks, Trace, WorkbookError, World
from simlib.mta.sendmail import Sendmail

Totals = dict[str, int]


def site(aliases: str = "", cf: str = "") -> tuple[World, Sendmail]:
    """A host with three users, and another one that takes mail."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=cf)
    world.user(mail, "taro", "hana", "jiro")
    world.sendmail("mx.far.example", domain="far.example")
    mail.aliases = aliases
    return world, mail


def fate(trace: Trace) -> Totals:
    return {name: number for name, number in trace.totals().items() if number and name not in ("copies", "notices")}


@pytest.mark.parametrize(
    ("line", "answer", "status"),
    [
        ("sendmail -q0", "", 0),
        ("sendmail -q0s", "", 0),
        ("sendmail -q0m0s", "", 0),
        ("sendmail -bd -q0s", "", 0),
        ("sendmail -q1h1x", "Invalid time unit `x'", 64),
        ("sendmail -q0.5s", "Invalid time unit `.'", 64),
        ("sendmail -q-5m", "Invalid -q value", 64),
        ("sendmail -q99999999999w", "Invalid -q value", 64),
    ],
)
def test_no_interval_stops_the_clock(line: str, answer: str, status: int) -> None:
    world, mail = site(cf="O DeliveryMode=queueonly")
    mail.submit("taro", "a@far.example")
    mail.stop()
    world.run(until="1m")
    shell = world.shell(mail)
    assert (shell(line), shell.status) == (answer, status)
    trace = world.run(until="10m")
    assert world.env.now == 600
    assert fate(trace) == {"submitted": 1, "queued" if status or "-bd" in line else "delivered": 1}


def test_sendmail_knows_no_milliseconds() -> None:
    world, mail = site()
    world.filter("mx.far.example", "port-unreachable")
    mail.submit("taro", "a@far.example")
    world.shell(mail)("sendmail -q1ms")  # a minute, and a second's letter without a number before it
    trace = world.run(until="10m30s")
    assert len(trace.connections) == 11


@pytest.mark.parametrize(
    ("aliases", "to", "delivered"),
    [
        ("staff: a@far.example", ("a@far.example", "staff"), ["a"]),
        ("staff: a@far.example", ("staff", "a@far.example"), ["a"]),
        ("staff: hana, all\nall: hana", ("hana", "staff", "all"), ["hana"]),
        ("x: hana", ("hana", "hana@here.example", "HANA", "x"), ["hana"]),
        ("staff: a@far.example, b@far.example", ("b@far.example", "staff", "A@far.example"), ["a", "b"]),
        ("a: hana\nb: hana, jiro\nc: a, b", ("a", "b", "c", "jiro"), ["hana", "jiro"]),
    ],
)
def test_who_is_named_in_several_ways_gets_one_copy_and_the_balance_is_right(
    aliases: str, to: tuple[str, ...], delivered: list[str]
) -> None:
    world, mail = site(aliases)
    mail.submit("taro", *to)
    trace = world.run(until="2h")
    assert sorted(trace.deliveries["mailbox"]) == delivered
    assert fate(trace) == {"submitted": len(delivered), "delivered": len(delivered)}


@pytest.mark.parametrize("away", ["20s", "1h"])
def test_a_host_that_comes_back_knows_nothing_of_the_sessions_before(away: str) -> None:
    world = World(seed=1)
    mail = world.sendmail("a.example", cf="O ConnectionCacheSize=4\nO ConnectionCacheTimeout=2h")
    mx = world.sendmail("mx.example", domain="far.example")
    world.peer("slow.example", quirks=Quirks(silent_at="DATA"))
    world.outage(mx, "20s", away if away == "1h" else "21s")
    for at in ("10s", "30s", "70m"):
        mail.submit("taro", "y@far.example", "z@slow.example", at=at)
    mx.queue_run(at="22s")
    mail.queue_run(every="10m")
    trace = world.run(until="7d")
    assert trace.totals()["queued"] == 0
    assert len(trace.deliveries.where(host="mx.example")) == 3


def test_process_numbers_do_not_begin_anew_after_a_reboot_while_a_child_is_there() -> None:
    world, mail = site()
    world.outage(mail, "1m", "2m")
    world.run(until="5m")
    numbers = [line.split()[0] for line in world.shell(mail)("ps ax").splitlines()[1:]]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(
    ("text", "what", "dsn"),
    [
        ("|", "delivered", "2.0.0"),
        ("|exit", "delivered", "2.0.0"),
        ('"|"', "delivered", "2.0.0"),
        ("|exit x", "bounced", "5.3.0"),  # sh: 1: exit.x: not found, for want of quotes
        ('"|exit 3"', "bounced", "5.3.0"),
        ('"|exit 75"', "queued", "4.0.0"),
        ('"|exit 67"', "bounced", "5.1.1"),
    ],
)
def test_a_program_that_is_none_is_a_matter_of_that_letter(text: str, what: str, dsn: str) -> None:
    for where in ("alias", "forward"):
        world, mail = site(f"staff: {text}" if where == "alias" and text[0] == '"' else "")
        world.file(mail, "/home/hana/.forward", text, owner="hana")
        mail.submit("taro", "staff" if where == "alias" and text[0] == '"' else "hana")
        trace = world.run(until="30m")
        assert fate(trace) == {"submitted": 1, what: 1}
        assert f"mailer=prog, pri=31000, dsn={dsn}" in trace.syslog(mail.name)


@pytest.mark.parametrize(
    ("name", "words"),
    [("list", "Permission denied"), ("/nosuch", "No such file or directory"), ("", "Permission denied")],
)
def test_a_list_that_cannot_be_opened_comes_back_and_the_run_goes_on(name: str, words: str) -> None:
    world, mail = site()
    world.file(mail, "/home/hana/.forward", f":include:{name}", owner="hana")
    mail.submit("taro", "hana", "jiro")
    trace = world.run(until="1h")
    assert fate(trace) == {"submitted": 2, "delivered": 1, "bounced": 1}
    assert words in trace.content(2).decode()


@pytest.mark.parametrize("rules", ["", "Mesmtp, P=[IPC], F=mDFMuXa, A=TCP $h\n"])
def test_a_whole_configuration_without_a_local_mailer_is_refused(rules: str) -> None:
    with pytest.raises(WorkbookError, match="No local mailer defined"):
        site(cf=f"V10/Berkeley\n{rules}")


def test_a_configuration_without_the_mailer_that_mail_would_take_gives_that_letter_back() -> None:
    whole = "V10/Berkeley\nO QueueDirectory=/var/spool/mqueue\nMlocal, P=/bin/mail, F=lsDFMAw5:/|@qPn9, A=mail -d $u\n"
    world, mail = site(cf=whole)
    mail.submit("taro", "a@far.example", "hana")
    trace = world.run(until="1h")
    assert fate(trace) == {"submitted": 2, "delivered": 1, "bounced": 1}


@pytest.mark.parametrize("size", [10**11, 2**31, 0, -1])
def test_a_size_that_no_message_has_is_refused_at_once(size: int) -> None:
    _, mail = site()
    with pytest.raises(WorkbookError, match=f"size={size}: a message has at least 1 byte, and at most 2147483647"):
        mail.submit("taro", "hana", size=size)


def test_a_large_message_is_carried_but_not_shown() -> None:
    world, mail = site()
    mail.submit("taro", "hana", size=2**31 - 1)
    trace = world.run(until="1d")
    assert fate(trace) == {"submitted": 1, "delivered": 1}
    with pytest.raises(WorkbookError, match="2,147,483,647 bytes, too many to be looked at"):
        trace.content(1)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f"S{'9' * 5000}", "ruleset number out of range"),
        (f"O MaxHopCount={'9' * 5000}", "not a number"),
        (f"Mx, P=/bin/x, A=x, L={'9' * 5000}", "L= of a mailer is not a number"),
        ("O MaxHopCount=²", "not a number"),
    ],
)
def test_a_number_of_any_length_is_complained_of_in_words(line: str, words: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(CfError, match=words):
            site(cf=line)


@pytest.mark.parametrize("start", ["1969-01-01T00:00+00:00", "10000-01-01T00:00+00:00", "9999-06-01"])
def test_a_world_begins_within_the_dates_that_there_are(start: str) -> None:
    with pytest.raises(WorkbookError, match="start="):
        World(start=start)


@pytest.mark.parametrize("until", ["1h", "365d"])
def test_a_world_ends_with_the_year_9999(until: str) -> None:
    world = World(start="9999-12-31T23:59+00:00")
    with pytest.raises(WorkbookError, match=f"until={until} is after the year 9999, where dates end"):
        world.run(until=until)


def test_a_short_name_is_the_hosts_own_and_a_name_that_ends_with_redirect_is_nobodys() -> None:
    world, mail = site()
    mail.submit("taro", "hana@mail", "jiro@MAIL", "taro@moved.example.REDIRECT")
    trace = world.run(until="1h")
    assert fate(trace) == {"submitted": 3, "delivered": 2, "bounced": 1}
    assert "Host unknown" in trace.syslog(mail.name)


@pytest.mark.parametrize("end", ["restart", "power cut", "kill -9", "purgestat and restart"])
def test_a_lock_of_a_process_that_is_gone_holds_nobody_up(end: str) -> None:
    world = World(seed=2)
    cf = "O SingleThreadDelivery=true\nO HostStatusDirectory=.hoststat\nO MinQueueAge=0"
    mail = world.sendmail("mail.example", cf=cf)
    world.peer("slow.example", quirks=Quirks(silent_at="DATA"))
    mail.submit("taro", "a@slow.example", at="1s")
    world.run(until="29s")
    assert len(mail.host_status.locks) == 1
    if end == "power cut":
        world.outage(mail, "30s", "40s")
    elif end == "kill -9":
        (number,) = mail.installation.processes
        world.shell(mail)(f"kill -9 {number}")
    else:
        if "purgestat" in end:
            world.shell(mail)("purgestat")
        mail.restart(at="30s", cf=f"{cf}\nO Timeout.datainit=1m")
    mail.submit("taro", "b@slow.example", at="1m")
    world.run(until="50s")
    assert not mail.host_status.locks
    trace = world.run(until="30m")
    assert "is being talked to by another process" not in trace.syslog(mail)
    assert len(trace.connections) == 2


@pytest.mark.parametrize(
    "aliases", ["staff: hana\nhana: staff", "staff: hana, jiro\nhana: staff", "staff: staff, hana"]
)
def test_a_list_that_leads_back_to_itself_and_has_an_owner_is_one_copy_more_and_no_end_of_copies(aliases: str) -> None:
    world, mail = site(f"{aliases}\nowner-staff: taro")
    mail.submit("taro", "staff")
    trace = world.run(until="1h")
    assert trace.syslog(mail.name).count("clone: owner=taro") == 1
    assert trace.totals()["queued"] == 0
    assert "hana" in trace.deliveries["mailbox"]


def test_an_agent_that_finds_no_room_in_tmp_and_says_0_has_lost_the_mail() -> None:
    world, mail = site(cf="Mlocal, P=/opt/agent, F=lsDFMAw5:/|@qPrn9, A=agent -d $u")
    world.agent(mail, "/opt/agent", on_full=0, uses_tmp=True)
    world.disk(mail, 1, on="/tmp")
    mail.submit("taro", "hana", "jiro", size=50_000)
    trace = world.run(until="1h")
    assert fate(trace) == {"submitted": 2, "lost": 2}
    assert trace.losses["cause"] == ["Temporary file write error, unnoticed"] * 2
