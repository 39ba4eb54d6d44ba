"""The log as a file: syslogd goes on writing into the one that it has open, wherever somebody moves it."""

from io import StringIO

from simlib.shell.login import Login
from simlib.site.host import Host
from simlib.site.tree import Node
from simlib.trace.syslog import maillog

PATH = "/var/log/maillog"


class Growing:
    """What syslogd has written since a file was begun or emptied, and until it was told to open another."""

    def __init__(self, shell: Login, skip: int) -> None:
        self._site, self._host = shell.site, shell.host.name
        self._skip = skip  # lines
        self._end: int | None = None

    def text(self) -> str:
        whole = maillog(self._site.recorder, self._site.clock, self._host)
        if not self._skip and self._end is None:
            return whole
        return "".join(StringIO(whole, newline="\n").readlines()[self._skip : self._end])

    def written(self) -> float:
        times = [line.time for line in self._site.recorder.log.of(self._host)][self._skip : self._end]
        return times[-1] if times else 0.0

    def empty(self) -> None:
        self._skip = self._many()

    def close(self) -> int:
        """syslogd writes no more into it; gives at which line it goes on."""
        if self._end is None:
            self._end = self._many()
        return self._end

    def _many(self) -> int:
        return sum(1 for _ in self._site.recorder.log.of(self._host))


def begin(shell: Login) -> None:
    """See to it that the log is a file of the host, from the first look on."""
    if shell.host.log_file is None and shell.mta is not None:
        _open(shell.host, Growing(shell, 0))


def reopen(shell: Login) -> None:
    """``kill -HUP`` to syslogd: it closes its file and opens the one of the old name, or a new one."""
    begin(shell)
    old = shell.host.log_file
    if old is None or shell.host.files.find(PATH) is old:
        return
    assert isinstance(old.grows, Growing)  # nobody else has made it
    _open(shell.host, Growing(shell, old.grows.close()))


def _open(host: Host, growing: Growing) -> None:
    node = host.files.find(PATH)
    if node is None:
        node = host.files.write(PATH)
        node.modified = 0.0  # syslogd opened it when the machine came up
    node.grows = growing
    host.log_file = node


def content(node: Node) -> str:
    """What is in a file of the tree, the log behind what somebody wrote."""
    return node.text + (node.grows.text() if node.grows is not None else "")
