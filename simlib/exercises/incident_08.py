"""08 Return-Receipt: from one partner no receipt comes."""

from simlib.exercises.drill import Cause, Drill
from simlib.exercises.exercise import WrongAnswer
from simlib.exercises.places import domain
from simlib.exercises.scene import Deal, Letter, Scene
from simlib.world import World

NO_DSN = "a host on the way does not offer DSN"
HEADER = "it was asked for in the header of the letter only"
WAITS = "the letter is not delivered yet"
SITES = tuple(f"site{n}.example" for n in range(4))
TARO = "taro@here.example"


def _scene(deal: Deal) -> Scene:
    cause, unlucky, chance = deal.cause, deal.place, deal.chance
    deaf = chance.choice(("gate", "inner"))
    world = World(seed=8)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.user(mail, "taro")
    usual: dict[str, str] = {}
    hosts = {}
    for site in SITES:
        for name in (f"gate.{site}", f"inner.{site}"):
            way, end = f"DS[inner.{site}]\nCR{site}", f"Cw{site}\nCRgate.{site}"
            usual[name] = way if name.startswith("gate") else end
            closed = "\nO PrivacyOptions=noreceipts" if (cause, name) == (NO_DSN, f"{deaf}.{unlucky}") else ""
            hosts[name] = world.sendmail(name, cf=usual[name] + closed)
        world.zone("@ 1h MX 10 gate", origin=f"{site}.")
    if cause == WAITS:
        world.at("1m", hosts[f"gate.{unlucky}"].host.go_down)
    order = chance.sample(SITES, 4)
    times = dict(zip(order, deal.times(4, 300, 600), strict=True))
    knows: set[str] = {site for site in SITES if (cause, site) != (HEADER, unlucky)}

    def write(site: str, at: float | None = None) -> None:
        header = "" if site in knows else f"Return-Receipt-To: {TARO}\n"
        letter = f"{header}To: hana@{site}\nSubject: the contract\n\nIt is signed.\n".encode()
        mail.submit(TARO, f"hana@{site}", message=letter, notify=["success"] if site in knows else None, at=at)
        mail.submit(TARO, TARO, message=letter, at=at)

    for site, at in times.items():
        write(site, at)
    mail.queue_run(every="15m")
    world.run(until="2h")

    def again() -> None:
        for site in SITES:
            write(site)

    def also() -> None:
        read = world.shell(mail)("cat /var/mail/taro")
        for site in SITES:
            if f"<hana@{site}>... Successfully delivered" not in read.replace("  (", "... (") and not _came(read, site):
                raise WrongAnswer("taro has got no receipt for his letter to hana@{site}.", site=site)

    def hears() -> None:
        if cause == NO_DSN:
            name = f"{deaf}.{unlucky}"
            hosts[name].restart(cf=usual[name])
        elif cause == WAITS:
            hosts[f"gate.{unlucky}"].host.come_back()
        else:
            knows.add(unlucky)

    people = ("taro", *(f"postmaster@{site}" for site in SITES))
    guilty = "taro" if cause == HEADER else f"postmaster@{unlucky}"
    return Scene(
        world,
        mail,
        cause,
        domain(world, unlucky, f"gate.{unlucky}", f"inner.{unlucky}"),
        Letter(TARO, times[unlucky], "hana"),
        again,
        {one: hears if one == guilty else None for one in people},
        also=also,
    )


def _came(read: str, site: str) -> bool:
    """Whether a mailbox has a receipt for a letter to somebody at a site."""
    return any(f"hana@{site}>" in line and "successfully delivered" in line for line in read.splitlines())


DRILL = Drill(
    id="08.drill",
    complaint="A user, taro, calls: “I ask for a receipt each time, and keep a copy of what I write in my mailbox. But of my "
    "letter to one of our partners I was never told that it was delivered.”",
    causes={
        NO_DSN: Cause(
            SITES,
            command="cat /var/mail/taro",
            told=r"@{place}>  \(relayed to non-DSN-aware mailer\)",
            not_it="The host before it would have written a notice to taro: relayed. His mail is in /var/mail/taro.",
            cure=("ring up postmaster@{place}",),
            wrong=("ring up taro",),
        ),
        HEADER: Cause(
            SITES,
            command="cat /var/mail/taro",
            told=r"(?m)^Return-Receipt-To: .*\nTo: hana@{place}",
            not_it="The copies of his letters, in /var/mail/taro, would show a Return-Receipt-To:.",
            cure=("ring up taro",),
            wrong=("ring up postmaster@{place}",),
        ),
        WAITS: Cause(
            SITES,
            command="mailq",
            told=r"<hana@{place}>",
            not_it="mailq shows what is not delivered yet; this host has nothing left.",
            cure=("ring up postmaster@{place}",),
            wrong=("sendmail -q",),
        ),
    },
    scene=_scene,
    hints=("Is everything sent? mailq", "What does taro find in his mailbox? cat /var/mail/taro"),
)
