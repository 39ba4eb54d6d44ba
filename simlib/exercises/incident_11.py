"""11 Statistics: two counts of one day do not agree."""

from random import Random

from simlib.exercises.drill import Drill, Scene
from simlib.mta.sendmail import Sendmail
from simlib.world import World

CLEARED = "the counters were emptied in the middle of the day"
REFUSED = "there are messages in the log that were refused"
SEVERAL = "a message to several people is counted once"
WAITING = "what still waits is not counted yet"
SITES = ("north", "south", "east", "west")


def _scene(chance: Random) -> Scene:
    cause, hour, stranger = chance.choice((CLEARED, REFUSED)), chance.randrange(10, 16), chance.choice(SITES)
    world = World(seed=11)
    mail = world.sendmail("mail.here.example", domain="here.example")
    far = {site: world.sendmail(f"mail.{site}.example", domain=f"{site}.example") for site in SITES}
    world.zone("@ 1h MX 10 mail.here.example.", origin="victim.example.")
    for n in range(56):
        site, at = SITES[n % 4], 120 + n * 450
        if n % 3:
            mail.submit("taro@here.example", f"ken@{site}.example", f"mika@{site}.example", at=at)
        else:
            far[site].submit(f"mika@{site}.example", "taro@here.example", at=at)
    if cause == CLEARED:
        world.at(f"{hour - 9}h", lambda: _type(world, mail, "cp /dev/null /etc/mail/sendmail.st"))
    else:
        for n in range(20):
            far[stranger].submit(f"sale{n}@{stranger}.example", f"user{n}@victim.example", at=3_000 + n * 500)
    world.run(until="8h")
    return Scene(world, mail, cause, f"{hour}" if cause == CLEARED else f"mail.{stranger}.example")


def _type(world: World, mail: Sendmail, command: str) -> None:
    world.shell(mail)(command)


DRILL = Drill(
    id="11.drill",
    complaint="The office calls: “In the log of today we have counted the lines with from=. mailstats has fewer messages "
    "(msgsfr).”",
    causes={
        CLEARED: "mailstats shows in its first line since when it has counted: since shortly after nine.",
        REFUSED: "The log has no line with reject=, and none with from= and nrcpts=0.",
        SEVERAL: "In the log, too: one line with from=, however many it is for (nrcpts=).",
        WAITING: "A message is counted under msgsfr when it comes; and mailq is empty.",
    },
    asked="At which hour (two digits, as in 09), or with which host does it come about?",
    scene=_scene,
    evidence={
        CLEARED: ("mailstats", r"\AStatistics from \w+ Jul  1 {place}:"),
        REFUSED: ("cat /var/log/maillog", r"ruleset=check_rcpt, [^\n]*relay={place} \[[^\n]*reject=550"),
    },
    hints=("Since when does mailstats count?", "Is each line with from= a message that was taken? nrcpts="),
)
