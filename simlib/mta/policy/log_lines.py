"""What sendmail writes into the mail log, all of it [deliver.c, envelope.c, srvrsmtp.c, daemon.c, queue.c].

Lines that tell of a message are many: they are kept as their parts and become text when somebody reads them. The others
are texts at once; those of a session stand behind its queue id.
"""

from typing import NamedTuple

from simlib.message.copy import Dates, made_message_id
from simlib.message.received import HANDED_IN_BY, Received, Way, first
from simlib.mta.policy.client_name import FORGED_NAME
from simlib.mta.policy.queue_entry import shown_priority
from simlib.units import delay


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

    def __str__(self) -> str:
        waits = f"delay={delay(0)}, mailer={self.mailer}, pri={shown_priority(self.priority)}"
        return f"{self.qid}: to={self.to}, {waits}, stat=queued"


class Refused(NamedTuple):
    """It is not taken at all."""

    qid: str
    address: str
    priority: int
    words: str

    def __str__(self) -> str:
        waits = f"delay={delay(0)}, pri={shown_priority(self.priority)}"
        return f"{self.qid}: to=<{self.address}>, {waits}, stat={self.words}"


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

    def __str__(self) -> str:
        by = f", relay={self.relay}" if self.relay else ""
        said = f", reply={self.reply}" if self.reply else ""
        return (
            f"{self.qid}: to={self.to}, delay={delay(self.waited)}, xdelay={delay(self.took)}, mailer={self.mailer}, "
            f"pri={shown_priority(self.priority)}{by}, dsn={self.dsn}{said}, stat={self.stat}"
        )


def named_sender(
    sender: str, size: int, precedence: int, recipients: int, source: str, body: str = "", message_id: str = ""
) -> str:
    """Of a sender, whether or not his message has come; ``source``: by which way it came."""
    known = "".join(f", {key}={value}" for key, value in (("msgid", message_id), ("bodytype", body)) if value)
    return f"from=<{sender}>, size={size}, class={precedence}, nrcpts={recipients}{known}, {source}"


def by_smtp(protocol: str, client: str) -> str:
    """The way of what a client brought."""
    return f"proto={protocol}, daemon=MTA, relay={client}"


def too_large(size: int, limit: int) -> str:
    """It is larger than MaxMessageSize."""
    return f"message size ({size}) exceeds maximum ({limit})"


def authentication_warning(qid: str, host: str, text: str) -> str:
    """Nobody vouches for its sender."""
    return f"{qid}: Authentication-Warning: {host}: {text}"


def of_message(qid: str, text: str) -> str:
    """Something about a message, or about a session that has none yet, behind its queue id."""
    return f"{qid}: {text}"


def forward_failed(path: str, why: str, transient: bool = False) -> str:
    """A .forward that is not believed, or cannot be opened just now."""
    return f"forward {path}: {'transient error: ' if transient else ''}{why}"


def include_failed(path: str, why: str) -> str:
    """A list that cannot be opened just now."""
    return f"include {path}: transient error: {why}"


def nowhere_to_listen(file: str, line: int, name: str) -> str:
    """DaemonPortOptions names an address that cannot be looked up."""
    return syserr(f'{file}: line {line}: host "{name}" unknown')


def clone(qid: str, owner: str) -> str:
    """The members of a list with an owner get an entry of their own."""
    return f"{qid}: clone: owner={owner}"


def syserr(words: str, qid: str = "NOQUEUE") -> str:
    """Something is wrong with this host."""
    return f"{qid}: SYSERR(root): {words}"


def ruleset_rejects(rule_set: str, argument: str, relay: str, reply: object) -> str:
    """A rule set says no."""
    return f"ruleset={rule_set}, arg1={argument}, relay={relay}, reject={reply}"


def inquiry(client: str, command: str, allowed: bool) -> str:
    """Somebody asks with VRFY or EXPN, or for a queue run."""
    return f"{client}: {command}{'' if allowed else ' [rejected]'}"


def possible_attack(client: str, command: str, count: int) -> str:
    """So many commands that are no mail."""
    return f"{client}: possible SMTP attack: command={command}, count={count}"


def recipient_flood(client: str) -> str:
    """So many recipients that were refused."""
    return f"{client}: Possible SMTP RCPT flood, throttling."


def input_too_long(client: str, length: int) -> str:
    """A command line longer than any may be."""
    return f"{client}: SMTP violation, input too long: {length}"


def nothing_asked(client: str) -> str:
    """Somebody came and went."""
    return f"{client} did not issue MAIL/EXPN/VRFY/ETRN during connection to MTA"


def lost_input(client: str, after: str) -> str:
    """A client is gone without QUIT."""
    return f"lost input channel from {client} to MTA after {after.lower() or 'startup'}"


def lost_message(relay: str, sender: str) -> tuple[str, str]:
    """A client is gone in the midst of a message."""
    return (
        "collect: premature EOM: unexpected close",
        f"collect: relay={relay}, from=<{sender}>, info=unexpected close",
    )


def daemon_starts(version: str, every: float | None) -> str:
    """``sendmail -bd``, and the interval of its queue runs in seconds."""
    does = "SMTP" if every is None else f"SMTP+queueing@{delay(every)}"
    return f"starting daemon ({version}): {does}"


def daemon_rejects(load: int) -> str:
    """Its port is closed; ``ps`` shows the same."""
    return f"rejecting connections on daemon MTA: load average: {load}"


DAEMON_RESTARTS = "restarting /usr/sbin/sendmail due to signal"
PORT_IS_TAKEN = (
    syserr("opendaemonsocket: daemon MTA: cannot bind: Address already in use"),
    "daemon MTA: problem creating SMTP socket",
)


def unqualified(short: str) -> str:
    """It does not find its own full name, and sleeps."""
    return f"My unqualified host name ({short}) unknown; sleeping for retry"


def stays_unqualified(short: str) -> str:
    """It has not found it after that either."""
    return f"unable to qualify my own domain name ({short}) -- using short name"


RUN_SKIPPED = "runqueue: Skipping queue run -- load average too high"


def run_maxed_out(directory: str, most: int) -> str:
    """More entries than MaxQueueRunSize."""
    return f"WorkList for {directory} maxed out at {most}"


def smrsh(complaint: str) -> str:
    """The restricted shell does not run a command."""
    return f"smrsh: uid 1: {complaint}"


def _source(by: Way) -> str:
    """By which way it came: from a client, by the hand of a user, or from sendmail itself, which is root."""
    if by.identity.endswith(("]", FORGED_NAME)):
        return by_smtp(by.protocol, by.identity)
    return f"relay={by.identity if '@' in by.identity else HANDED_IN_BY}"
