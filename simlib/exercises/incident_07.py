"""07 Error notices: letters for one address come back."""

from simlib.exercises.drill import Cause, Drill
from simlib.exercises.places import Place, host
from simlib.exercises.scene import Deal, Letter, Scene
from simlib.site.users import User
from simlib.world import World

LOOP = "two hosts send it to each other"
GONE = "the host at the end does not know the user"
TOO_LARGE = "it is too large for the other side"
GATES = tuple(f"gate.{name}.example" for name in ("north", "south", "east", "west"))
ENDS = ("mx.club.example", "mail.club.example", "post.club.example")
FILE = "/etc/mail/sendmail.cf"
RESTART = "kill -HUP {pid}"


def _scene(deal: Deal) -> Scene:
    cause, chance = deal.cause, deal.chance
    gate = deal.place if cause != GONE else chance.choice(GATES)
    end = deal.place if cause == GONE else chance.choice(ENDS)
    world = World(seed=7)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=f"CR club.example\nDSesmtp:[{gate}]")
    world.user(mail, "taro", "jiro")
    usual = f"CR club.example\nDSesmtp:[{end}]"
    gates = {name: world.sendmail(name, cf=usual) for name in GATES}
    club = world.sendmail(end, cf="Cwclub.example\nCRhere.example")
    world.user(club, "ken", *(() if cause == GONE else ("hana",)))
    world.zone("@ 1h MX 10 mail.here.example.", origin="club.example.")
    gates[gate].restart(cf={LOOP: "CR club.example", TOO_LARGE: f"{usual}\nO MaxMessageSize=50000", GONE: usual}[cause])
    times = deal.times(4, 60, 600)
    for at in times[:3]:
        mail.submit("jiro@here.example", "ken@club.example", at=at + 1)
    for at in times:
        mail.submit("taro@here.example", "hana@club.example", size=chance.randrange(60_000, 70_000), at=at)
    world.run(until="1h")

    def again() -> None:
        mail.submit("taro@here.example", "hana@club.example", size=65_000)
        mail.submit("jiro@here.example", "ken@club.example")

    def sees_to_it() -> None:
        if cause == GONE:
            club.host.add_user(User("hana", "/home/hana"))
        else:
            gates[gate].restart(cf=usual)

    guilty = "postmaster@club.example" if cause == GONE else f"postmaster@{gate}"
    people = ("postmaster@club.example", *(f"postmaster@{name}" for name in GATES))
    return Scene(
        world,
        mail,
        cause,
        _place(world, cause, end if cause == GONE else gate),
        Letter("taro@here.example", times[0], "hana@club.example"),
        again,
        {one: sees_to_it if one == guilty else None for one in people},
        words={"end": end, "gate": gate, "other": GATES[GATES.index(gate) - 1]},
    )


def _place(world: World, cause: str, name: str) -> Place:
    return host(world, name, "club.example") if cause == GONE else host(world, name)


DRILL = Drill(
    id="07.drill",
    complaint="taro calls: “My letters to hana@club.example, for which we have always been the gateway, come back at once.”",
    causes={
        LOOP: Cause(
            GATES,
            command="cat /var/log/maillog",
            told=r"(?s)(from=<taro@here.example>[^\n]*relay={place}.*){5}",
            not_it="The log would have the same letter many times: it would come in again and again from where it was sent.",
            cure=(f"sed -i 's/^DS.*/DSesmtp:[{{end}}]/' {FILE}", RESTART),
            wrong=("ring up postmaster@club.example",),
        ),
        GONE: Cause(
            ENDS,
            command="cat /var/mail/taro",
            told=r"{place}[\s\S]{0,200}[Uu]ser unknown",
            not_it="The return would come in once, and say that the user is unknown. What does taro find? cat /var/mail/taro",
            cure=("ring up postmaster@club.example",),
            wrong=("sed -i s/{gate}/{other}/ " + FILE, RESTART),
        ),
        TOO_LARGE: Cause(
            GATES,
            command="cat /var/log/maillog",
            told=r"to=<hana@club.example>[^\n]*relay={place}[^\n]*dsn=5\.2\.3",
            not_it="The host that it is given to would refuse it by its size: 552. The log has its answer.",
            cure=("sed -i s/{place}/{other}/ " + FILE, RESTART),
            wrong=(f"echo O MaxMessageSize=900000 >> {FILE}", RESTART),
        ),
    },
    scene=_scene,
    hints=("Follow one queue id through the log.", "How often does a letter of taro's come in, and by which relay=?"),
)
