"""12 Pitfalls: mail for one peer does not get through."""

from simlib.exercises.drill import Cause, Drill
from simlib.exercises.places import host
from simlib.exercises.scene import Deal, Letter, Scene, postmasters
from simlib.smtp.quirks import NONE, Quirks
from simlib.smtp.replies import Reply
from simlib.world import World

HANGS = "it hangs when its connection is used again"
COMMENTS = "it chokes on comments in addresses"
ONE = "it takes one recipient at a time"
DOWN = "it is down"
DOMAINS = tuple(f"peer{n}.example" for n in range(4))
HOSTS = tuple(f"mx.{domain}" for domain in DOMAINS)
QUIRKS = {
    HANGS: Quirks(hangs_after=1),
    COMMENTS: Quirks(no_comments=True),
    ONE: Quirks(replies={"RCPT": [None, Reply(550, "5.5.3 One recipient only")]}),
    DOWN: NONE,
}
BOSS = {"From": "Taro <taro@here.example> (the boss)"}
FILE = "/etc/mail/sendmail.cf"
RESTART = "kill -HUP {pid}"


def _scene(deal: Deal) -> Scene:
    cause, odd, chance = deal.cause, deal.place.removeprefix("mx."), deal.chance
    world = World(seed=12)
    mail = world.sendmail(
        "mail.here.example", domain="here.example", cf="O DeliveryMode=queueonly\nO ConnectionCacheSize=8"
    )
    peers = {one: world.peer(f"mx.{one}", domain=one, quirks=QUIRKS[cause] if one == odd else None) for one in DOMAINS}
    if cause == DOWN:
        world.at("1m", peers[odd].host.go_down)
    times = deal.times(13, 120, 60)
    order = [*DOMAINS, *DOMAINS]
    chance.shuffle(order)
    for n, (domain, at) in enumerate(zip([*order, *DOMAINS, odd], times, strict=True)):
        people = 1 + n % 2 if n < 8 else 2
        sender = "hana@here.example" if n == 12 else "taro@here.example"
        mail.submit(sender, *(f"user{k}@{domain}" for k in range(people)), headers=BOSS, at=at)
    mail.queue_run(at="20m", every="30m")
    world.run(until="1h 15m")

    def again() -> None:
        for domain in DOMAINS:
            for n in range(3):
                mail.submit("hana@here.example", f"user{n}@{domain}", f"other{n}@{domain}", headers=BOSS)

    def sees_to_it() -> None:
        peers[odd].quirks = NONE
        if cause == DOWN:
            peers[odd].host.come_back()

    return Scene(
        world,
        mail,
        cause,
        host(world, f"mx.{odd}", odd),
        Letter("hana@here.example", times[-1]),
        again,
        postmasters(DOMAINS, odd, sees_to_it),
        takes=5_400,
    )


DRILL = Drill(
    id="12.drill",
    complaint="A user calls: “With one of our partners there is always something. A part of my mail gets through, or none.”",
    causes={
        HANGS: Cause(
            HOSTS,
            command="cat /var/log/maillog",
            told=r"xdelay=00:10:00, [^\n]*relay={place}\.",
            not_it="One message would pass in each run, and the next would wait for ten minutes.",
            cure=(f"sed -i s/ConnectionCacheSize=8/ConnectionCacheSize=0/ {FILE}", RESTART),
            wrong=("sendmail -q",),
        ),
        COMMENTS: Cause(
            HOSTS,
            command="cat /var/log/maillog",
            told=r"relay={place}.*554 5\.6\.0",
            not_it="The log would have the words of the peer: 554, after the text of the message.",
            cure=(f"sed -i s/F=mDFMuXa,/F=mDFMuXac,/ {FILE}", RESTART),
            wrong=(f"sed -i s/F=mDFMuXa,/F=mDFMuXaC,/ {FILE}", RESTART),
        ),
        ONE: Cause(
            HOSTS,
            command="cat /var/log/maillog",
            told=r"relay={place}.*550 5\.5\.3",
            not_it="The log would have the words of the peer: 550, to the second RCPT.",
            cure=(f"sed -i s/F=mDFMuXa,/F=DFMuXa,/ {FILE}", RESTART),
            wrong=(f"sed -i s/ConnectionCacheSize=8/ConnectionCacheSize=0/ {FILE}", RESTART),
        ),
        DOWN: Cause(
            HOSTS,
            command="cat /var/log/maillog",
            told=r"xdelay=00:01:\d\d, [^\n]*relay={place}\.",
            not_it="Then nothing at all would be sent there, and each run would try.",
            cure=("ring up postmaster@{domain}",),
            wrong=("sendmail -q",),
        ),
    },
    scene=_scene,
    hints=("Look in the log for lines that do not end in Sent.", "What did the peer say, or did it say nothing?"),
)
