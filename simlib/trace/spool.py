"""What the mail queue and the host status look like to an administrator: ``mailq`` and ``hoststat``."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from simlib.trace.clock import Clock
from simlib.units import delay

QUEUE_DIRECTORY = "/var/spool/mqueue"


class _Recipient(Protocol):
    address: str


class _Message(Protocol):
    @property
    def size(self) -> int: ...


class Entry(Protocol):
    """What mailq needs to know of a queue entry."""

    qid: str
    sender: str
    created: int
    status: str
    locked: bool

    @property
    def message(self) -> _Message: ...
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


def mailq(entries: Iterable[Entry], clock: Clock) -> str:
    """The listing of ``mailq``: queue id (``*``: being worked on), size, time of entry, sender, reason, recipients.

    Simplified: the size is that of the whole message, where sendmail gives that of its body.
    """
    listed = list(entries)
    if not listed:
        return f"{QUEUE_DIRECTORY} is empty\n\t\tTotal requests: 0\n"
    plural = "s" if len(listed) > 1 else ""
    head = f"\t\t{QUEUE_DIRECTORY} ({len(listed)} request{plural})\n"
    head += "-----Q-ID----- --Size-- -----Q-Time----- ------------Sender/Recipient-----------\n"
    return head + "".join(_request(entry, clock) for entry in listed) + f"\t\tTotal requests: {len(listed)}\n"


def _request(entry: Entry, clock: Clock) -> str:
    mark = "*" if entry.locked else " "
    when = clock.ctime(entry.created)[:16]
    lines = [f"{entry.qid}{mark}{entry.message.size:8d} {when} <{entry.sender}>"]
    if entry.status:
        lines.append(f"{'':17}({entry.status[:60]})")
    lines += [f"\t\t\t\t\t <{recipient.address}>" for recipient in entry.recipients]
    return "\n".join(lines) + "\n"


def hoststat(files: dict[str, Status], locks: Iterable[str], now: int) -> str:
    """The listing of ``hoststat``: each host, how long ago, and what came of it; ``*`` where a process holds it."""
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
    lines = ["V0", f"E{status.errno}", "H0", f"S{int(status.exit)}", f"D{status.dsn[:80]}"]
    if status.reply is not None:
        lines.append(f"R{status.reply[:80]}")
    return "\n".join([*lines, f"U{unix_used}", "."]) + "\n"
