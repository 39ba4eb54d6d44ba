"""netstat tells a connection that stands from a call that nobody answers."""

from simlib import Quirks, World


def states(answers: bool) -> list[str]:
    """The states that are shown while a letter is on its way to a host."""
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    peer = world.peer("mx.far.example", domain="far.example", quirks=Quirks(silent_at="EHLO"))
    if not answers:
        peer.host.go_down()
    mail.submit("taro@here.example", "hana@far.example")
    world.run(until="30s")
    lines = world.shell(mail)("netstat -an").splitlines()
    return [line.split()[-1] for line in lines if f"{peer.host.address}:25" in line]


def test_a_host_that_says_nothing_has_a_connection_and_one_that_is_down_has_none() -> None:
    assert states(answers=True) == ["ESTABLISHED"]
    assert states(answers=False) == ["SYN_SENT"]
