"""An agent at a mailbox: lock it, find its end, write, look whether all was written (slide claims 01.2-01.5)."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from simlib.message.copy import Copy
from simlib.message.envelope import MAILER_DAEMON
from simlib.mta.process.process import SendmailProcess
from simlib.site.mail_file import MailFile
from simlib.site.programs import DOT_LOCK, EX_NOUSER, EX_OK, EX_TEMPFAIL, LOCKD, NO_LOCK, WEAK, Agent
from simlib.site.steps import Steps
from simlib.site.tree import WORDS, Node
from simlib.trace.clock import Clock
from simlib.trace.ledger import Account
from simlib.trace.places import MAILBOXES

WEAK_MOMENT = 0.005  # s between looking for a lock file and making one, in an agent that does it in two steps
LOCK_TRIES, LOCK_PAUSE = 30, 1.0  # how often an agent asks for a lock, and the s in between


class Done(NamedTuple):
    """How it went: the exit status, what the system said if it went wrong, and whether mail was lost all the same."""

    status: int
    words: str = ""
    lost: bool = False


@dataclass(slots=True, eq=False)
class Letter:
    """A message as it stands in a mailbox file (mboxo): ``From_`` line, message, empty line.

    An agent on ``host`` wanted to write it at ``asked``, and wrote it from ``began`` to ``ended`` (s), from the byte
    ``place`` on.
    """

    copy: Copy
    account: Account
    sender: str
    time: float  # s
    length: int = 0
    spoiled: bool = False
    host: str = ""
    place: int = 0
    asked: float = 0.0
    began: float = 0.0
    ended: float = 0.0

    def measure(self, dates: Clock) -> None:
        """Work out its length."""
        self.length = len(self._from_line(dates)) + _length(self.copy, dates) + 1

    def as_bytes(self, dates: Clock) -> bytes:
        """All of it; a line that begins with ``From`` gets ``>`` before it (mailer flag E)."""
        text = self.copy.as_bytes(dates).replace(b"\nFrom ", b"\n>From ")
        return self._from_line(dates) + text + b"\n"

    def _from_line(self, dates: Clock) -> bytes:
        return f"From {self.sender or MAILER_DAEMON} {dates.ctime(self.time)}\n".encode()


@lru_cache(maxsize=256)  # of what does not fit it is asked at each attempt
def _length(copy: Copy, dates: Clock) -> int:
    """Bytes of the message in a mailbox file; those of a body that nobody has seen are not made for it."""
    escaped = 0 if copy.message.body is None else copy.as_bytes(dates).count(b"\nFrom ")
    return copy.size(dates) + escaped


class Mailbox:
    """One user's mailbox, as an agent on one host has to do with it."""

    def __init__(self, process: SendmailProcess, agent: Agent, user: str) -> None:
        self.process = process
        self.agent = agent
        self.user = user
        self.env = process.env
        self.host = process.mta.host
        self.path = f"{MAILBOXES}/{user}"

    def append(self, letter: Letter, most: int) -> Steps["Done"]:
        """Append a letter of which the agent has ``most`` bytes (fewer than it is long: cut short in /tmp)."""
        if self.host.users is not None and self.user not in self.host.users:
            return Done(EX_NOUSER, "User unknown")
        error = yield from self.host.files.reach(self.path)
        if error:
            return Done(EX_TEMPFAIL, WORDS[error])
        node = self._node()
        if isinstance(node, int):
            return self._full(WORDS[node]) if self.agent.checks_writes else Done(EX_OK, "", lost=True)
        assert node.mail is not None  # _node has made it
        letter.host, letter.asked = self.host.name, self.env.now
        if not (yield from self._lock(node.mail)):
            return Done(EX_TEMPFAIL, f"lockmailbox {self.user} failed; error code {EX_TEMPFAIL} ")
        try:
            return (yield from self._write(node.mail, letter, most))
        finally:
            self._unlock(node.mail)

    def _node(self) -> Node | int:
        """The file, made if it is not there; or the error number."""
        files = self.host.files
        node, disk = files.find(self.path), files.disk(self.path)
        if node is None:
            error = disk.create() if disk is not None else 0
            if error:
                return error
            node = files.write(self.path, owner=self.user, mode=0o600)
        node.mail = node.mail or MailFile()
        return node

    def _write(self, file: MailFile, letter: Letter, most: int) -> Steps["Done"]:
        offset, number = self.host.files.size_seen(self.path, file.size, self.env.now), len(file.deliveries)
        file.deliveries.append(letter)
        letter.place, letter.began, letter.ended = offset, self.env.now, self.env.now
        written = 0
        for piece, seconds in self.host.files.pieces(self.path, min(letter.length, most), self.agent.seconds / 2):
            yield self.env.timeout(seconds)
            error = yield from self.host.files.reach(self.path)
            if error and self.agent.checks_writes:
                letter.spoiled = True  # what is there of it stays
                return Done(EX_TEMPFAIL, f"{self.path}: {WORDS[error]}")
            if error:
                return Done(EX_OK, WORDS[error], lost=True)
            done, error = self._space(file, offset + written, piece)
            if done:
                for hurt in file.write(offset + written, done, number, written):
                    self._spoil(file, hurt)
                written += done
                letter.ended = self.env.now
            if error and self.agent.checks_writes:
                self._take_back(file, offset, written)
                return self._full(f"{self.path}: {WORDS[error]}")
            if error:
                break
        self.host.files.seen(self.path, offset + written, self.env.now)
        if written < letter.length:
            return Done(EX_OK, "", lost=True)
        if not letter.spoiled:
            letter.account.deliver(self.env.now)
        return Done(EX_OK, "", lost=letter.spoiled)

    def _full(self, words: str) -> Done:
        """The end of an agent that has noticed; one that says 0 all the same has lost the mail."""
        return Done(self.agent.on_full, words, lost=self.agent.on_full == EX_OK)

    def _space(self, file: MailFile, offset: int, length: int) -> tuple[int, int]:
        """How many bytes of a piece get on to the disk, and the error that stops the rest."""
        disk, more = self.host.files.disk(self.path), offset + length - file.size
        if disk is None or more <= 0:
            return length, 0
        grown, error = disk.grow(self.user, file.size, more, self.env.now)
        return length - more + grown, error

    def _take_back(self, file: MailFile, offset: int, written: int) -> None:
        """Undo a write that was not whole, unless somebody else has written behind it."""
        disk = self.host.files.disk(self.path)
        if file.size != offset + written:
            return
        if disk is not None:
            disk.take(self.user, disk.needed(offset) - disk.needed(file.size), self.env.now)
        file.cut(offset)

    def _spoil(self, file: MailFile, number: int) -> None:
        """Somebody else's letter is written over."""
        letter = file.deliveries[number]
        assert isinstance(letter, Letter)  # nothing else is delivered
        if letter.spoiled:
            return
        letter.spoiled = True
        if letter.account.delivered:
            letter.account.spoil(self.env.now)
        mta = self.process.mta
        mta.site.recorder.losses.add(
            time=self.env.now,
            host=mta.name,
            mailbox=self.user,
            message=letter.copy.message.number,
            cause="written over",
        )

    def _lock(self, file: MailFile) -> Steps[bool]:
        """Get the lock; False if it cannot be had. An agent without a lock has it always."""
        if self.agent.lock == NO_LOCK:
            return True
        for _ in range(LOCK_TRIES):
            if (yield from self.host.files.reach(self.path)):
                return False
            state = self.host.files.lock_state(self.path) if self._lock_kind == LOCKD else 0
            holder, seen_from, since = file.locks.get(self._lock_kind, (None, 0.0, state))
            if holder is None or self.env.now < seen_from or since != state:
                moment = max(WEAK_MOMENT, self.host.files.round_trip(self.path)) if self.agent.lock == WEAK else 0.0
                file.locks[self._lock_kind] = (self, self.env.now + moment, state)
                return True
            yield self.env.timeout(LOCK_PAUSE)
        return False

    def _unlock(self, file: MailFile) -> None:
        if self._lock_kind in file.locks and file.locks[self._lock_kind][0] is self:
            del file.locks[self._lock_kind]

    @property
    def _lock_kind(self) -> str:
        """Lock files are seen by all who look for them, whichever way they make them."""
        return DOT_LOCK if self.agent.lock == WEAK else self.agent.lock
