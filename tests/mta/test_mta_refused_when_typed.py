"""An address that leads nowhere is refused while it is typed [recipient.c, savemail.c]."""

from email import message_from_bytes

import pytest

from simlib import Trace, World, read_maillog
from simlib.mta.sendmail import Sendmail
from simlib.shell.shell import Shell

HERE = "mail.here.example"
TEXT = "Subject: typed\n\nhello\n"
ALIASES = "list: hana, jiro\nmixed: hana, nosuch\nbad: nosuch\nstaff: hana, nosuch\nowner-staff: jiro\n"
RETURN = "Returned mail: see transcript for details"


def site(cf: str = "") -> tuple[World, Sendmail, Shell]:
    """A host with three users and some aliases, and a peer."""
    world = World()
    mail = world.sendmail(HERE, domain="here.example", cf=cf)
    world.peer("mx.far.example", domain="far.example")
    world.user(mail, "taro", "hana", "jiro")
    mail.aliases = ALIASES
    return world, mail, world.shell(mail)


def lines(trace: Trace) -> list[str]:
    """The log without dates and queue ids."""
    return [line.partition("]: ")[2].partition(": ")[2] for line in trace.syslog(HERE).splitlines()]


def subjects(trace: Trace, user: str) -> list[str]:
    """What has come to a mailbox, by its Subject."""
    came = [message for message, mailbox in zip(trace.deliveries["message"], trace.deliveries["mailbox"], strict=True)
            if mailbox == user]  # fmt: skip
    return [str(message_from_bytes(trace.content(number))["Subject"]) for number in came]


@pytest.mark.parametrize("mode", ["background", "interactive", "queueonly", "deferred"])
def test_who_types_for_nobody_is_told_and_has_it_in_his_dead_letter(mode: str) -> None:
    world, mail, root = site(f"O DeliveryMode={mode}")
    saved = "/home/taro/dead.letter... Saved message in /home/taro/dead.letter"
    assert root("sendmail -f taro nosuch", input=TEXT).splitlines() == ["nosuch... User unknown", saved]
    trace = world.run("1h")
    assert len(mail.queue) == 0
    assert [trace.totals()[what] for what in ("delivered", "bounced", "notices")] == [0, 1, 0]
    kept = root("cat /home/taro/dead.letter")
    assert kept.startswith("From taro ")
    assert "Subject: typed\n\nhello" in kept
    first, second, third = lines(trace)[-3:]
    assert first == "nosuch... User unknown"
    assert second.startswith("to=nosuch, delay=00:00:00, mailer=local, pri=0, dsn=5.1.1, ")
    assert third.startswith("from=taro, size=22, class=0, nrcpts=1, ")


def test_a_second_letter_stands_behind_the_first_in_dead_letter() -> None:
    world, _, root = site()
    for _ in range(2):
        root("sendmail -f taro nosuch", input=TEXT)
    world.run("1h")
    assert root("cat /home/taro/dead.letter").count("Subject: typed") == 2


def test_in_the_background_the_others_get_it_and_the_sender_a_notice() -> None:
    world, _, root = site()
    assert root("sendmail -f taro hana nosuch", input=TEXT) == "nosuch... User unknown"
    trace = world.run("1h")
    assert subjects(trace, "hana") == ["typed"]
    assert subjects(trace, "taro") == [RETURN]
    assert [trace.totals()[what] for what in ("delivered", "bounced")] == [1, 1]
    assert any(line.endswith("DSN: User unknown") for line in lines(trace))


@pytest.mark.parametrize("mode", ["interactive", "queueonly"])
def test_in_the_foreground_the_others_get_it_and_the_rest_is_in_dead_letter(mode: str) -> None:
    world, mail, root = site(f"O DeliveryMode={mode}")
    assert "Saved message" in root("sendmail -f taro hana nosuch", input=TEXT)
    mail.queue_run(at="10m")
    trace = world.run("1h")
    assert subjects(trace, "hana") == ["typed"]
    assert subjects(trace, "taro") == []


def test_a_sender_at_home_elsewhere_gets_a_notice() -> None:
    world, _, root = site("O DeliveryMode=queueonly")
    assert root("sendmail -f ken@far.example hana nosuch", input=TEXT) == "nosuch... User unknown"
    trace = world.run("1h")
    assert subjects(trace, "ken") == [RETURN]
    assert "to=hana" in root("grep stat=queued /var/log/maillog")
    assert len(world.systems[0].queue) == 1  # hana's waits for a queue run


def test_an_alias_is_looked_up_at_once() -> None:
    world, _, root = site("O DeliveryMode=queueonly")
    assert root("sendmail -f taro mixed", input=TEXT).splitlines()[0] == "nosuch... User unknown"
    assert root("sendmail -f taro list", input=TEXT) == ""
    world.run("1h")
    listed = root("mailq")
    assert all(name in listed for name in ("hana", "jiro"))
    assert "list" not in listed


