"""What the daemon's child answers where the host is short of something."""

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
