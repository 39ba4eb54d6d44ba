"""13 Retiring an address: mail for a list comes back."""

from simlib.exercises.drill import Cause, Drill
from simlib.exercises.places import Place
from simlib.exercises.scene import Deal, Letter, Scene
from simlib.world import World

LOOP = "it stands for itself, by way of others"
FILE = "the file of its members is not there"
GONE = "a member has left"
LISTS = ("office", "staff", "club", "seminar", "alumni")
ALIASES = "/etc/mail/aliases"


def _scene(deal: Deal) -> Scene:
    cause, broken, chance = deal.cause, deal.place, deal.chance
    world = World(seed=13)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.user(mail, "taro", "hana", "jiro")
    filed = chance.sample([name for name in LISTS if name != broken], 2)
    lines = {name: f":include:/etc/mail/{name}.list" if name in filed else "taro, hana" for name in LISTS}
    lines[broken] = {LOOP: "everybody", FILE: f":include:/etc/mail/{broken}.list", GONE: "taro, ken"}[cause]
    lines |= {"everybody": "people", "people": broken if cause == LOOP else "taro, hana, jiro"}
    for name in LISTS:
        if name != broken:
            world.file(mail, f"/etc/mail/{name}.list", "hana\njiro\n")
    mail.aliases = "".join(f"{name}: {value}\n" for name, value in lines.items())
    far = world.sendmail("mail.far.example", domain="far.example")
    order = [*LISTS, *chance.sample(LISTS, 5)]
    times = deal.times(len(order), 60, 280)
    known = order.index(broken)
    for n, (name, at) in enumerate(zip(order, times, strict=True)):
        sender = "ken" if n == known else chance.choice(("mika", "sato"))
        far.submit(f"{sender}@far.example", f"{name}@here.example", at=at)
    world.run(until="1h")

    def again() -> None:
        for name in LISTS:
            far.submit("ken@far.example", f"{name}@here.example")

    addresses = {f"{broken}@{name}" for name in mail.own_names} | {f"/etc/mail/{broken}.list", f"{broken}.list"}
    return Scene(
        world,
        mail,
        cause,
        Place(broken, also=frozenset(addresses), line=rf"{broken}\s*:"),
        Letter("ken@far.example", times[known]),
        again,
        {"postmaster@far.example": None},
    )


DRILL = Drill(
    id="13.drill",
    complaint="A call from outside: “I wrote to one of your lists, and my letter came back. I do not remember which.” "
    "hana and taro are always meant.",
    causes={
        LOOP: Cause(
            LISTS,
            command="sendmail -bv {place}",
            told="loop broken",
            not_it="sendmail -bv follows a name to its end; it would say that a loop was broken.",
            cure=(f"sed -i 's/^people:.*/people: taro, hana/' {ALIASES}", "newaliases"),
            wrong=(f"sed -i 's/^people:.*/people: taro, hana/' {ALIASES}",),
        ),
        FILE: Cause(
            LISTS,
            command="sendmail -bv {place}",
            told="No such file or directory",
            not_it="sendmail -bv follows a name to its end; it would not find the file.",
            cure=("echo taro, hana > /etc/mail/{place}.list",),
            wrong=("newaliases",),
        ),
        GONE: Cause(
            LISTS,
            command="sendmail -bv {place}",
            told="(?i)user unknown",
            not_it="sendmail -bv follows a name to its end; all members are there.",
            cure=(f"sed -i 's/taro, ken/taro, hana/' {ALIASES}", "newaliases"),
            wrong=(f"sed -i 's/taro, ken/taro, hana/' {ALIASES}",),
        ),
    },
    scene=_scene,
    hints=(
        "There are five lists. Ask sendmail of each.",
        "sendmail -bv name follows an alias without sending anything.",
    ),
)