def test_the_members_of_a_list_with_an_owner_get_an_entry_of_their_own() -> None:
    world, mail, root = site("O DeliveryMode=queueonly")
    root("sendmail -f taro jiro staff", input=TEXT)
    mail.queue_run(at="10m")
    trace = world.run("1h")
    assert any("clone: owner=jiro" in line for line in lines(trace))
    assert len(mail.queue) == 0
    assert subjects(trace, "hana") == ["typed"]


def test_where_errors_are_mailed_nothing_is_saved() -> None:
    world, _, root = site("O ErrorMode=mail")
    assert root("sendmail -f taro nosuch", input=TEXT) == ""
    assert root.status == 67
    assert subjects(world.run("1h"), "taro") == [RETURN]


RULES = """V10
O QueueDirectory=/var/spool/mqueue
Mlocal, P=/bin/mail, F=lsDFMAw5:/|@qm, A=mail -d $u
S3
R$*<$*>$*	$2
S0
Rnewton	$#error $@ 5.1.6 $: "551 gone"
R$*	$#local $: $1
"""


def test_where_rules_refuse_he_is_told_their_words() -> None:
    world = World()
    world.sendmail(HERE, cf=RULES)
    root = world.shell(HERE)
    said = root("sendmail -f taro newton", input=TEXT).splitlines()
    assert said == ["gone", "/home/taro/dead.letter... Saved message in /home/taro/dead.letter"]
    assert "nrcpts=0" in world.run("1h").syslog(HERE)


def test_a_notice_has_its_reason_in_the_log_and_no_from_line() -> None:
    world, mail, _ = site()
    mail.submit("taro@here.example", "nosuch@here.example")
    trace = world.run("1h")
    assert sum("from=" in line for line in lines(trace)) == 1
    log = read_maillog(trace.syslog(HERE))
    (notice,) = log.where(kind="notice")
    assert (notice.address, notice.stat) == ("DSN", "User unknown")
    assert log.where(qid=notice.qid)["kind"] == ["notice", "sent"]


@pytest.mark.parametrize(
    ("cf", "until", "words"),
    [
        ("O Timeout.queuewarn=1h", "2h", "sender notify: Warning: could not send message for past 1 hour"),
        ("O Timeout.queuereturn=2h", "3h", "DSN: Cannot send message for 2 hours"),
        ("O Timeout.queuewarn=1h\nO Timeout.queuereturn=2h", "3h", "sender notify: Cannot send message for 2 hours"),
    ],
)
def test_the_log_says_how_long_a_letter_waits(cf: str, until: str, words: str) -> None:
    world, mail, _ = site(cf)
    world.outage("mx.far.example", 0, "1d")
    mail.submit("taro@here.example", "ken@far.example")
    mail.queue_run(every="30m")
    assert any(line.endswith(words) for line in lines(world.run(until)))


def test_receipts_and_copies_for_the_postmaster_have_their_names() -> None:
    world, mail, _ = site("O PostmasterCopy=postmaster")
    mail.submit("taro@here.example", "hana@here.example", notify=["success"])
    mail.submit("taro@here.example", "nosuch@here.example")
    log = lines(world.run("1h"))
    assert any(line.endswith("DSN: Return receipt") for line in log)
    assert any(line.endswith("postmaster notify: User unknown") for line in log)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/etc/motd", "/etc/motd... Cannot mail directly to files"),
        (":include:/etc/list", ":include:/etc/list... Cannot mail directly to :include:s"),
        ('"|/bin/cat"', '"|/bin/cat"... Cannot mail directly to programs'),
        ("hana@", "hana@... Hostname required"),
        ("@far.example", "@far.example... User address required"),
        ("hana@far..example", "hana@far..example... Invalid host name"),
    ],
)
def test_what_nobody_can_mean_is_said_and_the_letter_is_saved(typed: str, said: str) -> None:
    world, mail, root = site()
    answer = world.shell(mail, "taro")(f"sendmail '{typed}'", input=TEXT).splitlines()
    assert answer == [said, "/home/taro/dead.letter... Saved message in /home/taro/dead.letter"]
    assert said in lines(world.run(until="1m"))
    assert root("mailq") == "/var/spool/mqueue is empty\n\t\tTotal requests: 0"


def test_who_is_named_beside_it_gets_the_letter() -> None:
    world, mail, _ = site()
    world.shell(mail, "taro")("sendmail hana hana@far..example", input=TEXT)
    trace = world.run(until="1m")
    assert subjects(trace, "hana") == ["typed"]
    (number,) = (n for n, mailbox in zip(trace.deliveries["message"], trace.deliveries["mailbox"], strict=True)
                 if mailbox == "hana")  # fmt: skip
    assert "for hana" not in str(message_from_bytes(trace.content(number))["Received"])
