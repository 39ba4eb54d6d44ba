"""06 Ident and the firewall: mail to one site is slow."""

from random import Random

from simlib.exercises.drill import Drill, Scene
from simlib.world import World

IDENT = "it asks by Ident, and a filter on our side drops the question"
LINE = "its line is slow"
FIRST_MX = "its first MX is down"
LOAD = "it refuses connections while it is loaded"
SITES = 4


def _scene(chance: Random) -> Scene:
    cause, slow = chance.choice((IDENT, LINE, FIRST_MX)), chance.randrange(SITES)
    world = World(seed=6)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.filter(mail, "drop", 113)
    for n in range(SITES):
        asks = "5s" if (cause, n) == (IDENT, slow) else "0s"
        speed = "14.4kbps" if (cause, n) == (LINE, slow) else "10Mbps"
        for mx in (f"mx.site{n}.example", f"mx2.site{n}.example"):
            world.sendmail(mx, cf=f"O Timeout.ident={asks}\nCwsite{n}.example", bandwidth=speed)
        world.zone("@ 1h MX 10 mx\n@ 1h MX 20 mx2", origin=f"site{n}.example.")
    if cause == FIRST_MX:
        world.outage(f"mx.site{slow}.example", "1m", "2d")
    for n in range(16):
        mail.submit(
            "taro@here.example",
            f"user{n}@site{n % SITES}.example",
            size=(1_000, 60_000)[n // SITES % 2],
            at=120 + n * 300,
        )
    world.run(until="2h")
    return Scene(world, mail, cause, f"site{slow}.example")


DRILL = Drill(
    id="06.drill",
    complaint="A user calls: “My letters to one of our partners arrive, but they are on their way for a remarkably long time.”",
    causes={
        IDENT: "The time-out would be the same for each connection, whatever the size: 5 s. Compare the xdelay= of the log.",
        LINE: "Small messages would be quick, large ones slow. Compare size= with xdelay=.",
        FIRST_MX: "The relay= of the log would be the second MX.",
        LOAD: "A refusal costs no time: the second MX would be tried at once.",
    },
    asked="Which partner (its domain)?",
    scene=_scene,
    evidence={
        IDENT: ("cat /var/log/maillog", r"@{place}>, delay=00:00:05, xdelay=00:00:05.*relay=mx\."),
        LINE: ("cat /var/log/maillog", r"@{place}>, delay=00:00:[2-5]\d, xdelay=00:00:[2-5]\d.*relay=mx\."),
        FIRST_MX: ("cat /var/log/maillog", r"@{place}>, delay=00:01:\d\d, xdelay=00:01:\d\d.*relay=mx2\."),
    },
    hints=(
        "The log tells for each attempt how long it took: xdelay=.",
        "Does it depend on the size? Which relay took it?",
    ),
)
