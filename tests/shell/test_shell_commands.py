"""Which commands there are, that each has a page in the manual, and that what is refused is refused in words."""

import pytest

from simlib import World
from simlib.language import choose
from simlib.shell.language.builtins import BUILTINS
from simlib.shell.manual.command import ALSO, PAGES, page_of
from simlib.shell.programs import PROGRAMS
from simlib.shell.shell import Shell

# what a postmaster types: issue by issue, lesson by lesson
WANTED = (
    "sendmail", "mailq", "newaliases", "hoststat", "purgestat", "mailstats", "makemap", "editmap", "praliases",
    "mail", "man", "help", "rm", "mv", "cp", "chmod", "chown", "ln", "mkdir", "rmdir", "touch", "ls", "find",
    "stat", "df", "du", "test", "[", "awk", "sed", "grep", "egrep", "cut", "tr", "head", "tail", "less", "more",
    "sort", "uniq", "wc", "xargs", "echo", "printf", "tee", "nl", "seq", "basename", "dirname", "expr", "diff",
    "strings", "file", "true", "false", "sleep", "date", "cat", "tac", "telnet", "nc", "dig", "nslookup",
    "host", "ping", "traceroute", "netstat", "ifconfig", "ps", "top", "w", "who", "uptime", "quota", "repquota",
    "crontab", "service", "/etc/init.d/sendmail", "kill", "killall", "pgrep", "pkill", "hostname", "id",
    "whoami", "su", "uname", "env", "cd", "pwd", "export", "read", "set", "vi", "history",
)  # fmt: skip
# an option that nobody has
ODD_OPTION = "-\u00a7"
TAKE_ANYTHING = {
    "echo",
    "printf",
    "true",
    "false",
    ":",
    "test",
    "[",
    "clear",
    "stty",
    "expr",
    "jobs",
    "wait",
    "fg",
    "bg",
}


@pytest.fixture(scope="module")
def root() -> Shell:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example", cf="O DeliveryMode=queueonly")
    world.peer("well.example")
    world.user(mail, "taro", "hana")
    world.disk(mail, blocks=1_000)
    mail.submit("taro", "user1@well.example")
    world.run(until="1m")
    return world.shell(mail)


@pytest.mark.parametrize("name", WANTED)
def test_it_is_found(root: Shell, name: str) -> None:
    assert "not found" not in root(f"{name} < /dev/null")
    assert "not found" not in root(f"type {name}")


@pytest.mark.parametrize("name", sorted({*PROGRAMS, *BUILTINS}))
def test_it_has_a_page_of_one_screen(root: Shell, name: str) -> None:
    page = root(f"man {name}")
    assert page.startswith("NAME\n    ")
    assert "USAGE" in page
    assert len(page.splitlines()) <= 24
    assert max(map(len, page.splitlines())) <= 79
    assert page_of(name) is not None


def test_no_page_is_of_a_command_that_is_not_there() -> None:
    assert {*PAGES, *ALSO} <= {*PROGRAMS, *BUILTINS}
    assert not set(PAGES) & set(ALSO)


def test_the_manual_speaks_japanese(root: Shell) -> None:
    choose("ja")
    try:
        assert root("man rm").startswith("名前\n    rm - ファイルを削除します。")
        assert "メール:" in root("help")
    finally:
        choose("en")
    assert root("man nosuch") == "No manual entry for nosuch"
    assert root.status == 16


@pytest.mark.parametrize("name", sorted({*PROGRAMS, *BUILTINS} - TAKE_ANYTHING))
def test_an_option_that_it_does_not_know_is_refused_in_words(root: Shell, name: str) -> None:
    answer = root(f"{name} {ODD_OPTION} /dev/null x < /dev/null")
    assert "Traceback" not in answer
    assert answer or root.status or name in ("which", "pidof", "pgrep", "pkill", "printenv", "local", "export", "unset")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("traceroute well.example", "not simulated"),
        ("tcpdump", "not simulated"),
        ("yes", "not simulated"),
        ("alias ll='ls -l'", "not simulated"),
        ("ulimit -a", "not simulated"),
        ("crontab -e", "only crontab -l"),
        ("free", "not simulated"),
        ("sed 's/a/b/e' /dev/null", "not simulated"),
        ("awk 'BEGIN {getline}'", "getline is not known here"),
        ("mail -a x taro", "not simulated"),
        ("su hana", "a shell that lasts is not simulated"),
        ("nslookup", "its own prompt is not simulated"),
        ("date 0701090098", "setting the clock is not simulated"),
        ("hostname other.example", "another name is not simulated"),
        ("sleep 1 &", "nothing runs in the background here"),
        ("dig well.example TXT", "name servers of this world keep A, MX, CNAME and PTR records"),
        ("kill -USR1 `head -1 /var/run/sendmail.pid`", "not simulated"),
        ("set -e", "not simulated"),
        ("exec > /tmp/x", "not simulated"),
        ("chmod 600 /etc/mail/sendmail.st", "not simulated"),
        ("rm /etc/mail/sendmail.cf", "not simulated"),
        ("telnet well.example 110", "Connection refused"),
        ("ps -o pid", "not simulated"),
        ("netstat -r", "not simulated"),
    ],
)
def test_what_is_not_simulated_says_so(root: Shell, line: str, words: str) -> None:
    assert words in root(line)


@pytest.mark.parametrize(
    "line",
    [
        "while true; do :; done",
        "until false; do echo x; done",
        "f() { f; }; f",
        "f() { f | f; }; f",
        "awk 'BEGIN {while (1) x++}'",
        "awk 'BEGIN {while (1) s = s \"abcdefghij\" s}'",
        "awk 'function f(n) {return f(n + 1)} BEGIN {f(1)}'",
        "sed ': a; b a' /etc/mail/sendmail.cf",
        "sed ': a; s/^/xxxxxxxxxx/; b a' /etc/mail/sendmail.cf",
        "for i in {1..100000}; do for j in {1..100000}; do :; done; done",
        'eval \'eval "$0"\'; x=\'eval "$x"\'; eval "$x"',
        "echo " + "$(" * 60 + "echo" + ")" * 60,
        "(" * 200 + "echo" + ")" * 200,
        "echo $((" + "(" * 500 + "1" + ")" * 500 + "))",
        "awk 'BEGIN {print " + "(" * 500 + "1" + ")" * 500 + "}'",
        "expr " + "\\( " * 500 + "1" + " \\)" * 500,
        "seq 1 999999999",
        "find / " + "! " * 500 + "-name x",
        "echo {1..999999}{1..999999}",
        "printf '%999999999d' 1",
    ],
)
def test_what_has_no_end_is_ended(root: Shell, line: str) -> None:
    answer = root(line)
    assert root.status != 0 or len(answer) <= 100_000
    assert "Traceback" not in answer
    assert root("echo still there") == "still there"
