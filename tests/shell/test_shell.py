"""The shell itself: words, names of commands, what it refuses, files and the machine."""

import pytest

from simlib import WorkbookError, World
from simlib.mta.sendmail import Sendmail
from simlib.shell.shell import Shell

HOST = "mail.here.example"


@pytest.fixture
def world() -> World:
    return World(seed=1)


@pytest.fixture
def mail(world: World) -> Sendmail:
    return world.sendmail(HOST, domain="here.example", cf="O DeliveryMode=queueonly")


@pytest.fixture
def root(world: World, mail: Sendmail) -> Shell:
    return world.shell(mail)


@pytest.mark.parametrize(
    ("line", "answer", "status"),
    [
        ("", "", 0),
        ("  # only a remark", "", 0),
        ("foo", "sh: foo: command not found", 127),
        ("/usr/lib/sendmail -bp", "/var/spool/mqueue is empty\n\t\tTotal requests: 0", 0),
        ("/opt/mailq", "sh: /opt/mailq: No such file or directory", 127),
        ("cat '/nosuch", "sh: unexpected EOF while looking for matching `''", 2),
        ("cat /nosuch", "cat: /nosuch: No such file or directory", 1),
        ("cat /etc/mail", "cat: /etc/mail: Is a directory", 1),
        ("cat /dev/null", "", 0),
        ("tail -n x /var/log/maillog", "tail: invalid number of lines: 'x'", 1),
        ("cp /dev/null /no/where", "cp: cannot create regular file '/no/where': No such file or directory", 1),
        ("cp /dev/null", "cp: missing destination file operand after '/dev/null'", 1),
        ("kill -FOO 1", "sh: kill: FOO: invalid signal specification", 1),
        ("kill 9999", "sh: kill: (9999) - No such process", 1),
        ("kill sendmail", "sh: kill: sendmail: arguments must be process or job IDs", 1),
        ("kill", "kill: usage: kill [-HUP | -TERM | -KILL] pid ...", 2),
        ("hostname", HOST, 0),
        ("date", "Wed Jul  1 09:00:00 JST 1998", 0),
    ],
)
def test_a_line_and_its_answer(root: Shell, line: str, answer: str, status: int) -> None:
    assert root(line) == answer
    assert root.status == status


def test_another_configuration_is_put_in_place_and_read_when_the_daemon_is_told(
    world: World, mail: Sendmail, root: Shell
) -> None:
    world.user(mail, "hana")
    world.file(mail, "/tmp/new.cf", f"{mail.cf}\nO MaxHopCount=7")
    hana = world.shell(mail, user="hana")
    assert hana("cp /tmp/new.cf sendmail.cf") == "cp: cannot create regular file 'sendmail.cf': Permission denied"
    assert root("cp /tmp/new.cf /etc/mail/sendmail.cf") == ""
    assert root("tail -1 sendmail.cf") == "O MaxHopCount=7"
    assert mail.cf["MaxHopCount"] == 25
    root(f"kill -HUP {root('head -1 /var/run/sendmail.pid')}")
    world.run(until="1m")
    assert mail.cf["MaxHopCount"] == 7


def test_an_empty_configuration_is_complained_of_by_each_sendmail(mail: Sendmail, root: Shell) -> None:
    root("cp /dev/null sendmail.cf")
    assert root("mailq") == "No local mailer defined\nQueueDirectory (Q) option must be set"
    assert root.status == 70


def test_a_mailbox_that_is_too_large_to_be_shown_is_said_to_be(world: World, mail: Sendmail, root: Shell) -> None:
    world.user(mail, "hana")
    mail.submit("taro", "hana", size=2**30)
    mail.queue_run(at="1m")
    world.run(until="1d")
    assert root("cat /var/mail/hana") == "cat: /var/mail/hana: File too large"


def test_help_names_the_commands(root: Shell) -> None:
    told = root("help")
    commands = [word for line in told.splitlines() if line.startswith("    ") for word in line.split()]
    assert {"mailq", "sendmail", "tail", "uptime", "mailstats", "telnet", "cd"} < set(commands)
    assert not any("command not found" in root(command) for command in commands)


def test_relative_paths_begin_where_one_is(root: Shell) -> None:
    assert root("pwd") == "/etc/mail"
    assert root("head -n 1 sendmail.cf") == root("head -1 /etc/mail/sendmail.cf")
    assert root("cd /var/log") == ""
    assert root("cat maillog") == root("cat /var/log/maillog") == ""
    assert root("cd nosuch") == "sh: cd: nosuch: No such file or directory"
    assert root("cat ../spool/mqueue") == "cat: ../spool/mqueue: Is a directory"


def test_the_configuration_is_a_file(mail: Sendmail, root: Shell) -> None:
    assert root("cat sendmail.cf") == str(mail.cf).rstrip("\n")
    assert root("tail -1 /etc/sendmail.cf") == "O DeliveryMode=queueonly"


