"""The staircase of notices."""

from simlib import Trace, World, lab
from simlib.smtp import Quirks, Reply


def firewall(every: str, mode: str = "mail") -> Trace:
    """A letter for somebody who has gone, behind a smapd that looks every so often (slide claim 12.5)."""
    world = World(seed=12)
    gateway = world.sendmail("gw.here.example", cf=f"O TryNullMXList=True\nO ErrorMode={mode}")
    world.peer("hub.here.example", quirks=Quirks(replies={"RCPT": Reply(550, "5.1.1 User unknown")}))
    world.zone("hub 1h MX 10 gw\nhub 1h A 192.168.1.2", origin="here.example")
    world.smap(gateway, every=every)
    world.sendmail("mx.far.example", domain="far.example").submit("hana@far.example", "gone@hub.here.example")
    return world.run(until="2h")


def test_each_look_of_smapd_is_a_step_about_the_same_letter() -> None:
    for every, looks in (("10m", 11), ("30m", 3)):
        chart = lab.notices(trace := firewall(every))
        values = {name: number.value for name, number in chart.numbers.items()}
        assert values == {
            "notices sent": looks,
            "letters that they are about": 1,
            "about one letter, at most": len(trace.deliveries.where(mailbox="hana")),
        }
        (line,) = chart.series
        assert line.name == "return"
        assert [count for _, count in line.points[-2:]] == [looks, looks], "and level to the end"


def test_where_nobody_is_told_there_is_no_line() -> None:
    world = World(seed=12)
    world.sendmail("mail.here.example")
    chart = lab.notices(world.run(until="1h"))
    assert chart.series == ()
    assert chart.numbers["notices sent"].value == 0
