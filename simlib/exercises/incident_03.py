"""03 Message size: a large letter comes back."""

from simlib.exercises.drill import Cause, Drill
from simlib.exercises.places import host, mailer, option
from simlib.exercises.scene import Deal, Letter, Scene, postmasters
from simlib.world import World

OURS = "our own limit for all mail"
MAILER = "the limit of one of our mailers"
THEIRS = "the limit of the other side"
SITES = tuple(f"site{n}.example" for n in range(4))
ESMTP = "Mesmtp, P=[IPC], F=mDFMuXa, M={limit}, E=\\r\\n, L=990, T=DNS/RFC822/SMTP, A=TCP $h"
LOW, HIGH = 2_000_000, 9_000_000  # bytes
FILE = "/etc/mail/sendmail.cf"
RESTART = "kill -HUP {pid}"


def _scene(deal: Deal) -> Scene:
    cause, chance = deal.cause, deal.chance
    where = deal.place.removeprefix("mx.") if cause == THEIRS else chance.choice(SITES)
    world = World(seed=3)
    ours, one = LOW if cause == OURS else HIGH, ESMTP.format(limit=LOW if cause == MAILER else HIGH)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=f"O MaxMessageSize={ours}\n{one}")
    peers = {site: world.sendmail(f"mx.{site}", domain=site) for site in SITES}
    if cause == THEIRS:
        peers[where].restart(cf=f"O MaxMessageSize={LOW}")
    for n, at in enumerate(deal.times(12, 60, 280)):
        mail.submit("hana@here.example", f"user{n}@{SITES[n % 4]}", size=30_000, at=at)
    times = deal.times(2, 1_200, 1_000)
    mail.submit("taro@here.example", f"mika@{where}", size=4_000_000, at=times[0])
    mail.submit("taro@here.example", f"mika@{where}", size=chance.randrange(20_000, 40_000), at=times[1])
    world.run(until="1h 30m")

    def again() -> None:
        for site in SITES:
            for size in (30_000, 4_000_000):
                mail.submit("taro@here.example", f"mika@{site}", size=size)

    return Scene(
        world,
        mail,
        cause,
        {
            OURS: lambda: option("MaxMessageSize"),
            MAILER: lambda: mailer("esmtp"),
            THEIRS: lambda: host(world, f"mx.{where}", where),
        }[cause](),
        Letter("taro@here.example", times[0], "mika"),
        again,
        postmasters(SITES, where if cause == THEIRS else "", lambda: peers[where].restart(cf="")),
    )


DRILL = Drill(
    id="03.drill",
    complaint="A user calls: “I have sent a picture to a partner, and it came back. What I write otherwise arrives.”",
    causes={
        OURS: Cause(
            ("MaxMessageSize",),
            command="cat /var/log/maillog",
            told=r"exceeds maximum \(\d+\)",
            not_it="The log would say so when the letter came in: message size exceeds maximum.",
            cure=(f"sed -i s/MaxMessageSize=2000000/MaxMessageSize=9000000/ {FILE}", RESTART),
            wrong=(f"sed -i s/MaxMessageSize=2000000/MaxMessageSize=9000000/ {FILE}",),
        ),
        MAILER: Cause(
            ("esmtp",),
            command="cat /var/log/maillog",
            told=r"mailer=esmtp, [^\n]*relay=site\d\.example\.?, dsn=5\.[23]\.[34]",
            not_it="The log would name the mailer, but no address of a host: it would be returned before any connection.",
            cure=(f"sed -i s/M=2000000/M=9000000/ {FILE}", RESTART),
            wrong=(f"sed -i s/MaxMessageSize=9000000/MaxMessageSize=90000000/ {FILE}", RESTART),
        ),
        THEIRS: Cause(
            tuple(f"mx.{site}" for site in SITES),
            command="cat /var/log/maillog",
            told=r"relay=mx\.site\d\.example\. \[[^\n]*dsn=5\.2\.3",
            not_it="The log would have the address of their host in brackets: it would have been asked.",
            cure=("ring up postmaster@{domain}",),
            wrong=(f"sed -i s/MaxMessageSize=9000000/MaxMessageSize=90000000/ {FILE}", RESTART),
        ),
    },
    scene=_scene,
    hints=(
        "Look for the line with to= that does not end in Sent.",
        "Was a host asked? Then its address stands in brackets.",
    ),
)
