"""06 Ident and the firewall: mail to one site is slow."""

from simlib.exercises.drill import Cause, Drill
from simlib.exercises.places import domain
from simlib.exercises.scene import Calls, Deal, Letter, Scene
from simlib.mta.sendmail import Sendmail
from simlib.site.network import BACKBONE
from simlib.world import World

IDENT = "it asks by Ident, and a filter on our side drops the question"
LINE = "its line is slow"
FIRST_MX = "its first MX is down"
SITES = tuple(f"site{n}.example" for n in range(4))
WALL = "firewall@here.example"


def _scene(deal: Deal) -> Scene:
    cause, chance, slow = deal.cause, deal.chance, deal.place
    world = World(seed=6)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.filter(mail, "drop", 113)
    for site in SITES:
        for name in ("mx", "mx2"):
            asks = "30s" if (cause, site) == (IDENT, slow) else "0s"
            speed = "14.4kbps" if (cause, site) == (LINE, slow) else "10Mbps"
            world.sendmail(f"{name}.{site}", cf=f"O Timeout.ident={asks}\nCw{site}", bandwidth=speed)
        world.zone("@ 1h MX 10 mx\n@ 1h MX 20 mx2", origin=f"{site}.")
    first = next(one for one in world.systems if one.name == f"mx.{slow}")
    if cause == FIRST_MX:
        world.at("1m", first.host.go_down)
    times = deal.times(20, 120, 280)
    order = list(SITES) * 2
    chance.shuffle(order)
    large = {n for n in range(8) if order.index(order[n]) == n}  # of each site one
    for n, at in enumerate(times[:8]):
        mail.submit("taro@here.example", f"user{n}@{order[n]}", size=60_000 if n in large else 1_000, at=at)
    mail.submit("hana@here.example", f"mika@{slow}", size=60_000, at=times[8])
    for site, at in zip(SITES, times[9:], strict=False):
        mail.submit("taro@here.example", f"ken@{site}", size=60_000, at=at)
    world.run(until="2h")

    def again() -> None:
        for site in SITES:
            mail.submit("hana@here.example", f"mika@{site}", size=60_000)

    return Scene(
        world,
        mail,
        cause,
        domain(world, slow, f"mx.{slow}", f"mx2.{slow}"),
        Letter("hana@here.example", times[8], "mika"),
        again,
        _calls(world, mail, cause, slow),
        at_most=12,
    )


def _calls(world: World, mail: Sendmail, cause: str, slow: str) -> Calls:
    """The firewall's keeper lets the question through; a partner asks no more, or sees to his host or line."""
    theirs = [one for one in world.systems if one.name in (f"mx.{slow}", f"mx2.{slow}")]

    def sees_to_it() -> None:
        if cause == FIRST_MX:
            theirs[0].host.come_back()
        for one in theirs:
            if cause == IDENT:
                one.restart(cf=f"O Timeout.ident=0\nCw{slow}")
            if cause == LINE:
                line = world.network.link_between(BACKBONE, one.name)
                line.go_down()
                line.bandwidth = 10_000_000
                line.come_back()

    calls: Calls = {f"postmaster@{site}": sees_to_it if site == slow else None for site in SITES}
    return {WALL: mail.host.filters.clear if cause == IDENT else None, **calls}


DRILL = Drill(
    id="06.drill",
    complaint="A user calls: “My letters to one of our partners arrive, but they are on their way for a remarkably long time.”",
    causes={
        IDENT: Cause(
            SITES,
            command="cat /var/log/maillog",
            told=r"(?s)\A(?!.*@{place}>[^\n]*xdelay=00:00:0\d).*@{place}>[^\n]*xdelay=00:00:3\d[^\n]*relay=mx\.",
            not_it="The time-out would be the same for each connection, whatever the size: 30 s. Compare the xdelay= of the log.",
            cure=("ring up firewall@here.example",),
            wrong=("sendmail -q",),
        ),
        LINE: Cause(
            SITES,
            command="cat /var/log/maillog",
            told=r"@{place}>[^\n]*xdelay=00:00:0\d[^\n]*relay=mx\.",
            not_it="Small messages would be quick, large ones slow. Compare size= with xdelay=.",
            cure=("ring up postmaster@{place}",),
            wrong=("ring up firewall@here.example",),
        ),
        FIRST_MX: Cause(
            SITES,
            command="cat /var/log/maillog",
            told=r"@{place}>, delay=00:01:\d\d, xdelay=00:01:\d\d[^\n]*relay=mx2\.",
            not_it="The relay= of the log would be the second MX.",
            cure=("echo O Timeout.connect=5s >> /etc/mail/sendmail.cf", "kill -HUP {pid}"),
            wrong=("ring up firewall@here.example",),
        ),
    },
    scene=_scene,
    hints=(
        "The log tells for each attempt how long it took: xdelay=.",
        "Does it depend on the size? Which relay took it?",
    ),
)
