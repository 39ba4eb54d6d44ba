"""02 Refusing mail for a while: partners are put off."""

from simlib.exercises.drill import Cause, Drill
from simlib.exercises.places import Place, option
from simlib.exercises.props import takes_room
from simlib.exercises.scene import Deal, Letter, Scene
from simlib.world import World

DISK = "the disk of the queue is short"
LOAD = "the load is too high"
DAEMON = "no daemon is running"
SIZE = "the messages are too large"
CF = "O MinFreeBlocks=100\nO RefuseLA=12\nO QueueLA=90"


def _scene(deal: Deal) -> Scene:
    cause, chance = deal.cause, deal.chance
    world = World(seed=2)
    most = 8_000 if cause == SIZE else 5_000_000
    mx = world.sendmail("mx.here.example", domain="here.example", cf=f"{CF}\nO MaxMessageSize={most}")
    far = world.sendmail("mail.far.example", domain="far.example")
    world.disk(mx, 1_000, block_size=1_024)
    world.busy(mx, chance.randrange(15, 25) if cause == LOAD else 2, "12m", "5d")
    core = chance.randrange(905, 970) if cause == DISK else 60
    world.at("12m", lambda: takes_room(world, mx, "/var/spool/mqueue/core", core))
    times = deal.times(14, 60, 300)
    if cause == DAEMON:
        world.at("14m", mx.daemon.kill)
    mx.submit("taro@here.example", "mika@far.example", at=30)
    far.submit("mika@far.example", "hana@here.example", size=3_000, at=times[0])
    for at in times[1:]:
        far.submit("ken@far.example", "hana@here.example", size=20_000, at=at)
    far.queue_run(every="15m")
    mx.queue_run(every="15m")
    world.run(until="1h 30m")

    def again() -> None:
        for size in (3_000, 20_000, 30_000):
            far.submit("ken@far.example", "hana@here.example", size=size)

    return Scene(
        world,
        mx,
        cause,
        _place(cause),
        Letter("mika@far.example", times[0]),
        again,
        {"postmaster@far.example": None},
    )


def _place(cause: str) -> Place:
    if cause == DAEMON:
        return Place(
            "sendmail -bd",
            also=frozenset({"daemon", "the daemon", "sendmail", "-bd", "mx.here.example", "port 25", "mx"}),
        )
    return option({DISK: "MinFreeBlocks", LOAD: "RefuseLA", SIZE: "MaxMessageSize"}[cause])


RESTART = "kill -HUP {pid}"
FILE = "/etc/mail/sendmail.cf"

DRILL = Drill(
    id="02.drill",
    complaint="A partner calls: “Of our mail to you a short letter still arrived. What we have written since then did not.”",
    causes={
        DISK: Cause(
            ("MinFreeBlocks",),
            command="df",
            told=r"9\d% /var/spool/mqueue",
            not_it="df shows how much room the queue has.",
            cure=("rm /var/spool/mqueue/core",),
            wrong=("sendmail -q",),
        ),
        LOAD: Cause(
            ("RefuseLA",),
            command="uptime",
            told=r"load average: [12]\d",
            not_it="uptime shows the load, and the log has a line when sendmail refuses.",
            cure=(f"sed -i s/RefuseLA=12/RefuseLA=60/ {FILE}", RESTART),
            wrong=(f"sed -i s/RefuseLA=12/RefuseLA=60/ {FILE}",),
        ),
        DAEMON: Cause(
            ("sendmail -bd",),
            command="ps ax",
            told=r"(?s)\A(?!.*sendmail: )",
            not_it="ps ax shows the daemon.",
            cure=("sendmail -bd -q15m",),
            wrong=("sendmail -q15m",),
        ),
        SIZE: Cause(
            ("MaxMessageSize",),
            command=f"cat {FILE}",
            told=r"MaxMessageSize=\d{4}\b",
            not_it="What is too large is refused by a limit: MaxMessageSize in sendmail.cf. Theirs are smaller.",
            cure=(f"sed -i s/MaxMessageSize=8000/MaxMessageSize=500000/ {FILE}", RESTART),
            wrong=(f"sed -i s/MaxMessageSize=8000/MaxMessageSize=25000/ {FILE}", RESTART),
        ),
    },
    scene=_scene,
    hints=(
        "There are things that sendmail measures before it takes mail, and some that it measures of a letter.",
        "uptime, df, ps ax, and the end of the log.",
    ),
)
