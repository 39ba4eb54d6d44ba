"""14 NFS: mail is not forwarded."""

from simlib.exercises.drill import Cause, Drill
from simlib.exercises.exercise import WrongAnswer
from simlib.exercises.places import directory
from simlib.exercises.scene import Deal, Letter, Scene
from simlib.world import World

MISSING = "a directory is not mounted"
DOWN = "a file server does not answer"
STALE = "a file server has new file handles: what is mounted is stale"
MODE = "others may write a .forward: sendmail does not believe it"
HOMES = {"east": "hana", "west": "jiro", "north": "sato", "south": "ken"}
POINTS = tuple(f"/home/{name}" for name in HOMES)


def _scene(deal: Deal) -> Scene:
    cause, chance = deal.cause, deal.chance
    unlucky = deal.place.removeprefix("/home/")
    options = chance.choice(("hard,intr", "soft"))
    world = World(seed=14)
    mail = world.sendmail("mail.here.example", domain="here.example")
    far = world.sendmail("mail.far.example", domain="far.example")
    servers = {}
    for place, user in HOMES.items():
        odd = cause if place == unlucky else ""
        server = servers[place] = world.nfs_server(f"{place}.here.example", f"/home/{place}")
        world.mount(mail, server, f"/home/{place}", options=options, after="5d" if odd == MISSING else "0s")
        world.user(mail, user, home=f"/home/{place}/$u")
        mode = 0o664 if odd == MODE else 0o644
        world.file(server.host, f"/home/{place}/{user}/.forward", f"{user}@far.example\n", owner=user, mode=mode)
        if odd == DOWN:
            world.at("5m", server.host.go_down)
        if odd == STALE:
            world.at("5m", server.restore)
    times = deal.times(16, 600, 300)
    order = [*HOMES.values()] * 4
    chance.shuffle(order)
    known = order.index(HOMES[unlucky])
    for n, (user, at) in enumerate(zip(order, times, strict=True)):
        far.submit("mika@far.example" if n == known else "taro@far.example", f"{user}@here.example", at=at)
    mail.queue_run(every="30m")
    world.run(until="3h")
    root, before = world.shell(mail), dict[str, str]()

    def forwarded(user: str) -> str:
        return root(f"grep -c 'to={user}@far.example.*stat=Sent' /var/log/maillog")

    def again() -> None:
        before.update({user: forwarded(user) for user in HOMES.values()})
        for user in HOMES.values():
            far.submit("mika@far.example", f"{user}@here.example")

    def also() -> None:
        for user, many in before.items():
            if forwarded(user) == many:
                raise WrongAnswer("A new letter for {user} was not forwarded to far.example.", user=user)

    guilty = f"operator@{unlucky}.here.example" if cause == DOWN else ""
    user = HOMES[unlucky]
    home = f"/home/{unlucky}"
    return Scene(
        world,
        mail,
        cause,
        directory(home, f"{home}/{user}", f"{home}/{user}/.forward", f"{unlucky}.here.example", unlucky, user),
        Letter("mika@far.example", times[known]),
        again,
        {
            f"operator@{place}.here.example": servers[place].host.come_back
            if f"operator@{place}.here.example" == guilty
            else None
            for place in HOMES
        },
        takes=5_400,
        also=also,
        words={"user": user, "host": unlucky},
    )


DRILL = Drill(
    id="14.drill",
    complaint="A user calls: “My mail is forwarded to far.example, and since this morning nothing comes there. mika has written "
    "to me.” The line broke before he had said his name.",
    causes={
        MISSING: Cause(
            POINTS,
            command="mount",
            told=r"(?s)\A(?!.* on {place} )",
            not_it="mount shows what is mounted: all four file systems under /home.",
            cure=("mount {place}",),
            wrong=("sendmail -q",),
        ),
        DOWN: Cause(
            POINTS,
            command="cat /var/log/maillog",
            told=r"{place}/\w+/\.forward: transient error: (Connection timed out|Timeout on file open)",
            not_it="The log would speak of a time-out wherever his .forward is looked for.",
            cure=("ring up operator@{host}.here.example",),
            wrong=("sendmail -q",),
        ),
        STALE: Cause(
            POINTS,
            command="cat /var/log/maillog",
            told=r"{place}/\w+/\.forward: transient error: Stale",
            not_it="His mail would wait: mailq. And the log would have the word stale.",
            cure=("umount {place}", "mount {place}"),
            wrong=("sendmail -q",),
        ),
        MODE: Cause(
            POINTS,
            command="cat /var/log/maillog",
            told=r"{place}/\w+/\.forward: Group writable file",
            not_it="The log would say why the file was ignored: group writable.",
            cure=("chmod 644 {place}/{user}/.forward",),
            wrong=("chmod 666 {place}/{user}/.forward",),
        ),
    },
    scene=_scene,
    hints=(
        "Does it wait, or has it gone somewhere else? mailq, and mailer=local in the log.",
        "What is mounted? mount",
    ),
)
