"""16 Replacing the system: since then a letter is missing."""

from random import Random

from simlib.exercises.drill import Drill, Scene
from simlib.replacement import ADVICE, replace_system
from simlib.world import World

MISSING = "one of our domains does not stand in the sendmail.cf that was kept"
RUINED = "the queue was run with the sendmail.cf that the new system brought"
NO_RUN = "nothing runs the queue any more"
OFF = "the host is not on the net"
DOMAINS = ("north.example", "south.example", "east.example", "west.example")
HASTY = ("save sendmail.cf", "install", "kill sendmail", "put sendmail.cf in place", "start sendmail")
CAREFUL = tuple(step for step in ADVICE if step != "run the queue")


def _scene(chance: Random) -> Scene:
    cause, unlucky = chance.choice((MISSING, RUINED, NO_RUN)), chance.choice(DOMAINS)
    ours = [domain for domain in DOMAINS if (cause, domain) != (MISSING, unlucky)]
    world = World(seed=16)
    for domain in DOMAINS:
        world.zone("@ 3600 MX 10 mail.here.example.", origin=f"{domain}.")
    mail = world.sendmail("mail.here.example", cf=f"Cw{' '.join(ours)}\nO DeliveryMode=queueonly")
    far = world.sendmail("mail.far.example", domain="far.example")
    if cause != NO_RUN:
        mail.queue_run(every="15m")
    if cause == RUINED:
        for n in range(3):
            far.submit("mika@far.example", f"user{n}@{unlucky}", at=120 + n * 60)
    replace_system(world, mail, HASTY if cause == RUINED else CAREFUL, at="6m")
    for n in range(20):
        far.submit("mika@far.example", f"user{n}@{DOMAINS[n % 4]}", at=4_200 + n * 200)
    world.run(until="3h")
    return Scene(world, mail, cause, "-q" if cause == NO_RUN else unlucky)


DRILL = Drill(
    id="16.drill",
    complaint="This morning the mail host got its new system. A partner calls: “I wrote to one of your people, and it was not "
    "delivered.” He does not remember to whom.",
    causes={
        MISSING: "Mail for that domain would be refused: Relaying denied.",
        RUINED: "The log would say so: stat=Local configuration error, for what had lain in the queue.",
        NO_RUN: "The file with the daemon's number shows how it was started: with -q and a time.",
        OFF: "The log has connections from mail.far.example.",
    },
    asked="Which domain is it, or which option (without its value) was forgotten on the command line?",
    scene=_scene,
    evidence={
        MISSING: ("cat /var/log/maillog", r"check_rcpt, arg1=<\w+@{place}>[^\n]*Relaying denied"),
        RUINED: ("cat /var/log/maillog", r"to=<\w+@{place}>[^\n]*stat=Local configuration error"),
        NO_RUN: ("cat /var/run/sendmail.pid", r"sendmail -bd\Z"),
    },
    hints=("Does anything wait? mailq", "And what does the log say that is not Sent?"),
)
