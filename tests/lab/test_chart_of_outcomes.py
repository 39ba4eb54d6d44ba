"""What became of the mail, as a chart."""

from simlib import World, lab


def read(chart):
    """A chart's numbers as they are read."""
    return {name: str(number) for name, number in chart.numbers.items()}


def test_outcomes_tells_where_mail_arrived_and_what_was_returned_or_lost() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    world.user(mail, "hana", "taro")
    spool = world.nfs_server("spool.here.example", "/var/mail")
    world.mount(mail, spool, "/var/mail")
    world.agent(mail, "/bin/mail", lock="none")
    world.sendmail("mx.far.example", domain="far.example")
    mail.submit("taro", "jiro@far.example", at="1m")
    mail.submit("taro", "nobody", at="2m")
    for _ in range(2):
        mail.submit("taro", "hana", size=50_000, at="3m")
    chart = lab.outcomes(world.run(until="10m"))
    lines = {series.name: series.points for series in chart.series}
    assert lines["mx.far.example"][0] == (0, 0)
    assert lines["returned"][-1] == (10, 1)  # minutes; the notice is not counted among the mail
    assert read(chart) == {
        "arrived at mx.far.example": "1",
        "arrived at mail.here.example": "1",
        "returned": "1",
        "lost in a mailbox": "1",
    }


def test_a_letter_that_arrived_and_was_written_over_has_arrived_and_is_lost() -> None:
    """Two hosts append to one mailbox without a lock: no line of what came so far ever falls, and the sum is told."""
    world = World(seed=3)
    spool, draw = world.nfs_server("spool.here.example", "/var/mail"), world.random("letters")
    for name in ("mx1.here.example", "mx2.here.example"):
        mail = world.sendmail(name)
        world.agent(mail, "/bin/mail", lock="none")
        world.mount(mail, spool, "/var/mail")
        world.user(mail, "hana", "taro")
        for _ in range(15):
            mail.submit("taro", "hana", size=draw.randint(10_000, 40_000), at=draw.uniform(0, 20))
    trace = world.run(until="1m")
    chart = lab.outcomes(trace)
    for series in chart.series:
        values = [value for _, value in series.points]
        assert values == sorted(values)
    ends = {series.name: series.points[-1][1] for series in chart.series}
    again = chart.numbers["lost after it had arrived"].value
    assert ends["lost in a mailbox"] == trace.totals()["lost"] > again > 0
    assert sum(ends.values()) - again == 30
