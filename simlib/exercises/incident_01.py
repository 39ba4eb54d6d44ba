"""01 Mailbox: somebody gets no mail."""

from random import Random

from simlib.exercises.drill import Drill, Scene
from simlib.world import World

QUOTA = "a user is over the quota"
DISK = "the disk of the mailboxes is full"
AGENT = "the delivery agent is not where P= says"
QUEUE = "nothing runs the queue"
USERS = ("taro", "hana", "jiro", "ken")


def _scene(chance: Random) -> Scene:
    cause, unlucky = chance.choice((QUOTA, DISK)), chance.choice(USERS)
    world = World(seed=1)
    mail = world.sendmail(
        "mail.here.example", cf="Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@qPrn9, A=mail.local -d $u"
    )
    world.disk(mail, 2_000, block_size=1_024, on="/var/mail")
    for user in USERS:
        world.user(mail, user, quota=500)
    if cause == QUOTA:
        world.fill(mail, 500, "1h", "3d", on="/var/mail", owner=unlucky)
    else:
        world.fill(mail, 1_996, "1h", "3d", on="/var/mail")
    for n in range(24):
        mail.submit("<>", USERS[n % 4] if cause == QUOTA else unlucky, size=3_000, at=n * 600)
    mail.queue_run(every="30m")
    world.run(until="5h")
    return Scene(world, mail, cause, unlucky if cause == QUOTA else "/var/mail")


DRILL = Drill(
    id="01.drill",
    complaint="A user calls: “Nothing has come for hours, and people tell me that they have written.”",
    causes={
        QUOTA: "Only one user would have to wait then, whatever room there is on the disk.",
        DISK: "df shows how much of the disk is taken.",
        AGENT: "mailq and the log name the agent, and say what it ended with: so it was run.",
        QUEUE: "The log has a line for what waits each half hour.",
    },
    asked="Who, or which directory?",
    scene=_scene,
    evidence={QUOTA: ("mailq", r"Deferred: local mailer[^\n]*\n\s+<{place}@"), DISK: ("df", r"(99|100)% {place}")},
    hints=("What waits, for whom, and why does mailq say it waits?", "Is there room on the disk?"),
)
