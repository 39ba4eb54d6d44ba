"""15 Recovery from a power cut: since then mail goes astray."""

from simlib.exercises.drill import Cause, Drill
from simlib.exercises.places import Place, directory
from simlib.exercises.scene import Deal, Letter, Scene
from simlib.world import World

PROGRAM = "sendmail ran before a file system was mounted"
NAME = "sendmail looked for its own name before it could be found"
GONE = "sendmail ended as it began"
PROGRAMS = {"club": "/usr/local", "seminar": "/opt/lists", "library": "/export/bin"}
NAMED = "named"
POWER = 300  # s: when it is back


def _scene(deal: Deal) -> Scene:
    cause, chance = deal.cause, deal.chance
    late = deal.place if cause == PROGRAM else chance.choice(tuple(PROGRAMS.values()))
    begins = POWER + chance.randrange(120, 200)
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
    mail.aliases = "".join(f'{name}: "|{place}/archive"\n' for name, place in PROGRAMS.items())
    for place in PROGRAMS.values():
        world.program(mail, f"{place}/archive")
        world.mount(mail, files, place, after="5d" if (cause, place) == (PROGRAM, late) else "1m")
    mail.daemon.starts_at_boot = named.starts_at_boot = False
    mail.start(at=begins)
    world.at(POWER + 60 if cause == PROGRAM else begins + 240, named.start)
    for one in (mail, files, ns):
        world.outage(one, "1m", POWER)
    far = world.sendmail("mail.far.example", domain="far.example")
    far.queue_run(every="4m")
    people = _people()
    for n, at in enumerate(deal.times(40, 120, 110)):
        far.submit("sato@far.example", people[n % len(people)], at=at)
    # where no sendmail runs any more, what the log has of the caller is from before the cut
    wrote = chance.randrange(5, 50) if cause == GONE else deal.times(1, 900, 300)[0]
    far.submit("mika@far.example", _caller(cause, late), at=wrote)
    world.run(until="1h 30m")

    def again() -> None:
        for person in people:
            far.submit("mika@far.example", person)

    return Scene(
        world,
        mail,
        cause,
        directory(late, f"{late}/archive") if cause == PROGRAM else _service(),
        Letter("mika@far.example", wrote),
        again,
        {"postmaster@far.example": None},
    )


def _people() -> tuple[str, ...]:
    return "taro@mail.here.example", "taro@here.example", *(f"{name}@here.example" for name in PROGRAMS)


def _caller(cause: str, late: str) -> str:
    if cause == PROGRAM:
        return next(f"{name}@here.example" for name, place in PROGRAMS.items() if place == late)
    return "taro@mail.here.example" if cause == NAME else "taro@here.example"


def _service() -> Place:
    """The name service, by its programs, its protocol and its host."""
    also = {"dns", "bind", "ns", "ns.here.example", "name-server", "nameserver", "dns-server", "/etc/resolv.conf"}
    return Place(NAMED, also=frozenset({*also, "ネームサーバ", "ネームサーバー"}))


DRILL = Drill(
    id="15.drill",
    complaint="There was a power cut at nine this morning, of four minutes. A partner calls: “Not everything that we have "
    "written to your people since then arrives.”",
    causes={
        PROGRAM: Cause(
            tuple(PROGRAMS.values()),
            command="cat /var/log/maillog",
            told=r'to="\|{place}/[^\n]*unknown mailer error 127',
            not_it="The log would have a program that was not found: error 127.",
            cure=("mount {place}",),
            wrong=("kill -HUP {pid}",),
        ),
        NAME: Cause(
            (NAMED,),
            command="cat /var/log/maillog",
            told=r"using short name\n[^\n]*starting daemon",
            not_it="The log would have it, as sendmail began; and mail for taro@mail.here.example would be refused.",
            cure=("kill -HUP {pid}",),
            wrong=("sendmail -q",),
        ),
        GONE: Cause(
            (NAMED,),
            command="cat /var/log/maillog",
            told=r'SYSERR\(root\): [^\n]*host "[\w.]+" unknown',
            not_it="ps ax shows the daemon, and the log has mail that it took.",
            cure=("sendmail -bd -q30m",),
            wrong=("sendmail -q30m",),
        ),
    },
    scene=_scene,
    hints=("Is there a daemon? ps ax", "The first lines of the log tell how sendmail began: head /var/log/maillog"),
)
