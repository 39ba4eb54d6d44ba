"""What the site and its mail systems write down while the clock runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from simlib.trace.clock import Clock
from simlib.trace.ledger import Ledger


class _Message(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def size(self) -> int: ...


class Hop(Protocol):
    """What is shown of a hop."""

    @property
    def time(self) -> float: ...
    def text(self, date: str) -> str: ...


class Carried(Protocol):
    """What is shown of a message that has arrived."""

    @property
    def message(self) -> _Message: ...
    @property
    def received(self) -> Sequence[Hop]: ...
    def as_bytes(self, dates: Clock) -> bytes: ...


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
    messages: int = 0
    resets: int = 0
    round_trips: int = 0
    content: int = 0  # bytes of messages
    said: list[object] = field(default_factory=list)  # commands and replies, and "." for a message, in order

    @property
    def on_the_wire(self) -> int:
        """Bytes that both sides said, with CRLF at the end of each line, and of the messages."""
        return self.content + sum(len(line) + 2 for said in self.said for line in str(said).splitlines())


@dataclass(slots=True)
class LogLine:
    """One line of syslog, kept as parts until somebody reads it."""

    time: float
    host: str
    pid: int
    _write: Callable[..., str]
    _parts: tuple[Any, ...]

    @property
    def text(self) -> str:
        """What stands behind program and process."""
        return self._write(*self._parts)


@dataclass(slots=True)
class Recorder:
    """Append-only lists, a tuple an event; :class:`simlib.trace.record.Trace` shows them as tables."""

    ledger: Ledger = field(default_factory=Ledger)
    connections: list[ConnectionRecord] = field(default_factory=list)
    attempts: list[tuple[Any, ...]] = field(default_factory=list)
    deliveries: list[tuple[Any, ...]] = field(default_factory=list)
    delivered: list[Carried] = field(default_factory=list)  # what came with each of them
    notices: list[tuple[Any, ...]] = field(default_factory=list)
    agents: list[tuple[Any, ...]] = field(default_factory=list)
    losses: list[tuple[Any, ...]] = field(default_factory=list)
    lmtp: dict[int, Callable[[], str]] = field(default_factory=dict)  # run of an agent -> its dialogue, when looked at
    queue_steps: dict[str, list[tuple[float, int]]] = field(default_factory=dict)  # host -> (time, length)
    run_queue: dict[str, list[tuple[float, int]]] = field(default_factory=dict)  # host -> (time, length)
    outages: list[tuple[str, str, float, float]] = field(default_factory=list)  # name, what of it, start, end
    steps: list[tuple[float, str, str, str]] = field(default_factory=list)  # time, host, what was done, a remark
    log: list[LogLine] = field(default_factory=list)
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

    def arrive(self, now: float, host: str, mailbox: str, carried: Carried, sender: str) -> None:
        """Write down that a message has reached a mailbox."""
        message = carried.message
        self.deliveries.append((now, host, mailbox, message.number, sender, message.size))
        self.delivered.append(carried)

    def arrived(self, number: int) -> list[tuple[str, Carried]]:
        """Into which mailboxes a message has come, and what came there, in order."""
        came = zip(self.deliveries, self.delivered, strict=True)
        return [(row[2], carried) for row, carried in came if row[3] == number]

    def queue_length(self, now: float, host: str, length: int) -> None:
        """Write down that a queue has ``length`` messages from ``now`` on."""
        steps = self.queue_steps.setdefault(host, [(0.0, 0)])
        if steps[-1][0] == now:
            steps[-1] = (now, length)
        else:
            steps.append((now, length))
        if len(steps) > 1 and steps[-2][1] == length:
            steps.pop()  # there and back within a moment

    def syslog(self, now: float, host: str, pid: int, write: Callable[..., str] | str, *parts: Any) -> None:
        """Write one line to a host's mail log: a text, or ``write(*parts)``, which is called when somebody reads it."""
        if isinstance(write, str):
            write, parts = str, (write,)
        self.log.append(LogLine(now, host, pid, write, parts))
