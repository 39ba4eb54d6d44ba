"""17 Security: the host is said to send spam."""

from simlib.exercises.drill import Cause, Drill
from simlib.exercises.places import host, user
from simlib.exercises.scene import Deal, Letter, Scene
from simlib.world import World

RELAY = "it comes from a host for which this one relays"
ACCOUNT = "somebody sends it from an account on the host"
USERS = ("taro", "hana", "jiro", "ken")
CLIENTS = tuple(f"dialup{n}.net.example" for n in range(4))
FILE = "/etc/mail/sendmail.cf"
SPAM = "bargain@offers.invalid"


def _scene(deal: Deal) -> Scene:
    cause, chance = deal.cause, deal.chance
    spammer = deal.place if cause == ACCOUNT else chance.choice(USERS)
    client = deal.place if cause == RELAY else chance.choice(CLIENTS)
    world = World(seed=17)
    mail = world.sendmail("mail.here.example", domain="here.example", cf="CRnet.example")
    world.user(mail, *USERS)
    world.sendmail("mx.far.example", domain="far.example")
    clients = {name: world.sendmail(name, cf="DSesmtp:[mail.here.example]") for name in CLIENTS}
    for n, at in enumerate(deal.times(16, 60, 200)):
        name, writer = CLIENTS[n % 4], USERS[n % 4]
        clients[name].submit(f"{writer}@here.example", f"friend{n}@far.example", at=at)
        mail.submit(writer, f"friend{n}@far.example", user=writer, at=at + 90)
    stopped: list[str] = []

    def send(at: float | None, n: int) -> None:
        to = [f"victim{n}x{k}@far.example" for k in range(20)]
        if cause == RELAY:
            clients[client].submit(SPAM, *to, at=at)
        else:
            mail.submit(SPAM, *to, user=spammer, at=at)

    times = deal.times(10, 600, 240)
    for n, at in enumerate(times):
        send(at, n)
    world.run(until="1h 30m")

    def again() -> None:
        if not stopped:
            send(None, 99)
        for name in CLIENTS:
            if (cause, name) != (RELAY, client):
                clients[name].submit("taro@here.example", "friend@far.example")
        for writer in USERS:
            if (cause, writer) != (ACCOUNT, spammer):
                mail.submit(writer, "friend@far.example", user=writer)

    guilty = f"customer@{client}" if cause == RELAY else spammer
    people = (*USERS, *(f"customer@{name}" for name in CLIENTS))
    return Scene(
        world,
        mail,
        cause,
        host(world, client) if cause == RELAY else user(mail, spammer),
        Letter(SPAM, times[0]),
        again,
        {one: (lambda: stopped.append(guilty)) if one == guilty else None for one in people},
        unwanted=(SPAM,),
        words={"others": " ".join(one for one in CLIENTS if one != client)},
    )


DRILL = Drill(
    id="17.drill",
    complaint="A postmaster far away calls: “For an hour your host has been sending us spam, twenty recipients at a time.”",
    causes={
        RELAY: Cause(
            CLIENTS,
            command="cat /var/log/maillog",
            told=r"nrcpts=20, [^\n]*relay={place} \[",
            not_it="The relay= of the lines with from= and nrcpts=20 would be another host.",
            cure=(f"sed -i 's/^CRnet.example/CR{{others}}/' {FILE}", "kill -HUP {pid}"),
            wrong=(f"sed -i 's/^CRnet.example//' {FILE}", "kill -HUP {pid}"),
        ),
        ACCOUNT: Cause(
            USERS,
            command="cat /var/log/maillog",
            told=r"nrcpts=20, [^\n]*relay={place}@localhost",
            not_it="The relay= of the lines with from= and nrcpts=20 would be a user at localhost.",
            cure=("ring up {place}",),
            wrong=(f"sed -i 's/^CRnet.example//' {FILE}", "kill -HUP {pid}"),
        ),
    },
    scene=_scene,
    hints=("Lines with from= say how many recipients: nrcpts=.", "And by which way it came: relay=."),
)
