"""09 Privacy: somebody has found out addresses."""

from simlib.exercises.drill import Cause, Drill
from simlib.exercises.exercise import WrongAnswer
from simlib.exercises.places import host
from simlib.exercises.scene import Deal, Letter, Scene, postmasters
from simlib.neighbours.telnet import Telnet
from simlib.world import World

VRFY = "it guessed names, and asked of each by VRFY"
EXPN = "it asked for the members of lists by EXPN"
RCPT = "it tried names as recipients and sent nothing"
DOMAINS = tuple(f"{name}.example" for name in ("north", "south", "east", "west"))
HOSTS = tuple(f"mail.{domain}" for domain in DOMAINS)
PRIVACY = "O PrivacyOptions=authwarnings,restrictmailq"
LISTS = ("staff", "club", "seminar")
NAMES = ("info", "taro", "sales", "hana", "jiro", "suzuki", "sato", "ken")
FILE = "/etc/mail/sendmail.cf"
RESTART = "kill -HUP {pid}"


def _questions(cause: str, names: tuple[str, ...]) -> list[str]:
    if cause == RCPT:
        return ["MAIL FROM:<info@offers.invalid>", *(f"RCPT TO:<{name}@here.example>" for name in names), "RSET"]
    return [f"VRFY {name}" for name in names] if cause == VRFY else [f"EXPN {name}" for name in LISTS]


def _scene(deal: Deal) -> Scene:
    cause, curious, chance = deal.cause, deal.place, deal.chance
    world = World(seed=9)
    closed = ",novrfy,noexpn" if cause == RCPT else ""
    mail = world.sendmail("mail.here.example", domain="here.example", cf=PRIVACY + closed)
    world.user(mail, "taro", "hana", "jiro", "sato", "ken")
    mail.aliases = "staff: taro, hana\nclub: hana, jiro, ken\nseminar: sato, jiro"
    far = {name: world.sendmail(name, domain=domain) for name, domain in zip(HOSTS, DOMAINS, strict=True)}
    offers = world.sendmail("mail.offers.example", domain="offers.example")
    for n, at in enumerate(deal.times(16, 120, 400)):
        name, to = HOSTS[n % 4], f"{('taro', 'hana', 'jiro', *LISTS)[n % 6]}@here.example"
        far[name].submit(f"mika@{name.removeprefix('mail.')}", to, size=2_000, at=at)
    sent = deal.times(5, 6_900, 120)
    for at, name in zip(sent, ("hana", "taro", "jiro", "sato", "ken"), strict=True):
        offers.submit("bargain@offers.example", f"{name}@here.example", at=at)
    names = tuple(chance.sample(NAMES, len(NAMES)))
    for at, name in zip(deal.times(4, 600, 1_200), chance.sample(HOSTS, 4), strict=True):
        world.run(until=at)
        if not closed:
            _ask(world.telnet(name, mail), ["VRFY taro"])  # there is nothing wrong with one question
        if name == curious:
            _ask(world.telnet(name, mail), _questions(cause, names))
    world.run(until="2h 30m")
    heard: list[str] = []
    stopped: list[str] = []

    def again() -> None:
        if not stopped:
            heard[:] = _ask(world.telnet(curious, mail), _questions(cause, names))
        for name in HOSTS:
            for to in ("hana", "staff"):
                far[name].submit(f"mika@{name.removeprefix('mail.')}", f"{to}@here.example")

    def also() -> None:
        told = [
            line
            for line in heard
            if line.startswith(("250 2.1.5 ", "250-2.1.5 ", "250 2.1.5", "250-2.1.5")) and "@" in line
        ]
        if told:
            raise WrongAnswer("The same host asked again, and was told {many} addresses.", many=len(told))

    return Scene(
        world,
        mail,
        cause,
        host(world, curious, curious.removeprefix("mail.")),
        Letter("bargain@offers.example", sent[0], "hana@here.example"),
        again,
        postmasters(DOMAINS, curious.removeprefix("mail."), lambda: stopped.append(curious)),
        also=also,
    )


def _ask(say: Telnet, questions: list[str]) -> list[str]:
    """Type a session; gives the answers to the questions."""
    say("EHLO localhost")
    answers = [line for question in questions for line in say(question).splitlines()]
    say("QUIT")
    return answers


DRILL = Drill(
    id="09.drill",
    complaint="Your users call: “Today all of us get the same advertisement, even those who have never given away their "
    "address.” Before it was sent, one of your partners' hosts has found out who is there.",
    causes={
        VRFY: Cause(
            HOSTS,
            command="cat /var/log/maillog",
            told=r"{place} \[[^\n]*possible SMTP attack: command=VRFY",
            not_it="The log would have a line for each question, and call it an attack after the fifth. A single VRFY is none.",
            cure=(f"sed -i s/restrictmailq/restrictmailq,novrfy/ {FILE}", RESTART),
            wrong=(f"sed -i s/restrictmailq/restrictmailq,noexpn/ {FILE}", RESTART),
        ),
        EXPN: Cause(
            HOSTS,
            command="cat /var/log/maillog",
            told=r"{place} \[[^\n]*\]: EXPN",
            not_it="The log would have a line with EXPN and the name of the list.",
            cure=(f"sed -i s/restrictmailq/restrictmailq,noexpn/ {FILE}", RESTART),
            wrong=(f"sed -i s/restrictmailq/restrictmailq,novrfy/ {FILE}", RESTART),
        ),
        RCPT: Cause(
            HOSTS,
            command="cat /var/log/maillog",
            told=r"size=0, class=0, nrcpts=[1-9], [^\n]*relay={place} \[",
            not_it="The log would have a line with from= for it: several recipients, and a size of 0.",
            cure=("ring up postmaster@{domain}",),
            wrong=(f"sed -i s/restrictmailq/restrictmailq,goaway/ {FILE}", RESTART),
        ),
    },
    scene=_scene,
    hints=(
        "What is allowed? PrivacyOptions in cat /etc/mail/sendmail.cf",
        "Look in the log for what did not end as a letter.",
    ),
)
