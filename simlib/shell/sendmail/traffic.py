"""``sendmail -X file``: all that goes in and out is written to a file. Simplified: not what local agents are given."""

from simlib.message.status import Exit
from simlib.shell.answer import Failed
from simlib.shell.files.paths import absolute
from simlib.shell.login import Login
from simlib.site.tree import Node
from simlib.smtp.terminal import Terminal


def log_traffic(shell: Login, path: str, terminal: Terminal) -> None:
    """Have it written there, behind what is there already.

    Raises :class:`~simlib.shell.answer.Failed` where that file cannot be written.
    """
    files, place, pid = shell.host.files, absolute(shell, path), shell.host.new_pid()
    node, above = files.find(place), files.find(place.rpartition("/")[0] or "/")
    if above is None or not above.directory or (node is not None and node.directory):
        why = "No such file or directory" if above is None else "Not a directory" if node is None else "Is a directory"
        raise Failed(f"cannot open {path}: {why}", Exit.CANTCREAT)
    file: Node = files.write(place, owner=shell.user) if node is None else node

    def write(mark: str, line: str) -> None:
        file.text += f"{pid:05d} {mark} {line}\n"

    terminal.traffic = write
