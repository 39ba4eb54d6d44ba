"""19 Rewriting rules: mail for a partner does not go by its gate."""

from simlib.cf import stock, stock_rules
from simlib.exercises.drill import Cause, Drill
from simlib.exercises.exercise import WrongAnswer
from simlib.exercises.places import domain
from simlib.exercises.scene import Deal, Letter, Scene, postmasters
from simlib.exercises.topic_19 import ELSEWHERE, MAP, OPERATORS, TABLE
from simlib.world import World

OLD = "makemap was not run after the line was written"
DOT = "there is a line for the hosts in the domain, and none for itself"
OTHER = "the line leads to the gate of another one"
PARTNERS = ("north.example", "south.example", "east.example", "west.example", "harbour.example")
QUESTIONS = "/etc/mail/partners"
SOURCE = "/etc/mail/mailertable"
MAKE = f"cat {SOURCE} | makemap hash {SOURCE}"


def _scene(deal: Deal) -> Scene:
    cause, broken, chance = deal.cause, deal.place, deal.chance
    gates = {name: f"gate.{name}" for name in PARTNERS}
    right = gates[broken]
    wrong = chance.choice([gate for gate in gates.values() if gate != right])
    if cause == OTHER:
        gates[broken] = wrong
    lines = {key: f"{key}\tesmtp:{gate}\n" for name, gate in gates.items() for key in (name, f".{name}")}
    if cause == DOT:
        del lines[broken]
    made = [line for key, line in lines.items() if cause != OLD or key not in (broken, f".{broken}")]
    rules = stock_rules().replace(ELSEWHERE, f"{TABLE}\n{ELSEWHERE}")
    world = World(seed=19)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=f"{stock()}\n{OPERATORS}\n{rules}\n{MAP}")
    for name in PARTNERS:
        world.peer(f"gate.{name}")
        world.peer(f"mx.{name}", domain=(name, f"pc1.{name}"))
    mail.map("mailertable", "".join(made))
    world.file(mail, SOURCE, "".join(lines.values()))  # of which makemap may not have heard yet
    typed = "".join(f"/parse bob@{name}\n/parse bob@pc1.{name}\n" for name in PARTNERS)
    world.file(mail, QUESTIONS, typed)
    order = [*PARTNERS, *PARTNERS]
    chance.shuffle(order)
    times = deal.times(len(order), 60, 280)
    known = order.index(broken)
    for n, (name, at) in enumerate(zip(order, times, strict=True)):
        mail.submit("hana@here.example" if n == known else "taro@here.example", f"bob@{name}", at=at)
    world.run(until="1h")
    root, before = world.shell(mail), dict[str, int]()

    def by_gate(to: str, gate: str) -> int:
        lines = root("cat /var/log/maillog").splitlines()
        return sum(f"to=<{to}>" in line and f"relay={gate}." in line and "stat=Sent" in line for line in lines)

    def again() -> None:
        for name in PARTNERS:
            for to in (f"bob@{name}", f"bob@pc1.{name}"):
                before[to] = by_gate(to, f"gate.{name}")
                mail.submit("hana@here.example", to)

    def also() -> None:
        for to, many in before.items():
            gate = f"gate.{to.partition('@')[2].removeprefix('pc1.')}"
            if by_gate(to, gate) == many:
                raise WrongAnswer("A new letter to {to} did not go by {gate}.", to=to, gate=gate)

    return Scene(
        world,
        mail,
        cause,
        domain(world, broken, f"gate.{broken}"),
        Letter("hana@here.example", times[known], "bob"),
        again,
        postmasters(PARTNERS),
        also=also,
        words={"gate": right, "wrong": wrong},
    )


TYPED = f"cat {QUESTIONS} | sendmail -bt"

DRILL = Drill(
    id="19.drill",
    complaint="A call from a partner: “Your mail for us does not come by our gate any more.” You did not catch the name. "
    "All partners are in /etc/mail/mailertable, and each has a gate: gate.DOMAIN. "
    "/etc/mail/partners has questions for address test mode about each. Type: cat /etc/mail/partners | sendmail -bt.",
    causes={
        OLD: Cause(
            PARTNERS,
            command=TYPED,
            told=r"host {place}\.?, user bob@{place}\b[\s\S]*host pc1\.{place}\.?, user",
            not_it="Compare what address test mode says with the file. Whatever the file has, it finds.",
            cure=(MAKE,),
            wrong=("newaliases", "kill -HUP {pid}"),
        ),
        DOT: Cause(
            PARTNERS,
            command=TYPED,
            told=r"host {place}\.?, user bob@{place}\b[\s\S]*host gate\.{place}\.?, user bob@pc1",
            not_it="Mail for the domain itself and mail for pc1 in it go the same way.",
            cure=(f"echo '{{place}} esmtp:{{gate}}' >> {SOURCE}", MAKE),
            wrong=(f"echo '{{place}} esmtp:{{gate}}' >> {SOURCE}",),
        ),
        OTHER: Cause(
            PARTNERS,
            command=TYPED,
            told=r"host gate\.(?!{place})[\w.]+, user bob@{place}\b",
            not_it="Each line has the gate of its own partner. Does sendmail know the line?",
            cure=(f"sed -i 's/{{place}}.*/{{place}} esmtp:{{gate}}/' {SOURCE}", MAKE),
            wrong=(f"sed -i 's/{{wrong}}/{{gate}}/' {SOURCE}", MAKE),
        ),
    },
    scene=_scene,
    hints=(
        "Address test mode says which mailer and which host each address leads to.",
        "The file is cat /etc/mail/mailertable. What sendmail reads is its database.",
    ),
)
