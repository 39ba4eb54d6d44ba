"""The rows of the tables that a trace shows: the name and the type of each cell. Times are in seconds, sizes in bytes.

An editor completes the names, and a type checker catches a slip; the columns of the tables are made from them, too.
"""

from simlib.trace.table import Row


class MessageRow(Row):
    """A recipient of a message, and what became of it."""

    message: int
    sender: str
    recipient: str
    size: int
    host: str
    submitted: float
    state: str
    finished: float | None
    delay: float | None
    copies: int
    notice: bool


class AttemptRow(Row):
    """A relay that was tried for a message."""

    time: float
    host: str
    qid: str
    message: int
    recipients: str
    relay: str
    outcome: str
    seconds: float
    dsn: str
    stat: str
    connection: int | None
    cached: bool


class ConnectionRow(Row):
    """A TCP connect."""

    connection: int
    opened: float
    closed: float | None
    client: str
    server: str
    outcome: str
    wait: float
    messages: int
    resets: int
    round_trips: int
    bytes: int


class AnswerRow(Row):
    """What the client of a connection said, what it took for the answer, and the true one; empty where there is none.

    ``time`` is when the true one came. The lines of the server are counted from 1: an answer is from its first to its
    last, which stand apart in its text.
    """

    time: float | None
    says: str
    takes: str
    true: str
    first: int | None
    last: int | None
    true_first: int | None
    true_last: int | None


class IdentRow(Row):
    """What a daemon heard by Ident of a connection before its greeting; ``greeted`` is None where none has come."""

    time: float
    host: str
    client: str
    connection: int
    answer: str
    seconds: float
    user: str | None
    lost: bool
    greeted: float | None


class DeliveryRow(Row):
    """An arrival in a mailbox."""

    time: float
    host: str
    mailbox: str
    message: int
    sender: str
    size: int


class FormRow(Row):
    """A message as a gate left it: what it was written as, or what ``SevenBitInput``, a mailer's flags, ... made of it.

    ``content`` is in bytes, with the header that it was handed in with but without the lines that hosts add.
    """

    time: float
    host: str
    gate: str
    content: bytes


class CountRow(Row):
    """One more in a host's StatusFile: in which counter of which mailer, as mailstats names them."""

    time: float
    qid: str
    counter: str
    mailer: str


class AgentRow(Row):
    """A run of a program with mail."""

    time: float
    host: str
    command: str
    message: int
    recipients: int
    status: int | None
    seconds: float


class LetterRow(Row):
    """What was written to a mailbox file, and how much of it is still there."""

    message: int
    sender: str
    length: int
    left: int
    condition: str


class WritingRow(Row):
    """An agent of a host that has written a letter to a mailbox file, from the byte ``place`` on."""

    message: int
    host: str
    place: int
    length: int
    left: int
    condition: str
    asked: float
    began: float
    ended: float


class PieceRow(Row):
    """A part of a mailbox file, and the letter that is to be read there."""

    place: int
    length: int
    message: int


class LossRow(Row):
    """A message that a mailbox has lost."""

    time: float
    host: str
    mailbox: str
    message: int
    cause: str


class NoticeRow(Row):
    """A notice that was sent."""

    time: float
    host: str
    kind: str
    message: int
    about: int
    to: str


class ToldRow(Row):
    """What a notice says of one recipient; ``action`` is that of RFC 3464: delivered, relayed, delayed or failed."""

    time: float
    host: str
    kind: str
    message: int
    about: int
    recipient: str
    action: str


class ClosedRow(Row):
    """A stretch of time in which a daemon took no connections for its load; ``end`` is None where it lasts."""

    host: str
    start: float
    end: float | None


class OutageRow(Row):
    """A planned outage."""

    name: str
    what: str
    start: float
    end: float


class ConfigurationRow(Row):
    """A sendmail.cf that a sendmail heeds from then on; ``number`` counts those of a host that differ, from 1."""

    time: float
    host: str
    number: int


class ServiceRow(Row):
    """A service of a host that has come up or gone; ``host`` stands for the whole machine."""

    time: float
    host: str
    service: str
    up: bool


class StepRow(Row):
    """A step that somebody took on a host."""

    time: float
    host: str
    step: str
    delivered: int
    bounced: int
    waiting: int
    remark: str


class LengthRow(Row):
    """The length of a queue, from a time on."""

    time: float
    length: int


class LoadRow(Row):
    """The load average at a time."""

    time: float
    load1: float
    load5: float
    load15: float


class QueueRow(Row):
    """A message in a queue."""

    qid: str
    mark: str
    message: int
    sender: str
    recipients: str
    size: int
    precedence: int
    created: int
    last_try: int | None
    tries: int
    priority: int
    status: str


def names_of(row: type[Row]) -> tuple[str, ...]:
    """The names of the cells, in order: the columns of its table."""
    return tuple(row.__annotations__)
