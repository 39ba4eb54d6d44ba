"""All orders of a boot on the screen."""

from simlib import lab
from simlib.site.boot import Service, Toll

SITE = (Service("nfsd", "6m"), Service("/home", "1m", needs=("nfsd",)), Service("sendmail", "1m"))


def judge(order: tuple[str, ...]) -> Toll:
    """An early sendmail misdelivers two, a late one is late with one."""
    return Toll(0, 0, 1) if order[-1] == "sendmail" else Toll(0, 2, 0)


def test_what_each_order_costs_is_told_and_drawn() -> None:
    shown = lab.search(SITE, judge, marked={"slide": ("nfsd", "/home", "sendmail")})
    assert repr(shown).splitlines() == [
        "3 orders judged: bounced + misdelivered, delayed",
        "  on the frontier  0 + 0, 1  1 order",
        "  on the frontier  0 + 2, 0  2 orders",
        "  best             0 + 0, 1  nfsd, /home, sendmail",
        f"  worst            0 + 2, 0  {', '.join(shown.search.worst[0])}",
        "  slide            0 + 0, 1  nfsd, /home, sendmail",
    ]
    points = {series.name: series.points for series in shown.chart.series}
    assert points["frontier"] == ((0, 1), (2, 0))
    assert points["other orders"] == ()
    assert points["slide"] == ((0, 1),)
    option = shown.chart.option()
    assert {one["type"] for one in option["series"]} == {"scatter"}
    assert option["xAxis"]["min"] == 0
