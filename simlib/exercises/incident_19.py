"""19 Rewriting rules: mail for a partner does not go by its gate."""

from random import Random

from simlib.cf import stock, stock_rules
from simlib.exercises.drill import Drill, Scene
from simlib.exercises.topic_19 import ELSEWHERE, MAP, OPERATORS, TABLE
from simlib.world import World

OLD = "makemap was not run after the line was written"
DOT = "there is a line for the hosts in the domain, and none for itself"
OTHER = "the line leads to the gate of another one"
NONE = "nobody has written a line"
PARTNERS = ("north.example", "south.example", "east.example", "west.example", "harbour.example")
QUESTIONS = "/etc/mail/partners"


def _scene(chance: Random) -> Scene:
    cause, broken = chance.choice((OLD, DOT, OTHER)), chance.choice(PARTNERS)
    gates = {name: f"gate.{name}" for name in PARTNERS}
    if cause == OTHER:
        gates[broken] = gates[PARTNERS[PARTNERS.index(broken) - 1]]
    lines = {key: f"{key}\tesmtp:{gate}\n" for name, gate in gates.items() for key in (name, f".{name}")}
    if cause == DOT:
        del lines[broken]
    made = [line for key, line in lines.items() if cause != OLD or key not in (broken, f".{broken}")]
    rules = stock_rules().replace(ELSEWHERE, f"{TABLE}\n{ELSEWHERE}")
    world = World(seed=19)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=f"{stock()}\n{OPERATORS}\n{rules}\n{MAP}")
    mail.map("mailertable", "".join(made))
    world.file(mail, "/etc/mail/mailertable", "".join(lines.values()))  # of which makemap may not have heard yet
    typed = "".join(f"/parse bob@{name}\n/parse bob@pc1.{name}\n" for name in PARTNERS)
    world.file(mail, QUESTIONS, typed)
    return Scene(world, mail, cause, broken)


TYPED = f"cat {QUESTIONS} | sendmail -bt"

DRILL = Drill(
    id="19.drill",
    complaint="A call from a partner: “Your mail for us does not come by our gate any more.” You did not catch the name. "
    "All partners are in /etc/mail/mailertable, and each has a gate: gate.DOMAIN. "
    "/etc/mail/partners has questions for address test mode about each. Type: cat /etc/mail/partners | sendmail -bt.",
    causes={
        OLD: "Compare what address test mode says with the file. Whatever the file has, it finds.",
        DOT: "Mail for the domain itself and mail for pc1 in it go the same way.",
        OTHER: "Each line has the gate of its own partner. Does sendmail know the line?",
        NONE: "It stands in /etc/mail/mailertable, in one form or the other.",
    },
    asked="Which partner's domain?",
    scene=_scene,
    evidence={
        OLD: (TYPED, r"host {place}\.?, user bob@{place}\b[\s\S]*host pc1\.{place}\.?, user"),
        DOT: (TYPED, r"host {place}\.?, user bob@{place}\b[\s\S]*host gate\.{place}\.?, user bob@pc1"),
        OTHER: (TYPED, r"host gate\.(?!{place})[\w.]+, user bob@{place}\b"),
    },
    hints=(
        "Address test mode says which mailer and which host each address leads to.",
        "The file is cat /etc/mail/mailertable. What sendmail reads is its database.",
    ),
)
