"""10 MIME: letters from one partner cannot be read."""

from simlib.exercises.drill import Cause, Drill
from simlib.exercises.exercise import WrongAnswer
from simlib.exercises.places import Place, host
from simlib.exercises.scene import Deal, Letter, Scene, postmasters
from simlib.world import World

STRIPPED = "their host takes the eighth bit off"
ENCODED = "their host encodes it, and nothing decodes it again"
UNLABELLED = "nobody has said which charset it is in"
SITES = tuple(f"site{n}.example" for n in range(4))
HOSTS = tuple(f"mx.{site}" for site in SITES)
CF = {
    STRIPPED: "O SevenBitInput=True",
    ENCODED: "Mesmtp, P=[IPC], F=mDFMuXa7, E=\\r\\n, L=990, T=DNS/RFC822/SMTP, A=TCP $h",
    UNLABELLED: "O EightBitMode=mimefy",
}
LABEL = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
TEXT = "Le café naïve est fermé"
FILE = "/etc/mail/sendmail.cf"
NINE = (f"sed -i s/qPrn,/qPrn9,/ {FILE}", "kill -HUP {pid}")


def _scene(deal: Deal) -> Scene:
    cause, odd, chance = deal.cause, deal.place.removeprefix("mx."), deal.chance
    world = World(seed=10)
    no_nine = "Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@qPrn, A=mail.local -d $u"
    mail = world.sendmail("mail.here.example", domain="here.example", cf=no_nine)
    world.user(mail, "hana")
    far = {site: world.sendmail(f"mx.{site}", domain=site, cf=CF[cause] if site == odd else "") for site in SITES}
    labels = {site: "" if (cause, site) == (UNLABELLED, odd) else LABEL for site in SITES}

    def write(site: str, news: str, at: float | None = None) -> None:
        letter = f"Subject: {news}\n{labels[site]}\n{TEXT}.\n".encode()
        far[site].submit(f"mika@{site}", "hana@here.example", message=letter, at=at)

    order = chance.sample(SITES, 4) + chance.sample(SITES, 4)
    times = deal.times(8, 60, 900)
    for n, (site, at) in enumerate(zip(order, times, strict=True)):
        write(site, f"news {n // 4 + 1}", at)
    world.run(until="3h")

    def again() -> None:
        for site in SITES:
            write(site, "news-today")

    def also() -> None:
        for letter in world.shell(mail)("cat /var/mail/hana").split("\nFrom "):
            if "Subject: news-today" not in letter or (
                TEXT in letter and "unknown-8bit" not in letter and "charset=utf-8" in letter
            ):
                continue
            raise WrongAnswer(
                "hana cannot read the new letter from {whose}.", whose=letter.split("\n")[0].split(" ")[0]
            )

    def sees_to_it() -> None:
        far[odd].restart(cf="")
        labels[odd] = LABEL

    place = host(world, f"mx.{odd}", odd)
    ours = host(world, "mail.here.example", "here.example")
    both = Place(place.name, also=place.also | {ours.name, *ours.also})  # it lacks F=9, so that it decodes nothing
    return Scene(
        world,
        mail,
        cause,
        both if cause == ENCODED else place,
        Letter("mika", times[order.index(odd)], "hana@here.example"),
        again,
        postmasters(SITES, odd, sees_to_it),
        also=also,
    )


ITS_LETTER = r"(?s)Received: from {place} (?:(?!\nFrom ).)*?"

DRILL = Drill(
    id="10.drill",
    complaint="hana calls: “The letters from one of our partners look strange; those of the others I can read.” Her mail "
    "program knows UTF-8, and believes what stands in the header.",
    causes={
        STRIPPED: Cause(
            HOSTS,
            command="cat /var/mail/hana",
            told=ITS_LETTER + r"cafC\)",
            not_it="Every 8-bit byte would have become another character: C) for é.",
            cure=("ring up postmaster@{domain}",),
            wrong=NINE,
        ),
        ENCODED: Cause(
            HOSTS,
            command="cat /var/mail/hana",
            told=r"X-MIME-Autoconverted: from 8bit to [\w-]+ by {place}",
            not_it="X-MIME-Autoconverted: would say so, and the text would be base64.",
            cure=NINE,
            wrong=("sed -i s/qPrn,/qPrnm,/ " + FILE, "kill -HUP {pid}"),
        ),
        UNLABELLED: Cause(
            HOSTS,
            command="cat /var/mail/hana",
            told=ITS_LETTER + "charset=unknown-8bit",
            not_it="The charset would be unknown-8bit.",
            cure=("ring up postmaster@{domain}",),
            wrong=NINE,
        ),
    },
    scene=_scene,
    hints=("What she sees is a file: cat /var/mail/hana", "Compare the letters: the text, and the header above it."),
)
