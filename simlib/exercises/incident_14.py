"""14 NFS: mail is not forwarded."""

from random import Random

from simlib.exercises.drill import Drill, Scene
from simlib.world import World

MISSING = "a directory is not mounted"
DOWN = "a file server does not answer"
STALE = "a file server has new file handles: what is mounted is stale"
MODE = "others may write a .forward: sendmail does not believe it"
THERE = "the host that it is forwarded to does not take it"
HOMES = {"east": "hana", "west": "jiro", "north": "sato", "south": "ken"}


def _scene(chance: Random) -> Scene:
    unlucky, cause = chance.choice(tuple(HOMES)), chance.choice((MISSING, DOWN, STALE, MODE))
    options = chance.choice(("hard,intr", "soft"))
    world = World(seed=14)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.sendmail("mail.far.example", domain="far.example")
    for place, user in HOMES.items():
        odd = cause if place == unlucky else ""
        server = world.nfs_server(f"{place}.here.example", f"/home/{place}")
        after = "2d" if odd == MISSING else "0s"
        world.mount(mail, server, f"/home/{place}", options=options, after=after)
        world.user(mail, user, home=f"/home/{place}/$u")
        mode = 0o664 if odd == MODE else 0o644
        world.file(server.host, f"/home/{place}/{user}/.forward", f"{user}@far.example", owner=user, mode=mode)
        if odd == DOWN:
            world.outage(server, "5m", "2d")
        if odd == STALE:
            world.at("5m", server.restore)
    for n in range(16):
        mail.submit("taro@far.example", f"{tuple(HOMES.values())[n % 4]}@here.example", at=600 + n * 300)
    mail.queue_run(every="30m")
    world.run(until="3h")
    return Scene(world, mail, cause, f"/home/{unlucky}")


DRILL = Drill(
    id="14.drill",
    complaint="A user calls: “My mail is forwarded to far.example, and since this morning nothing comes there.” The line broke "
    "before he had said his name.",
    causes={
        MISSING: "mount shows what is mounted: all four file systems under /home.",
        DOWN: "The log would speak of a time-out wherever his .forward is looked for.",
        STALE: "His mail would wait: mailq. And the log would have the word stale.",
        MODE: "The log would say why the file was ignored: group writable.",
        THERE: "The log has lines with relay=mail.far.example that end in Sent.",
    },
    asked="Which file system (the directory it is mounted on)?",
    scene=_scene,
    evidence={
        MISSING: ("mount", r"(?s)\A(?!.* on {place} )"),
        DOWN: (
            "cat /var/log/maillog",
            r"{place}/\w+/\.forward: transient error: (Connection timed out|Timeout on file open)",
        ),
        STALE: ("cat /var/log/maillog", r"{place}/\w+/\.forward: transient error: Stale"),
        MODE: ("cat /var/log/maillog", r"{place}/\w+/\.forward: Group writable file"),
    },
    hints=(
        "Does it wait, or has it gone somewhere else? mailq, and mailer=local in the log.",
        "What is mounted? mount",
    ),
)
