"""What became of the mail, as a chart."""

from simlib import World, lab


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
    assert chart.numbers == {
        "arrived at mx.far.example": "1",
        "arrived at mail.here.example": "1",
        "returned": "1",
        "lost in a mailbox": "1",
    }
