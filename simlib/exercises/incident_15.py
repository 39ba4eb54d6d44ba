"""15 Recovery from a power cut: since then mail goes astray."""

from random import Random

from simlib.exercises.drill import Drill, Scene
from simlib.world import World

PROGRAM = "sendmail ran before a file system was mounted"
NAME = "sendmail looked for its own name before it could be found"
GONE = "sendmail ended as it began"
SILENT = "a file server does not answer"
PROGRAMS = {"club": "/usr/local", "seminar": "/opt/lists", "library": "/export/bin"}
NAMED = "named"
POWER = 300  # s: when it is back


def _scene(chance: Random) -> Scene:
    cause, late = chance.choice((PROGRAM, NAME, GONE)), chance.choice(tuple(PROGRAMS.values()))
    begins = POWER + chance.randrange(120, 300)
    world = World(seed=15)
    world.zone("@ 86400 MX 10 mail", origin="here.example.")
    listens = "O DaemonPortOptions=Name=MTA, Addr=mail.here.example" if cause == GONE else ""
    mail = world.sendmail("mail.here.example", cf=f"Cwhere.example\n{listens}")
    files = world.nfs_server("files.here.example", *PROGRAMS.values())
    ns = world.host("ns.here.example")
    named = world.named(ns)
    world.user(mail, "taro")
    world.file(mail, "/etc/resolv.conf", f"nameserver {ns.address}\n")
    world.file(mail, "/etc/hosts", f"{mail.host.address} mail\n")
    mail.aliases = "\n".join(f'{name}: "|{place}/archive"' for name, place in PROGRAMS.items())
    for place in PROGRAMS.values():
        world.program(mail, f"{place}/archive")
        world.mount(mail, files, place, after="20m" if (cause, place) == (PROGRAM, late) else "1m")
    mail.daemon.starts_at_boot = named.starts_at_boot = False
    mail.start(at=begins)
    world.at(POWER + 60 if cause == PROGRAM else begins + 240, named.start)
    for one in (mail, files, ns):
        world.outage(one, "1m", POWER)
    _letters(world)
    world.run(until="1h 30m")
    return Scene(world, mail, cause, late if cause == PROGRAM else NAMED)


def _letters(world: World) -> None:
    far = world.sendmail("mail.far.example", domain="far.example")
    far.queue_run(every="4m")
    people = ("taro@mail.here.example", "taro@here.example", *(f"{name}@here.example" for name in PROGRAMS))
    for n in range(40):
        far.submit("mika@far.example", people[n % len(people)], at=120 + n * 110)


DRILL = Drill(
    id="15.drill",
    complaint="There was a power cut at nine this morning, of four minutes. A partner calls: “Not everything that we have "
    "written to your people since then arrives.”",
    causes={
        PROGRAM: "The log would have a program that was not found: error 127.",
        NAME: "The log would have it, as sendmail began; and mail for taro@mail.here.example would be refused.",
        GONE: "ps ax shows the daemon, and the log has mail that it took.",
        SILENT: "Then the log would speak of a time-out, or mail would wait: mailq.",
    },
    asked="What has to be ready before sendmail the next time: which service, or which directory?",
    scene=_scene,
    evidence={
        PROGRAM: ("cat /var/log/maillog", r'to="\|{place}/[^\n]*unknown mailer error 127'),
        NAME: ("cat /var/log/maillog", r"using short name\n[^\n]*starting daemon"),
        GONE: ("cat /var/log/maillog", r'SYSERR\(root\): [^\n]*host "[\w.]+" unknown'),
    },
    hints=("Is there a daemon? ps ax", "The first lines of the log tell how sendmail began: head /var/log/maillog"),
)
