"""18 Many runs: a report of measurements says something odd."""

from simlib.exercises.drill import Cause, Drill
from simlib.exercises.exercise import WrongAnswer
from simlib.exercises.places import Place
from simlib.exercises.scene import Deal, Letter, Scene
from simlib.world import World

OTHER_DAY = "its two runs did not have the same morning"
NOT_SENT = "in one of its runs a part of the mail was not sent"
SWAPPED = "in its lines the two caches are exchanged"
MORNINGS = tuple(str(n) for n in range(1, 7))
SITES = tuple(f"site{n}.example" for n in range(4))
FILE = "/etc/mail/sendmail.cf"
RESTART = "kill -HUP {pid}"
FEW = 8  # connections for mail to four sites, each in turn


def _scene(deal: Deal) -> Scene:
    cause, chance = deal.cause, deal.chance
    world = World(seed=18)
    cf = "O DeliveryMode=queueonly\nO ConnectionCacheSize=3\nO QueueSortOrder=time"
    mail = world.sendmail("mail.here.example", domain="here.example", cf=cf)
    world.user(mail, "ken", "taro")
    for site in SITES:
        world.peer(f"mx.{site}", domain=site)
    report = """Subject: caches

I have measured six mornings, each with a cache of 3 and one of 4. With 4 more
connections were opened. So let us stay with 3.

"""
    report += _table(deal)
    at = deal.times(2, 300, 600)
    mail.submit("ken@here.example", "root@here.example", message=report.encode(), at=at[0])
    mail.submit("taro@here.example", f"mika@{chance.choice(SITES)}", at=at[1])
    mail.queue_run(every="15m")
    world.run(until="1h")
    before: list[int] = []

    def again() -> None:
        before.append(len(world.recorder.connections))
        for n in range(24):
            mail.submit("taro@here.example", f"mika@{SITES[n % 4]}", at=world.env.now + n)

    def also() -> None:
        opened = len(world.recorder.connections) - before[-1]
        if opened > FEW:
            raise WrongAnswer(
                "For 24 letters to 4 sites, each in turn, {opened} connections were opened.", opened=opened
            )

    names = frozenset({f"morning {deal.place}", f"morning={deal.place}", f"{deal.place}日目", f"#{deal.place}"})
    return Scene(
        world, mail, cause, Place(deal.place, also=names), Letter("ken@here.example", at[0], "root@here.example"), again, {},
        also=also,
    )  # fmt: skip


def _table(deal: Deal) -> str:
    """Two lines for each morning: of those of the place one is wrong, so much that the mean comes out the other way."""
    chance, lines = deal.chance, []
    for morning in MORNINGS:
        seed, letters, few = chance.randrange(100, 900), chance.randrange(50, 60), chance.randrange(19, 23)
        runs = {3: [seed, letters, letters, few + chance.randrange(1, 3)], 4: [seed, letters, letters, few]}
        if morning == deal.place and deal.cause == OTHER_DAY:
            more = chance.randrange(50, 60)
            runs[4] = [seed + chance.randrange(1, 99), letters + more, letters + more, few + 30]
        if morning == deal.place and deal.cause == NOT_SENT:
            runs[3][2:] = [letters // 3, few // 3]
        if morning == deal.place and deal.cause == SWAPPED:
            runs[3][3], runs[4][3] = few, few + 25
        for cache, (number, handed, sent, opened) in sorted(runs.items()):
            lines.append(
                f"morning={morning} cache={cache} seed={number} letters={handed} sent={sent} opened={opened}\n"
            )
    return "".join(lines)


DRILL = Drill(
    id="18.drill",
    complaint="ken has measured on a twin of this host, and has written to root what came out: a larger cache opens more "
    "connections. You doubt it. His letter lies in /var/mail/root; one of his six mornings cannot be counted. "
    "Look which, leave it out, and set the cache as the others say.",
    causes={
        OTHER_DAY: Cause(
            MORNINGS,
            command="cat /var/mail/root",
            told=r"morning={place} cache=3 seed=(\d+) [^\n]*\nmorning={place} cache=4 seed=(?!\1 )",
            not_it="Two runs with the same seed have the same morning. Compare seed= in each pair of lines.",
            cure=(f"sed -i s/ConnectionCacheSize=3/ConnectionCacheSize=4/ {FILE}", RESTART),
            wrong=(f"sed -i s/ConnectionCacheSize=3/ConnectionCacheSize=2/ {FILE}", RESTART),
        ),
        NOT_SENT: Cause(
            MORNINGS,
            command="cat /var/mail/root",
            told=r"morning={place} cache=3 [^\n]*letters=(\d+) sent=(?!\1 )",
            not_it="Compare letters= with sent= in each line.",
            cure=(f"sed -i s/ConnectionCacheSize=3/ConnectionCacheSize=5/ {FILE}", RESTART),
            wrong=(f"sed -i s/ConnectionCacheSize=3/ConnectionCacheSize=0/ {FILE}", RESTART),
        ),
        SWAPPED: Cause(
            MORNINGS,
            command="cat /var/mail/root",
            told=r"morning={place} cache=3 seed=(\d+) letters=(\d+) sent=\2 opened=(?:19|2[0-2])\n"
            r"morning={place} cache=4 seed=\1 letters=\2 sent=\2 opened=4\d",
            not_it="On that morning, too, the cache of 4 opened fewer, or the two runs cannot be compared at all.",
            cure=(f"sed -i s/QueueSortOrder=time/QueueSortOrder=host/ {FILE}", RESTART),
            wrong=(f"sed -i s/ConnectionCacheSize=3/ConnectionCacheSize=1/ {FILE}", RESTART),
        ),
    },
    scene=_scene,
    hints=(
        "Two runs can be compared morning by morning: the same seed, the same letters, all of them sent.",
        "On five mornings the difference has the same sign.",
    ),
)
