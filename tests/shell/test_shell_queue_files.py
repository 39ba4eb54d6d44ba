"""Queue files are the letters: who removes or moves them does it to these, and the books stay right."""

import pytest

from simlib import World
from simlib.mta.sendmail import Sendmail
from simlib.shell.shell import Shell
from simlib.trace.record import Trace

HOST, QUEUE = "mail.here.example", "/var/spool/mqueue"
CF = "O DeliveryMode=queueonly\nO HostStatusDirectory=.hoststat"


@pytest.fixture
def world() -> World:
    world = World(seed=1)
    world.peer("well.example")
    world.host("dead.example")
    world.outage("dead.example", "0s", "30d")
    return world


@pytest.fixture
def mail(world: World) -> Sendmail:
    mail = world.sendmail(HOST, domain="here.example", cf=CF)
    world.user(mail, "taro", "hana")
    for n in range(3):
        mail.submit("taro", f"user{n}@well.example", message=f"Subject: {n}\n\nletter {n}\n".encode())
    world.run(until="1m")
    return mail


@pytest.fixture
def root(world: World, mail: Sendmail) -> Shell:
    shell = world.shell(mail)
    shell(f"cd {QUEUE}")
    return shell


def qids(root: Shell, pattern: str = f"{QUEUE}/qf*") -> list[str]:
    return [path.rpartition("/")[2][2:] for path in root(f"ls {pattern}").split()]


def balanced(trace: Trace) -> dict[str, int]:
    """The books, if they are right."""
    books = trace.totals()
    assert books["submitted"] == books["delivered"] + books["bounced"] + books["queued"] + books["lost"]
    return books


def test_a_letter_whose_files_are_removed_is_lost(world: World, root: Shell) -> None:
    first, *_ = qids(root)
    assert root(f"rm qf{first} df{first}") == ""
    assert "Total requests: 2" in root("mailq")
    assert root(f"ls qf{first}").endswith("No such file or directory")
    root("sendmail -q")
    books = balanced(world.run(until="1h"))
    assert (books["delivered"], books["lost"], books["queued"]) == (2, 1, 0)


def test_all_of_them_at_once(world: World, root: Shell) -> None:
    assert root("rm -f qf* df*") == ""
    assert root("mailq").startswith(f"{QUEUE} is empty")
    assert root("ls") == ""
    assert balanced(world.run(until="1h"))["lost"] == 3


def test_without_its_qf_file_the_df_file_belongs_to_nothing(world: World, root: Shell) -> None:
    first, *_ = qids(root)
    body = root(f"cat df{first}")
    root(f"rm qf{first}")
    assert root(f"cat df{first}") == body
    assert "Total requests: 2" in root("mailq")
    assert root("ls qf* | wc -l; ls df* | wc -l").split() == ["2", "3"]
    assert root(f"rm df{first}; ls df{first}").endswith("No such file or directory")


def test_without_its_df_file_it_is_sent_without_its_body(world: World, mail: Sendmail, root: Shell) -> None:
    world.sendmail("mx.there.example", domain="there.example")
    world.user("mx.there.example", "ken")
    mail.submit("taro", "ken@there.example", message=b"Subject: x\n\nthe body\n")
    world.run(until="2m")
    qid = qids(root)[-1]
    listed = root(f"rm df{qid}; mailq").splitlines()  # as the real one lists it, whose size is not known any more
    at = listed.index(f"{qid}readqf: cannot open ./df{qid}: No such file or directory")
    assert listed[at + 1].startswith("       -1 ")
    root("sendmail -q")
    trace = world.run(until="1h")
    assert f"{qid}: SYSERR(root): readqf: cannot open ./df{qid}: No such file or directory" in root(
        "cat /var/log/maillog"
    )
    assert any(f"MAIL From:<taro@{HOST}>\n" in trace.dialogue(n + 1) for n in range(len(trace.connections)))
    assert "<<< No Message Collected >>>" in world.shell("mx.there.example")("cat /var/mail/ken")
    assert balanced(trace)["delivered"] == 4


def test_a_letter_that_is_just_being_delivered_is_delivered_all_the_same(
    world: World, mail: Sendmail, root: Shell
) -> None:
    mail.submit("taro", "ken@dead.example")
    mail.queue_run(at="10m")
    world.run(until="601s")  # it waits for the dead host to answer
    assert "xf" in root("ls")
    assert root("rm -f qf* df*") == ""
    trace = world.run(until="2h")
    assert balanced(trace)["queued"] == 0
    assert trace.totals()["lost"] >= 1
    assert root("ls") == ""


