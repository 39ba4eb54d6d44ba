"""The small worlds in which an option or a flag is set: each is a function of lines of a sendmail.cf."""

from simlib import Quirks, Reply, Trace, World
from simlib.mta.sendmail import Sendmail
from simlib.shell.shell import Shell

HERE, FAR = "mail.here.example", "mx.far.example"
CAFE = b"Subject: caf\xe9\n\ncaf\xe9\n"  # 8 bits, and no label
TARO, HANA = "taro@here.example", "hana@far.example"
ALL_DAY = ("1s", "1d")
BUSY = Quirks(replies={"RCPT": Reply(451, "4.3.2 busy")})
NO_USER = Quirks(replies={"RCPT": Reply(550, "5.1.1 no such user")})


def here(cf: str = "") -> tuple[World, Sendmail]:
    """A host with those lines."""
    world = World(seed=1)
    return world, world.sendmail(HERE, domain="here.example", cf=cf)


def letter(
    cf: str = "", quirks: Quirks | None = None, to: str = HANA, run: str = "1h", until: str = "2h", **more: object
) -> Trace:
    """One letter for a peer far away, and a queue run every so often."""
    world, mail = here(cf)
    world.peer(FAR, domain="far.example", quirks=quirks)
    mail.submit(TARO, to, **more)  # type: ignore[arg-type]  # for brevity
    mail.queue_run(every=run)
    return world.run(until=until)


def letters(cf: str = "", sizes: tuple[int, ...] = (3000, 1000, 2000), peers: int = 1, runs: str = "1m") -> Trace:
    """Letters that wait for one queue run, for one peer or for several by turns."""
    world, mail = here(f"O DeliveryMode=queueonly\n{cf}")
    for n in range(peers):
        world.peer(f"mx{n}.far.example", domain=f"far{n}.example")
    for n, size in enumerate(sizes):
        mail.submit(TARO, f"reader{n}@far{n % peers}.example", size=size, at=n)
    for run in runs.split():
        mail.queue_run(at=run)
    return world.run(until="1h")


def silent(cf: str, place: str) -> float:
    """The seconds that a letter costs for a peer that says no more from some place on."""
    trace = letter(cf, Quirks(silent_at=place), until="1d")  # type: ignore[arg-type]  # the names of places
    (first, *_) = trace.attempts
    return round(first.seconds)


def closed(cf: str, quirks: Quirks, messages: int = 1, until: str = "3h") -> float:
    """The seconds from the opening of a connection to its end, of letters in one queue run."""
    world, mail = here(f"O DeliveryMode=queueonly\n{cf}")
    world.peer(FAR, domain="far.example", quirks=quirks)
    for n in range(messages):
        mail.submit(TARO, HANA, at=n)
    mail.queue_run(at="1m")
    first = next(iter(world.run(until=until).connections))
    assert first.closed is not None
    return round(first.closed - first.opened)


def down(cf: str, runs: tuple[str, ...] = ("1m", "20m"), messages: int = 2) -> list[int]:
    """The seconds at which a host that is down is called, by queue runs."""
    world, mail = here(f"O DeliveryMode=queueonly\n{cf}")
    peer = world.peer(FAR, domain="far.example")
    world.outage(peer, "0s", "1d")
    for n in range(messages):
        mail.submit(TARO, HANA, at=n)
    for run in runs:
        mail.queue_run(at=run)
    return [round(time) for time in world.run(until="5h").connections["opened"]]


def no_answer(cf: str, runs: tuple[str, ...] = ("1m",)) -> list[int]:
    """How long each connect to a host without power takes, in seconds."""
    world, mail = here(f"O DeliveryMode=queueonly\n{cf}")
    world.host(FAR, domain="far.example")
    world.outage(FAR, "0s", "1d")
    mail.submit(TARO, HANA)
    for run in runs:
        mail.queue_run(at=run)
    return [round(wait) for wait in world.run(until="5h").connections["wait"]]


def typed(cf: str, *lines: str, busy: int = 0, **more: object) -> tuple[list[str], list[float], Trace]:
    """A session that somebody types: the answers from the greeting on, what each took, and the trace."""
    world, mail = here(f"O Timeout.ident=0\n{cf}")
    world.user(mail, "taro", "hana", "jiro")
    world.host("pc.example")
    if busy:
        world.busy(mail, busy, *ALL_DAY)
        world.run(until="10m")
    say = world.telnet("pc.example", HERE)
    answers, seconds = [say.greeting], [0.0]
    for line in lines:
        answers.append(say(line))
        seconds.append(round(say.seconds))
    return answers, seconds, world.run(until="3h")


def said(cf: str, *lines: str) -> str:
    """The last answer in a session."""
    return typed(cf, *lines)[0][-1]


def local(cf: str = "", aliases: str = "", to: str = "hana", forward: tuple[str, int] | None = None) -> Trace:
    """A letter for somebody here, on a host that knows its users and has aliases."""
    world, mail = here(cf)
    world.user(mail, "taro", "hana", "jiro")
    world.directory(mail, "/safe", mode=0o777)
    world.directory(mail, "/forwards")
    world.peer(FAR, domain="far.example")
    if forward is not None:
        path, mode = forward
        world.file(mail, path, "jiro\n", owner="hana", mode=mode)
    mail.aliases = aliases
    mail.submit(TARO, f"{to}@here.example")
    return world.run(until="1h")


def boxes(trace: Trace) -> list[str]:
    """The mailboxes that have got mail."""
    return sorted(trace.deliveries["mailbox"])


def shell(cf: str, user: str = "root") -> Shell:
    """A shell on a host with one letter in its queue."""
    world, mail = here(f"O DeliveryMode=queueonly\n{cf}")
    world.user(mail, "taro")
    world.peer(FAR, domain="far.example")
    mail.submit(TARO, HANA, size=1000)
    world.run(until="1m")
    return world.shell(mail, user=user)


def rules(cf: str, *lines: str, begins: str = "") -> str:
    """The last line that address test mode says, of those that begin so."""
    world, mail = here(cf)
    world.peer("mx.here.example")
    told = world.shell(mail)("sendmail -bt", "\n".join(lines) + "\n").splitlines()
    return [line for line in told[:-1] if line.removeprefix("> ").startswith(begins)][-1]


def loaded(cf: str, processes: int, size: int = 1000, until: str = "20m") -> Trace:
    """A host that computes at something else for a day, and gets a letter from another after ten minutes."""
    world, mail = here(cf)
    far = world.sendmail("mail.far.example", domain="far.example")
    world.busy(mail, processes, *ALL_DAY)
    far.submit(HANA, TARO, size=size, at="10m")
    return world.run(until=until)
