"""04 Delivery efficiency: mail for one site waits."""

from simlib.exercises.drill import Cause, Drill
from simlib.exercises.places import host, queue_interval
from simlib.exercises.scene import Deal, Letter, Scene, postmasters
from simlib.world import World

STALE = "the host is back, but what is remembered of it is too old"
DOWN = "the host is still down"
NO_RUN = "the queue is not run any more"
NAME = "the name of the host cannot be resolved"
SITES = tuple(f"site{n}.example" for n in range(4))
HOSTS = tuple(f"mx.{site}" for site in SITES)
CF = "O HostStatusDirectory=.hoststat\nO Timeout.hoststatus="


def _scene(deal: Deal) -> Scene:
    cause, chance = deal.cause, deal.chance
    where = deal.place.removeprefix("mx.") if deal.place in HOSTS else chance.choice(SITES)
    world = World(seed=4)
    remembered = "12h" if cause == STALE else "10m"
    mail = world.sendmail("mail.here.example", domain="here.example", cf=f"{CF}{remembered}")
    peers, zones = {}, {}
    for site in SITES:
        peers[site] = world.sendmail(f"mx.{site}", cf=f"Cw{site}")
        zones[site] = world.zone("@ 1h MX 10 mx", origin=f"{site}.")
    broken = zones[where] if cause == NAME else peers[where].host
    world.at("5m", broken.go_down)
    if cause in (STALE, NO_RUN):
        world.at("55m", broken.come_back)
    root = world.shell(mail)

    def begins_anew() -> None:
        root(f"kill {mail.daemon.pid}")
        root("sendmail -bd")

    times = deal.times(20, 310, 150)
    known = chance.randrange(3, 14)
    for n, at in enumerate(times):
        called = n == known
        mail.submit(
            "hana@here.example" if called else "taro@here.example",
            f"mika@{where}" if called else f"user{n}@{SITES[n % 4]}",
            at=at,
        )
    mail.queue_run(every="15m")
    if cause == NO_RUN:
        world.at("50m", begins_anew)
    world.run(until="4h")

    def again() -> None:
        for site in SITES:
            mail.submit("hana@here.example", f"mika@{site}")

    theirs = cause in (DOWN, NAME)
    return Scene(
        world,
        mail,
        cause,
        queue_interval() if cause == NO_RUN else host(world, f"mx.{where}", where),
        Letter("hana@here.example", times[known], "mika"),
        again,
        postmasters(SITES, where if theirs else "", broken.come_back),
    )


DRILL = Drill(
    id="04.drill",
    complaint="A user calls: “They say their host had no power for a while, but my letters to them still do not arrive.”",
    causes={
        STALE: Cause(
            HOSTS,
            command="hoststat",
            told=r"{place}\s+0[2-9]:\d\d:\d\d Deferred",
            not_it="How long ago was it really tried? hoststat shows it.",
            cure=("sed -i s/hoststatus=12h/hoststatus=10m/ /etc/mail/sendmail.cf", "kill -HUP {pid}"),
            wrong=("sendmail -q",),
        ),
        DOWN: Cause(
            HOSTS,
            command="hoststat",
            told=r"{place}\s+00:\d\d:\d\d Deferred",
            not_it="How long ago was it really tried? hoststat shows it; and what happens if you run the queue for it by hand?",
            cure=("ring up postmaster@{domain}",),
            wrong=("purgestat", "sendmail -q"),
        ),
        NO_RUN: Cause(
            ("-q",),
            command="cat /var/run/sendmail.pid",
            told=r"sendmail -bd\Z",
            not_it="The log has lines of each queue run, a quarter of an hour apart.",
            cure=("sendmail -q",),
            wrong=("purgestat",),
        ),
        NAME: Cause(
            HOSTS,
            command="mailq",
            told=r"host map: lookup \(site\d\.example\): deferred",
            not_it="The log names the host that it was given to, and why it did not take it.",
            cure=("ring up postmaster@{domain}",),
            wrong=("purgestat", "sendmail -q"),
        ),
    },
    scene=_scene,
    hints=(
        "For which host does mail wait? mailq",
        "A line of the log without an address in brackets cost no connection.",
    ),
)
