"""Consoles, typed at from Python; the browser tests type at the widget."""

import pytest

from simlib import WorkbookError, World, lab
from simlib.lab import gates


def site() -> World:
    world = World(seed=4)
    world.host("pc.example")
    world.sendmail("mx.there.example", domain="there.example", cf="O DeliveryMode=queueonly\nO Timeout.ident=0s")
    return world


def test_smtp_is_typed_and_answered() -> None:
    world = site()
    (mail,) = world.systems
    console = lab.console(mail, client=world.network.hosts["pc.example"])
    assert console("HELO pc.example").startswith("250 mx.there.example Hello pc.example")
    assert repr(console).splitlines()[:2] == [
        "Console: port 25 of mx.there.example, from pc.example",
        "220 mx.there.example ESMTP Sendmail 8.18/8.18; Wed, 1 Jul 1998 09:00:00 +0900",
    ]


def test_what_was_typed_is_seen_in_queue_and_log_beside_it() -> None:
    (mail,) = site().systems
    console = lab.console(mail)
    lines = ("HELO x.example", "MAIL FROM:<taro@there.example>", "RCPT TO:<hana@there.example>", "DATA", "hello", ".")
    for line in lines:
        console(line)
    queue, log = console.terminal.beside.values()
    assert "<taro@there.example>" in queue
    assert "from=<taro@there.example>" in log


def test_after_quit_the_next_line_opens_a_new_connection() -> None:
    (mail,) = site().systems
    console = lab.console(mail)
    assert console("QUIT").startswith("221")
    assert console("").startswith("220")


def test_time_passes_when_it_is_let() -> None:
    world = site()
    (mail,) = world.systems
    console = lab.console(world.shell(mail))
    before = world.env.now
    console.wait(600)
    assert world.env.now == before + 600


def test_the_shell_is_typed_at() -> None:
    world = site()
    console = lab.console(world.shell("mx.there.example"))
    assert "is empty" in console("mailq")
    assert repr(console).splitlines()[:2] == ["Console: the shell of root on mx.there.example", "mx# mailq"]


def test_what_the_widget_sends_is_typed() -> None:
    (mail,) = site().systems
    console = lab.console(mail)
    console.terminal._received(None, {"what": "typed", "value": "NOOP"}, [])
    assert console.terminal.lines[-2:] == [["typed", "NOOP"], ["said", "250 2.0.0 OK"]]


def test_what_cannot_be_typed_at_is_named() -> None:
    world = site()
    with pytest.raises(WorkbookError, match="give it a sendmail, or world.shell"):
        lab.console("mx.there.example")  # type: ignore[arg-type]  # the mistake
    with pytest.raises(WorkbookError, match="leave client out"):
        lab.console(world.shell("mx.there.example"), client=world.network.hosts["pc.example"])


def test_a_console_that_is_held_back_is_there_to_be_typed_at_once_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "_open", set())
    (mail,) = site().systems
    console = lab.console(mail)
    held = lab.after("04.r1", console)
    assert console.widget not in held.widget.children
    gates.unlock("04.r1")
    assert held.widget.children == (console.widget,)


def sent(console: lab.console, what: str, value: object) -> None:
    """What the page sends when somebody does something."""
    console.terminal._received(None, {"what": what, "value": value}, [])


def test_tab_completes_a_command_and_shows_what_there_is() -> None:
    console = lab.console(site().shell("mx.there.example"))
    sent(console, "completed", "hostst")
    assert console.terminal.completion["line"] == "hoststat "
    sent(console, "completed", "cat /etc/mail/../m")
    sent(console, "completed", "mail")
    assert "mailq" in console.terminal.lines[-1][1].split()


def test_a_file_is_edited_on_the_screen() -> None:
    world = site()
    shell = world.shell("mx.there.example")
    console = lab.console(shell)
    sent(console, "typed", "vi /etc/mail/aliases")
    assert console.terminal.edited == {"path": "/etc/mail/aliases", "text": ""}
    sent(console, "saved", {"text": "list: taro, hana"})
    assert console.terminal.edited == {}
    assert console.terminal.lines[-1] == ["said", '"/etc/mail/aliases" 1L, 17B written']
    assert "1 aliases" in console("newaliases")
    assert shell("cat /etc/mail/aliases") == "list: taro, hana"


def test_an_editor_that_is_left_changes_nothing() -> None:
    world = site()
    shell = world.shell("mx.there.example")
    before = shell("cat /etc/mail/sendmail.cf")
    console = lab.console(shell)
    sent(console, "typed", "vi /etc/mail/sendmail.cf")
    assert console.terminal.edited["text"].startswith(before[:100])
    sent(console, "left", "")
    assert console.terminal.edited == {}
    sent(console, "saved", {"text": "too late"})  # nothing is open any more
    assert shell("cat /etc/mail/sendmail.cf") == before


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("vi /var/spool", "Is a directory"),
        ("vi /no/such/file", "No such file or directory"),
        ("vi /home/odd", "a page cannot show"),
    ],
)
def test_what_cannot_be_edited_is_said(line: str, words: str) -> None:
    world = site()
    world.file("mx.there.example", "/home/odd", "a\x00b")
    console = lab.console(world.shell("mx.there.example"))
    sent(console, "typed", line)
    assert console.terminal.edited == {}
    assert words in console.terminal.lines[-1][1]


def test_without_a_screen_the_shell_says_how_a_file_is_changed() -> None:
    assert "sed -i" in site().shell("mx.there.example")("vi /etc/mail/aliases")


def test_a_session_of_smtp_has_neither() -> None:
    (mail,) = site().systems
    console = lab.console(mail)
    sent(console, "completed", "HE")
    assert console.terminal.completion["line"] == "HE"
    sent(console, "typed", "vi x")
    assert console.terminal.edited == {}
