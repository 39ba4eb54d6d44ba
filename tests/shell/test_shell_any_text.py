"""Whatever is typed to a shell, an answer in words comes back."""

import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simlib import World
from simlib.shell.language.builtins import BUILTINS
from simlib.shell.programs import PROGRAMS
from simlib.shell.shell import Shell

HOST = "mail.here.example"
ALIASES = "team: taro, hana, nobody-here\nboss: taro@well.example\nloop: loop2\nloop2: loop\n"


@pytest.fixture(scope="module")
def shells() -> list[Shell]:
    """Root's and a user's, at a site with queue, users, disks and aliases, at a moment when mail waits."""
    world = World(seed=1)
    mail = world.sendmail(HOST, domain="here.example", cf="O HostStatusDirectory=.hoststat\nO DeliveryMode=queueonly")
    world.peer("well.example")
    world.host("dead.example")
    world.outage("dead.example", "0s", "1d")
    world.user(mail, "taro", "hana")
    world.disk(mail, blocks=10_000)
    mail.aliases = ALIASES
    world.file(mail, "/home/hana/bytes", "\x00\x1b[2J\udcff\ud800 \x85\u2028\r\n" * 3)
    for n in range(3):
        mail.submit("taro@here.example", f"user{n}@dead.example", "team@here.example")
    mail.queue_run(at="5m")
    world.run(until="10m")
    return [world.shell(mail), world.shell(mail, user="taro")]


ODD = [
    "²",
    "٣",
    "½",
    "９",
    "-²",
    "-n",
    "-n²",
    "-1",
    "-0",
    "--",
    "-",
    "--help",
    "-x",
    "-9",
    "9" * 20,
    "-" + "9" * 5_000,
    "+2",
]
ODD += [
    "''",
    "'",
    '"',
    "\\",
    "\x00",
    "a\x00b",
    "\udcff",
    "\ud800",
    "\u202e",
    "\x1b[31m",
    "\x85",
    "\u2028",
    "a" * 10_000,
]
ODD += [
    "/",
    "//",
    "///etc//mail/",
    "..",
    "../../../..",
    "/" * 5_000,
    "a/" * 3_000,
    "/home/hana/bytes",
    "/var/spool/mqueue",
]
ODD += [
    "|",
    "| |",
    "||",
    ";",
    ">",
    "&",
    "$(x)",
    "`x`",
    "*",
    "[",
    "(",
    "((a*)*)*b",
    "(" * 500,
    r"\(a\)\1",
    "a\\{9999\\}",
]
ODD += [
    "taro",
    "hana@here.example",
    "team",
    "loop",
    "<>",
    "@",
    "a@b@c",
    "u@[1.2.3.4]",
    "'|exit'",
    ":include:/x",
    "-f",
    "-bv",
    "-bt",
]
ODD += [
    "-bs",
    "-bp",
    "-bi",
    "-bh",
    "-bH",
    "-b",
    "-q!S",
    "-qIx",
    "-qR",
    "-v",
    "-OTimeout",
    "-N",
    "never",
    "-R",
    "-V",
    "-BX",
    "-HUP",
    "-SIG",
]
ODD += [
    *(
        "$x",
        "${x:-y}",
        "${x",
        "$((1+",
        "$((1/0))",
        "`",
        "$(",
        "{a,b}",
        "{1..3}",
        "~",
        "~taro",
        "2>&1",
        ">/tmp/x",
        "<",
        "<<E",
    ),
    *(
        "&&",
        ";;",
        "!",
        "if",
        "then",
        "fi",
        "for x in",
        "do",
        "done",
        "while",
        "case",
        "esac",
        "in",
        "f()",
        "{",
        "}",
        "#",
    ),
    *(
        "qf*",
        "/var/spool/mqueue/*",
        "-name",
        "-exec",
        "-delete",
        "\\;",
        "s/a/b/g",
        "/x/d",
        "$p",
        "y/a/b/",
        "1,2{p",
        "s/(",
    ),
    *(
        "{print $1}",
        "'{print $1}'",
        "'BEGIN{'",
        "'/a/{n++}END{print n}'",
        "-F:",
        "-v",
        "-k2n",
        "-t",
        "-d:",
        "-f1",
        "-l",
        "-la",
    ),
    *(
        "well.example",
        "dead.example",
        "25",
        "+short",
        "MX",
        "-x",
        "a-z",
        "[:upper:]",
        "%s\\n",
        "+%Y",
        "640",
        "u+x",
        "sendmail",
    ),
]
COMMANDS = sorted({*PROGRAMS, *BUILTINS, "/usr/sbin/sendmail", "no"})
words = st.sampled_from(ODD) | st.text(max_size=8)
commands = st.builds(
    lambda name, arguments: " ".join([name, *arguments]), st.sampled_from(COMMANDS), st.lists(words, max_size=4)
)
joints = st.sampled_from([" | ", "; ", " && ", " || ", " ", "\n"])
lines = st.builds(lambda joint, parts: joint.join(parts), joints, st.lists(commands | words, min_size=1, max_size=4))


