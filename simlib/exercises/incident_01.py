"""01 Mailbox: somebody gets no mail."""

from simlib.exercises.drill import Cause, Drill
from simlib.exercises.exercise import WrongAnswer
from simlib.exercises.places import directory, mailer, user
from simlib.exercises.props import takes_room
from simlib.exercises.scene import Deal, Letter, Scene
from simlib.world import World

QUOTA = "a user is over the quota"
DISK = "the disk of the mailboxes is full"
AGENT = "the delivery agent is not where P= says"
USERS = ("taro", "hana", "jiro", "ken")
MAILBOXES = "/var/mail"


def _scene(deal: Deal) -> Scene:
    cause, chance = deal.cause, deal.chance
    caller = deal.place if cause == QUOTA else chance.choice(USERS)
    world = World(seed=1)
    agent = "/usr/libexec/mail.locel" if cause == AGENT else "/usr/libexec/mail.local"
    mail = world.sendmail(
        "mail.here.example", domain="here.example", cf=f"Mlocal, P={agent}, F=lsDFMAw5:/|@qPrn9, A=mail.local -d $u"
    )
    far = world.sendmail("mail.far.example", domain="far.example")
    world.disk(mail, 600, block_size=1_024, on=MAILBOXES)
    for name in USERS:
        world.user(mail, name, quota=140)
        takes_room(world, mail, f"{MAILBOXES}/{name}.save", 139 if (cause, name) == (QUOTA, caller) else 9, owner=name)
    takes_room(world, mail, f"{MAILBOXES}/core", 563 if cause == DISK else 50)
    times = deal.times(20, 300, 600)
    known = chance.randrange(8) * 2
    for n, at in enumerate(times):
        called = n == known
        far.submit(
            "mika@far.example" if called else "sato@far.example",
            f"{caller if called else USERS[n % 4]}@here.example",
            size=3_000,
            at=at,
        )
    mail.queue_run(every="30m")
    world.run(until="5h")

    def again() -> None:
        for name in USERS:
            far.submit("mika@far.example", f"{name}@here.example", size=3_000)

    def also() -> None:
        for name in USERS:
            kept = [node.text for path, node in mail.host.files.nodes.items() if path.endswith(f"{name}.save")]
            if not any(kept) and not tidied:
                raise WrongAnswer("What {user} had laid by in a file is gone, and it was not yours.", user=name)

    tidied: list[str] = []

    def tidies() -> None:
        tidied.append(caller)
        mail.host.files.remove(f"{MAILBOXES}/{caller}.save")

    return Scene(
        world,
        mail,
        cause,
        {QUOTA: user(mail, caller), DISK: directory(MAILBOXES), AGENT: mailer("local", agent)}[cause],
        Letter("mika@far.example", times[known]),
        again,
        {name: tidies if (cause, name) == (QUOTA, caller) else None for name in USERS},
        also=also,
    )


DRILL = Drill(
    id="01.drill",
    complaint="A user calls: “Somebody has written to me, and I have got nothing.”",
    causes={
        QUOTA: Cause(
            USERS,
            command="mailq",
            told=r"(?s)\A(?=.*<{place}@)(?!.*<(?!{place}@)\w+@here)",
            not_it="Only one user would have to wait then, whatever room there is on the disk.",
            cure=("mv /var/mail/{place}.save /home/{place}.save",),
            wrong=("rm /var/mail/{place}.save",),
        ),
        DISK: Cause(
            (MAILBOXES,),
            command="df",
            told=r"(99|100)% {place}",
            not_it="df shows how much of the disk is taken.",
            cure=("rm /var/mail/core",),
            wrong=("sendmail -q",),
        ),
        AGENT: Cause(
            ("local",),
            command="cat /etc/mail/sendmail.cf",
            told=r"P=/usr/libexec/mail\.locel",
            not_it="The agent was run: mailq and the log say what it ended with.",
            cure=("sed -i s/mail.locel/mail.local/ /etc/mail/sendmail.cf", "kill -HUP {pid}"),
            wrong=("sed -i s/mail.locel/mail.local/ /etc/mail/sendmail.cf",),
        ),
    },
    scene=_scene,
    hints=("What waits, for whom, and why does mailq say it waits?", "Is there room on the disk?"),
)
