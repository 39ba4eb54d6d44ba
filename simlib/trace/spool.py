"""What the mail queue and the host status look like to an administrator: ``mailq``, qf files, ``hoststat``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from simlib.message.copy import Copy
from simlib.message.envelope import Message
from simlib.message.received import Received, hops
from simlib.trace.clock import Clock
from simlib.units import delay

SEVEN = "7BIT"
OF_THIS_HOST = "c u"  # {daemon_flags} of what begins its way here
SUBSYSTEM = "Mail Delivery Subsystem <MAILER-DAEMON>"  # from whom a notice is
MADE = {"Date": "D", "From": "F", "Message-Id": "M"}  # the mailer flags that want a header line
MARGIN = "\t\t\t\t\t"  # before a recipient in mailq


class _Asked(Protocol):
    @property
    def envid(self) -> str: ...
    @property
    def ret(self) -> str: ...
    @property
    def body(self) -> str: ...


class _Wish(Protocol):
    @property
    def notify(self) -> tuple[str, ...] | None: ...
    @property
    def orcpt(self) -> str: ...


class _Alias(Protocol):
    @property
    def original(self) -> str: ...


class _Recipient(Protocol):
    address: str

    @property
    def alias(self) -> _Alias: ...
    @property
    def wish(self) -> _Wish: ...
    @property
    def status(self) -> str: ...
    @property
    def shown(self) -> str: ...


class Entry(Protocol):
    """What there is to know of a queue entry. Times are whole seconds of the world's clock."""

    qid: str
    directory: str
    created: int
    last_try: int
    tries: int
    priority: int
    precedence: int
    status: str
    warned: bool
    too_large: bool
    quarantined: str
    daemon_flags: str
    sender: str
    typed: str

    @property
    def sender_shown(self) -> str: ...
    @property
    def response(self) -> bool: ...
    @property
    def lacks_body(self) -> bool: ...
    @property
    def body_in_notice(self) -> bool: ...
    @property
    def asked(self) -> _Asked: ...
    @property
    def received(self) -> Received | None: ...
    @property
    def message(self) -> Message: ...
    @property
    def recipients(self) -> Sequence[_Recipient]: ...


