"""Programs that are given mail: delivery agents, and what a .forward or an alias names (slide claims 01.1-01.4).

A program is told apart by how it writes, locks and ends. Exit statuses are those of ``sysexits.h``.
"""

from collections.abc import Mapping
from posixpath import basename
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

Lock = Literal["none", "weak", "dot-lock", "lockd"]
LOCKS: tuple[Lock, ...] = get_args(Lock)
NO_LOCK, WEAK, DOT_LOCK, LOCKD = LOCKS
EX_OK, EX_NOUSER, EX_UNAVAILABLE, EX_TEMPFAIL, EX_CANTCREAT = 0, 67, 69, 75, 73
NOT_FOUND, NOT_RUN = 127, 126  # how a shell ends for a command that is not there, and for one that cannot be run


class Agent(NamedTuple):
    """A program that appends mail to mailboxes.

    ``checks_writes``: whether it looks at what ``write()`` gives back; if not, what did not fit is lost and it ends
    with 0. ``on_full``: how it ends when a disk or a quota is full and it has noticed. ``uses_tmp``: it copies the
    message to ``/tmp`` first. ``lock``: ``dot-lock`` (a lock file made in one step), ``lockd`` (the kernel's lock, over
    NFS by lockd), ``weak`` (it looks whether there is a lock file and makes one a moment later), or ``none``.
    ``seconds``: how long it runs.
    """

    checks_writes: bool = True
    on_full: int = EX_TEMPFAIL
    uses_tmp: bool = False
    lock: Lock = DOT_LOCK
    seconds: float = 0.02


class Command(NamedTuple):
    """A program in a .forward or an alias: how it ends, and for how long it runs."""

    status: int = EX_OK
    seconds: float = 0.02


Program = Agent | Command

# what systems come with, by the last part of the path
STOCK: Mapping[str, Program] = MappingProxyType(
    {
        "binmail": Agent(checks_writes=False, uses_tmp=True, lock=WEAK),  # /bin/mail as it was of old
        "mail": Agent(uses_tmp=True),  # as it is called today: some delivery agent that does its work well
        "mail.local": Agent(uses_tmp=True),
        "procmail": Agent(on_full=EX_CANTCREAT),  # with -t: EX_TEMPFAIL
        "cat": Command(),
        "sh": Command(),
        "vacation": Command(),
        "slocal": Command(),
        "true": Command(),
        "false": Command(status=1),
    }
)


def stock_program(path: str) -> Program | None:
    """The program that systems have under such a name."""
    return STOCK.get(basename(path))
