"""05 Managing the queue: nothing leaves."""

from simlib.exercises.drill import Cause, Drill
from simlib.exercises.places import Place, host, option, queue_interval
from simlib.exercises.scene import Deal, Letter, Scene, postmasters
from simlib.world import World

LOAD = "the load is so high that mail is only queued"
NO_RUN = "mail is only queued, and nothing runs the queue"
YOUNG = "what was tried once is left alone for too long"
DOWN = "the host that all mail is given to does not answer"
GATES = tuple(f"gate{n}.net.example" for n in range(3))
SITES = tuple(f"site{n}.example" for n in range(3))
CF = {
    LOAD: "O QueueLA=8\nO RefuseLA=90",
    NO_RUN: "O QueueLA=70\nO RefuseLA=90\nO DeliveryMode=queueonly",
    YOUNG: "O QueueLA=70\nO RefuseLA=90\nO MinQueueAge=12h",
    DOWN: "O QueueLA=70\nO RefuseLA=90",
}
FILE = "/etc/mail/sendmail.cf"
RESTART = "kill -HUP {pid}"


def _scene(deal: Deal) -> Scene:
    cause, chance = deal.cause, deal.chance
    gate = deal.place if cause == DOWN else chance.choice(GATES)
    world = World(seed=5)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=f"{CF[cause]}\nDSesmtp:[{gate}]")
    gates = {name: world.sendmail(name, cf=f"CR{' '.join(SITES)}") for name in GATES}
    for site in SITES:
        world.sendmail(f"mx.{site}", domain=site)
    world.busy(mail, chance.randrange(30, 50) if cause == LOAD else 2, "1m", "5d")
    if cause == YOUNG:
        world.outage(("mail.here.example", "internet"), "4m", f"{chance.randrange(70, 90)}m")
    if cause == DOWN:
        world.at("4m", gates[gate].host.go_down)
    times = deal.times(12, 300, 280)
    known = chance.randrange(12)
    for n, at in enumerate(times):
        mail.submit(f"{'hana' if n == known else 'taro'}@here.example", f"user{n}@{SITES[n % 3]}", at=at)
    if cause != NO_RUN:
        mail.queue_run(every="30m")
    world.run(until="3h")

    def again() -> None:
        for site in SITES:
            mail.submit("hana@here.example", f"mika@{site}")

    calls = {
        f"postmaster@{name}": gates[gate].host.come_back if (cause, name) == (DOWN, gate) else None for name in GATES
    }
    return Scene(
        world,
        mail,
        cause,
        _place(world, cause, gate),
        Letter("hana@here.example", times[known], f"user{known}@{SITES[known % 3]}"),
        again,
        {**calls, **postmasters(SITES)},
        words={"other": GATES[GATES.index(gate) - 1]},
    )


def _place(world: World, cause: str, gate: str) -> Place:
    if cause == DOWN:
        return host(world, gate)
    return queue_interval() if cause == NO_RUN else option("QueueLA" if cause == LOAD else "MinQueueAge")


DRILL = Drill(
    id="05.drill",
    complaint="Your users call: “Nothing that we have written this morning has arrived anywhere.” hana is one of them.",
    causes={
        LOAD: Cause(
            ("QueueLA",),
            command="uptime",
            told=r"load average: [3-9]\d",
            not_it="uptime shows the load, and mailq marks with X what is not urgent enough for it.",
            cure=(f"sed -i s/QueueLA=8/QueueLA=80/ {FILE}", RESTART, "sendmail -q"),
            wrong=("sendmail -q",),
        ),
        NO_RUN: Cause(
            ("-q",),
            command="cat /var/run/sendmail.pid",
            told=r"sendmail -bd\Z",
            not_it="The file with the daemon's number shows the command line by which it was started.",
            cure=("kill {pid}", "sendmail -bd -q15m"),
            wrong=("sendmail -q",),
        ),
        YOUNG: Cause(
            ("MinQueueAge",),
            command="mailq",
            told=r"(?m)^\w{14}-",
            not_it="mailq marks with - what is too young for a run.",
            cure=(f"sed -i s/MinQueueAge=12h/MinQueueAge=10m/ {FILE}", RESTART),
            wrong=("sendmail -q",),
        ),
        DOWN: Cause(
            GATES,
            command="cat /var/log/maillog",
            told=r"relay={place}\.? \[[^\n]*timed out",
            not_it="Does the log name a host that did not answer, and each time the same?",
            cure=("sed -i s/{place}/{other}/ /etc/mail/sendmail.cf", RESTART, "sendmail -q"),
            wrong=("sendmail -q",),
        ),
    },
    scene=_scene,
    hints=(
        "mailq: which marks stand behind the queue ids, and what stands below them?",
        "How is the host, and how was sendmail started? /var/run/sendmail.pid",
    ),
)
