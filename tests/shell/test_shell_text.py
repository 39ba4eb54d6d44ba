"""Commands that look through text and directories, and commands joined by a pipe."""

import shutil
import subprocess

import pytest

from simlib import World
from simlib.shell.shell import Shell

LOG = "/var/log/maillog"
TEXT = "10 apples\n9 pears\n9 pears\nnine apples | pears\n100 plums (ripe)\n"


@pytest.fixture
def world() -> World:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example", cf="O HostStatusDirectory=.hoststat")
    world.peer("well.example")
    world.host("dead.example")
    world.outage("dead.example", "0s", "1d")
    for n in range(3):
        mail.submit("taro@here.example", f"user{n}@well.example")
        mail.submit("taro@here.example", f"user{n}@dead.example")
    world.run(until="1h")
    return world


@pytest.fixture
def root(world: World) -> Shell:
    return world.shell("mail.here.example")


LINES = [
    "grep pears",
    "grep -c pears",
    "grep -v pears",
    "grep -i NINE",
    "grep -vc apples",
    "grep -o 'p[a-z]*s'",
    r"grep -o '[0-9]\+ p'",
    r"grep 'nine\|ten'",
    "grep -E 'nine|10+ '",
    "grep '(ripe)'",
    r"grep -E '\(ripe\)'",
    "grep 's | p'",
    "grep '^9 '",
    "grep plum.*$",
    "grep '[[:digit:]][[:digit:]] '",
    "grep -o '[^[:alpha:][:space:]]*'",
    r"grep '\<p[[:lower:]]*s\>'",
    r"grep '\(a\|ap\)p*'",
    "grep '^[0-9]*$\n^n'",
    "grep -o 'x*' | wc -l",
    "grep -E '(p+)+$'",
    "grep -vE '(p|s)*$'",
    "grep nothing",
    "grep -c nothing",
    "sort",
    "sort -n",
    "sort -rn",
    "uniq",
    "wc -l",
    "grep -- -x",
]


@pytest.mark.skipif(shutil.which("grep") is None, reason="grep is not installed here")
@pytest.mark.parametrize("line", LINES)
def test_they_print_what_the_real_ones_print(root: Shell, line: str) -> None:
    real = subprocess.run(
        line, shell=True, input=TEXT, capture_output=True, text=True, env={"LC_ALL": "C"}, check=False
    )
    assert root(line, input=TEXT) == real.stdout.rstrip("\n")
    assert root.status == real.returncode


def test_who_was_asked_how_often(root: Shell) -> None:
    counted = root(f"grep -o 'relay=[^,]*' {LOG} | sort | uniq -c | sort -rn")
    assert [line.split()[:2] for line in counted.splitlines()] == [
        ["6", "relay=root@localhost"],
        ["3", "relay=well.example."],
        ["3", "relay=dead.example."],
    ]


def test_a_complaint_does_not_go_down_the_pipe(root: Shell) -> None:
    assert root("cat /nosuch | wc -l") == "cat: /nosuch: No such file or directory\n0"
    assert root.status == 0
    assert root("mailq | foo") == "sh: foo: command not found"
    assert root.status == 127


def test_the_queue_directory_holds_two_files_a_message(root: Shell) -> None:
    names = root("ls /var/spool/mqueue").splitlines()
    assert sorted(name[:2] for name in names) == ["df"] * 3 + ["qf"] * 3
    assert root(f"cat /var/spool/mqueue/{names[0]} | wc -c") == "999"  # 1,000 bytes, the empty line is not in it
    assert root(f"grep ^R /var/spool/mqueue/{names[3]}").startswith("RP")
    assert root("ls /var/spool/mqueue/.hoststat/example.").splitlines() == ["dead", "well"]


def test_the_transcript_is_there_while_somebody_works(world: World, root: Shell) -> None:
    world.systems[0].queue_run(at="2h")
    world.run(until=7_210)  # it waits for the dead host to answer
    assert [name[:2] for name in root("ls /var/spool/mqueue").splitlines()].count("xf") == 1


def test_directories_and_files_are_listed(world: World, root: Shell) -> None:
    world.file("mail.here.example", "/home/hana/.forward", "jiro")
    world.file("mail.here.example", "/home/hana/notes", "")
    assert root("ls /home/hana") == "notes"  # a name that begins with a dot is not shown
    assert root("ls /home/hana/.forward") == "/home/hana/.forward"
    assert root("cd /home") == ""
    assert root("ls") == "hana"
    assert "spool" in root("ls /var")
    assert root("ls /etc /home").startswith("/etc:\nmail\n")
    assert root("ls /home/jiro") == "ls: cannot access '/home/jiro': No such file or directory"
    assert root.status == 2


def test_the_queue_is_for_root_alone(world: World) -> None:
    hana = world.shell("mail.here.example", user="hana")
    assert hana("ls /var/spool/mqueue") == "ls: cannot open directory '/var/spool/mqueue': Permission denied"
    assert hana("ls /var/log | grep mail") == "maillog"


@pytest.mark.parametrize(
    ("line", "answer", "status"),
    [
        ("grep -A", "grep: option requires an argument -- 'A'", 2),
        ("grep -A x a", "grep: x: invalid context length argument", 2),
        ("grep '[' /dev/null", "grep: Unmatched [, [^, [:, [., or [=", 2),
        (r"grep 'a\{1'", r"grep: Unmatched \{", 2),
        (r"grep '\(a\)\1'", r"grep: \1: back-references are not known here", 2),
        ("grep -E '((a{200}){200}){200}'", "grep: Regular expression too big", 2),
        ("grep a /nosuch", "grep: /nosuch: No such file or directory", 2),
        ("sort --files", "sort: unrecognized option '--files': here it knows -nrufbdiMghVsckto", 2),
        ("grep -P a", "grep: -P: expressions of Perl are not known here; -E has (a|b), +, ? and {2}", 2),
    ],
)
def test_what_they_refuse(root: Shell, line: str, answer: str, status: int) -> None:
    assert root(line) == answer
    assert root.status == status
