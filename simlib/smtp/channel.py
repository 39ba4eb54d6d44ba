"""SMTP as bytes: what joins the state machines of this room to a socket, a pipe or a console."""

from simlib.message.octets import as_bytes
from simlib.smtp.commands import parse
from simlib.smtp.parameters import shown
from simlib.smtp.phases import Phase
from simlib.smtp.replies import Reply, ReplyReader, lost
from simlib.smtp.server import MAX_COMMAND, Server, State
from simlib.smtp.session import Step

MAX_AHEAD = 512  # replies that nobody asked for and that are kept for the next steps
BARE_LF = Reply(421, "4.5.0 Bare linefeed (LF) not allowed")
BARE_CR = Reply(421, "4.5.0 Bare carriage return (CR) not allowed")


class ServerChannel:
    """The server's end: bytes from the client in, bytes to the client out.

    Commands end with CRLF or LF. In a message a CR or LF that is not part of a CRLF ends the session, as it does since
    sendmail 8.18: another server might take it for a line end, and read commands where this one read text. A message
    ends with a line of one dot; the dots doubled at the beginning of lines are taken out (RFC 5321 section 4.5.2).
    Its lines may be of any length, as in sendmail; of a message larger than MaxMessageSize only so much is kept.

    There is no clock here. Who drives the channel lets ``Timeout.<waits_for>`` run while it waits for bytes, and calls
    ``time_out`` when that is over.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        self._rest = bytearray()  # a line whose end has not come yet
        self._dropped = 0  # bytes of it that are not kept
        self._bare_cr = False  # there was a CR among them
        self._content = bytearray()
        self._size = 0  # of the message so far, each line end counted once

    @property
    def closed(self) -> bool:
        """The connection is to be closed, once what was given out is sent."""
        return self.server.closed

    @property
    def waits_for(self) -> Phase:
        """Which ``Timeout`` limits the wait for the next bytes: that of a command, or that of a block of a message."""
        return Phase.DATABLOCK if self.server.state is State.DATA else Phase.COMMAND

    def open(self) -> bytes:
        """The client has connected: the greeting."""
        return self._written(self.server.greet())

    def receive(self, data: bytes) -> bytes:
        """Take in what came, in pieces of any size; give what is to be sent."""
        sent = bytearray()
        *ends, rest = data.split(b"\n")
        for end in ends:
            if self.closed:
                break
            line, self._rest = bytes(self._rest + end), bytearray()
            sent += self._data_line(line) if self.server.state is State.DATA else self._command_line(line)
        self._keep(rest)
        if len(self._rest) >= MAX_COMMAND and not self.closed and self.server.state is not State.DATA:
            sent += self._written(self.server.too_long(len(self._rest)))
        if self.closed:
            self._rest = bytearray()
        return bytes(sent)

    def time_out(self) -> bytes:
        """Nothing has come in time: the session is over, with a last word only in the middle of a message."""
        refusal = None
        if self.server.state is State.DATA and self.server.mail is not None:
            relay = self.server.client.rpartition("@")[2].partition(" ")[0]
            sender = shown(self.server.mail.sender)
            refusal = Reply(421, f"collect: relay={relay}, from=<{sender}>, info=read timeout", enhanced="4.4.1")
        self.server.lose()
        self._rest = bytearray()
        return b"" if refusal is None else self._written(refusal)

    def _keep(self, piece: bytes) -> None:
        """The beginning of a line has come, or more of it. Of one that is too large anyway, its middle is not kept."""
        self._rest += piece
        limit = self.server.settings.max_message_size
        if limit and self.server.state is State.DATA:
            room = max(limit - self._size, 0) + len(".\r") + 1
            middle = self._rest[room:-1]
            self._bare_cr = self._bare_cr or b"\r" in middle
            self._dropped += len(middle)
            del self._rest[room:-1]

    def _command_line(self, line: bytes) -> bytes:
        if len(line) >= MAX_COMMAND:
            return self._written(self.server.too_long(len(line) + 1))
        return self._written(self.server.command(parse(line.removesuffix(b"\r").decode("utf-8", "surrogateescape"))))

    def _data_line(self, line: bytes) -> bytes:
        dropped, self._dropped = self._dropped, 0
        bare_cr, self._bare_cr = self._bare_cr, False
        if not line.endswith(b"\r"):
            return self._refused(BARE_LF)
        if bare_cr or b"\r" in line[:-1]:
            return self._refused(BARE_CR)
        if line == b".\r" and not dropped:
            content, self._content, self._size = bytes(self._content), bytearray(), 0
            return self._written(self.server.message(content))
        limit = self.server.settings.max_message_size
        if not limit or self._size <= limit:  # of what is too large already, the rest need not be stored
            self._content += line.removeprefix(b".") + b"\n"
            self._size += len(line.removeprefix(b".")) + dropped
        return b""

    def _refused(self, reply: Reply) -> bytes:
        """The session is over, with a last word."""
        self.server.lose()
        return self._written(reply)

    def _written(self, reply: Reply) -> bytes:
        return b"" if self.server.silent else reply.encode()


class ClientChannel:
    """The client's end: steps in, bytes to the server out; bytes from the server in, replies out."""

    def __init__(self, host: str) -> None:
        self.host = host
        self._reader = ReplyReader()
        self._replies: list[Reply] = []
        self._step = Step((), Phase.INITIAL)
        self._awaited = 0

    @property
    def waits_for(self) -> Phase:
        """Which ``Timeout`` limits the wait for the next reply; when it is over, ``end(timed_out(host))``."""
        return self._step.wait(min(len(self._replies), self._awaited - 1))

    def send(self, step: Step, content: bytes = b"") -> bytes:
        """What a step writes; ``content`` is the message it sends, if it does."""
        self._step, self._awaited = step, step.replies
        if step.content:
            return stuffed(b"" if step.empty else content) + b".\r\n"
        return b"".join(_one_line(str(command)) for command in step.commands)

    def receive(self, data: bytes) -> tuple[Reply, ...] | None:
        """Take in what came; give the replies to the last step once they are all there."""
        self._replies += self._reader.feed(data)
        del self._replies[max(self._awaited, MAX_AHEAD) :]
        if len(self._replies) < self._awaited:
            return None
        replies, self._replies = self._replies[: self._awaited], self._replies[self._awaited :]
        return tuple(replies)

    def end(self, missing: Reply | None = None) -> tuple[Reply, ...]:
        """No more is coming, because of ``missing`` (or a broken connection): the replies to the last step."""
        replies = self._replies[: self._awaited]
        replies += [missing or lost(self.host)] * (self._awaited - len(replies))
        return tuple(replies)


def stuffed(content: bytes) -> bytes:
    """A message as it goes on the wire: lines ended by CRLF, dots at their beginning doubled."""
    lines = content.replace(b"\r\n", b"\n").split(b"\n")
    if not lines[-1]:
        lines.pop()
    return b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines)


def _one_line(text: str) -> bytes:
    line = text.replace("\r", " ").replace("\n", " ")
    return as_bytes(line) + b"\r\n"
