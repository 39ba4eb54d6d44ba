"""03 Message size: a large letter comes back."""

from random import Random

from simlib.exercises.drill import Drill, Scene
from simlib.world import World

OURS = "our own limit for all mail"
MAILER = "the limit of one of our mailers"
THEIRS = "the limit of the other side"
DISK = "there is no room on a disk"
SITES = 4
CF = {
    OURS: "O MaxMessageSize={limit}",
    MAILER: "Mesmtp, P=[IPC], F=mDFMuXa, M={limit}, E=\\r\\n, L=990, T=DNS/RFC822/SMTP, A=TCP $h",
    THEIRS: "",
}


def _scene(chance: Random) -> Scene:
    cause, unlucky = chance.choice(tuple(CF)), chance.randrange(SITES)
    limit = chance.randrange(1_000_000, 3_000_000, 100_000)
    world = World(seed=3)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=CF[cause].format(limit=limit))
    for n in range(SITES):
        theirs = f"O MaxMessageSize={limit}" if (cause, n) == (THEIRS, unlucky) else ""
        world.sendmail(f"mx.site{n}.example", domain=f"site{n}.example", cf=theirs)
    for n in range(8):
        size = 4_000_000 if n % SITES == unlucky and n >= SITES else 30_000
        mail.submit("taro@here.example", f"user{n}@site{n % SITES}.example", size=size, at=60 + n * 300)
    world.run(until="1h")
    return Scene(
        world, mail, cause, {OURS: "MaxMessageSize", MAILER: "esmtp", THEIRS: f"mx.site{unlucky}.example"}[cause]
    )


DRILL = Drill(
    id="03.drill",
    complaint="A user calls: “I have sent a picture to a partner, and it came back. What I write otherwise arrives.”",
    causes={
        OURS: "The log would say so when the letter came in: message size exceeds maximum.",
        MAILER: "The log would name the mailer, but no address of a host: it would be returned before any connection.",
        THEIRS: "The log would have the address of their host in brackets: it would have been asked.",
        DISK: "Then it would be put off, not returned.",
    },
    asked="Which option, which mailer or which host is it?",
    scene=_scene,
    evidence={
        OURS: ("cat /var/log/maillog", r"exceeds maximum \(\d+\)"),
        MAILER: ("cat /var/log/maillog", r"mailer={place}, [^\n]*relay=site\d\.example\., dsn=5\.3\.4"),
        THEIRS: ("cat /var/log/maillog", r"relay={place}\. \[[^\n]*dsn=5\.2\.3"),
    },
    hints=(
        "Look for the line with to= that does not end in Sent.",
        "Was a host asked? Then its address stands in brackets.",
    ),
)