def test_a_power_cut_while_a_removed_letter_is_delivered(world: World, mail: Sendmail, root: Shell) -> None:
    mail.submit("taro", "ken@dead.example")
    mail.queue_run(at="10m")
    world.outage(mail, "605s", "20m")
    world.run(until="601s")
    root("rm -f qf* df*")
    assert balanced(world.run(until="2h"))["queued"] == 0


def test_a_clogged_queue_is_put_aside_as_the_operations_guide_says(world: World, mail: Sendmail, root: Shell) -> None:
    assert root("cd ..; mv mqueue omqueue; mkdir mqueue; chmod 700 mqueue") == ""
    assert root("mailq").startswith(f"{QUEUE} is empty")
    assert len(qids(root, "/var/spool/omqueue/qf*")) == 3
    mail.submit("hana", "user9@well.example")
    world.run(until="2m")
    root("sendmail -q")
    books = balanced(world.run(until="1h"))
    assert (books["delivered"], books["queued"]) == (1, 3)
    assert root("mv omqueue/* mqueue; rmdir omqueue") == ""
    assert len(qids(root)) == 3
    root("sendmail -q")
    assert balanced(world.run(until="2h"))["delivered"] == 4


def test_one_letter_is_moved_file_by_file_in_any_order(world: World, root: Shell) -> None:
    first, second, _ = qids(root)
    root("mkdir ../aside")
    for qid, order in ((first, "qf df"), (second, "df qf")):
        for part in order.split():
            assert root(f"mv {part}{qid} ../aside") == ""
        assert root(f"cat ../aside/df{qid}").startswith("letter")
        assert root(f"mv ../aside/??{qid} .") == ""
    root("sendmail -q")
    trace = world.run(until="1h")
    assert balanced(trace)["delivered"] == 3
    assert "SYSERR" not in root("cat /var/log/maillog")


def test_a_renamed_control_file_is_no_letter_until_it_has_its_name_again(world: World, root: Shell) -> None:
    first, *_ = qids(root)
    root(f"mv qf{first} Qf{first}; sendmail -q")
    books = balanced(world.run(until="1h"))
    assert (books["delivered"], books["queued"]) == (2, 1)
    assert root(f"head -1 Qf{first}") == "V8"
    root(f"mv Qf{first} qf{first}; sendmail -q")
    assert balanced(world.run(until="2h"))["delivered"] == 3


def test_a_renamed_control_file_that_is_removed_is_a_lost_letter(world: World, root: Shell) -> None:
    first, *_ = qids(root)
    root(f"mv qf{first} /tmp/x; rm /tmp/x")
    assert balanced(world.run(until="1h"))["lost"] == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("echo x > qf{qid}", "writing into a queue file is not simulated"),
        ("echo x > qfAAAA", "making queue files by hand is not simulated"),
        ("cp qf{qid} qfAAAA", "making queue files by hand is not simulated"),
        ("chmod 644 qf{qid}", "not simulated"),
    ],
)
def test_what_cannot_be_done_to_them_is_said(root: Shell, line: str, words: str) -> None:
    assert words in root(line.format(qid=qids(root)[0]))
    assert root.status != 0


def test_a_copy_is_plain_text(world: World, root: Shell) -> None:
    assert root(f"cp qf* /tmp; ls /tmp | wc -l; grep -c ^S /tmp/qf{qids(root)[0]}").split() == ["3", "1"]


def test_users_are_kept_out(world: World, mail: Sendmail, root: Shell) -> None:
    taro = world.shell(mail, user="taro")
    qid = qids(root)[0]
    for line in (f"rm {QUEUE}/qf{qid}", f"mv {QUEUE}/qf{qid} /tmp", f"cat {QUEUE}/df{qid}", f"echo x > {QUEUE}/x"):
        assert "Permission denied" in taro(line)
    assert len(qids(root)) == 3


def test_host_status_can_be_forgotten(world: World, mail: Sendmail, root: Shell) -> None:
    mail.submit("taro", "ken@dead.example")
    root("sendmail -q")
    world.run(until="1h")
    root("sendmail -q")
    world.run(until="2h")
    assert root("find .hoststat -type f | sort").split() == [".hoststat/example./dead", ".hoststat/example./well"]
    root("rm -r .hoststat/example./dead")
    assert root("find .hoststat -type f") == ".hoststat/example./well"
    assert "dead.example" not in root("hoststat")
