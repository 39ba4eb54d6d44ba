"""16 Replacing the system: since then a letter is missing."""

from simlib.exercises.drill import Cause, Drill
from simlib.exercises.places import Place, domain, queue_interval
from simlib.exercises.scene import Deal, Letter, Scene
from simlib.replacement import ADVICE, replace_system
from simlib.world import World

MISSING = "one of our domains does not stand in the sendmail.cf that was kept"
KEPT = "the sendmail.cf that the new system brought is still in place"
NO_RUN = "nothing runs the queue any more"
DOMAINS = tuple(f"{name}.example" for name in ("north", "south", "east", "west"))
CAREFUL = tuple(step for step in ADVICE if step != "run the queue")
FORGOTTEN = tuple(step for step in CAREFUL if step != "put sendmail.cf in place")
OLD, FILE = "/var/backups/sendmail.cf.old", "/etc/mail/sendmail.cf"
RESTART = "kill -HUP {pid}"


def _scene(deal: Deal) -> Scene:
    cause, chance = deal.cause, deal.chance
    unlucky = deal.place if cause == MISSING else chance.choice(DOMAINS)
    ours = [one for one in DOMAINS if (cause, one) != (MISSING, unlucky)]
    world = World(seed=16)
    for one in DOMAINS:
        world.zone("@ 3600 MX 10 mail.here.example.", origin=f"{one}.")
    mail = world.sendmail("mail.here.example", cf=f"Cw{' '.join(ours)}\nO DeliveryMode=queueonly")
    world.file(mail, OLD, f"{mail.cf}\n")
    far = world.sendmail("mail.far.example", domain="far.example")
    if cause != NO_RUN:
        mail.queue_run(every="15m")
    replace_system(world, mail, FORGOTTEN if cause == KEPT else CAREFUL, at="6m")
    times = deal.times(20, 4_200, 200)
    order = [*DOMAINS] * 5
    chance.shuffle(order)
    known = order.index(unlucky)
    for n, (one, at) in enumerate(zip(order, times, strict=True)):
        far.submit("mika@far.example" if n == known else "sato@far.example", f"user{n}@{one}", at=at)
    world.run(until="3h")

    def again() -> None:
        for one in DOMAINS:
            far.submit("mika@far.example", f"hana@{one}")

    return Scene(
        world,
        mail,
        cause,
        _place(world, cause, unlucky),
        Letter("mika@far.example", times[known]),
        again,
        {"postmaster@far.example": None},
    )


def _place(world: World, cause: str, unlucky: str) -> Place:
    if cause == KEPT:
        return Place(FILE, also=frozenset({"sendmail.cf", "cf", "/etc/sendmail.cf"}))
    return queue_interval() if cause == NO_RUN else domain(world, unlucky)


DRILL = Drill(
    id="16.drill",
    complaint="This morning the mail host got its new system; the old sendmail.cf lies in /var/backups/sendmail.cf.old, too. A partner "
    "calls: “I wrote to one of your people, and it was not delivered.” He does not remember to whom.",
    causes={
        MISSING: Cause(
            DOMAINS,
            command="cat /var/log/maillog",
            told=r"(?s)\A(?!.*arg1=<\w+@(?!{place})\w+\.example>[^\n]*Relaying).*arg1=<\w+@{place}>[^\n]*Relaying denied",
            not_it="Mail for that domain alone would be refused: Relaying denied.",
            cure=(f"echo 'Cw{{place}}' >> {FILE}", RESTART),
            wrong=(f"cp {OLD} {FILE}", RESTART),
        ),
        KEPT: Cause(
            (FILE,),
            command="cat /var/log/maillog",
            told=r"(?s)arg1=<\w+@(\w+)\.example>[^\n]*Relaying denied.*arg1=<\w+@(?!\1)\w+\.example>[^\n]*Relaying denied",
            not_it="The old one is in place: class w has names of ours. grep Cw /etc/mail/sendmail.cf",
            cure=(f"cp {OLD} {FILE}", RESTART, "sendmail -q"),
            wrong=(RESTART,),
        ),
        NO_RUN: Cause(
            ("-q",),
            command="cat /var/run/sendmail.pid",
            told=r"sendmail -bd\Z",
            not_it="The file with the daemon's number shows how it was started: with -q and a time.",
            cure=("kill {pid}", "sendmail -bd -q15m"),
            wrong=("sendmail -q",),
        ),
    },
    scene=_scene,
    hints=("Does anything wait? mailq", "And what does the log say that is not Sent?"),
)