class Status(Protocol):
    """What hoststat needs to know of a host's file."""

    @property
    def used(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def reply(self) -> str | None: ...
    @property
    def exit(self) -> int: ...
    @property
    def errno(self) -> int: ...
    @property
    def dsn(self) -> str: ...


def mailq(listed: Sequence[tuple[Entry, str]], directories: Sequence[str], clock: Clock, verbose: bool = False) -> str:
    """The listing of ``mailq``: queue id and mark, size of the body, time of entry, sender, reason, recipients.

    One queue directory after the other.

    ``verbose`` (``mailq -v``): with the priority, ``+`` behind it where a warning was sent, and with what was said of
    one recipient alone.
    """
    parts = [
        _in_directory(one, [(entry, mark) for entry, mark in listed if entry.directory == one], clock, verbose)
        for one in directories
    ]
    return "".join(parts) + f"\t\tTotal requests: {len(listed)}\n"


def _in_directory(directory: str, listed: Sequence[tuple[Entry, str]], clock: Clock, verbose: bool) -> str:
    if not listed:
        return f"{directory} is empty\n"
    plural = "s" if len(listed) > 1 else ""
    head = f"\t\t{directory} ({len(listed)} request{plural})\n"
    if verbose:
        head += "-----Q-ID----- --Size-- -Priority- ---Q-Time--- --------Sender/Recipient--------\n"
    else:
        head += "-----Q-ID----- --Size-- -----Q-Time----- ------------Sender/Recipient-----------\n"
    return head + "".join(_request(entry, mark, clock, verbose) for entry, mark in listed)


def _request(entry: Entry, mark: str, clock: Clock, verbose: bool) -> str:
    when, size = clock.ctime(entry.created)[:16], -1 if entry.lacks_body else entry.message.body_size
    mark = f"{no_body(entry.qid)}\n{mark}" if entry.lacks_body else mark
    if verbose:
        warned = "+" if entry.warned else " "
        lines = [f"{entry.qid}{mark}{size:8d} {entry.priority:10d}{warned}{when[4:]} {entry.sender_shown}"]
    else:
        lines = [f"{entry.qid}{mark}{size:8d} {when} {entry.sender_shown}"]
    if entry.quarantined:
        lines.append(f"     QUARANTINE: {entry.quarantined[:60]}")
    body = _body(entry)
    if body or entry.status:
        lines.append(f"    {body:>10}{f'   ({entry.status[:60]})' if entry.status else ''}")
    for recipient in entry.recipients:
        lines.append(f"{MARGIN}\t{recipient.shown}" if verbose else f"{MARGIN} {recipient.shown}")
        if verbose and recipient.status:
            lines.append(f"\t\t ({recipient.status[:62]})")
    return "\n".join(lines) + "\n"


def no_body(qid: str) -> str:
    """What sendmail says of an entry whose df file is not there [queue.c, readqf]."""
    return f"readqf: cannot open ./df{qid}: No such file or directory"


def _body(entry: Entry) -> str:
    """What MAIL said of the body; a message in which no byte is beyond ASCII has 7 bits, whatever it said."""
    return (entry.asked.body if entry.message.eight_bit else SEVEN) if entry.asked.body else ""


def qf(entry: Entry, clock: Clock) -> str:
    """The control file of a message, ``qf`` and its queue id: one letter a line, ended by a dot.

    ``T`` when it came, ``K`` the last try and ``N`` how many there were, ``P`` the priority, ``B`` what MAIL said of
    the body, ``M`` why it is still here, and before a recipient why he is, ``F`` flags, ``S`` the sender, ``R`` a
    recipient, ``H`` a header. Simplified: no ``I`` line (where the body lies on the disk), and no ``C`` line (with
    whose rights an alias is obeyed).
    """
    headers_only = entry.precedence < 0 or entry.too_large or not entry.body_in_notice
    message = entry.message
    flags = (
        ("w", entry.warned),
        ("r", entry.response),
        ("8", message.eight_bit),
        ("b", any(name.lower() in ("to", "cc") for name, _ in message.headers) and not entry.response),
        ("d", bool(entry.asked.ret)),
        ("n", headers_only),
        ("s", True),
    )
    way = entry.received.way if entry.received else None
    flags_of_daemon = OF_THIS_HOST if entry.response else entry.daemon_flags
    host = way.host if way else ""
    sender = SUBSYSTEM if entry.response else entry.typed or message.sender
    made = Copy(replace(message, sender=sender), entry.received).missing(clock)
    lines = [
        "V8",
        f"T{clock.unix(entry.created)}",
        f"K{clock.unix(entry.last_try) if entry.tries else 0}",
        f"N{entry.tries}",
        f"P{entry.priority}",
        *([f"B{_body(entry)}"] if _body(entry) else []),
        *([f"M{entry.status}"] if entry.status else []),
        "F" + "".join(letter for letter, holds in flags if holds),
        f"$_{way.identity if way else 'root@localhost'}",
        *([f"$r{way.protocol}"] if way and (way.protocol or entry.response) else []),
        *([f"$s{way.hello}"] if way and way.hello else []),
        *([f"${{daemon_flags}}{flags_of_daemon}"] if flags_of_daemon else []),
        f"S{entry.sender_shown}",
        *([f"Z{entry.asked.envid}"] if entry.asked.envid else []),
        *([f"A{_whole(entry.sender, host)}"] if entry.typed and entry.sender and not entry.response else []),
        *(line for recipient in entry.recipients for line in _recipient_lines(recipient, host, entry.response)),
        "H?P?Return-Path: <$g>",
        *(f"H??{hop.text(clock.rfc822(hop.time))}" for hop in hops(entry.received)),
        *(f"H?{MADE[line.partition(':')[0]]}?{line}" for line in made),
        *(f"H??{name}:{value}" for name, value in message.headers),
        ".",
    ]
    return "\n".join(lines) + "\n"


def _whole(address: str, host: str) -> str:
    return address if "@" in address or not host else f"{address}@{host}"


def _recipient_lines(recipient: _Recipient, host: str, is_of_notice: bool) -> list[str]:
    """P: it came in the envelope; N: with NOTIFY; S, F, D: tell of success, failure, delay; A: it is of an alias."""
    default = ("FAILURE",) if is_of_notice else ("FAILURE", "DELAY")
    notify = default if recipient.wish.notify is None else recipient.wish.notify
    aliased = recipient.alias.original
    flags = "P" * (not aliased) + "N" * (recipient.wish.notify is not None)
    flags += "".join(word[0] for word in ("SUCCESS", "FAILURE", "DELAY") if word in notify) + "A" * bool(aliased)
    held = [f"M{recipient.status}"] if recipient.status else []
    original = [f"Q{recipient.wish.orcpt}"] if recipient.wish.orcpt else []
    return [*held, *original, f"rRFC822; {_whole(aliased or recipient.address, host)}", f"R{flags}:{recipient.shown}"]


def hoststat(files: Mapping[str, Status], locks: Iterable[str], now: int) -> str:
    """The listing of ``hoststat``: each host, how long ago, and what came of it; ``*`` where a process holds it.

    Where nothing is known of any host there is not even a heading. Simplified: in order of the names.
    """
    if not files:
        return ""
    held = set(locks)
    head = " -------------- Hostname --------------- How long ago ---------Results---------\n"
    lines = [
        f"{'*' if host in held else ' '}{host[:39]:<39} {_ago(now - status.used):>12} {_result(status)}".rstrip()
        for host, status in sorted(files.items())
    ]
    return head + "".join(f"{line}\n" for line in lines)


def _ago(span: int) -> str:
    return delay(span).rjust(8)


def _result(status: Status) -> str:
    if status.exit == 0:
        return (status.reply or "OK")[:25]
    if status.reply is not None:
        return status.reply[:25]
    return f"Deferred: {status.text}"[:25]


def status_file(status: Status, unix_used: int) -> str:
    """What a host's file under HostStatusDirectory holds: one letter a line, ended by a dot."""
    lines = ["V0", f"E{status.errno}", "H0", f"S{int(status.exit)}"]
    if status.dsn:
        lines.append(f"D{status.dsn[:80]}")
    if status.reply is not None:
        lines.append(f"R{status.reply[:80]}")
    return "\n".join([*lines, f"U{unix_used}", "."]) + "\n"
