"""02 Refusing mail for a while: partners are put off."""

from random import Random

from simlib.exercises.drill import Drill, Scene
from simlib.world import World

DISK = "the disk of the queue is short"
LOAD = "the load is too high"
DAEMON = "no daemon is running"
SIZE = "the messages are too large"


def _scene(chance: Random) -> Scene:
    cause = chance.choice((DISK, LOAD))
    world = World(seed=2)
    mx = world.sendmail(
        "mx.here.example", domain="here.example", cf="O MinFreeBlocks=100\nO RefuseLA=12\nO MaxMessageSize=5000000"
    )
    far = world.sendmail("mail.far.example", domain="far.example")
    world.disk(mx, 1_000)
    world.fill(mx, 950 if cause == DISK else chance.randrange(300, 600), "10m", "2d")
    world.busy(mx, chance.randrange(15, 25) if cause == LOAD else 2, "10m", "2d")
    for n in range(12):
        far.submit("ken@far.example", "hana@here.example", size=20_000, at=n * 300)
    far.queue_run(every="15m")
    world.run(until="1h")
    return Scene(world, mx, cause, "MinFreeBlocks" if cause == DISK else "RefuseLA")


DRILL = Drill(
    id="02.drill",
    complaint="A partner calls: “Since a quarter past nine your host puts off all our mail.”",
    causes={
        DISK: "df shows how much room the queue has.",
        LOAD: "uptime shows the load, and the log has a line when sendmail refuses.",
        DAEMON: "ps ax shows the daemon.",
        SIZE: "What is too large is refused for good, not put off; and it came in before ten past nine.",
    },
    asked="And which option of sendmail.cf makes it so?",
    scene=_scene,
    evidence={
        DISK: ("df", r"9\d% /var/spool/mqueue"),
        LOAD: ("tail -3 /var/log/maillog", r"rejecting connections on daemon MTA: load average: [12]\d"),
    },
    hints=("There are two things that sendmail measures before it takes mail.", "uptime, df, and the end of the log."),
)
