"""All files of a host as one tree, for the commands of one login."""

from posixpath import basename, dirname, join

from simlib.errors import WorkbookError
from simlib.mta.policy import queue_places
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.shell.answer import Failed
from simlib.shell.files import log_file
from simlib.shell.files.paths import absent, absolute, is_too_long
from simlib.shell.files.spool import KINDS, Spool
from simlib.shell.files.state import special_files
from simlib.shell.files.thing import DIRECTORY, DIRECTORY_SIZE, FILE, LINK, Directory, Null, Refused, Thing
from simlib.shell.login import Login
from simlib.site.tree import Node, directories

NULL = "/dev/null"
SAME_AS_NOTHING = ("/dev/tty", "/dev/stdout", "/dev/stderr")
READ, WRITE, SEARCH = 4, 2, 1  # of a file's mode
MOST_LINKS = 40
ALWAYS = {"/": 0o755, "/etc/mail": 0o755, "/dev": 0o755}


class Kept(Thing):
    """A thing of the host's own tree."""

    def __init__(self, view: "View", path: str, node: Node) -> None:
        super().__init__(path)
        self.view, self.node = view, node
        self.kind = DIRECTORY if node.directory else LINK if node.link else FILE
        self.mode = 0o777 if node.link else node.mode
        self.owner, self.link = node.owner, node.link
        self.group = node.group or ("mail" if node.mail is not None else node.owner)
        self._node = node

    @property
    def modified(self) -> float:
        node = self._node
        times = [node.modified]
        if node.mail is not None:
            times += [one.ended for one in node.mail.deliveries]
        if node.grows is not None:
            times.append(node.grows.written())
        return max(times)

    @property
    def size(self) -> int:
        if self._node.directory:
            return DIRECTORY_SIZE
        if self._node.mail is not None:
            return self._node.mail.size
        return len(self._node.link) if self._node.link else super().size

    def text(self) -> str:
        mail = self._node.mail
        if mail is not None:
            return mail.content(self.view.shell.site.clock).decode("utf-8", "replace")
        return log_file.content(self._node)

    def put(self, text: str) -> None:
        node = self._node
        self._give_back_blocks()
        node.mail = None
        if node.grows is not None:
            node.grows.empty()
        node.text, node.modified = text, self.view.shell.now

    def append(self, text: str) -> None:
        node = self._node
        if node.grows is not None:  # what it has written so far stays before that
            node.text, before = "", node.text + node.grows.text()
            node.grows.empty()
            node.text = before + text
            node.modified = self.view.shell.now
        else:
            self.put(self.text() + text)

    def remove(self) -> None:
        self._give_back_blocks()
        tree, path = self.view.shell.host.files.place(self.path)
        tree.nodes.pop(path, None)
        entry = self._node.letter
        if entry is not None:
            self.view.lose(entry)

    def move(self, path: str) -> None:
        tree, old = self.view.shell.host.files.place(self.path)
        other, new = self.view.shell.host.files.place(path)
        for one in [one for one in tree.nodes if one == old or one.startswith(f"{old}/")]:
            other.nodes[new + one[len(old) :]] = tree.nodes.pop(one)
        if self.kind == DIRECTORY:
            self.view.move_queue(self.path, path)
        elif self.view.spool is not None and self.view.spool.take_back(path, self._node):
            other.nodes.pop(new, None)

    def _give_back_blocks(self) -> None:
        disk = self.view.shell.host.files.disk(self.path)
        mail = self._node.mail
        if disk is not None and mail is not None:
            disk.take(self._node.owner, -disk.needed(mail.size), self.view.shell.now)
            disk.files = max(disk.files - 1, 0)


