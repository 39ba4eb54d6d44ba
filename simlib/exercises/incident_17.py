"""17 Security: the host is said to send spam."""

from random import Random

from simlib.exercises.drill import Drill, Scene
from simlib.world import World

RELAY = "it comes from a host for which this one relays"
ACCOUNT = "somebody sends it from an account on the host"
FORGED = "it does not come from here: only the sender is forged"
LIST = "a list of ours is misused"
USERS = ("taro", "hana", "jiro", "ken")
CLIENTS = tuple(f"dialup{n}.net.example" for n in range(4))


def _scene(chance: Random) -> Scene:
    cause, user, client = chance.choice((RELAY, ACCOUNT)), chance.choice(USERS), chance.choice(CLIENTS)
    world = World(seed=17)
    mail = world.sendmail("mail.here.example", domain="here.example", cf="CRnet.example")
    world.user(mail, *USERS)
    world.sendmail("mx.far.example", domain="far.example")
    clients = {name: world.sendmail(name, cf="DSesmtp:[mail.here.example]") for name in CLIENTS}
    for n in range(16):
        name, writer = CLIENTS[n % 4], USERS[n % 4]
        clients[name].submit(f"{writer}@here.example", f"friend{n}@far.example", at=60 + n * 200)
        mail.submit(writer, f"friend{n}@far.example", user=writer, at=160 + n * 200)
    for n in range(10):
        to = [f"victim{n}x{k}@far.example" for k in range(20)]
        if cause == RELAY:
            clients[client].submit("bargain@offers.invalid", *to, at=600 + n * 240)
        else:
            mail.submit(user, *to, user=user, at=600 + n * 240)
    world.run(until="1h 30m")
    return Scene(world, mail, cause, client if cause == RELAY else user)


DRILL = Drill(
    id="17.drill",
    complaint="A postmaster far away calls: “For an hour your host has been sending us spam, twenty recipients at a time.”",
    causes={
        RELAY: "The relay= of the lines with from= and nrcpts=20 would be another host.",
        ACCOUNT: "The relay= of the lines with from= and nrcpts=20 would be a user at localhost.",
        FORGED: "The log has it: it did leave this host.",
        LIST: "Then it would come in for one recipient.",
    },
    asked="Who hands it in: which client host, or which user?",
    scene=_scene,
    evidence={
        RELAY: ("cat /var/log/maillog", r"nrcpts=20, [^\n]*relay={place} \["),
        ACCOUNT: ("cat /var/log/maillog", r"nrcpts=20, [^\n]*relay={place}@localhost"),
    },
    hints=("Lines with from= say how many recipients: nrcpts=.", "And by which way it came: relay=."),
)
