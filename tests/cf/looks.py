"""What is looked at in a small world, to see whether an option is obeyed: each is a function of lines of a cf."""

from collections.abc import Callable
from typing import Any, NamedTuple

from simlib import Quirks, World
from tests.cf.small_worlds import (
    BUSY,
    CAFE,
    FAR,
    HANA,
    HERE,
    NO_USER,
    TARO,
    boxes,
    here,
    letter,
    letters,
    local,
    said,
    shell,
    typed,
)


class Case(NamedTuple):
    """``look`` runs a small world and gives what is looked at: ``usual`` without ``line``, and ``then`` with it.

    ``shows``: in words, what differs, as ``docs/options.md`` has it.
    """

    line: str
    look: Callable[[str], Any]
    usual: Any
    then: Any
    shows: str


OPEN = ("HELO pc.example", "MAIL FROM:<taro@pc.example>")
LIST, URGENT = {"Precedence": "list"}, {"Precedence": "special-delivery"}
RETURN, WARN = "Timeout.queuereturn", "Timeout.queuewarn"


def eight(cf: str, **more: Any) -> bytes:
    return letter(cf, message=CAFE, **more).content(1)


def order(cf: str) -> list[str]:
    return letters(cf).deliveries["mailbox"]


def connects(cf: str, **more: Any) -> int:
    return len(letters(cf, **more).connections)


def tried(cf: str, run: str = "10m", until: str = "1h") -> list[int]:
    return [round(time / 60) for time in letter(cf, BUSY, run=run, until=until).attempts["time"]]


def notices(cf: str, until: str = "1d", **more: Any) -> list[str]:
    """The kinds of the notices of a letter to a host that always says 451."""
    return list(letter(cf, BUSY, until=until, **more).notices["kind"])


def told(cf: str, sender: str = TARO) -> list[str]:
    """Who gets a notice of a letter that is refused."""
    world, mail = here(cf)
    world.peer(FAR, domain="far.example", quirks=NO_USER)
    mail.submit(sender, HANA)
    return list(world.run(until="1h").notices["to"])


def report(cf: str) -> bytes:
    trace = letter(cf, NO_USER)
    return trace.content(trace.notices["message"][0])


def looping(cf: str) -> int:
    hops = b"Received: from a by b; Wed, 1 Jul 1998 09:00:00 +0900\n" * 3
    return letter(cf, message=hops + b"Subject: x\n\nhello\n").totals()["bounced"]


def long_header(cf: str) -> str:
    return said(cf, *OPEN, "RCPT TO:<hana@here.example>", "DATA", "Subject: " + "x" * 200, "", "hello", ".")


def second_server(cf: str) -> list[str]:
    world, mail = here(cf)
    world.peer("relay.example")
    world.outage(world.peer(FAR, domain="far.example"), "0s", "1d")
    mail.submit(TARO, HANA)
    return list(world.run(until="1h").connections["server"])


def best_mx_is_here(cf: str) -> int:
    world, mail = here(cf)
    world.peer("hub.inner.example")
    world.zone("hub 1h MX 10 mail.here.example.\nhub 1h A 192.168.1.2", origin="inner.example")
    mail.submit(TARO, "hana@hub.inner.example")
    return world.run(until="1h").totals()["delivered"]


def checkpoint(cf: str) -> int:
    """How many copies there are, where the host falls during the third of four deliveries."""
    world, mail = here(f"O DeliveryMode=queueonly\n{cf}")
    for n in range(4):
        world.peer(f"mx{n}.example", domain=f"d{n}.example", latency="1s")
    mail.submit(TARO, *[f"u@d{n}.example" for n in range(4)])
    mail.queue_run(at="1m")
    world.outage(mail, "75s", "200s")
    mail.queue_run(at="10m")
    return world.run(until="20m").totals()["copies"]


def full_disk(cf: str) -> str:
    world, mail = here(cf)
    far = world.sendmail("mail.far.example", domain="far.example")
    world.disk(mail, 90)
    far.submit(HANA, TARO)
    return world.run(until="10m").attempts["outcome"][0]


