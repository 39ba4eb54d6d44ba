"""13 Retiring an address: mail for a list comes back."""

from random import Random

from simlib.exercises.drill import Drill, Scene
from simlib.world import World

LOOP = "it stands for itself, by way of others"
FILE = "the file of its members is not there"
GONE = "a member has left"
MISSING = "the list does not exist"
LISTS = ("office", "staff", "club", "seminar", "alumni")


def _scene(chance: Random) -> Scene:
    cause, broken = chance.choice((LOOP, FILE, GONE)), chance.choice(LISTS)
    world = World(seed=13)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.user(mail, "taro", "hana", "jiro")
    lines = {name: f":include:/etc/mail/{name}.list" if n % 2 else "taro, hana" for n, name in enumerate(LISTS)}
    lines[broken] = {LOOP: "everybody", FILE: f":include:/etc/mail/{broken}.list", GONE: "taro, ken"}[cause]
    lines |= {"everybody": "people", "people": broken if cause == LOOP else "taro, hana, jiro"}
    for name in LISTS:
        if name != broken:
            world.file(mail, f"/etc/mail/{name}.list", "hana\njiro\n")
    mail.aliases = "\n".join(f"{name}: {value}" for name, value in lines.items())
    far = world.sendmail("mail.far.example", domain="far.example")
    for n, name in enumerate(LISTS):
        if name != broken:
            far.submit("ken@far.example", f"{name}@here.example", at=60 * n)
    world.run(until="1h")
    return Scene(world, mail, cause, broken)


DRILL = Drill(
    id="13.drill",
    complaint="A call from outside: “I wrote to one of your lists, and my letter came back. I do not remember which.”",
    causes={
        LOOP: "sendmail -bv follows a name to its end; it would say that a loop was broken.",
        FILE: "sendmail -bv follows a name to its end; it would not find the file.",
        GONE: "sendmail -bv follows a name to its end; all members are there.",
        MISSING: "It stands in /etc/mail/aliases.",
    },
    asked="Which list (office, staff, club, seminar or alumni)?",
    scene=_scene,
    evidence={
        LOOP: ("sendmail -bv {place}", "loop broken"),
        FILE: ("sendmail -bv {place}", "No such file or directory"),
        GONE: ("sendmail -bv {place}", "(?i)user unknown"),
    },
    hints=(
        "There are five lists. Ask sendmail of each.",
        "sendmail -bv name follows an alias without sending anything.",
    ),
)
