"""Services until they are ready, and the letters that fall into that."""

import pytest

from simlib import Trace, World, lab
from simlib.lab.charts_of_letters import CAME, RETURNED, WAITS, WRONG
from simlib.lab.pictures.drops import GONE
from simlib.lab.pictures.services import not_ready

BELONGS = {"hana": "new.example"}


def a_power_cut(home: str = "2m", sendmail: str = "4m", letters: int = 6) -> Trace:
    """hana's .forward is on a file server; the mail host is without power for a minute, then mounts /home."""
    world = World(seed=4)
    mail = world.sendmail("mail.here.example")
    files = world.nfs_server("files.here.example", "/home")
    world.sendmail("new.example")
    world.user(mail, "hana")
    world.file(files.host, "/home/hana/.forward", "hana@new.example", owner="hana")
    world.mount(mail, files, "/home", after=home)
    mail.daemon.starts_at_boot = False
    world.outage(mail, "1s", "1m")
    mail.start(at=60 + 60 * int(sendmail[:-1]))
    far = world.sendmail("far.example")
    far.queue_run(every="1m")
    for n in range(letters):
        far.submit("friend@far.example", "hana@mail.here.example", at=90 + 60 * n)
    return world.run(until="20m")


def of(things, kind):
    return [one for one in things if one.kind == kind]


def values(drawing):
    return {name: number.value for name, number in drawing.numbers.items()}


def test_a_service_is_gone_with_its_host_and_until_it_is_started() -> None:
    gone = not_ready(a_power_cut())
    assert list(gone) == ["/home", "sendmail"]  # in the order in which they were ready
    assert gone["/home"] == [(0.0, 180.0)]
    ((begin, end),) = gone["sendmail"]
    assert (begin, end) == pytest.approx((1, 300), abs=0.1)


@pytest.mark.parametrize(("home", "sendmail"), [("2m", "4m"), ("6m", "4m"), ("9m", "1m")])
def test_letters_that_come_before_the_mount_are_in_a_wrong_mailbox(home: str, sendmail: str) -> None:
    trace = a_power_cut(home, sendmail)
    drawing = lab.drops_with(late="15m", belongs=BELONGS)(trace)
    astray = [row.time for row in trace.deliveries if row.host == "mail.here.example"]
    mounted = 60 + 60 * int(home[:-1])
    assert sorted(one.at for one in of(drawing.part.marks, WRONG)) == pytest.approx(sorted(astray))
    assert all(time < mounted for time in astray)
    assert values(drawing)[WRONG] == len(astray)
    assert values(drawing)[CAME] == 6 - len(astray)
    assert bool(astray) == (home != "2m")
    assert all("while /home was not ready" in one.told for one in of(drawing.part.marks, WRONG))
    assert all(one.tall for one in drawing.part.marks)
    last = max(one.end for one in of(drawing.part.spans, GONE))
    assert values(drawing)["all services ready"] == pytest.approx(last)


def test_with_sendmail_before_the_mount_more_letters_go_astray() -> None:
    found = [values(lab.drops_with(belongs=BELONGS)(a_power_cut("6m", at)))[WRONG] for at in ("7m", "1m")]
    assert found[0] < found[1]


def test_what_never_starts_is_last_and_its_letters_wait() -> None:
    trace = a_power_cut(sendmail="30m")
    drawing = lab.drops(trace)
    assert drawing.part.lanes[-2][:2] == ("sendmail", "never ready")
    assert values(drawing)["all services ready"] is None
    assert len(of(drawing.part.marks, WAITS)) == len(trace.messages) == 6
    assert not any(one.tall for one in drawing.part.marks)


def test_a_name_that_two_hosts_share_has_its_host() -> None:
    world = World(seed=1)
    for n in range(2):
        world.outage(world.named(world.host(f"ns{n}.example")), "1m", "2m")
    world.host("alone.example")
    world.outage("alone.example", "1m", "4m")
    gone = not_ready(world.run(until="5m"))
    assert gone == {
        "named on ns0.example": [(60.0, 120.0)],
        "named on ns1.example": [(60.0, 120.0)],
        "alone.example": [(60.0, 240.0)],
    }


def test_nothing_and_very_much() -> None:
    empty = lab.drops(World(seed=1).run(until="1m"))
    assert empty.part.things() == []
    assert values(empty)["all services ready"] == 0
    world = World(seed=1)
    mail = world.sendmail("mail.example")
    for n in range(3000):
        mail.submit("taro@mail.example", "nobody@here.invalid", at=n / 10)
    many = lab.drops(world.run(until="10m"))
    assert values(many)[RETURNED] == 3000
    assert len(many.part.marks) <= 60
    assert "one of every 50 letters" in many.title


def test_a_rule_that_is_no_time_is_refused() -> None:
    with pytest.raises(Exception, match="soon"):
        lab.drops_with(late="soon")
