"""Odd SMTP servers, as data: what they answer, where they fall silent, hang up or dawdle."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from types import NoneType
from typing import Literal, cast, get_args

from simlib.errors import WorkbookError
from simlib.message.comments import has_comments
from simlib.message.header import Headers, read
from simlib.smtp.commands import Command, Mail, Rcpt
from simlib.smtp.receiver import Receiver
from simlib.smtp.replies import NoReply, Reply, lost, timed_out
from simlib.smtp.server import Server, State
from simlib.smtp.settings import ServerSettings
from simlib.units import UnitError, seconds

DOT = "."  # stands for the final dot where a verb is named
Place = Literal[
    "HELO", "EHLO", "RSET", "NOOP", "QUIT", "VRFY", "EXPN", "ETRN", "VERB", "HELP", "MAIL", "RCPT", "DATA", ".",
    "greeting", "connect",
]  # fmt: skip
PLACES: tuple[Place, ...] = get_args(Place)

COMMENTS = Reply(554, "5.6.0 Comments in addresses are not understood here")
ILLEGAL = Reply(553, "5.1.3 Illegal characters in address")


class QuirksError(WorkbookError):
    """Quirks that cannot be acted out."""


@dataclass(frozen=True)
class Quirks:
    """How a server differs from a well-behaved one. A place is a verb, ``"."`` (the final dot) or ``"greeting"``.

    ``replies``: what it says at a verb or dot instead: one reply for every time, or a list with one for each time, of
    which the last holds on; None in the list is the usual answer. The times are counted over the session, those of RCPT
    over a transaction: ``{"RCPT": [None, Reply(452, "One recipient at a time")]}`` takes one recipient a message.

    A reply of 421 is its last: it hangs up. ``close_after``: hangs up after its reply at that place (``"connect"``: at
    once, without a greeting). ``silent_at``: says nothing from there on. ``delays``: how long an answer takes at each
    place. ``greeting``: its greeting, of two lines perhaps. ``extensions``: all that it offers. ``hello_only``: an old
    server that does not know EHLO.

    ``hangs_after``: after so many messages on a connection it says nothing more (0: it can go on). ``no_comments``: it
    refuses a message with comments in the addresses of its header. ``refused_characters``: an address with one of them
    is none. ``one_line_replies``: as a client it takes each line for a whole reply.
    ``greylisting``: to whom it has not met with this sender and this recipient it says 450 at RCPT, until so much time
    has passed since the first time (RFC 6647); only a peer of a world has the clock for it.
    """

    greeting: Reply | None = None
    replies: Mapping[Place, Reply | Sequence[Reply | None]] = field(default_factory=dict)
    close_after: Place | Literal[""] = ""
    silent_at: Place | Literal[""] = ""
    extensions: frozenset[str] | None = None
    hello_only: bool = False
    delays: Mapping[Place, str | float] = field(default_factory=dict)
    hangs_after: int = 0
    no_comments: bool = False
    refused_characters: str = ""
    one_line_replies: bool = False
    greylisting: str | float = 0

    def __post_init__(self) -> None:
        places = [*self.replies, *self.delays, *filter(None, (self.close_after, self.silent_at))]
        for place in places:
            if place not in PLACES:
                raise QuirksError(
                    "{place!r} is no place in an SMTP session; there are: {them}", place=place, them=", ".join(PLACES)
                )
        for said in (self.greeting, *(one for held in self.replies.values() for one in _each(held))):
            if not isinstance(said, (Reply, NoneType)):
                raise QuirksError("{said!r} is no reply: write Reply(450, 'busy')", said=said)
        if self.extensions is not None and not isinstance(self.extensions, (set, frozenset)):
            raise QuirksError(
                "extensions={extensions!r}: write a set, such as frozenset({{'SIZE'}})", extensions=self.extensions
            )
        if not isinstance(self.hangs_after, int) or self.hangs_after < 0:
            raise QuirksError(
                "hangs_after={hangs_after!r}: how many messages, or 0 for any number", hangs_after=self.hangs_after
            )
        if not isinstance(self.refused_characters, str):
            raise QuirksError(
                "refused_characters={refused_characters!r}: write them as a text, such as '+%'",
                refused_characters=self.refused_characters,
            )
        try:
            object.__setattr__(self, "delays", {place: seconds(delay) for place, delay in self.delays.items()})
            object.__setattr__(self, "greylisting", seconds(self.greylisting))
        except UnitError as wrong:
            raise QuirksError(
                "delays={delays!r}, greylisting={greylisting!r}: {wrong}",
                delays=self.delays,
                greylisting=self.greylisting,
                wrong=wrong,
            ) from None

    def __repr__(self) -> str:
        said = [f"{one.name}={value!r}" for one in fields(self) if (value := getattr(self, one.name)) != one.default]
        return f"Quirks({', '.join(one for one in said if not one.endswith('={}'))})"

    def reply(self, place: str, times: int) -> Reply | None:
        """What it says at a place for the ``times``-th time (from 0); None: the usual."""
        said = self.replies.get(cast(Place, place))
        if said is None or isinstance(said, Reply):
            return said
        return said[min(times, len(said) - 1)] if said else None


NONE = Quirks()


class OddServer(Server):
    """A server with quirks.

    Where it says nothing, ``silent`` is set and what it gives back is what the client will make of that: a broken
    connection if it has hung up (``closed``), else a time-out.
    """

    def __init__(
        self, quirks: Quirks, settings: ServerSettings, receiver: Receiver | None = None, client: str = "localhost"
    ) -> None:
        if quirks.extensions is not None:
            settings = replace(settings, extensions=quirks.extensions)
        super().__init__(settings, receiver, client)
        self.quirks = quirks
        self._times: Counter[str] = Counter()
        self._accepted = 0  # messages

    def greet(self) -> Reply:
        if self.quirks.close_after == "connect":
            return self._hang_up()
        usual = Reply(220, f"{self.settings.host} SMTP") if self.quirks.hello_only else super().greet()
        return self._say("greeting", self.quirks.greeting or usual)

    def command(self, command: Command) -> Reply:
        if self.silent or self.closed:
            return self._nothing()
        verb = command.verb
        if verb == "MAIL":
            self._times["RCPT"] = 0
            if 0 < self.quirks.hangs_after <= self._accepted:
                return self._nothing()
        odd = self._odd(verb) or self._illegal(command)
        if odd is None and verb == "EHLO" and self.quirks.hello_only:
            odd = Reply(500, f'5.5.1 Command unrecognized: "{command}"')
        if odd is not None and odd.intermediate and verb == "DATA":
            self.state = State.DATA  # even if there is nobody to receive the message
        elif odd is None or (odd.positive and verb != "DATA"):
            usual = super().command(command)
            return self._say(verb, odd or usual)
        return self._say(verb, odd)

    def message(self, content: object) -> Reply:
        if self.silent or self.closed:
            return self._nothing()
        odd = self._odd(DOT)
        if odd is None and self.quirks.no_comments and has_comments(_headers(content)):
            odd = COMMENTS
        if odd is not None and not odd.positive:
            self._end_transaction()
            return self._say(DOT, odd)
        usual = super().message(content)
        self._accepted += usual.positive
        return self._say(DOT, odd if odd is not None and usual.positive else usual)

    def _illegal(self, command: Command) -> Reply | None:
        address = (
            command.sender if isinstance(command, Mail) else command.recipient if isinstance(command, Rcpt) else ""
        )
        return ILLEGAL if any(one in address for one in self.quirks.refused_characters) else None

    def _odd(self, place: str) -> Reply | None:
        times = self._times[place]
        self._times[place] += 1
        return self.quirks.reply(place, times)

    def _say(self, place: str, reply: Reply) -> Reply:
        self.delay = float(self.quirks.delays.get(cast(Place, place), 0.0))
        if place == self.quirks.silent_at:
            self.silent = True
            return self._nothing()
        if place == self.quirks.close_after or reply.code == 421:
            self.lose()
        return reply

    def _hang_up(self) -> Reply:
        self.lose()
        return self._nothing()

    def _nothing(self) -> NoReply:
        self.silent = True
        return lost(self.settings.host) if self.closed else timed_out(self.settings.host)


def _each(said: object) -> Sequence[object]:
    return said if isinstance(said, (list, tuple)) else (said,)


def server_with(quirks: Quirks, settings: ServerSettings, receiver: Receiver, client: str) -> Server:
    """A server with those quirks; a plain one, which is quicker, if there are none."""
    if quirks == NONE:
        return Server(settings, receiver, client)
    return OddServer(quirks, settings, receiver, client)


def _headers(content: object) -> Headers:
    """The header of what was sent: of bytes (with CRLF or LF), or of whatever has ``headers``."""
    if isinstance(content, (bytes, bytearray)):
        return read(bytes(content).replace(b"\r\n", b"\n"))[0]
    held: Headers = getattr(content, "headers", ())
    return held
