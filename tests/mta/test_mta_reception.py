"""What the daemon's child answers where the host is short of something."""

import pytest

from simlib import World


def answers(cf: str, *lines: str, blocks: int = 0) -> list[str]:
    world = World(seed=4)
    world.host("pc.example")
    mail = world.sendmail("mx.there.example", domain="there.example", cf="O Timeout.ident=0s\n" + cf)
    if blocks:
        world.disk(mail, blocks)
    say = world.telnet("pc.example", mail)
    return [say(line) for line in ("HELO pc.example", "MAIL FROM:<taro@pc.example>", *lines)]


def test_recipients_beyond_the_limit_are_put_off() -> None:
    to = [f"RCPT TO:<{user}@there.example>" for user in ("hana", "jiro", "saburo")]
    *_, second, third = answers("O MaxRecipientsPerMessage=2", *to)
    assert second.startswith("250 2.1.5")
    assert third == "452 4.5.3 Too many recipients"


def test_a_host_without_space_does_nothing_but_say_so() -> None:
    short = "452 4.4.5 Insufficient disk space; try again later"
    hello, mail, rcpt, noop, etrn = answers(
        "O MinFreeBlocks=300", "RCPT TO:<hana@there.example>", "NOOP", "ETRN there.example", blocks=200
    )
    assert hello.startswith("250 mx.there.example Hello")
    assert mail == rcpt == short
    assert noop == "250 2.0.0 OK"
    assert etrn == "250 2.0.0 Queuing for node there.example started"


@pytest.mark.parametrize(
    ("most", "seconds"), [(0, [0, 0, 0, 0]), (1, [0, 1, 1, 1]), (2, [0, 0, 1, 1]), (9, [0, 0, 0, 0])]
)
def test_after_many_refused_recipients_each_takes_a_second(most: int, seconds: list[int]) -> None:
    world = World(seed=4)
    world.host("pc.example")
    mail = world.sendmail("mx.there.example", cf=f"O Timeout.ident=0s\nO BadRcptThrottle={most}")
    world.user(mail, "hana")
    say = world.telnet("pc.example", mail)
    for line in ("HELO pc.example", "MAIL FROM:<taro@pc.example>"):
        say(line)
    took = []
    for user in ("nobody", "nosuch", "noone", "hana"):
        say(f"RCPT TO:<{user}@mx.there.example>")
        took.append(int(say.seconds))
    assert took == seconds
    flood = "Possible SMTP RCPT flood, throttling."
    assert world.run(until="1h").syslog(mail).count(flood) == (1 if sum(seconds) else 0)
