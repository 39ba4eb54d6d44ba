"""04 Delivery efficiency: mail for one site waits."""

from random import Random

from simlib.exercises.drill import Drill, Scene
from simlib.world import World

STALE = "the host is back, but what is remembered of it is too old"
DOWN = "the host is still down"
QUEUE = "the queue is not run any more"
NAME = "the name of the host cannot be resolved"
SITES = 5


def _scene(chance: Random) -> Scene:
    cause, unlucky = chance.choice((STALE, DOWN)), chance.randrange(SITES)
    remembered = "12h" if cause == STALE else "10m"
    world = World(seed=4)
    mail = world.sendmail(
        "mail.here.example",
        domain="here.example",
        cf=f"O HostStatusDirectory=.hoststat\nO Timeout.hoststatus={remembered}",
    )
    for n in range(SITES):
        world.sendmail(f"mx.site{n}.example", domain=f"site{n}.example")
    world.outage(f"mx.site{unlucky}.example", "5m", "1h" if cause == STALE else "2d")
    for n in range(25):
        mail.submit("taro@here.example", f"user{n}@site{n % SITES}.example", at=n * 240)
    mail.queue_run(every="15m")
    world.run(until="4h")
    return Scene(world, mail, cause, f"mx.site{unlucky}.example")


DRILL = Drill(
    id="04.drill",
    complaint="A user calls: “They say their host had no power for a while, but my letters to them still do not arrive.”",
    causes={
        STALE: "How long ago was it really tried? hoststat shows it.",
        DOWN: "How long ago was it really tried? hoststat shows it; and what happens if you run the queue for it by hand?",
        QUEUE: "The log has lines of each queue run, a quarter of an hour apart.",
        NAME: "The log names the host that it was given to, and why it did not take it.",
    },
    asked="Which host?",
    scene=_scene,
    evidence={
        STALE: ("hoststat", r"{place}\s+0[2-9]:\d\d:\d\d Deferred"),
        DOWN: ("hoststat", r"{place}\s+00:\d\d:\d\d Deferred"),
    },
    hints=(
        "For which host does mail wait? mailq",
        "A line of the log without an address in brackets cost no connection.",
    ),
)
