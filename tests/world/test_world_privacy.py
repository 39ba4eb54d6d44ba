"""Warnings about senders nobody vouches for, and patience with the curious (slide claims 09.2 to 09.4)."""

import pytest

from simlib import World
from simlib.mta.sendmail import Sendmail

WARNING = b"X-Authentication-Warning: mail.here.example: "


def site(cf: str = "") -> tuple[World, Sendmail]:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=cf)
    world.peer("mx.far.example", domain="far.example")
    world.host("pc.far.example")
    return world, mail


def warning(world: World, message: int = 1) -> bytes:
    """What the first warning in a message says; empty if there is none."""
    head = world.run(until=world.env.now + 60).content(message).partition(b"\n\n")[0]
    return next((line.removeprefix(WARNING) for line in head.split(b"\n") if line.startswith(WARNING)), b"")


@pytest.mark.parametrize(
    ("user", "sender", "says"),
    [
        ("taro", "boss@here.example", b"taro set sender to boss@here.example using -f"),
        ("taro", "taro", b""),
        ("taro", "taro@mail.here.example", b""),
        ("taro", "", b"taro set sender to <> using -f"),
        ("root", "boss@here.example", b""),
        ("uucp", "boss@here.example", b""),
        (None, "boss@here.example", b""),
    ],
)
def test_who_names_another_sender_is_named(user: str | None, sender: str, says: bytes) -> None:
    world, mail = site()
    mail.submit(sender, "hana@far.example", message=b"Subject: x\n\nhello\n", user=user)
    assert warning(world) == says


def test_whoever_is_trusted_may() -> None:
    world, mail = site("Tmajordomo")
    mail.submit("owner-list@here.example", "hana@far.example", message=b"Subject: x\n\nhello\n", user="majordomo")
    assert warning(world) == b""


def test_at_the_shell_it_is_the_one_who_is_logged_in() -> None:
    world, mail = site()
    taro = world.shell(mail, user="taro")
    taro("sendmail -f boss@here.example hana@far.example", "Subject: x\n\nhello\n")
    assert warning(world) == b"taro set sender to boss@here.example using -f"
    assert "Authentication-Warning: mail.here.example: taro set" in world.shell(mail)("cat /var/log/maillog")


def test_without_the_flag_there_is_no_warning() -> None:
    world, mail = site(
        "V10\nO QueueDirectory=/var/spool/mqueue\nO DeliveryMode=b\n"
        "Mlocal, P=/bin/mail, F=l, A=mail $u\nMesmtp, P=[IPC], F=mDFMuXa, A=TCP $h"
    )
    mail.submit("boss@here.example", "hana@far.example", message=b"Subject: x\n\nhello\n", user="taro")
    assert warning(world) == b""


@pytest.mark.parametrize(
    ("hello", "says"), [(True, b""), (False, b"pc.far.example [10.0.0.3] didn't use HELO protocol")]
)
def test_who_does_not_introduce_himself(hello: bool, says: bytes) -> None:
    world, mail = site()
    say = world.telnet("pc.far.example", mail)
    lines = ["MAIL FROM:<a@far.example>", "RCPT TO:<taro@here.example>", "DATA", "Subject: x", "", "hello"]
    for line in ["HELO whoever", *lines] if hello else lines:
        say(line)
    assert "accepted" in say(".")
    assert warning(world) == says


def test_many_questions_are_answered_more_and_more_slowly() -> None:
    world, mail = site()
    say = world.telnet("pc.far.example", mail)
    waits = []
    for _ in range(16):
        say("VRFY nobody@elsewhere.example")
        waits.append(round(say.seconds))
    assert waits == [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240]
    assert "possible SMTP attack: command=VRFY, count=6" in world.shell(mail)("cat /var/log/maillog")


@pytest.mark.parametrize(
    ("line", "borne", "named"),
    [("EHLO pc.far.example", 2, "HELO/EHLO"), ("ETRN x.example", 7, "ETRN"), ("NOOP", 19, "NOOP")],
)
def test_other_noise_is_borne_longer_or_shorter(line: str, borne: int, named: str) -> None:
    world, mail = site()
    say = world.telnet("pc.far.example", mail)
    waits = []
    for _ in range(borne + 3):
        say(line)
        waits.append(round(say.seconds))
    assert waits == [0] * borne + [1, 2, 4]
    assert f"possible SMTP attack: command={named}, count={borne + 1}" in world.shell(mail)("cat /var/log/maillog")


@pytest.mark.parametrize(("most", "waits"), [(0, [0, 0, 0]), (2, [0, 1, 2])])
def test_how_many_noops_are_borne_is_an_option(most: int, waits: list[int]) -> None:
    world, mail = site(f"O MaxNOOPCommands={most}")
    say = world.telnet("pc.far.example", mail)
    assert [(say("NOOP"), round(say.seconds))[1] for _ in waits] == waits
