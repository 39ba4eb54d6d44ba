"""05 Managing the queue: nothing leaves."""

from random import Random

from simlib.exercises.drill import Drill, Scene
from simlib.world import World

LOAD = "the load is so high that mail is only queued"
NO_RUN = "mail is only queued, and nothing runs the queue"
YOUNG = "what was tried once is left alone for too long"
DOWN = "all the other hosts are down"
PLACES = {LOAD: "QueueLA", NO_RUN: "-q", YOUNG: "MinQueueAge"}
CF = {LOAD: "O QueueLA=8\nO RefuseLA=90", NO_RUN: "O DeliveryMode=queueonly", YOUNG: "O MinQueueAge=12h"}


def _scene(chance: Random) -> Scene:
    cause = chance.choice(tuple(PLACES))
    world = World(seed=5)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=CF[cause])
    for n in range(3):
        world.sendmail(f"mx.site{n}.example", domain=f"site{n}.example")
    if cause == LOAD:
        world.busy(mail, chance.randrange(40, 60), "1m", "2d")
    if cause == YOUNG:
        world.outage(("mail.here.example", "internet"), "4m", f"{chance.randrange(70, 90)}m")
    for n in range(12):
        mail.submit("taro@here.example", f"user{n}@site{n % 3}.example", at=300 + n * 300)
    if cause != NO_RUN:
        mail.queue_run(every="30m")
    world.run(until="3h")
    return Scene(world, mail, cause, PLACES[cause])


DRILL = Drill(
    id="05.drill",
    complaint="Your users call: “Nothing that we have written this morning has arrived anywhere.”",
    causes={
        LOAD: "uptime shows the load, and mailq marks with X what is not urgent enough for it.",
        NO_RUN: "The file with the daemon's number shows the command line by which it was started.",
        YOUNG: "mailq marks with - what is too young for a run.",
        DOWN: "Does the log name a host that did not answer, at all of these sites, at each queue run?",
    },
    asked="Which option, of sendmail.cf or of the command line, has to be looked at?",
    scene=_scene,
    evidence={
        LOAD: ("uptime", r"load average: [3-9]\d"),
        NO_RUN: ("cat /var/run/sendmail.pid", r"sendmail -bd\Z"),
        YOUNG: ("mailq", r"(?m)^\w{14}-"),
    },
    hints=(
        "mailq: which marks stand behind the queue ids?",
        "How is the host, and how was sendmail started? /var/run/sendmail.pid",
    ),
)
