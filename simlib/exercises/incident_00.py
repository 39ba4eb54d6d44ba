"""00 Welcome: one letter waits."""

from simlib.exercises.drill import Cause, Drill
from simlib.exercises.places import domain, queue_interval
from simlib.exercises.scene import Deal, Letter, Scene, postmasters
from simlib.world import World

DOWN = "the host that it is for does not answer"
REFUSED = "the host that it is for answers, but no mail server listens there"
NO_RUN = "nothing runs the queue"
SITES = ("north.example", "south.example", "east.example", "west.example")


def _scene(deal: Deal) -> Scene:
    world, chance = World(seed=20), deal.chance
    mail = world.sendmail("mail.here.example", domain="here.example")
    peers = {site: world.sendmail(f"mx.{site}", domain=site) for site in SITES}
    where = deal.place if deal.place in SITES else chance.choice(SITES)
    down = peers[where].daemon if deal.cause == REFUSED else peers[where].host
    world.at("1m", down.go_down)
    if deal.cause == NO_RUN:
        world.at("20m", down.come_back)
    times, order = deal.times(8, 300, 90), [where, *chance.sample(SITES, 4), *chance.choices(SITES, k=3)]
    for at, site in zip(times, order, strict=True):
        mail.submit("hana@here.example" if at == times[0] else "taro@here.example", f"mika@{site}", at=at)
    if deal.cause != NO_RUN:
        mail.queue_run(every="15m")
    world.run(until="1h")

    def again() -> None:
        for site in SITES:
            mail.submit("hana@here.example", f"mika@{site}")

    runs = deal.cause != NO_RUN
    return Scene(
        world,
        mail,
        deal.cause,
        domain(world, where, f"mx.{where}") if runs else queue_interval(),
        Letter("hana@here.example", times[0]),
        again,
        postmasters(SITES, where if runs else "", down.come_back),
    )


DRILL = Drill(
    id="00.drill",
    complaint="hana calls: “I wrote to somebody this morning, and she says that nothing has come.”",
    causes={
        DOWN: Cause(
            SITES,
            command="mailq",
            told=r"(Connection timed out|No route to host|Operation timed out) with mx\.{place}|{place}\.: .*timed out",
            not_it="mailq says why a letter waits. A host that does not answer: Connection timed out.",
            cure=("ring up postmaster@{place}",),
            wrong=("sendmail -q",),
        ),
        REFUSED: Cause(
            SITES,
            command="mailq",
            told=r"Connection refused by (mx\.)?{place}",
            not_it="mailq says why a letter waits. A host without a mail server: Connection refused.",
            cure=("ring up postmaster@{place}",),
            wrong=("sendmail -q",),
        ),
        NO_RUN: Cause(
            ("-q",),
            command="cat /var/run/sendmail.pid",
            told=r"sendmail -bd\Z",
            not_it="The file with the daemon's number shows how it was started: with -q and a time.",
            cure=("sendmail -q",),
            wrong=("newaliases",),
        ),
    },
    scene=_scene,
    hints=("What waits, and why? mailq", "And how was sendmail started? cat /var/run/sendmail.pid"),
)