def places(cf: str) -> int:
    """The queue directories that six letters lie in."""
    world, mail = here(f"O DeliveryMode=queueonly\n{cf}")
    world.peer(FAR, domain="far.example")
    for name in ("q1", "q2", "q3"):
        world.directory(mail, f"/var/spool/mqueue/{name}")
    for _ in range(6):
        mail.submit(TARO, HANA)
    world.run(until="1m")
    return len({entry.directory for entry in mail.queue})


def many_at_once(cf: str) -> list[str]:
    world = World(seed=1)
    world.sendmail(HERE, domain="here.example", cf=cf)
    for n in range(3):
        world.sendmail(f"mail{n}.example", bandwidth="9600bps").submit("a@x.example", TARO, size=50_000, at=10)
    trace = world.run(until="5m")
    return sorted({*trace.connections["outcome"]})


def greeted_late(cf: str) -> list[int]:
    world = World(seed=1)
    world.sendmail(HERE, domain="here.example", cf=f"O Timeout.ident=0\n{cf}")
    for n in range(3):
        world.sendmail(f"mail{n}.example").submit("a@x.example", TARO, at=10)
    return [int(time) for time in sorted(world.run(until="5m").deliveries["time"])]


def two_runners(cf: str) -> int:
    """How many connections one host has at most, of two queue runs."""
    world, mail = here(f"O DeliveryMode=queueonly\nO HostStatusDirectory=.hoststat\n{cf}")
    world.peer(FAR, domain="far.example", quirks=Quirks(delays={".": 30}))
    for n in range(4):
        mail.submit(TARO, HANA, at=n)
    mail.queue_run(at="1m")
    mail.queue_run(at="70s")
    return len(world.run(until="1h").attempts.where(dsn="4.4.5"))


def by_ident(cf: str) -> int:
    world, mail = here()
    world.sendmail(FAR, domain="far.example", cf=cf)
    world.filter(HERE, "drop", 113)
    mail.submit(TARO, HANA)
    return round(world.run(until="1h").attempts["seconds"][0])


def no_name_service(cf: str) -> int:
    """For how many seconds a queue run is held up by a letter, while no name server answers."""
    world, mail = here(f"O DeliveryMode=queueonly\nO QueueSortOrder=time\n{cf}")
    world.peer(FAR, domain="far.example")
    world.outage(world.dns, "0s", "1h")
    mail.submit(TARO, HANA)
    mail.submit(TARO, "hana@here.example", at="1s")
    mail.queue_run(at="1m")
    return round(world.run(until="30m").deliveries["time"][0]) - 60


def hanging_home(cf: str) -> int:
    world, mail = here(cf)
    home = world.nfs_server("home.here.example", "/home")
    world.mount(mail, home, "/home")
    world.user(mail, "hana")
    world.outage(home, "1s", "1h")
    mail.submit(TARO, "hana@here.example", at="1m")
    line = next(one for one in world.run(until="30m").syslog(HERE).splitlines() if "Timeout on file open" in one)
    return int(line[10:12]) * 60 + int(line[13:15]) - 60


def kept_by_smapd(cf: str) -> int:
    world = World(seed=1)
    gateway = world.sendmail("gw.here.example", cf=f"O TryNullMXList=True\n{cf}")
    world.peer("hub.here.example", quirks=NO_USER)
    world.zone("hub 1h MX 10 gw\nhub 1h A 192.168.1.2", origin="here.example")
    world.smap(gateway, every="10m")
    world.sendmail(FAR, domain="far.example").submit(HANA, "gone@hub.here.example")
    return len(world.run(until="35m").notices)


def group_writable(cf: str) -> list[str]:
    return boxes(local(cf, forward=("/home/hana/.forward", 0o664)))


def cleared(cf: str) -> bool:
    """Whether mailstats begins to count anew, once that file is emptied."""
    root = shell(cf)
    root("cp /dev/null /var/log/statistics")
    return "from Wed Jul  1 09:01:00" in root("mailstats")


def broken_off(cf: str) -> int:
    """The seconds of an attempt whose peer loses power while the message is on its way."""
    world, mail = here(cf)
    peer = world.peer(FAR, domain="far.example", bandwidth="300bps")
    world.outage(peer.host, "1m", "1d")
    mail.submit(TARO, HANA, size=10_000)
    return round(world.run(until="12h").attempts["seconds"][0])


