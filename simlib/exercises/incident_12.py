"""12 Pitfalls: mail for one peer does not get through."""

from random import Random

from simlib.exercises.drill import Drill, Scene
from simlib.smtp.quirks import Quirks
from simlib.smtp.replies import Reply
from simlib.world import World

HANGS = "it hangs when its connection is used again"
COMMENTS = "it chokes on comments in addresses"
ONE = "it takes one recipient at a time"
DOWN = "it is down"
PEERS = 4
QUIRKS = {
    HANGS: Quirks(hangs_after=1),
    COMMENTS: Quirks(no_comments=True),
    ONE: Quirks(replies={"RCPT": [None, Reply(550, "5.5.3 One recipient only")]}),
}


def _scene(chance: Random) -> Scene:
    cause, odd = chance.choice(tuple(QUIRKS)), chance.randrange(PEERS)
    world = World(seed=12)
    mail = world.sendmail(
        "mail.here.example", domain="here.example", cf="O DeliveryMode=queueonly\nO ConnectionCacheSize=8"
    )
    for n in range(PEERS):
        world.peer(f"mx.peer{n}.example", domain=f"peer{n}.example", quirks=QUIRKS[cause] if n == odd else None)
    for n in range(3 * PEERS):
        to = (
            [f"user{k}@peer{n % PEERS}.example" for k in range(1 + n % 2)]
            if cause == ONE
            else [f"user@peer{n % PEERS}.example"]
        )
        mail.submit("taro@here.example", *to, headers={"From": "Taro <taro@here.example> (the boss)"}, at=n)
    if cause == ONE:
        mail.submit("taro@here.example", *(f"user{k}@peer{odd}.example" for k in range(3)))
    mail.queue_run(at="1m", every="30m")
    world.run(until="50m")
    return Scene(world, mail, cause, f"mx.peer{odd}.example")


DRILL = Drill(
    id="12.drill",
    complaint="A user calls: “With one of our partners there is always something. A part of my mail gets through, or none.”",
    causes={
        HANGS: "One message would pass in each run, and the next would wait for ten minutes.",
        COMMENTS: "The log would have the words of the peer: 554, after the text of the message.",
        ONE: "The log would have the words of the peer: 550, to the second RCPT.",
        DOWN: "Then nothing at all would be sent there, and each run would try.",
    },
    asked="Which host?",
    scene=_scene,
    evidence={
        HANGS: ("cat /var/log/maillog", r"relay={place}.*(timed out|read error)"),
        COMMENTS: ("cat /var/log/maillog", r"relay={place}.*554 5\.6\.0"),
        ONE: ("cat /var/log/maillog", r"relay={place}.*550 5\.5\.3"),
    },
    hints=("Look in the log for lines that do not end in Sent.", "What did the peer say, or did it say nothing?"),
)