def test_the_log_and_the_queue_are_files(world: World, mail: Sendmail, root: Shell) -> None:
    world.sendmail("mx.there.example", domain="there.example")
    mail.submit("taro@here.example", "hana@there.example")
    trace = world.run(until="1m")
    (qid,) = trace.queue(HOST)["qid"]
    assert root("cat /var/log/maillog") == trace.syslog(HOST).rstrip("\n")
    assert root("tail -1 /var/log/maillog").endswith("stat=queued")
    assert root(f"cat /var/spool/mqueue/qf{qid}") == trace.qf(HOST, qid).rstrip("\n")
    assert world.shell(mail, user="taro")(f"cat /var/spool/mqueue/qf{qid}").endswith("Permission denied")


def test_host_status_is_a_tree_of_files(world: World) -> None:
    mail = world.sendmail(HOST, cf="O HostStatusDirectory=.hoststat")
    mx = world.sendmail("mx.there.example", domain="there.example")
    world.outage(mx.daemon, "0s", "9h")
    mail.submit("taro@here.example", "hana@there.example")
    world.run(until="1m")
    text = world.shell(mail)("cat /var/spool/mqueue/.hoststat/example./there./mx")
    assert text.splitlines()[:3] == ["V0", "E111", "H0"]


def test_uptime_counts_from_the_last_boot(world: World, mail: Sendmail, root: Shell) -> None:
    world.outage(mail, "1h", "2h")
    world.run(until="59m")
    assert root("uptime").startswith(" 09:59:00 up 59 min,  1 user,  load average: 0.00")
    world.run(until="90m")
    assert root("uptime") == f"{HOST}: no answer: the host is down"
    world.run(until="28h")
    assert root("uptime").startswith(" 13:00:00 up 1 day,  2:00,  1 user")


def test_df_shows_the_disk_of_the_queue(world: World, mail: Sendmail, root: Shell) -> None:
    world.disk(mail, blocks=1_000)
    world.fill(mail, 500, "0s", "1h")
    world.run(until="1m")
    assert root("df").splitlines() == [
        "Filesystem     1K-blocks Used Available Use% Mounted on",
        "/dev/sda1           4000 2000      2000  50% /var/spool/mqueue",
    ]
    assert root("df -h /var/spool/mqueue").splitlines()[1] == "/dev/sda1       4.0M  2.0M  2.0M  50% /var/spool/mqueue"


def test_mount_and_df_show_what_is_mounted(world: World, mail: Sendmail, root: Shell) -> None:
    assert root("mount") == ""
    world.disk(mail, blocks=1_000)
    world.disk(mail, blocks=500, block_size=1_024, on="/var/mail")
    assert root("mount").splitlines() == [
        "/dev/sda1 on /var/spool/mqueue type ext2 (rw)",
        "/dev/sda2 on /var/mail type ext2 (rw)",
    ]
    assert root("df").splitlines()[2] == "/dev/sda2            500    0       500   0% /var/mail"


def test_files_belong_to_somebody(world: World, mail: Sendmail, root: Shell) -> None:
    world.user(mail, "taro", "hana")
    world.file(mail, "/home/hana/.forward", "jiro\n", owner="hana", mode=0o600)
    assert root("cat /home/hana/.forward") == "jiro"
    taro = world.shell(mail, user="taro")
    assert taro("cat /home/hana/.forward") == "cat: /home/hana/.forward: Permission denied"
    assert taro("cp /dev/null /home/hana/.forward").endswith("Permission denied")
    assert taro("cp /dev/null /etc/mail/mine").endswith("Permission denied")
    assert world.shell(mail, user="hana")("cp /dev/null /home/hana/.forward") == ""
    assert root("cat /home/hana/.forward") == ""


def test_a_mailbox_can_be_read(world: World, mail: Sendmail, root: Shell) -> None:
    world.user(mail, "taro")
    mail.submit("hana@here.example", "taro", message=b"Subject: hello\n\nHow are you?\n")
    root("sendmail -q")
    world.run(until="1m")
    root("sendmail -q")
    world.run(until="2m")
    assert root("head -1 /var/mail/taro").startswith("From hana@here.example ")
    assert "How are you?" in root("cat /var/mail/taro")


def test_a_host_without_sendmail_has_none_of_its_commands(world: World) -> None:
    world.host("plain.example")
    shell = world.shell("plain.example")
    for command in ("mailq", "sendmail -q", "hoststat"):
        assert shell(command) == f"sh: {command.split()[0]}: command not found"
    assert "sendmail" not in shell("ps ax")
    assert "No such file" in shell("cat /var/log/maillog")


def test_there_is_no_shell_on_an_unknown_host(world: World) -> None:
    with pytest.raises(WorkbookError, match=r"nowhere\.example"):
        world.shell("nowhere.example")
