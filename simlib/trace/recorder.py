"""What the site and its mail systems write down while the clock runs."""

from collections.abc import Callable
from dataclasses import dataclass, field

from simlib.errors import WorkbookError
from simlib.language import phrase
from simlib.message.copy import Copy
from simlib.message.envelope import Message
from simlib.trace.ledger import Ledger
from simlib.trace.log import Log
from simlib.trace.row_types import AgentRow, AttemptRow, DeliveryRow, LossRow, NoticeRow, ToldRow, names_of
from simlib.trace.rows import Rows
from simlib.trace.steps import Steps


@dataclass(slots=True, eq=False)
class ConnectionRecord:
    """One TCP connect and what came of it. Times in seconds; ``closed`` is None while it is open."""

    number: int
    opened: float
    client: str
    server: str
    outcome: str
    wait: float
    closed: float | None = None
    greeted: float | None = None  # when the greeting was here
    messages: int = 0
    resets: int = 0
    content: int = 0  # bytes of messages
    said: list[object] = field(default_factory=list)  # commands and replies, and "." for a message, in order
    heard: list[float] = field(default_factory=list)  # when each reply of what was said came
    begins: list[int] = field(default_factory=list)  # where in what was said each round trip begins
    lines_taken: int | None = None  # by a client that takes each line for an answer; None where it takes replies whole

    @property
    def round_trips(self) -> int:
        """How often the client waited for the other side."""
        return len(self.begins)

    @property
    def on_the_wire(self) -> int:
        """Bytes that both sides said, with CRLF at the end of each line, and of the messages."""
        return self.content + sum(len(line) + 2 for said in self.said for line in str(said).splitlines())


WRITTEN = phrase("as written")  # no gate yet
CAME = "carried"  # of a delivery, beside what is shown: what came


@dataclass(slots=True)
class Recorder:
    """All that is written down; :class:`simlib.trace.record.Trace` shows it as tables."""

    ledger: Ledger = field(default_factory=Ledger)
    connections: list[ConnectionRecord] = field(default_factory=list)
    idents: list[tuple[float, str, str, ConnectionRecord, str, float, str | None, bool]] = field(default_factory=list)
    attempts: Rows = field(default_factory=lambda: Rows(*names_of(AttemptRow)))
    deliveries: Rows = field(default_factory=lambda: Rows(*names_of(DeliveryRow), CAME))
    notices: Rows = field(default_factory=lambda: Rows(*names_of(NoticeRow)))
    told: Rows = field(default_factory=lambda: Rows(*names_of(ToldRow)))
    agents: Rows = field(default_factory=lambda: Rows(*names_of(AgentRow)))
    losses: Rows = field(default_factory=lambda: Rows(*names_of(LossRow)))
    lmtp: dict[int, Callable[[], str]] = field(default_factory=dict)  # run of an agent -> its dialogue, when looked at
    queue_steps: dict[str, Steps] = field(default_factory=dict)  # host -> length of its queue
    run_queue: dict[str, list[tuple[float, int]]] = field(default_factory=dict)  # host -> (time, length)
    outages: list[tuple[str, str, float, float]] = field(default_factory=list)  # name, what of it, start, end
    closed: list[tuple[str, float, float | None]] = field(default_factory=list)  # host, from when, to when
    services: list[tuple[float, str, str, bool]] = field(default_factory=list)  # time, host, which, it is up now
    configurations: list[tuple[float, str, object]] = field(default_factory=list)  # time, host, the sendmail.cf
    steps: list[tuple[float, str, str, str]] = field(default_factory=list)  # time, host, what was done, a remark
    forms: dict[int, list[tuple[float, str, str, Message]]] = field(default_factory=dict)  # by number of the message
    log: Log = field(default_factory=Log)
    messages: int = 0

    def new_message(self) -> int:
        """The number of the next message."""
        self.messages += 1
        return self.messages

    def connect(self, now: float, client: str, server: str, outcome: str, wait: float) -> ConnectionRecord:
        """Write down one TCP connect, begun at ``now``."""
        record = ConnectionRecord(len(self.connections) + 1, now, client, server, outcome, wait)
        self.connections.append(record)
        return record

    def form(self, now: float, host: str, gate: str, before: Message, after: Message) -> None:
        """Write down what a gate has left of a message whose text is known, and first what it was written as."""
        if isinstance(before.body, bytes):
            forms = self.forms.setdefault(before.number, [(now, host, WRITTEN, before)])
            if after is not before and forms[-1][1:3] != (host, gate):  # a further try changes it in the same way
                forms.append((now, host, gate, after))

    def ident(
        self, now: float, host: str, client: str, answer: str, seconds: float, user: str | None, lost: bool
    ) -> None:
        """Write down what a daemon heard of the connection that it has just accepted, the last that was opened."""
        self.idents.append((now, host, client, self.connections[-1], answer, seconds, user, lost))

    def arrive(self, now: float, host: str, mailbox: str, carried: Copy, sender: str) -> None:
        """Write down that a message has reached a mailbox."""
        message = carried.message
        self.deliveries.add(
            time=now,
            host=host,
            mailbox=mailbox,
            message=message.number,
            sender=sender,
            size=message.size,
            carried=carried,
        )

    def arrived(self, number: int) -> list[tuple[str, Copy]]:
        """Into which mailboxes a message has come, and what came there, in order."""
        numbers, mailboxes, carried = map(self.deliveries.column, ("message", "mailbox", CAME))
        came = zip(numbers, mailboxes, carried, strict=True)
        return [(mailbox, what) for message, mailbox, what in came if message == number]

    def last_copy(self, number: int, mailbox: str = "") -> Copy:
        """What came last of a message, into this mailbox or into any. Raises WorkbookError where nothing came."""
        there = self.arrived(number)
        found = [carried for name, carried in there if mailbox in ("", name)]
        if not found:
            into = f"; it has reached {', '.join(name for name, _ in there)}" if there else ""
            raise WorkbookError(
                "message {number} has not reached {value}: see trace.deliveries{into}",
                number=number,
                value=mailbox or "a mailbox",
                into=into,
            )
        return found[-1]

    def close_port(self, now: float, host: str) -> None:
        """Write down that a daemon takes no connections from ``now`` on."""
        self.closed.append((host, now, None))

    def open_port(self, now: float, host: str) -> None:
        """Write down that it does again."""
        last = next((n for n in reversed(range(len(self.closed))) if self.closed[n][0] == host), None)
        if last is not None and self.closed[last][2] is None:
            self.closed[last] = (host, self.closed[last][1], now)

    def service(self, host: str, now: float, service: str, up: bool) -> None:
        """Write down that a service of a host has come up or gone."""
        self.services.append((now, host, service, up))

    def queue_length(self, now: float, host: str, length: int) -> None:
        """Write down that a queue has ``length`` messages from ``now`` on."""
        steps = self.queue_steps.get(host)
        if steps is None:
            steps = self.queue_steps[host] = Steps()
        steps.note(now, length)
