"""What is tried: one description of a site and of what happens there, for the real sendmail and the simulated one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from simlib.message.envelope import filler
from simlib.smtp import Quirks
from tests.against_sendmail.mc import Mc
from tests.against_sendmail.users import Household

SENDER = "snd.test"  # the host whose sendmail is looked at
OLDEST = 100  # s that the first letter of a case has waited
CLIENT, CLIENT_ADDRESS = "client.test", "10.99.1.200"  # from where somebody visits
EVERYTHING = ("connections", "deliveries", "log", "queue", "notices")


@dataclass(frozen=True)
class Letter:
    """A message that waits in the queue when the first step begins.

    ``age``: since how many seconds (by default the first of a case is the oldest). ``size`` in bytes, header included;
    left out, each is a little larger than the one before, so that priority order is order of writing.
    """

    to: tuple[str, ...]
    sender: str = f"taro@{SENDER}"
    size: int = 0
    age: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    notify: str = ""  # NOTIFY= for all its recipients
    orcpt: str = ""  # ORCPT= for all its recipients
    parameters: str = ""  # of MAIL: RET=HDRS ENVID=x BODY=8BITMIME
    content: bytes = b""  # what stands below the Subject, instead of a body of some size: fields, an empty line, text


@dataclass(frozen=True)
class Run:
    """A queue run, waited for.

    ``select`` as on the command line: ``-qRone.test``; ``{m02}`` stands for the queue id of the third letter,
    ``{m02:swapped}`` for the same in the other case. ``runners`` that begin at once; ``observe``: what is compared of
    this run, if not the same as of the others.
    """

    select: str = ""
    runners: int = 1
    observe: tuple[str, ...] = ()


@dataclass(frozen=True)
class Interval:
    """A daemon with a queue interval of so many seconds runs for so many of them, and half of one more.

    How many connections were opened is compared; then all processes are ended.
    """

    seconds: int
    times: int


@dataclass(frozen=True)
class Wait:
    """Time passes. (For the real one its files are set back by as much.)"""

    seconds: int


@dataclass(frozen=True)
class Turn:
    """A peer is from now on ``up``, ``refusing`` (port closed), ``dark`` (no answer) or ``unreachable`` (no route)."""

    peer: str
    state: str


@dataclass(frozen=True)
class Post:
    """More mail comes into the queue, and is new."""

    letters: tuple[Letter, ...]


@dataclass(frozen=True)
class Type:
    """Somebody types a command, such as ``mailq``; ``{m02}`` stands for the queue id of the third letter.

    What it prints is compared. ``stdin``: what it is given to read. ``status``: how it ends is compared, too.
    """

    line: str
    stdin: str = ""
    user: str = "root"
    status: bool = False


@dataclass(frozen=True)
class Visit:
    """Somebody connects to the daemon of the sendmail that is looked at, and says one line after the other.

    In ``says`` a number stands for a message of so many bytes, and bytes are one, in which ``{name}`` stands for its
    name. ``client`` is the visitor's host in the zone. ``ident`` is what the daemon finds at port 113 there:
    ``closed``, an action of a packet filter (``drop``, ``reset``, ``port-unreachable``, …), ``silent`` or a user who is
    named. What it answers and how long that takes is compared beside what a run shows; times in whole multiples of
    ``unit`` seconds. ``observe``: what is compared, if not the same as of runs.
    """

    says: tuple[str | int | bytes, ...]
    client: str = CLIENT
    ident: str = "closed"
    unit: float = 1
    observe: tuple[str, ...] = ()


Step = Run | Interval | Wait | Turn | Post | Type | Visit


@dataclass(frozen=True)
class Case:
    """``cf``: lines laid over the common configuration, ``m4``: lines for m4 before that; ``mc``: all of it but paths.

    ``zone`` is the text of the zone ``test.``, ``reverse`` that of ``1.99.10.in-addr.arpa.``; ``failing`` names
    domains that are answered with SERVFAIL, and with ``dns_silent`` no question is answered at all. ``peers`` get
    their address from the zone; ``states`` says which of them is not up at first. ``load`` is the load average of the
    host, ``disk`` the blocks of 4096 bytes under its queue (0: any number); ``directories`` are made in the queue
    directory. ``aliases`` is the text of the aliases file; with one the host knows its users, taro and hana.
    ``observe`` picks what is compared; ``within_a_second`` begins each run as a second does. ``household`` is who
    lives there beside them, if that matters. ``known_as``: the full name that ``/etc/hosts`` gives the host; if it is
    another, the host takes that for its own instead (and the cf must not say ``Dj``). ``simplified``: why the
    simulator is meant to differ; the case then fails when it does not.
    """

    name: str
    letters: tuple[Letter, ...]
    peers: Mapping[str, Quirks]
    zone: str
    cf: str = ""
    m4: str = ""
    mc: Mc | None = None
    reverse: str = ""
    failing: tuple[str, ...] = ()
    dns_silent: bool = False
    states: Mapping[str, str] = field(default_factory=dict)
    load: float = 0
    disk: int = 0
    directories: tuple[str, ...] = ()
    aliases: str = ""
    steps: tuple[Step, ...] = (Run(),)
    household: Household | None = None
    known_as: str = SENDER
    observe: tuple[str, ...] = EVERYTHING
    within_a_second: bool = False
    simplified: str = ""


Named = tuple[str, Letter, int, int]  # name, letter, size, age


def text_of(name: str, letter: Letter, size: int) -> bytes:
    """Header and body, with line ends that count as one byte. The name is the Subject."""
    if letter.content:
        return f"Subject: {name}\n".encode() + letter.content
    head = "".join(f"{key}: {value}\n" for key, value in {"Subject": name, **letter.headers}.items()).encode()
    return head + b"\n" + filler(size - len(head) - 1)


def brought(name: str, what: int | bytes) -> bytes:
    """The text of a message that a visitor brings."""
    return text_of(name, Letter(()), what) if isinstance(what, int) else what.replace(b"{name}", name.encode())


def named(letters: Sequence[Letter], first: int, fresh: bool = False) -> list[Named]:
    """Letters with what they do not say themselves. ``first`` is the number of the first; ``fresh`` ones are new."""
    return [
        (
            f"m{n:02d}",
            letter,
            letter.size or 1000 + n,
            0 if fresh else OLDEST - n if letter.age is None else letter.age,
        )
        for n, letter in enumerate(letters, first)
    ]


def ended(what: Type, status: int) -> list[str]:
    """How a command ended, where that is compared."""
    return [f"exit status {status}"] if what.status else []


class _QueueId(str):
    """A queue id that a format may ask for with its capital and small letters exchanged."""

    def __format__(self, spec: str) -> str:
        return self.swapcase() if spec == "swapped" else str(self)


def with_ids(text: str, names: Mapping[str, str]) -> str:
    """A text with the queue ids that stand for the names of letters in it. ``names``: of each queue id."""
    return text.format(**{name: _QueueId(qid) for qid, name in names.items()})
