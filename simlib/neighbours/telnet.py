"""A connection on which somebody types: ``telnet mail.example 25``."""

from simlib.message.envelope import MOST_SHOWN, Message
from simlib.message.header import read
from simlib.message.octets import as_bytes
from simlib.mta.policy.settings import stock_settings
from simlib.mta.policy.wishes import SubmissionError
from simlib.mta.process.dial import NotAccepted, dial
from simlib.mta.process.far_end import Content, FarEnd
from simlib.site.host import Host
from simlib.site.network import REFUSED, TIMED_OUT, Path
from simlib.site.site import Site
from simlib.site.steps import Steps
from simlib.smtp.commands import parse
from simlib.smtp.replies import Reply
from simlib.smtp.server import MAX_COMMAND, State

_FAILURE = {REFUSED: "Connection refused", TIMED_OUT: "Connection timed out"}
CLOSED_BY_HOST = "Connection closed by foreign host."


class Telnet:
    """One connection to port 25 of a host, line by line.

    Call it with a line and it gives the answer, as text; the world's clock goes on for as long as that takes. After
    DATA it answers nothing until a line of one dot. ``greeting`` is what came at first, or what telnet says where no
    connection could be made; ``seconds`` how long the last answer took.
    """

    def __init__(self, site: Site, client: Host, server: Host) -> None:
        self._site = site
        self._client, self._server = client, server
        self._far_end: FarEnd | None = None
        self._path: Path | None = None
        self._typed: list[str] = []  # lines of the message so far
        self.seconds = 0.0
        self.greeting = self._meanwhile(self._open())

    @property
    def is_open(self) -> bool:
        """Whether the connection stands."""
        return self._far_end is not None

    def __call__(self, line: str) -> str:
        """Type a line, or several."""
        return "\n".join(filter(None, map(self._type, line.replace("\r\n", "\n").removesuffix("\n").split("\n"))))

    def _type(self, line: str) -> str:
        if self._far_end is None:
            return CLOSED_BY_HOST
        if self._far_end.server.state is State.DATA and line.rstrip("\r\n") != ".":
            self._typed.append(line)
            return ""
        return self._meanwhile(self._exchange(self._far_end, line))

    def send(self, size: int) -> str:
        """In place of typing it: send a message of ``size`` bytes, and its dot."""
        if not 1 <= size <= MOST_SHOWN:
            raise SubmissionError(
                "send({size!r}): a message of 1 to {most_shown} bytes", size=size, most_shown=MOST_SHOWN
            )
        self._typed = ["x" * (size - 1)]
        return self(".")

    def close(self) -> None:
        """Close the connection without a word."""
        if self._far_end is not None:
            self._far_end.close()
            self._record.closed = self._site.env.now
        self._far_end = None

    def _meanwhile(self, work: Steps[str]) -> str:
        env = self._site.env
        begun = env.now
        said = env.run(until=env.process(work))
        self.seconds = env.now - begun
        return str(said)

    def _open(self) -> Steps[str]:
        patience = stock_settings().connect_timeout
        called = yield from dial(self._site, self._client, self._server, self._server.name, patience)
        if isinstance(called, NotAccepted):
            why = _FAILURE.get(called.outcome, "No route to host")
            return f"telnet: Unable to connect to remote host: {why}"
        self._path, self._far_end, self._record = called
        if self._far_end.ready is not None:
            yield self._far_end.ready
        if self._far_end.aborted:
            self.close()
            return CLOSED_BY_HOST
        greeting = yield from self._answer(self._far_end, self._far_end.server.greet())
        self._record.greeted = self._site.env.now
        return greeting

    def _exchange(self, far_end: FarEnd, line: str) -> Steps[str]:
        server = far_end.server
        assert self._path is not None  # there is a connection
        yield self._site.env.timeout(self._path.latency)
        if server.state is State.DATA:
            self._record.said.append(".")
            content = self._content(far_end)
            reply = server.message(content)
            for account in content.accounts.values():
                (account.hand_over if reply.positive else account.bounce)(self._site.env.now)  # whoever types is told
            if far_end.pending is not None:
                pending, far_end.pending = far_end.pending, None
                yield pending
        else:
            command, length = parse(line), len(as_bytes(line)) + len("\r\n")
            self._record.said.append(command)
            reply = server.command(command) if length <= MAX_COMMAND else server.too_long(length)
        return (yield from self._answer(far_end, reply))

    def _answer(self, far_end: FarEnd, reply: Reply) -> Steps[str]:
        assert self._path is not None  # there is a connection
        yield self._site.env.timeout(far_end.server.delay + self._path.latency)
        if far_end.server.silent:
            return ""
        self._record.said.append(reply)
        self._record.heard.append(self._site.env.now)
        if far_end.server.closed:
            self.close()
        return str(reply)

    def _content(self, far_end: FarEnd) -> Content:
        """What was typed, as a message of its own."""
        text = as_bytes("".join(line.rstrip("\r\n") + "\n" for line in self._typed))
        self._typed = []
        recorder, server, size = self._site.recorder, far_end.server, len(text)
        assert server.mail is not None  # the server's state table sees to it
        fields, body = read(text)
        number, sender = recorder.new_message(), server.mail.sender
        message = Message(number, size, fields, body, sender, eight_bit=not text.isascii())
        accounts = {}
        for rcpt in server.recipients:
            accounts[rcpt.recipient] = recorder.ledger.enter(
                message.number, server.mail.sender, rcpt.recipient, size, self._client.name, self._site.env.now
            )
        return Content(message, accounts, None)