def idle(cf: str) -> int:
    """How often a host is called that comes twice in a queue run, two minutes apart."""
    world, mail = here(f"O DeliveryMode=queueonly\nO QueueSortOrder=time\n{cf}")
    world.peer(FAR, domain="far.example")
    world.peer("mx.slow.example", domain="slow.example", quirks=Quirks(delays={".": 120}))
    for n, domain in enumerate(("far", "slow", "far")):
        mail.submit(TARO, f"hana@{domain}.example", at=n)
    mail.queue_run(at="1m")
    return len(world.run(until="1h").connections.where(server=FAR))


def waits(cf: str) -> int:
    """How many letters are delivered at once."""
    world, mail = here(cf)
    mail.submit(TARO, "hana@here.example")
    return len(world.run(until="10m").deliveries)


def number(cf: str) -> int:
    """The priority number of a letter to a list, while it waits."""
    world, mail = here(f"O DeliveryMode=queueonly\n{cf}")
    world.peer(FAR, domain="far.example")
    mail.submit(TARO, HANA, size=1000, headers=LIST)
    return int(world.run(until="1m").queue(HERE)["priority"][0])


def after_a_try(cf: str) -> int:
    """The priority number of a letter that was put off in a queue run."""
    world, mail = here(f"O DeliveryMode=queueonly\n{cf}")
    world.peer(FAR, domain="far.example", quirks=BUSY)
    mail.submit(TARO, HANA, size=1000)
    mail.queue_run(at="1m")
    return int(world.run(until="1h").queue(HERE)["priority"][0])


def program_of_forward(cf: str) -> list[str]:
    """What runs for a .forward file that its group may write."""
    world, mail = here(f"O DontBlameSendmail=GroupWritableForwardFile\n{cf}")
    world.user(mail, "taro", "hana")
    world.file(mail, "/home/hana/.forward", '"|cat"\n', owner="hana", mode=0o664)
    mail.submit(TARO, "hana@here.example")
    return [command for command in world.run(until="10m").agents["command"] if "cat" in command]


def starts(cf: str) -> bool:
    """Whether sendmail, started anew, is there after ten minutes."""
    world, mail = here()
    mail.stop(at="1s")
    mail.start(at="1m", cf=cf)
    world.run(until="10m")
    return mail.daemon.runs


def expensive(cf: str) -> int:
    """How many letters are sent at once by a mailer that is expensive."""
    world, mail = here(f"Mesmtp, P=[IPC], F=mDFMuXae, E=\\r\\n, L=990, A=TCP $h\n{cf}")
    world.peer(FAR, domain="far.example")
    mail.submit(TARO, HANA)
    return len(world.run(until="10m").deliveries)


def second_alias_file(cf: str) -> list[str]:
    """Who gets mail for a name that stands in another file than /etc/mail/aliases."""
    world, mail = here(cf)
    world.user(mail, "taro", "hana", "jiro")
    world.file(mail, "/etc/mail/lists", "club: jiro\n")
    mail.aliases = "staff: hana"
    mail.submit(TARO, "club@here.example")
    return boxes(world.run(until="10m"))


def saved(cf: str) -> list[str]:
    """Where a notice ends that nobody can be given."""
    world, mail = here(f"O DoubleBounceAddress=nosuch\n{cf}")
    world.user(mail, "hana")
    mail.submit("", "nobody@far.invalid")
    return boxes(world.run(until="1h"))


def runs_at_once(cf: str) -> int:
    """How many queue runs have begun after 35 minutes, where each takes an hour."""
    world, mail = here(f"O DeliveryMode=queueonly\nO Timeout.initial=1h\n{cf}")
    world.peer(FAR, domain="far.example", quirks=Quirks(silent_at="greeting"))
    for _ in range(9):
        mail.submit(TARO, HANA)
    mail.queue_run(every="10m", at="1s")
    return len(world.run(until="35m").connections)


def long_parameter(cf: str) -> int:
    """How many characters of a long parameter of Content-Type: arrive."""
    arrived = letter(cf, headers={"Content-Type": f"text/plain; name={'n' * 100}"}).content(1)
    return arrived.partition(b"name=")[2].partition(b"\n")[0].count(b"n")


def flood(cf: str) -> list[float]:
    """How long the answers to three unknown recipients take."""
    unknown = [f"RCPT TO:<nobody{n}@here.example>" for n in range(3)]
    return typed(cf, *OPEN, *unknown)[1][-3:]