def typed(shell: Shell, line: str, stdin: str = "") -> str:
    shell.directory = "/etc/mail"
    answer = shell(line, input=stdin)
    assert type(answer) is str
    assert type(shell.status) is int or 0 <= int(shell.status) < 256
    assert "Traceback" not in answer
    return answer


@given(
    line=lines | st.text(max_size=60), stdin=st.sampled_from(["", "a\nb\n", "\ud800\n", "\x00"]) | st.text(max_size=20)
)
@settings(max_examples=400, deadline=None)
def test_any_line_is_answered(shells: list[Shell], line: str, stdin: str) -> None:
    for shell in shells:
        typed(shell, line, stdin)


HUGE = "9" * 20


@pytest.mark.parametrize(
    "line",
    [
        *("tail -n 2", "tail -1", "tail -n +2", "tail -n -1", "tail -n 0", "tail -n x", "tail -n ''", "tail -n 00002"),
        *("head -n 2", "head -1", "head -n +2", "head -n -1", "head -n 0", "head -n x", "head -n -9", "tail -n +9"),
        *(f"tail -n {HUGE}", f"head -n {HUGE}", f"head -n -{HUGE}", "tail -n 18446744073709551615", "head -n 1x"),
        *("tail -n", "head -x", "tail -x", "wc -c", "wc -l", "cat ''", "cat a/b/", "cat -- -x", "sort -n"),
        *("kill abc", "kill ''", f"kill {HUGE}", "kill 2147483648", "kill 1x", "kill -99 1", f"kill -{HUGE} 1"),
        *(
            f"cat {'a' * 300}",
            f"cat {'a/' * 2_500}",
            f"ls {'a' * 300}",
            f"cd {'a' * 300}",
        ),
    ],
)
def test_the_words_are_those_of_the_real_ones(shells: list[Shell], line: str) -> None:
    assert shutil.which("tail")
    text = "3 a\x0cb\n10 \x85 c\n2 last"
    done = subprocess.run(
        ["bash", "-c", line], input=text, capture_output=True, text=True, env={"LC_ALL": "C"}, cwd="/", check=False
    )
    told = done.stdout + done.stderr.replace("bash: line 1: ", "sh: ").partition("\nTry ")[0]
    shells[0].directory = "/"
    mine = shells[0](line, input=text).partition(": here it knows")[0]
    assert mine.replace("sh: cd: /", "sh: cd: ") == told.rstrip("\n")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("tail -²", "tail: invalid option -- '²': here it knows -q"),
        ("head -n ²", "head: invalid number of lines: '²'"),
        ("kill ²", "sh: kill: ²: arguments must be process or job IDs"),
        ("kill ٣", "sh: kill: ٣: arguments must be process or job IDs"),
        (
            "tail -n " + "9" * 5_000,
            f"tail: invalid number of lines: '{'9' * 5_000}': Value too large for defined data type",
        ),
        ("kill " + "9" * 5_000, f"sh: kill: {'9' * 5_000}: arguments must be process or job IDs"),
        ("cat --help", "cat: unrecognized option '--help': here it knows -nbsAETvu"),
        ("sort --foo", "sort: unrecognized option '--foo': here it knows -nrufbdi"),
        ("pw\0d", "/etc/mail"),
        ("cd // | pwd", "/"),
        ("cat '", "sh: unexpected EOF while looking for matching `''"),
        ("cat " + "a" * 200_000, "sh: Argument list too long"),
        ("df -Z", "df: invalid option -- 'Z': here it knows"),
    ],
)
def test_odd_words_are_named(shells: list[Shell], line: str, answer: str) -> None:
    assert typed(shells[0], line).startswith(answer)


def test_a_letter_of_any_characters_is_taken(shells: list[Shell]) -> None:
    assert typed(shells[0], "sendmail taro", "Subject: \ud800\n\n\udcff\x00\n") == ""
    assert typed(shells[0], "wc -c", "\ud800") == "3"
    assert typed(shells[0], "wc -c", "\udcff") == "1"
