"""QueueDirectory: one directory by another name, or several (option QueueDirectory, release notes of 8.10)."""

import pytest

from simlib import Quirks, Reply, World
from simlib.errors import WorkbookError
from simlib.mta.sendmail import Sendmail
from simlib.shell.shell import Shell

HERE, TARO, HANA = "mail.here.example", "taro@here.example", "hana@far.example"
SEVERAL = "O QueueDirectory=/var/spool/mqueue/q*\nO DeliveryMode=queueonly\n"
NAMES = ("q1", "q2", "q3")


def site(cf: str = SEVERAL, names: tuple[str, ...] = NAMES, letters: int = 9) -> tuple[World, Sendmail, Shell]:
    """A host with queue directories, and letters that wait for a run."""
    world = World()
    mail = world.sendmail(HERE, domain="here.example", cf=cf)
    world.peer("mx.far.example", domain="far.example")
    for name in names:
        world.directory(mail, f"/var/spool/mqueue/{name}", mode=0o700)
    for n in range(letters):
        mail.submit(TARO, HANA, size=1000 + n)
    return world, mail, world.shell(mail)


def lying(root: Shell, name: str) -> list[str]:
    """The queue ids of control files in a directory."""
    return [file[2:] for file in root(f"ls /var/spool/mqueue/{name}").splitlines() if file.startswith("qf")]


def test_letters_are_spread_over_the_directories_and_mailq_lists_one_after_the_other() -> None:
    world, mail, root = site()
    world.run("1m")
    held = {name: lying(root, name) for name in NAMES}
    assert all(held.values())
    assert sorted(qid for one in held.values() for qid in one) == sorted(one.qid for one in mail.queue)
    listed = root("mailq")
    parts = listed.split("/var/spool/mqueue/")[1:]
    assert [part[:2] for part in parts] == list(NAMES)
    for name, part in zip(NAMES, parts, strict=True):
        assert f"({len(held[name])} request" in part
        assert all(qid in part for qid in held[name])
    assert listed.rstrip().endswith("Total requests: 9")


def test_a_run_takes_all_directories_in_one_order() -> None:
    world, mail, root = site()
    mail.queue_run(at="2m")
    trace = world.run("1h")
    assert list(trace.deliveries["message"]) == sorted(
        trace.deliveries["message"]
    )  # each is larger than the one before
    assert len(trace.deliveries) == 9
    assert all(f"/var/spool/mqueue/{name} is empty" in root("mailq") for name in NAMES)


def test_max_queue_run_size_counts_over_all_directories_and_the_log_names_the_one_that_is_too_much() -> None:
    world, mail, root = site(f"{SEVERAL}O MaxQueueRunSize=4\n")
    world.run("1m")
    by_directory = sorted(mail.queue, key=lambda entry: entry.directory)
    assert by_directory != list(mail.queue)  # or it would make no difference
    mail.queue_run()
    trace = world.run("1h")
    assert set(trace.deliveries["message"]) == {entry.message.number for entry in by_directory[:4]}
    assert f"WorkList for {by_directory[4].directory} maxed out at 4" in root("cat /var/log/maillog")


def test_a_letter_goes_where_there_is_space() -> None:
    world, mail, root = site(f"{SEVERAL}O MinFreeBlocks=50\n", letters=0)
    for name, blocks in (("q1", 40), ("q2", 40), ("q3", 500)):
        world.disk(mail, blocks, on=f"/var/spool/mqueue/{name}")
    for _ in range(9):
        mail.submit(TARO, HANA)
    world.run("1m")
    assert {entry.directory for entry in mail.queue} == {"/var/spool/mqueue/q3"}
    rows = [line.split() for line in root("df").splitlines()[1:]]
    assert [int(row[2]) > 0 for row in rows] == [False, False, True]  # used


def test_where_no_directory_has_space_mail_is_refused() -> None:
    world, mail, _ = site(f"{SEVERAL}O MinFreeBlocks=50\n", letters=0)
    world.run("1s")
    client = world.host("pc.example")
    for name in NAMES:
        world.disk(mail, 40, on=f"/var/spool/mqueue/{name}")
    telnet = world.telnet(client, mail)
    telnet("HELO pc.example")
    assert telnet("MAIL FROM:<a@pc.example>").startswith("452 4.4.5")


def test_what_lies_in_an_old_directory_is_forgotten_until_the_option_says_so_again() -> None:
    world, mail, root = site("O DeliveryMode=queueonly\nO QueueDirectory=/var/spool/mqueue", letters=1)
    world.directory(mail, "/var/spool/omqueue")
    world.run("1m")
    mail.restart(cf="O DeliveryMode=queueonly\nO QueueDirectory=/var/spool/omqueue")
    mail.queue_run(at="2m")
    assert len(world.run("1h").deliveries) == 0
    assert root("mailq") == "/var/spool/omqueue is empty\n\t\tTotal requests: 0"
    assert len(root("ls /var/spool/mqueue").splitlines()) > 1  # its files are still there
    mail.restart(cf="O DeliveryMode=queueonly\nO QueueDirectory=/var/spool/mqueue")
    mail.queue_run(at="2h")
    assert len(world.run("3h").deliveries) == 1


def test_notices_lie_in_a_queue_directory_too() -> None:
    world, mail, _ = site(letters=0)
    world.peer("mx.no.example", domain="no.example", quirks=Quirks(replies={"RCPT": Reply(550, "5.1.1 no such user")}))
    world.peer("mx.back.example", domain="back.example", quirks=Quirks(replies={"RCPT": Reply(451, "4.3.2 busy")}))
    mail.submit("a@back.example", "b@no.example")
    mail.queue_run(at="1m")
    world.run("10m")
    (notice,) = mail.queue
    assert notice.notice
    assert notice.directory.removeprefix("/var/spool/mqueue/") in NAMES


def test_host_status_lies_beside_the_directories() -> None:
    world, mail, root = site(f"{SEVERAL}O HostStatusDirectory=.hoststat\n", letters=1)
    mail.queue_run(at="1m")
    world.run("1h")
    assert "E0" in root("cat /var/spool/mqueue/.hoststat/example./far./mx")


def test_others_than_root_do_not_look_into_them() -> None:
    world, mail, _ = site()
    world.run("1m")
    taro = world.shell(mail, user="taro")
    assert taro("ls /var/spool/mqueue/q1") == "ls: cannot open directory '/var/spool/mqueue/q1': Permission denied"


def test_a_world_without_the_directory_says_how_to_make_it() -> None:
    world, _, _ = site(names=(), letters=0)
    with pytest.raises(
        WorkbookError, match=r"q\*: can not opendir.*world.directory\('mail.here.example', '/var.*/q1'\)"
    ):
        world.run("1m")


def test_a_letter_for_a_host_without_a_directory_says_so_too() -> None:
    world, _, _ = site(names=(), letters=1)
    with pytest.raises(WorkbookError, match="can not opendir"):
        world.env.run(until=1)


def test_a_daemon_that_is_begun_again_without_the_directory_is_not_there() -> None:
    world, mail, root = site("", names=(), letters=0)
    mail.restart(cf=SEVERAL, at="1m")
    world.run("1h")
    assert not mail.daemon.runs
    said = "NOQUEUE: SYSERR(root): can not opendir(/var/spool/mqueue/q): No such file or directory"
    assert root("tail -1 /var/log/maillog").strip().endswith(said)
