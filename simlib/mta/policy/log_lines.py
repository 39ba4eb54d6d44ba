"""What sendmail writes into the mail log, all of it [deliver.c, envelope.c, srvrsmtp.c, daemon.c, queue.c].

Lines that tell of a message are many: they are kept as their parts and become text when somebody reads them. The others
are texts at once; those of a session stand behind its queue id. Each knows the LogLevel from which on it is written, as
cases with the real one show it, or sendmail's sources where there is none.
"""

from collections.abc import Sequence
from typing import NamedTuple

from simlib.message.copy import Dates, made_message_id
from simlib.message.received import HANDED_IN_BY, Received, Way, first
from simlib.mta.policy.client_name import FORGED_NAME
from simlib.mta.policy.queue_entry import shown_priority
from simlib.units import delay

NO_QUEUE = "NOQUEUE"  # stands for the queue id where nothing is under way
LONGEST_WORDS, _LEFT_OUT = 203, "..."  # characters
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\\": "\\\\"}


class Said(str):
    """A line that is a text; ``level``: the LogLevel from which on it is written."""

    __slots__ = ("level",)
    level: int

    def __new__(cls, level: int, text: str) -> "Said":
        """Make one of its text."""
        made = super().__new__(cls, text)
        made.level = level
        return made


class Taken(NamedTuple):
    """A message has come; the first host on its way made its Message-Id, if it had none. ``body`` is BODY= of MAIL."""

    dates: Dates
    size: int
    received: Received
    sender: str
    precedence: int
    recipients: int
    message_id: str = ""
    body: str = ""

    @property
    def level(self) -> int:
        """The LogLevel from which on it is written."""
        return 5

    def __str__(self) -> str:
        named = self.message_id or made_message_id(first(self.received), self.dates)
        by = _source(self.received.way)
        known = named_sender(self.sender, self.size, self.precedence, self.recipients, by, self.body, named)
        return f"{self.received.qid}: {known}"


class Queued(NamedTuple):
    """It is not tried at once; ``to``: who waits, as the log writes him."""

    qid: str
    to: str
    mailer: str
    priority: int
    dsn: str = ""  # where something was found out before

    @property
    def level(self) -> int:
        """The LogLevel from which on it is written."""
        return 9

    def __str__(self) -> str:
        waits = f"delay={delay(0)}, mailer={self.mailer}, pri={shown_priority(self.priority)}"
        return f"{self.qid}: to={self.to}, {waits}{f', dsn={self.dsn}' if self.dsn else ''}, stat=queued"


class Refused(NamedTuple):
    """It is not taken at all."""

    qid: str
    to: str
    priority: int
    words: str

    @property
    def level(self) -> int:
        """The LogLevel from which on it is written."""
        return 9

    def __str__(self) -> str:
        waits = f"delay={delay(0)}, pri={shown_priority(self.priority)}"
        return _escaped(f"{self.qid}: to={self.to}, {waits}, stat={self.words}")


class Tried(NamedTuple):
    """It was tried; ``to``: those who fared alike. It has ``waited`` since it came, and the attempt ``took``, in s."""

    qid: str
    to: str
    waited: float
    took: float
    mailer: str
    priority: int
    relay: str
    dsn: str
    reply: str
    stat: str

    @property
    def level(self) -> int:
        """The LogLevel from which on it is written: what failed for good is told of first."""
        return {"2": 8, "4": 9}.get(self.dsn[:1], 7)

    def __str__(self) -> str:
        by = f", relay={self.relay}" if self.relay else ""
        said = f", reply={self.reply}" if self.reply else ""
        return (
            f"{self.qid}: to={self.to}, delay={delay(self.waited)}, xdelay={delay(self.took)}, mailer={self.mailer}, "
            f"pri={shown_priority(self.priority)}{by}, dsn={self.dsn}{said}, stat={self.stat}"
        )


