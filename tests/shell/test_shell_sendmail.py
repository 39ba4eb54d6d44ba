"""sendmail and its other names at the shell: queue runs, the daemon, addresses, a message handed in."""

import re

import pytest

from simlib import World
from simlib.mta.sendmail import Sendmail
from simlib.shell.shell import Shell

HOST = "mail.here.example"


@pytest.fixture
def world() -> World:
    """Three messages wait for hosts that are up."""
    world = World(seed=1)
    mail = world.sendmail(HOST, domain="here.example", cf="O DeliveryMode=queueonly")
    world.sendmail("mx.one.example", domain="one.example")
    world.sendmail("mx.two.example", domain="two.example")
    mail.submit("taro@here.example", "a@one.example")
    mail.submit("jiro@here.example", "b@two.example")
    mail.submit("taro@here.example", "c@one.example")
    world.run(until="1m")
    return world


@pytest.fixture
def mail(world: World) -> Sendmail:
    (mail, *_) = world.systems
    return mail


@pytest.fixture
def root(world: World, mail: Sendmail) -> Shell:
    return world.shell(mail)


def delivered(world: World, until: str) -> list[str]:
    return sorted(world.run(until=until).deliveries["mailbox"])


def test_mailq_is_what_the_trace_shows(world: World, root: Shell) -> None:
    assert root("mailq") == root("sendmail -bp") == world.run(until="1m").mailq(HOST).rstrip("\n")


def test_a_queue_run_begins_at_once_and_goes_on_in_the_world(world: World, root: Shell) -> None:
    assert root("sendmail -q") == ""
    assert len(root("mailq").splitlines()) > 2, "no time has passed yet"
    assert delivered(world, "2m") == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("options", "who"),
    [
        ("-qRone", ["a", "c"]),
        ("-qSJIRO", ["b"]),
        ("-qRone -qStaro", ["a", "c"]),
        ("-q!Rone", ["b"]),
        ("-qRnobody", []),
        ("-qf", ["a", "b", "c"]),
    ],
)
def test_a_part_of_the_queue(world: World, root: Shell, options: str, who: list[str]) -> None:
    root(f"sendmail {options}")
    assert delivered(world, "2m") == who


def test_one_message_by_its_id(world: World, root: Shell) -> None:
    (qid,) = world.run(until="1m").queue(HOST).where(recipients="b@two.example")["qid"]
    root(f"sendmail -qI{qid}")
    assert delivered(world, "2m") == ["b"]


def test_restrictqrun_leaves_the_queue_to_root(world: World) -> None:
    mail = world.sendmail("strict.example", cf="O PrivacyOptions=restrictqrun\nO DeliveryMode=queueonly")
    mail.submit("x@strict.example", "a@one.example")
    taro = world.shell(mail, user="taro")
    assert taro("sendmail -q") == "You do not have permission to process the queue"
    assert taro.status == 77
    world.run(until="2m")
    assert len(mail.queue) == 1
    world.shell(mail)("sendmail -q")
    assert delivered(world, "3m") == ["a"]


def test_restrictmailq_shows_the_queue_to_root_only(world: World) -> None:
    mail = world.sendmail("strict.example", cf="O PrivacyOptions=restrictmailq\nO DeliveryMode=queueonly")
    mail.submit("x@strict.example", "a@one.example")
    world.run(until="2m")
    taro = world.shell(mail, user="taro")
    assert taro("mailq").splitlines() == ["You are not permitted to see the queue", "\t\tTotal requests: 0"]
    assert taro.status == 0
    assert "a@one.example" in world.shell(mail)("mailq")


def test_an_interval_of_ones_own(world: World, mail: Sendmail, root: Shell) -> None:
    root("sendmail -q10m")
    world.run(until="2m")
    mail.submit("taro@here.example", "later@one.example")
    assert "later" not in delivered(world, "10m")
    assert "later" in delivered(world, "12m")


def number_of_the_daemon(root: Shell) -> str:
    return root("head -1 /var/run/sendmail.pid")


def test_who_kills_the_daemon_closes_the_port_until_it_is_started(world: World, mail: Sendmail, root: Shell) -> None:
    other = world.sendmail("other.example")
    mail.queue_run(every="1h", at="1m")
    world.run(until="2m")
    assert "accepting connections" in root("ps ax")
    root(f"kill {number_of_the_daemon(root)}")
    other.submit("x@other.example", "taro@here.example", at="3m")
    trace = world.run(until="3h")
    assert trace.connections.where(client="other.example")["outcome"] == ["refused"]
    assert "sendmail" not in root("ps ax").partition("COMMAND")[2]
    mail.submit("taro@here.example", "stays@one.example")
    assert "stays" not in delivered(world, "6h"), "its queue interval went with it"
    root("/usr/lib/sendmail -bd -q30m")
    other.queue_run(at="7h")
    assert {"stays", "taro"} <= set(delivered(world, "8h"))
    assert re.search(r"starting daemon \(8\.18\): SMTP\+queueing@00:30:00", root("cat /var/log/maillog"))


