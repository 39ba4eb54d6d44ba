"""DaemonPortOptions: where the daemon listens, what it is called and what it does not do there."""

import pytest

from simlib import World
from simlib.mta.policy.daemon_ports import Port, daemon_ports


def ports(*options: str) -> tuple[Port, ...]:
    lines = "".join(f"\nO DaemonPortOptions={one}" for one in options)
    return daemon_ports(options, f"V10{lines}")


def test_of_a_key_the_first_letter_counts() -> None:
    assert ports("p=submission,NAME=SUB , Modifier=Ea, A=10.0.0.1") == (
        Port("SUB", "10.0.0.1", 587, frozenset("Ea"), 2),
    )


def test_without_a_line_there_is_one_for_smtp() -> None:
    (port,) = ports()
    assert (port.name, port.number, port.address) == ("MTA", 25, "")


def test_whoever_has_no_name_gets_one_by_number() -> None:
    assert [port.name for port in ports("Name=MTA", "Port=2525")] == ["MTA", "Daemon1"]


@pytest.mark.parametrize(
    ("options", "outcome"),
    [
        ((), "accepted"),
        (("Addr=127.0.0.1",), "refused"),
        (("Addr=localhost",), "refused"),
        (("Addr=127.0.0.1", "Name=OUT"), "accepted"),
        (("Port=587",), "refused"),
        (("Addr=192.0.2.99",), "refused"),
        (("Addr=mail.here.example",), "accepted"),
    ],
)
def test_who_can_connect(options: tuple[str, ...], outcome: str) -> None:
    world = World(seed=1)
    only = "V10\nO QueueDirectory=/var/spool/mqueue\nMlocal, P=/bin/mail, F=lsDFMAw5:/|@qm, A=mail -d $u"
    lines = "".join(f"\nO DaemonPortOptions={one}" for one in options)
    world.sendmail("mail.here.example", cf=f"{only}{lines}\n")
    far = world.sendmail("mail.far.example")
    far.submit("taro", "hana@mail.here.example")
    assert {row.outcome for row in world.run(until="1m").connections} == {outcome}


def test_the_log_has_its_name_and_etrn_is_not_for_all() -> None:
    world = World(seed=1)
    world.host("pc.example")
    cf = "V10\nO QueueDirectory=/var/spool/mqueue\nMlocal, P=/bin/mail, F=lsDFMAw5:/|@qm, A=mail -d $u"
    mail = world.sendmail("mail.here.example", cf=f"{cf}\nO DaemonPortOptions=Name=Post, M=E\n")
    say = world.telnet("pc.example", mail)
    assert "ETRN" not in say("EHLO pc.example")
    assert say("ETRN far.example").startswith("502 5.7.0")
    for line in ("MAIL FROM:<taro@pc.example>", "RCPT TO:<hana@mail.here.example>", "DATA", ".", "QUIT"):
        say(line)
    assert "daemon=Post" in world.run(until="1m").syslog(mail)