def nobody(qid: str, to: str, relay: str) -> Said:
    """Who types named a user who is nobody here: it is not tried at all."""
    refused = "dsn=5.1.1, reply=550 5.1.1 User unknown, stat=User unknown"
    if relay:  # there the real one leaves the comma out
        return Said(7, f"{qid}: to={to} delay={delay(0)}, mailer=local, pri=0, relay={relay}, {refused}")
    return Said(7, f"{qid}: to={to}, delay={delay(0)}, mailer=local, pri=0, {refused}")


def named_sender(
    sender: str, size: int, precedence: int, recipients: int, source: str, body: str = "", message_id: str = ""
) -> Said:
    """Of a sender as he is written, whether or not his message has come; ``source``: by which way it came."""
    known = "".join(f", {key}={value}" for key, value in (("msgid", message_id), ("bodytype", body)) if value)
    return Said(5, f"from={sender}, size={size}, class={precedence}, nrcpts={recipients}{known}, {source}")


def by_smtp(protocol: str, client: str, daemon: str) -> str:
    """The way of what a client brought."""
    return f"proto={protocol}, daemon={daemon}, relay={client}"


def too_large(size: int, limit: int) -> Said:
    """It is larger than MaxMessageSize."""
    return Said(7, f"message size ({size}) exceeds maximum ({limit})")


def authentication_warning(qid: str, host: str, text: str) -> Said:
    """Nobody vouches for its sender."""
    return Said(4, f"{qid}: Authentication-Warning: {host}: {text}")


def of_message(qid: str, said: Said) -> Said:
    """Something about a message, or about a session that has none yet, behind its queue id."""
    return Said(said.level, f"{qid}: {said}")


def refused_command(words: str) -> Said:
    """A RCPT that cannot be read, or whose recipient is not taken."""
    return Said(4, words)


def forward_failed(path: str, why: str, transient: bool = False) -> Said:
    """A .forward that is not believed, or cannot be opened just now."""
    return Said(3, f"forward {path}: {'transient error: ' if transient else ''}{why}")


def include_failed(path: str, why: str) -> Said:
    """A list that cannot be opened just now."""
    return Said(3, f"include {path}: transient error: {why}")


def nowhere_to_listen(file: str, line: int, name: str) -> Said:
    """DaemonPortOptions names an address that cannot be looked up."""
    return syserr(f'{file}: line {line}: host "{name}" unknown')


def truncated(header: str, length: int, parameter: bool) -> Said:
    """A MIME header, or a parameter of it, that was longer than MaxMimeHeaderLength."""
    if parameter:
        return Said(0, f"Truncated MIME {header} header due to field size (length = {length}) (possible attack)")
    return Said(0, f"Truncated long MIME {header} header (length = {length}) (possible attack)")


def dead_letter(path: str) -> Said:
    """A notice that nobody could be given is in a file."""
    return Said(4, f"Saved message in {path}")


def notice(qid: str, own: str, kind: str, words: str) -> Said:
    """A notice about a message, under its ``own`` queue id, and why it is sent; it has no line with ``from=``."""
    return Said(6, f"{qid}: {own}: {kind}: {_shortened(words)}")


def clone(qid: str, own: str, owner: str) -> Said:
    """The members of a list with an owner get an entry of their ``own``."""
    return Said(5, f"{qid}: {own}: clone: owner={owner}")


def syserr(words: str, qid: str = NO_QUEUE) -> Said:
    """Something is wrong with this host."""
    return Said(1, f"{qid}: SYSERR(root): {words}")


def loop_broken(depth: int, most: int) -> Said:
    """Too many aliases lead to an address [recipient.c]."""
    return Said(0, f"aliasing/forwarding loop broken:  ({depth} aliases deep; {most} max)")


def silence(host: str, during: str) -> Said:
    """A server did not answer in time; ``during`` is what was awaited."""
    return Said(0, f"timeout waiting for input from {host} during client {during}")


def ruleset_says(rule_set: str, arguments: Sequence[str], relay: str, what: str) -> Said:
    """What a rule set has to say: ``reject=550 …``, ``discard``, ``quarantine=…``."""
    named = "".join(f"arg{number}={one}, " for number, one in enumerate(arguments, 1))
    return Said(4, _escaped(f"ruleset={rule_set.removeprefix('+')}, {named}relay={relay}, {what}"))