def test_two_daemons_do_not_share_a_port(root: Shell) -> None:
    before = number_of_the_daemon(root)
    assert root("sendmail -bd") == ""
    assert "cannot bind: Address already in use" in root("tail -2 /var/log/maillog")
    assert number_of_the_daemon(root) == before


def test_a_boot_starts_the_daemon_that_was_killed(world: World, mail: Sendmail, root: Shell) -> None:
    root(f"kill -9 {number_of_the_daemon(root)}")
    world.outage(mail, "2m", "3m")
    world.run(until="4m")
    assert "accepting connections" in root("ps ax")


def test_hup_makes_a_new_daemon_and_a_new_interval(world: World, mail: Sendmail, root: Shell) -> None:
    mail.queue_run(every="1h", at="1m")
    world.run(until="2m")
    mail.submit("taro@here.example", "later@one.example")
    world.run(until="121s")
    before = number_of_the_daemon(root)
    root(f"kill -HUP {before}")
    assert number_of_the_daemon(root) != before
    assert "later" in delivered(world, "3m"), "it begins with a queue run"


def test_a_process_that_delivers_is_seen_and_can_be_killed(world: World, mail: Sendmail, root: Shell) -> None:
    world.outage("mx.one.example", "1m", "2h")
    root("sendmail -qRone")
    world.run(until="90s")
    (line,) = [line for line in root("ps ax").splitlines() if "user open" in line]
    assert re.search(r"sendmail: \./\w{14} mx\.one\.example\.: user open", line)
    assert world.shell(mail, user="taro")(f"kill {line.split()[0]}").endswith("Operation not permitted")
    root(f"kill {line.split()[0]}")
    world.run(until="100s")
    assert "user open" not in root("ps ax")
    assert world.run(until="3h").totals()["lost"] == 0


def test_addresses_are_verified_without_sending(world: World, root: Shell) -> None:
    assert root("sendmail -bv a@one.example taro").splitlines() == [
        "a@one.example... deliverable: mailer esmtp, host one.example., user a@one.example",
        "taro... deliverable: mailer local, user taro",
    ]
    assert world.run(until="2m").totals()["submitted"] == 3


def test_an_address_is_what_it_stands_for(world: World, mail: Sendmail, root: Shell) -> None:
    world.user(mail, "taro", "hana")
    mail.aliases = "staff: taro, hana, far@one.example"
    assert root("sendmail -bv staff nobody").splitlines() == [
        "taro... deliverable: mailer local, user taro",
        "hana... deliverable: mailer local, user hana",
        "far@one.example... deliverable: mailer esmtp, host one.example., user far@one.example",
        "nobody... User unknown",
    ]


def test_newaliases_reads_the_file(world: World, mail: Sendmail, root: Shell) -> None:
    world.user(mail, "taro", "hana")
    assert root("newaliases") == "/etc/mail/aliases: No such file or directory"
    world.file(mail, "/etc/mail/aliases", "staff: taro\nboss: hana\n")
    assert root("sendmail -bv boss") == "boss... User unknown"
    assert root("newaliases") == "/etc/mail/aliases: 2 aliases, longest 4 bytes, 17 bytes total"
    assert root("sendmail -bv boss") == "hana... deliverable: mailer local, user hana"
    assert root("cat aliases").splitlines() == ["staff: taro", "boss: hana"]
    assert world.shell(mail, user="taro")("newaliases").startswith("Permission denied")


def test_address_test_mode(root: Shell) -> None:
    typed = "3,0 a@one.example\n/parse taro@here.example\n/mx one.example\n$j\n/foo\nfoo"
    lines = root("sendmail -bt", typed).splitlines()
    assert lines == [
        "ADDRESS TEST MODE (ruleset 3 NOT automatically invoked)",
        "Enter <ruleset> <address>",
        "> canonify           input: a @ one . example",
        "canonify         returns: a < @ one . example . >",
        "parse              input: a < @ one . example . >",
        "parse            returns: $# esmtp $@ one . example . $: a < @ one . example . >",
        "> Cracked address = $g",
        "Parsing envelope recipient address",
        "canonify           input: taro @ here . example",
        "canonify         returns: taro < @ here . example . >",
        "parse              input: taro < @ here . example . >",
        "parse            returns: $# local $: taro",
        "2                  input: taro",
        "2                returns: taro",
        "final              input: taro",
        "final            returns: taro",
        "mailer local, user taro",
        "> getmxrr(one.example) returns 1 value(s):",
        "\tmx.one.example.",
        "> mail.here.example",
        '> Unknown "/" command /foo',
        "> No address!",
        "> ",
    ]


