"""What Tab makes of a line: commands, paths, mailboxes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simlib import World
from simlib.shell.completion import complete
from simlib.shell.shell import Shell


@pytest.fixture(scope="module")
def root() -> Shell:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example", cf="O DeliveryMode=queueonly")
    world.user(mail, "taro", "hana")
    world.file(mail, "/etc/mail/my notes", "x")
    world.peer("there.example")
    mail.submit("taro", "user1@there.example")
    world.run(until="1m")
    return world.shell(mail)


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("hosts", "hoststat "),
        ("mailq | gre", "mailq | grep "),
        ("cat /var/log/m", "cat /var/log/maillog "),
        ("cat sendm", "cat sendmail."),
        ("cat my", r"cat my\ notes "),
        ("cat /var/sp", "cat /var/spool/"),
        ("cat /var/spool/mqueue/q", "cat /var/spool/mqueue/qf"),
        ("mail ta", "mail taro "),
        ("su h", "su hana "),
        ("for f in /var/sp", "for f in /var/spool/"),
        ("cat < sendmail.c", "cat < sendmail.cf "),
        ("nosuchthing", "nosuchthing"),
        ("cat /nosuch/", "cat /nosuch/"),
    ],
)
def test_the_last_word_goes_on(root: Shell, line: str, made: str) -> None:
    assert complete(root, line).line.startswith(made)


def test_where_it_is_not_clear_it_says_what_there_is(root: Shell) -> None:
    completion = complete(root, "mail")
    assert completion.line == "mail"
    assert {"mailq", "mailstats", "mail"} <= set(completion.choices)


@given(st.text(max_size=40))
def test_any_text_is_completed_or_left(root: Shell, line: str) -> None:
    assert complete(root, line).line.startswith(line.rpartition(" ")[0][:1])
