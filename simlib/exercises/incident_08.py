"""08 Return-Receipt: from one partner no receipt comes."""

from random import Random

from simlib.exercises.drill import Drill, Scene
from simlib.world import World

NO_DSN = "a host on the way does not offer DSN"
HEADER = "it was asked for in the header of the letter only"
WAITS = "the letter is not delivered yet"
FORWARDED = "his receipts go where his mail is forwarded"
SITES = 4
DEAF = ({"version": "8.6.12"}, {"cf": "O PrivacyOptions=noreceipts"})  # an old host, and one that does not want to tell


def _scene(chance: Random) -> Scene:
    cause, unlucky = chance.choice((NO_DSN, HEADER, WAITS)), chance.randrange(SITES)
    odd, deaf = chance.choice(("gate", "inner")), chance.choice(DEAF)
    world = World(seed=8)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.user(mail, "taro")
    for n in range(SITES):
        for name in ("gate", "inner"):
            how = deaf if (cause, n, name) == (NO_DSN, unlucky, odd) else {}
            way = f"DS[inner.site{n}.example]\nCRsite{n}.example"
            end = f"Cwsite{n}.example\nCRgate.site{n}.example"
            cf = f"{way if name == 'gate' else end}\n{how.get('cf', '')}"
            world.sendmail(f"{name}.site{n}.example", version=how.get("version", "8.18"), cf=cf)
        world.zone("@ 1h MX 10 gate", origin=f"site{n}.example.")
    if cause == WAITS:
        world.outage(f"gate.site{unlucky}.example", "1m", "2d")
    for n in range(SITES):
        old = (cause, n) == (HEADER, unlucky)
        receipt = "Return-Receipt-To: taro@here.example\n" if old else ""
        letter = f"{receipt}To: hana@site{n}.example\nSubject: the contract\n\nIt is signed.\n".encode()
        for to, notify in ((f"hana@site{n}.example", None if old else ["success"]), ("taro@here.example", None)):
            mail.submit("taro@here.example", to, message=letter, notify=notify, at=300 + n * 600)
    mail.queue_run(every="15m")
    world.run(until="2h")
    return Scene(world, mail, cause, f"site{unlucky}.example")


DRILL = Drill(
    id="08.drill",
    complaint="A user, taro, calls: “I ask for a receipt each time, and keep a copy of what I write in my mailbox. But of my "
    "letter to one of our partners I was never told that it was delivered.”",
    causes={
        NO_DSN: "The host before it would have written a notice to taro: relayed. His mail is in /var/mail/taro.",
        HEADER: "The copies of his letters, in /var/mail/taro, would show a Return-Receipt-To:.",
        WAITS: "mailq shows what is not delivered yet; this host has nothing left.",
        FORWARDED: "sendmail -bv taro says where his mail goes: into his mailbox here.",
    },
    asked="Which partner (its domain)?",
    scene=_scene,
    evidence={
        NO_DSN: ("cat /var/mail/taro", r"@{place}>  \(relayed to non-DSN-aware mailer\)"),
        HEADER: ("cat /var/mail/taro", r"(?m)^Return-Receipt-To: .*\nTo: hana@{place}"),
        WAITS: ("mailq", r"<hana@{place}>"),
    },
    hints=("Is everything sent? mailq", "What does taro find in his mailbox? cat /var/mail/taro"),
)
