"""Queue files: qf, df, xf and hf are the entries of the queue. Who removes or moves one does it to the letter."""

from posixpath import basename, dirname

from simlib.mta.installation import Installation
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.shell.files.thing import FILE, Refused, Thing
from simlib.site.tree import Node, Tree
from simlib.trace.clock import Clock
from simlib.trace.spool import qf

CONTROL, BODY, TRANSCRIPT, HELD = "qf", "df", "xf", "hf"
KINDS = (CONTROL, BODY, TRANSCRIPT, HELD)


class Spool:
    """The queue of one host, as files."""

    def __init__(self, mta: Installation, clock: Clock, files: Tree) -> None:
        self.mta, self.clock, self.files = mta, clock, files

    def names(self, directory: str) -> set[str]:
        """The queue files in a directory."""
        found = set()
        for entry in self.mta.queue.everywhere:
            if entry.directory == directory:
                found.add(self.control(entry) + entry.qid)
                if entry.locked:
                    found.add(TRANSCRIPT + entry.qid)
            if body_at(entry) == directory:
                found.add(BODY + entry.qid)
        return found

    def directories(self) -> set[str]:
        """Where there are any."""
        entries = self.mta.queue.everywhere
        return {entry.directory for entry in entries} | {at for entry in entries if (at := body_at(entry))}

    @staticmethod
    def control(entry: QueueEntry) -> str:
        """How its control file is called."""
        return HELD if entry.quarantined else CONTROL

    def find(self, path: str) -> "SpoolFile | None":
        """The queue file at a path."""
        directory, name = dirname(path), basename(path)
        entry = self.mta.queue.find(name[2:]) if name[:2] in KINDS else None
        if entry is None:
            return None
        kind = name[:2]
        if kind == BODY:
            return SpoolFile(self, path, entry, kind) if body_at(entry) == directory else None
        there = kind == self.control(entry) or (kind == TRANSCRIPT and entry.locked)
        return SpoolFile(self, path, entry, kind) if there and entry.directory == directory else None

    def take_back(self, path: str, node: Node) -> bool:
        """Put a letter back whose control file is moved to a place where sendmail would find it."""
        entry, name = node.letter, basename(path)
        if not isinstance(entry, QueueEntry) or name != self.control(entry) + entry.qid:
            return False
        entry.directory, entry.body_directory = dirname(path), ""
        body = f"{entry.directory}/{BODY}{entry.qid}"
        self.mta.queue.add(entry, self.mta.site.env.now)
        if self.files.find(body) is not None:
            self.files.remove(body)
        elif not entry.body_is_gone:
            self.mta.queue.lose_body(entry)
        return True


class SpoolFile(Thing):
    """One file of a letter in the queue."""

    kind, mode = FILE, 0o600

    def __init__(self, spool: Spool, path: str, entry: QueueEntry, part: str) -> None:
        super().__init__(path)
        self.spool, self.entry, self.part = spool, entry, part

    @property
    def modified(self) -> float:
        return max(self.entry.modified, self.entry.created) if self.part != BODY else float(self.entry.created)

    @property
    def size(self) -> int:
        return self.entry.message.body_size if self.part == BODY else super().size

    def text(self) -> str:
        if self.part == BODY:
            return self.entry.message.text.decode("utf-8", "replace")
        if self.part == TRANSCRIPT:
            return "".join(f"{line}\n" for line in self.entry.transcript)
        return qf(self.entry, self.spool.clock)

    def put(self, text: str) -> None:
        raise Refused("writing into a queue file is not simulated; rm and mv work")

    def remove(self) -> None:
        if self.part == TRANSCRIPT:
            return  # whoever writes it has it open and goes on
        queue = self.spool.mta.queue
        if self.part == BODY:
            queue.lose_body(self.entry)
            return
        self._leave_body()
        queue.remove(self.entry, self.spool.mta.site.env.now)
        if not self.entry.locked:  # else whoever works on it finds out in the end
            self.entry.lose(self.spool.mta.site.env.now)

    def move(self, path: str) -> None:
        queue, directory = self.spool.mta.queue, dirname(path)
        if self.part == TRANSCRIPT:
            raise Refused("a transcript stays where its process has it; not simulated")
        if basename(path) == basename(self.path):
            if self.part == BODY:
                queue.move_body(self.entry, directory)
            else:
                queue.move(self.entry, directory)
            return
        if self.entry.locked:
            raise Refused("renaming it while a process works on it is not simulated; wait until the lock is gone")
        text = self.text()
        if self.part == BODY:
            queue.lose_body(self.entry)
            self.spool.files.write(path, text, mode=0o600)
            return
        self._leave_body()
        queue.remove(self.entry, self.spool.mta.site.env.now)
        self.spool.files.write(path, text, mode=0o600).letter = self.entry

    def _leave_body(self) -> None:
        """The df file stays behind and belongs to nothing."""
        at = body_at(self.entry)
        if at:
            text = self.entry.message.text.decode("utf-8", "replace")
            self.spool.files.write(f"{at}/{BODY}{self.entry.qid}", text, mode=0o600)


def body_at(entry: QueueEntry) -> str:
    """The directory of its df file; empty if there is none any more."""
    return "" if entry.body_is_gone else entry.body_directory or entry.directory
