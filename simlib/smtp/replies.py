"""Replies of an SMTP server (RFC 5321 section 4.2) with their enhanced status codes (RFC 2034), and their wire form."""

import re
from dataclasses import dataclass

from simlib.errors import WorkbookError
from simlib.message.octets import as_bytes

MAX_LINE = 2048  # sendmail's own line buffer; what is beyond is dropped
MAX_LINES = 512  # the rest of a reply is read and dropped: an endless one must not fill the memory
TIMED_OUT = "4.4.1"  # the enhanced code of what stands for no reply in time
_LINE_END = re.compile(r"[\r\n]")
_ENHANCED = re.compile(r"([245])\.[0-9]{1,3}\.[0-9]{1,3}(?: |\Z)")
_LINE = re.compile(r"([0-9]{3})(?:([ -])(.*))?", re.DOTALL)


class ReplyError(WorkbookError):
    """Something that is not an SMTP reply."""


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Reply:
    """One reply: its code, its lines of text, and its enhanced status code (``""`` where there is none).

    The enhanced code stands once in ``enhanced`` and is written on every line. It is found in the text too:
    ``Reply(550, "5.1.1 User unknown")`` equals ``Reply(550, "User unknown", enhanced="5.1.1")``.

    >>> print(Reply(250, "mx.test Hello", "SIZE"))
    250-mx.test Hello
    250 SIZE
    """

    code: int
    lines: tuple[str, ...]
    enhanced: str

    def __init__(self, code: int, *lines: str, enhanced: str = "") -> None:
        if not 100 <= code <= 599:
            raise ReplyError("{code} is not a reply code: it has three digits, of which the first is 1 to 5", code=code)
        lines = lines or ("",)
        if _LINE_END.search("".join(lines)):
            line = next(line for line in lines if _LINE_END.search(line))
            raise ReplyError(
                "{line!r} is more than one line: give each line of a reply as an argument of its own", line=line
            )
        if enhanced:
            if enhanced[0] != str(code)[0]:
                raise ReplyError(
                    "{enhanced!r} does not go with {code}: both begin with the same digit (RFC 2034)",
                    enhanced=enhanced,
                    code=code,
                )
        elif lines[0][1:2] == ".":
            enhanced, lines = _split_enhanced(code, lines)
        put = object.__setattr__
        put(self, "code", code)
        put(self, "lines", lines)
        put(self, "enhanced", enhanced)

    @classmethod
    def parse(cls, text: str | bytes) -> "Reply":
        """Read one whole reply, of one line or more.

        >>> Reply.parse("550 5.1.1 <u2@one.test>... User unknown")
        Reply(550, '<u2@one.test>... User unknown', enhanced='5.1.1')
        """
        if isinstance(text, str):
            text = as_bytes(text)
        replies = ReplyReader().feed(text.rstrip(b"\r\n") + b"\r\n")
        if len(replies) != 1:
            raise ReplyError(
                "{text!r} is not one reply: write 250-… on all lines but the last, which is 250 …", text=text
            )
        return replies[0]

    @property
    def text(self) -> str:
        """The lines of text, without any code."""
        return "\n".join(self.lines)

    @property
    def positive(self) -> bool:
        """2xx: done."""
        return 200 <= self.code < 300

    @property
    def intermediate(self) -> bool:
        """3xx: go on (354 to DATA)."""
        return 300 <= self.code < 400

    @property
    def transient(self) -> bool:
        """4xx: not now."""
        return 400 <= self.code < 500

    @property
    def permanent(self) -> bool:
        """5xx: never."""
        return self.code >= 500

    def __str__(self) -> str:
        code, enhanced = self.code, f"{self.enhanced} " if self.enhanced else ""
        last = f"{code} {enhanced}{self.lines[-1]}"
        if len(self.lines) == 1:
            return last
        return "\n".join([*(f"{code}-{enhanced}{line}" for line in self.lines[:-1]), last])

    def encode(self) -> bytes:
        """The reply as it goes on the wire, each line ended by CRLF."""
        return as_bytes(str(self).replace("\n", "\r\n") + "\r\n")

    def __repr__(self) -> str:
        enhanced = f", enhanced={self.enhanced!r}" if self.enhanced else ""
        return f"{type(self).__name__}({', '.join([str(self.code), *map(repr, self.lines)])}{enhanced})"


class NoReply(Reply):
    """What a client makes of a reply that never came; sendmail, too, pretends that it was a 421."""

    __slots__ = ()


def lost(host: str) -> NoReply:
    """The connection broke while a reply was awaited from ``host``."""
    return NoReply(421, f"Connection reset by {host}", enhanced="4.4.2")


def timed_out(host: str) -> NoReply:
    """No reply came from ``host`` within the time-out of the phase."""
    return NoReply(421, f"Connection timed out with {host}", enhanced=TIMED_OUT)


def is_silence(reply: Reply) -> bool:
    """Whether a reply stands for none that came in time."""
    return isinstance(reply, NoReply) and reply.enhanced == TIMED_OUT


class ReplyReader:
    """Puts replies together from bytes as they come in, in pieces of any size.

    As in sendmail's client, lines that are no reply are passed over, so are 0xx lines (they only inform), and the code
    is that of the last line.
    """

    def __init__(self) -> None:
        self._rest = b""
        self._lines: list[str] = []

    def feed(self, data: bytes) -> list[Reply]:
        """Take in bytes; give the replies they complete."""
        *lines, rest = (self._rest + data).split(b"\n")
        self._rest = rest[:MAX_LINE]
        replies = []
        for line in lines:
            reply = self._take(line[:MAX_LINE].rstrip(b"\r").decode("utf-8", "surrogateescape"))
            if reply is not None:
                replies.append(reply)
        return replies

    def _take(self, line: str) -> Reply | None:
        match = _LINE.fullmatch(line)
        if match is None or not 100 <= int(match[1]) <= 599:
            return None
        if len(self._lines) < MAX_LINES:
            self._lines.append((match[3] or "").replace("\r", " "))
        if match[2] == "-":
            return None
        lines, self._lines = self._lines, []
        return Reply(int(match[1]), *lines)


def _split_enhanced(code: int, lines: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The enhanced code that the first line begins with, and the lines without it."""
    match = _ENHANCED.match(lines[0])
    if match is None or int(match[1]) != code // 100:
        return "", lines
    enhanced = match[0].rstrip(" ")
    return enhanced, tuple("" if line == enhanced else line.removeprefix(f"{enhanced} ") for line in lines)