class View:
    """What one login sees. It is made for one command, or for a few."""

    def __init__(self, shell: Login) -> None:
        self.shell = shell
        self.spool = None if shell.mta is None else Spool(shell.mta, shell.site.clock, shell.host.files)
        begin(shell)
        self._special: dict[str, Thing] | None = None

    @property
    def special(self) -> dict[str, Thing]:
        """Files that are the engine's state."""
        if self._special is None:
            self._special = special_files(self.shell)
        return self._special

    def absolute(self, path: str) -> str:
        """A path from the root."""
        return absolute(self.shell, path)

    def find(self, path: str, follow: bool = True) -> Thing | None:
        """What is at a path, behind links if they are followed; whoever looks has to be allowed to."""
        if not path:
            return None
        whole = self.absolute(path)
        for _ in range(MOST_LINKS):
            above = self._through_links(whole)
            thing = self._at(above)
            if thing is None or not follow or not thing.link:
                if thing is not None and path.endswith("/") and thing.kind != DIRECTORY:
                    return None
                return thing
            whole = absolute(self.shell, join(dirname(above), thing.link))
        return None

    def _through_links(self, path: str) -> str:
        """A path whose directories are no links."""
        for _ in range(MOST_LINKS):
            for above in directories(path)[1:]:
                node = self.shell.host.files.find(above)
                if node is not None and node.link:
                    path = absolute(self.shell, join(dirname(above), node.link)) + path[len(above) :]
                    break
            else:
                return path
        return path

    def _at(self, path: str) -> Thing | None:
        if is_too_long(path):
            return None
        if path == NULL or path in SAME_AS_NOTHING:
            return Null(path)
        if self.spool is not None:
            letter = self.spool.find(path)
            if letter is not None:
                return letter
        node = self.shell.host.files.find(path)
        if node is not None:
            return Kept(self, path, node)
        if path in self.special:
            return self.special[path]
        if path in ALWAYS:
            return Directory(path, ALWAYS[path])
        if self.spool is not None and path in self.spool.directories():
            return Directory(path, 0o700)
        if any(file.startswith(f"{path}/") for file in (*self.special, NULL)):
            return Directory(path)
        return None

    def is_directory(self, path: str) -> bool:
        """Whether it is one."""
        thing = self.find(path)
        return thing is not None and thing.kind == DIRECTORY

    def names_or_none(self, path: str) -> set[str] | None:
        """The names in a directory, None where there is none or it may not be read."""
        whole = self._through_links(self.absolute(path))
        thing = self.find(whole)
        if thing is None or thing.kind != DIRECTORY or not self.may_list(thing):
            return None
        return self.names(thing.path)

    def names(self, whole: str) -> set[str]:
        """The names in a directory that is there, also those that begin with a dot."""
        top = whole.rstrip("/") + "/"
        made = {*self.special, NULL, *ALWAYS}
        if self.spool is not None:
            made |= self.spool.directories()
        known = {file[len(top) :].partition("/")[0] for file in made if file.startswith(top)}
        if self.spool is not None:
            known |= self.spool.names(whole)
        return (known | self.shell.host.files.names(whole)) - {""}

    def may_list(self, thing: Thing) -> bool:
        """Whether the user may look what is in a directory."""
        if self.shell.is_root:
            return True
        return not self.is_in_queue(thing.path) and self._allowed(thing, READ)

    def _allowed(self, thing: Thing, what: int) -> bool:
        return self.shell.is_root or thing.allows(self.shell.user, what)

    def is_in_queue(self, path: str) -> bool:
        """Whether a path is where only root may look for queue files."""
        used = () if self.spool is None else self.spool.directories()
        return path.startswith((*queue_places.COMES_WITH_A_SYSTEM, *used))

    def read(self, command: str, path: str) -> str:
        """What is in a file. Raises :class:`Failed` in the words of the command that reads."""
        thing = self.find(path)
        words = self.unreadable(path, thing)
        if words:
            raise Failed(f"{command}: {path if path else chr(39) * 2}: {words}")
        assert thing is not None  # else there were words
        return text_of(command, path, thing)

    def unreadable(self, path: str, thing: Thing | None) -> str:
        """Why a file cannot be read; empty where it can."""
        if self._locked_out(self.absolute(path)):
            return "Permission denied"
        if thing is None:
            if path.endswith("/") and self.find(path.rstrip("/")) is not None:
                return "Not a directory"
            return absent(self.absolute(path))
        if thing.kind == DIRECTORY:
            return "Is a directory"
        if not self._allowed(thing, READ):
            return "Permission denied"
        return ""

    def _locked_out(self, path: str) -> bool:
        """Whether a directory on the way may not be gone through."""
        if self.shell.is_root:
            return False
        if self.is_in_queue(path) and path not in queue_places.COMES_WITH_A_SYSTEM:
            return True
        nodes = (self.shell.host.files.find(above) for above in directories(path))
        return any(node is not None and not node.allows(self.shell.user, SEARCH) for node in nodes)

    def unwritable(self, path: str) -> str:
        """Why a file cannot be written, or made; empty where it can."""
        whole = self._through_links(self.absolute(path))
        thing, above = self.find(whole), self.find(dirname(whole))
        if is_too_long(whole) or above is None:
            return absent(whole)
        if above.kind != DIRECTORY:
            return "Not a directory"
        if thing is None and path.endswith("/"):
            return "Is a directory"
        if thing is not None and thing.kind == DIRECTORY:
            return "Is a directory"
        if self._locked_out(whole) or not self._allowed(thing or above, WRITE):
            return "Permission denied"
        if thing is None and basename(whole)[:2] in KINDS and self._is_queue(dirname(whole)):
            return "making queue files by hand is not simulated; mv brings those there are"
        return ""

    def _is_queue(self, directory: str) -> bool:
        mta = self.shell.mta
        return mta is not None and directory in mta.queue.directories

    def write(self, path: str, text: str, append: bool = False) -> None:
        """Write a file. Raises :class:`Refused`."""
        words = self.unwritable(path)
        if words:
            raise Refused(words)
        thing = self.find(path)
        if thing is None:
            link = self.find(path, follow=False)
            whole = self._through_links(self.absolute(path))
            if link is not None and link.link:
                whole = absolute(self.shell, join(dirname(whole), link.link))
            self.shell.host.files.write(whole, text, owner=self.shell.user)
        elif append:
            thing.append(text)
        else:
            thing.put(text)
        self._special = None

    def may_change(self, thing: Thing) -> bool:
        """Whether the user may remove or move something: what counts is the directory that it lies in."""
        above = self.find(dirname(thing.path))
        if self.shell.is_root or above is None:
            return self.shell.is_root
        sticky = above.node is not None and above.node.sticky
        allowed = above.allows(self.shell.user, WRITE) and not self._locked_out(thing.path)
        return allowed and (not sticky or thing.owner == self.shell.user)

    def move_queue(self, old: str, new: str) -> None:
        """A directory has been moved, with the letters in it and below it."""
        mta = self.shell.mta
        for entry in [] if mta is None else mta.queue.everywhere:
            assert mta is not None  # it has entries
            body = entry.body_directory
            if entry.directory == old or entry.directory.startswith(f"{old}/"):
                moved = new + entry.directory[len(old) :]
                mta.queue.move(entry, moved)
                if not body:
                    mta.queue.move_body(entry, moved)
            if body and (body == old or body.startswith(f"{old}/")):
                mta.queue.move_body(entry, new + body[len(old) :])

    def lose(self, entry: object) -> None:
        """A letter that had been put aside is removed."""
        if isinstance(entry, QueueEntry):
            entry.lose(self.shell.now)


def begin(shell: Login) -> None:
    """From the first look on, what every system has is there as files that somebody may move or remove."""
    files, mta = shell.host.files, shell.mta
    if mta is None or shell.host.log_file is not None:
        return
    queue = queue_places.base(mta.settings.queue_directory)
    if queue in queue_places.COMES_WITH_A_SYSTEM and not files.mounts and files.find(queue) is None:
        files.make_directory(queue, mode=0o700).modified = 0.0
    log_file.begin(shell)


def text_of(command: str, path: str, thing: Thing) -> str:
    """The text of a file, unless a message in it is too large to be made for a look."""
    try:
        return thing.text()
    except WorkbookError:
        raise Failed(f"{command}: {path}: File too large") from None