def test_address_test_mode_reads_the_file_that_it_is_given(world: World, mail: Sendmail, root: Shell) -> None:
    world.file(mail, "/tmp/my.cf", "V9\nSone\nR$* x\t$9\nR$+ $- \t$: $2 $1\nFw/tmp/none\n")
    lines = root("sendmail -bt -C/tmp/my.cf", "-d21.12\none a b\n").splitlines()
    assert lines[:3] == [
        "/tmp/my.cf: line 3: replacement $9 out of bounds",
        "/tmp/my.cf: line 5: fileclass: cannot open '/tmp/none': No such file or directory",
        "Warning: .cf file is out of date: sendmail 8.18 supports version 10, .cf file is version 9",
    ]
    assert lines[5:] == [
        "> > one                input: a b",
        "-----trying rule: $* x",
        "----- rule fails",
        "-----trying rule: $+ $-",
        "-----rule matches: $: $2 $1",
        "rewritten as: b a",
        "one              returns: b a",
        "> ",
    ]
    assert root("sendmail -bt -C/tmp/none").startswith("/tmp/none: line 0: cannot open: No such file")


def test_addresses_are_verified_by_the_rules_of_the_cf() -> None:
    world = World(seed=1)
    rules = """V10/Berkeley
O QueueDirectory=/var/spool/mqueue
O OperatorChars=.:%@!^/[]+
Scanonify=3
R$* < $* > $*\t$: $2
R$+ @ $+\t$: $1 < @ $2 >
Sparse=0
R$+ < @ $=w >\t$#local $: $1
R$+ < @ refused.example >\t$#error $@ 5.1.2 $: "550 not there"
R$+ < @ $+ >\t$#hub $@ hub.here.example $: $1 < @ $2 >
R$+\t$#local $: $1
Sfinal=4
R$+ < @ $+ >\t$1 @ $2
Mlocal, P=/bin/mail, F=lsDFMAw5:/|@qPrmn9, A=mail -d $u
Mprog, P=/bin/sh, F=lsDFM, A=sh -c $u
Mhub, P=[IPC], F=mDFMuX, A=TCP $h
"""
    mail = world.sendmail("mail.here.example", cf=rules)
    root = world.shell(mail)
    assert root("sendmail -bv bob@one.example taro@mail.here.example x@refused.example").splitlines() == [
        "bob@one.example... deliverable: mailer hub, host hub.here.example, user bob@one.example",
        "taro@mail.here.example... deliverable: mailer local, user taro",
        "x@refused.example... not there",
    ]


def test_a_message_is_handed_in(world: World, mail: Sendmail) -> None:
    taro = world.shell(mail, user="taro")
    assert taro("sendmail -N success,failure a@one.example", "Subject: hello\nPrecedence: list\n\nHi.\n") == ""
    world.run(until="61s")
    entry = list(mail.queue)[-1]
    assert entry.sender == f"taro@{HOST}"
    assert (entry.message.header("Subject"), entry.message.text, entry.precedence) == ("hello", b"Hi.\n", -30)
    assert (entry.message.size, entry.message.body_size) == (37, 4)
    assert entry.recipients[0].wish.notify == ("SUCCESS", "FAILURE")


@pytest.mark.parametrize(
    ("line", "answer", "status"),
    [
        ("sendmail", "Recipient names must be specified", 64),
        ("sendmail -N sometimes a@one.example", "Invalid -N argument", 64),
        ("sendmail -R all a@one.example", "Invalid -R value", 64),
        ("sendmail -V 'a b' a@one.example", "Invalid syntax in -V flag", 64),
        ("sendmail -B 9bit a@one.example", "Illegal body type 9bit", 64),
        ("sendmail a@ a@@b", "a@... Hostname required\na@@b... Invalid route address", 64),
        ("sendmail 'a\x01'", 'Syntax error in mailbox address "a?" (non-printable character)', 64),
        ("sendmail -f", "sendmail: option requires an argument -- f", 64),
    ],
)
def test_what_it_does_not_take(root: Shell, line: str, answer: str, status: int) -> None:
    assert root(line).startswith(answer)
    assert root.status == status
