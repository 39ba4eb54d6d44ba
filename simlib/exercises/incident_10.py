"""10 MIME: letters from one partner cannot be read."""

from random import Random

from simlib.exercises.drill import Drill, Scene
from simlib.world import World

STRIPPED = "their host takes the eighth bit off"
ENCODED = "their host encodes it, and nothing decodes it again"
UNLABELLED = "nobody has said which charset it is in"
OURS = "our own host takes the eighth bit off"
SITES = 4
CF = {
    STRIPPED: "O SevenBitInput=True",
    ENCODED: "Mesmtp, P=[IPC], F=mDFMuXa7, E=\\r\\n, L=990, T=DNS/RFC822/SMTP, A=TCP $h",
    UNLABELLED: "O EightBitMode=mimefy",
}
LABEL = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
TEXT = "Le café naïve est fermé"


def _scene(chance: Random) -> Scene:
    cause, unlucky = chance.choice(tuple(CF)), chance.randrange(SITES)
    world = World(seed=10)
    no_nine = "Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@qPrn, A=mail.local -d $u"
    mail = world.sendmail("mail.here.example", domain="here.example", cf=no_nine)
    world.user(mail, "hana")
    for n in range(SITES):
        odd = n == unlucky
        far = world.sendmail(f"mx.site{n}.example", domain=f"site{n}.example", cf=CF[cause] if odd else "")
        label = "" if odd and cause == UNLABELLED else LABEL
        for hour in range(2):
            letter = f"Subject: news {hour + 1}\n{label}\n{TEXT}.\n".encode()
            far.submit(f"mika@site{n}.example", "hana@here.example", message=letter, at=60 + (hour * SITES + n) * 900)
    world.run(until="3h")
    return Scene(world, mail, cause, f"mx.site{unlucky}.example")


ITS_LETTER = r"(?s)Received: from {place} (?:(?!\nFrom ).)*?"

DRILL = Drill(
    id="10.drill",
    complaint="hana calls: “The letters from one of our partners look strange; those of the others I can read.” Her mail "
    "program knows UTF-8, and believes what stands in the header.",
    causes={
        STRIPPED: "Every 8-bit byte would have become another character: C) for é.",
        ENCODED: "X-MIME-Autoconverted: would say so, and the text would be base64.",
        UNLABELLED: "The charset would be unknown-8bit.",
        OURS: "Then no letter with accents would arrive whole, from nobody.",
    },
    asked="Which host has done it, or has let it pass like that?",
    scene=_scene,
    evidence={
        STRIPPED: ("cat /var/mail/hana", ITS_LETTER + r"cafC\)"),
        ENCODED: ("cat /var/mail/hana", r"X-MIME-Autoconverted: from 8bit to [\w-]+ by {place}"),
        UNLABELLED: ("cat /var/mail/hana", ITS_LETTER + "charset=unknown-8bit"),
    },
    hints=("What she sees is a file: cat /var/mail/hana", "Compare the letters: the text, and the header above it."),
)