def _shortened(words: str) -> str:
    """What is too long for a line loses its middle."""
    half = (LONGEST_WORDS - len(_LEFT_OUT)) // 2
    return words if len(words) <= LONGEST_WORDS else f"{words[:half]}{_LEFT_OUT}{words[-half:]}"


def _escaped(text: str) -> str:
    """Without control characters, which syslog would take for something else."""
    if text.isprintable() and "\\" not in text:
        return text
    return "".join(_ESCAPES.get(char) or (f"\\{ord(char):03o}" if char < " " else char) for char in text)


DISCARDED = Said(5, "discarded")


def inquiry(client: str, command: str, allowed: bool) -> Said:
    """Somebody asks with VRFY or EXPN, or for a queue run."""
    return Said(6, f"{client}: {command}{'' if allowed else ' [rejected]'}")


def possible_attack(client: str, command: str, count: int) -> Said:
    """So many commands that are no mail."""
    return Said(6, f"{client}: possible SMTP attack: command={command}, count={count}")


def recipient_flood(client: str) -> Said:
    """So many recipients that were refused."""
    return Said(6, f"{client}: Possible SMTP RCPT flood, throttling.")


def input_too_long(client: str, length: int) -> Said:
    """A command line longer than any may be."""
    return Said(0, f"{client}: SMTP violation, input too long: {length}")


def nothing_asked(client: str, daemon: str) -> Said:
    """Somebody came and went."""
    return Said(6, f"{client} did not issue MAIL/EXPN/VRFY/ETRN during connection to {daemon}")


def lost_input(client: str, daemon: str, after: str) -> Said:
    """A client is gone without QUIT."""
    return Said(2, f"lost input channel from {client} to {daemon} after {after.lower() or 'startup'}")


def lost_message(relay: str, sender: str) -> tuple[Said, Said]:
    """A client is gone in the midst of a message."""
    return (
        Said(2, "collect: premature EOM: unexpected close"),
        Said(1, f"collect: relay={relay}, from=<{sender}>, info=unexpected close"),
    )


def daemon_starts(version: str, every: float | None) -> Said:
    """``sendmail -bd``, and the interval of its queue runs in seconds."""
    does = "SMTP" if every is None else f"SMTP+queueing@{delay(every)}"
    return Said(0, f"starting daemon ({version}): {does}")


def daemon_rejects(daemon: str, load: int) -> Said:
    """Its port is closed; ``ps`` shows the same."""
    return Said(9, f"rejecting connections on daemon {daemon}: load average: {load}")


DAEMON_RESTARTS = Said(4, "restarting /usr/sbin/sendmail due to signal")


def port_is_taken(daemon: str) -> tuple[Said, Said]:
    """Another program listens there already."""
    return (
        syserr(f"opendaemonsocket: daemon {daemon}: cannot bind: Address already in use"),
        Said(1, f"daemon {daemon}: problem creating SMTP socket"),
    )


def unqualified(short: str) -> Said:
    """It does not find its own full name, and sleeps."""
    return Said(0, f"My unqualified host name ({short}) unknown; sleeping for retry")


def stays_unqualified(short: str) -> Said:
    """It has not found it after that either."""
    return Said(0, f"unable to qualify my own domain name ({short}) -- using short name")


RUN_SKIPPED = Said(9, "runqueue: Skipping queue run -- load average too high")


def run_maxed_out(directory: str, most: int) -> Said:
    """More entries than MaxQueueRunSize."""
    return Said(1, f"WorkList for {directory} maxed out at {most}")


def smrsh(complaint: str) -> Said:
    """The restricted shell does not run a command."""
    return Said(0, f"smrsh: uid 1: {complaint}")


def _source(by: Way) -> str:
    """By which way it came: from a client, by the hand of a user, or from sendmail itself, which is root."""
    if by.identity.endswith(("]", FORGED_NAME)):
        return by_smtp(by.protocol, by.identity, by.daemon)
    return f"relay={by.identity if '@' in by.identity else HANDED_IN_BY}"


Worded = Said | Taken | Queued | Refused | Tried  # a line of the log
