"""07 Error notices: letters for one address come back."""

from random import Random

from simlib.exercises.drill import Drill, Scene
from simlib.smtp.quirks import Quirks
from simlib.smtp.replies import Reply
from simlib.world import World

LOOP = "two hosts send it to each other"
GONE = "the host at the end does not know the user"
TOO_OLD = "it has waited longer than queuereturn"
TOO_LARGE = "it is too large for the other side"
GATES = ("gate.north.example", "gate.south.example", "gate.east.example", "gate.west.example")


def _scene(chance: Random) -> Scene:
    cause, gate = chance.choice((LOOP, GONE)), chance.choice(GATES)
    world = World(seed=7)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=f"CR club.example\nDSesmtp:[{gate}]")
    for name in GATES:
        world.sendmail(name, cf="CR club.example")
    world.peer("mx.club.example", quirks=Quirks(replies={"RCPT": Reply(550, "5.1.1 User unknown")}))
    end = "mail.here.example" if cause == LOOP else "mx.club.example"
    world.zone(f"@ 1h MX 10 {end}.", origin="club.example.")
    for n in range(3):
        mail.submit("taro@here.example", "hana@club.example", at=60 + n * 600)
    world.run(until="1h")
    return Scene(world, mail, cause, gate)


DRILL = Drill(
    id="07.drill",
    complaint="A user calls: “Letters to hana@club.example, for which we have always been the gateway, come back at once.”",
    causes={
        LOOP: "The log would have the same letter many times: it would come in again and again from where it was sent.",
        GONE: "The return would come in once, after one attempt. How often does taro's letter come in?",
        TOO_OLD: "It comes back at once, not after days.",
        TOO_LARGE: "The size stands in the line with from=: a thousand bytes.",
    },
    asked="Which other host has a part in it: to whom does yours give the letter?",
    scene=_scene,
    evidence={
        LOOP: ("cat /var/log/maillog", r"(?s)(from=<taro@here.example>[^\n]*relay={place}.*){5}"),
        GONE: (
            "cat /var/log/maillog",
            r"(?s)\A(?!.*from=<taro@here.example>[^\n]*relay={place}).*from=<>[^\n]*relay={place}",
        ),
    },
    hints=("Follow one queue id through the log.", "How often does a letter of taro's come in, and by which relay=?"),
)
