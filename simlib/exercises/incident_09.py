"""09 Privacy: somebody has found out addresses."""

from random import Random

from simlib.exercises.drill import Drill, Scene
from simlib.neighbours.telnet import Telnet
from simlib.world import World

VRFY = "it guessed names, and asked of each by VRFY"
EXPN = "it asked for the members of lists by EXPN"
RCPT = "it tried names as recipients and sent nothing"
MAILQ = "it read in the queue who writes to whom"
HOSTS = tuple(f"mail.{name}.example" for name in ("north", "south", "east", "west"))
PRIVACY = "O PrivacyOptions=authwarnings,restrictmailq"
LISTS = ("staff", "club", "seminar")
NAMES = ("info", "taro", "sales", "hana", "jiro", "suzuki", "sato", "ken")
QUESTIONS = {
    VRFY: [f"VRFY {name}" for name in NAMES],
    EXPN: [f"EXPN {name}" for name in LISTS],
    RCPT: ["MAIL FROM:<info@offers.invalid>", *(f"RCPT TO:<{name}@here.example>" for name in NAMES), "RSET"],
}


def _scene(chance: Random) -> Scene:
    cause, curious = chance.choice(tuple(QUESTIONS)), chance.choice(HOSTS)
    world = World(seed=9)
    closed = ",novrfy,noexpn" if cause == RCPT else ""
    mail = world.sendmail("mail.here.example", domain="here.example", cf=PRIVACY + closed)
    world.user(mail, "taro", "hana", "jiro", "sato", "ken")
    mail.aliases = "staff: taro, hana\nclub: hana, jiro, ken\nseminar: sato, jiro"
    far = {name: world.sendmail(name, domain=name.removeprefix("mail.")) for name in HOSTS}
    for n in range(24):
        name, to = HOSTS[n % 4], f"{('taro', 'hana', 'jiro', *LISTS)[n % 6]}@here.example"
        far[name].submit(f"mika@{name.removeprefix('mail.')}", to, size=2_000, at=120 + n * 290)
    for n, name in enumerate(HOSTS):
        world.run(until=600 + n * 1_200)
        if not closed:
            _ask(world.telnet(name, mail), ["VRFY taro"])  # there is nothing wrong with one question
        if name == curious:
            _ask(world.telnet(name, mail), QUESTIONS[cause])
    world.run(until="2h 30m")
    return Scene(world, mail, cause, curious)


def _ask(say: Telnet, questions: list[str]) -> None:
    for line in ("EHLO localhost", *questions, "QUIT"):
        say(line)


DRILL = Drill(
    id="09.drill",
    complaint="Your users call: “Today all of us get the same advertisement, even those who have never given away their "
    "address.” Before it was sent, one of your partners' hosts has found out who is there.",
    causes={
        VRFY: "The log would have a line for each question, and call it an attack after the fifth. A single VRFY is none.",
        EXPN: "The log would have a line with EXPN and the name of the list.",
        RCPT: "The log would have a line with from= for it: several recipients, and a size of 0.",
        MAILQ: "That takes an account on this host; and restrictmailq stands in sendmail.cf.",
    },
    asked="Which host?",
    scene=_scene,
    evidence={
        VRFY: ("cat /var/log/maillog", r"{place} \[[^\n]*possible SMTP attack: command=VRFY"),
        EXPN: ("cat /var/log/maillog", r"{place} \[[^\n]*\]: EXPN"),
        RCPT: ("cat /var/log/maillog", r"size=0, class=0, nrcpts=[1-9], [^\n]*relay={place} \["),
    },
    hints=(
        "What is allowed? PrivacyOptions in cat /etc/mail/sendmail.cf",
        "Look in the log for what did not end as a letter.",
    ),
)
