"""Where queue files lie: QueueDirectory names one directory, or, with a ``*`` at its end, all whose names begin so.

Simplified: several are read in the order of their names, on a real disk in any order; and they are looked for again
each time, not only when a process begins.
"""

from collections.abc import Callable, Sequence
from posixpath import basename, dirname
from random import Random

from simlib.site.tree import Tree
from simlib.trace.places import QUEUE_DIRECTORY

COMES_WITH_A_SYSTEM = (QUEUE_DIRECTORY, "/var/spool/mqueue-client", "/usr/spool/mqueue")
"""Directories that nobody has to make."""

_NONE, _NO_DIRECTORY = "No such file or directory", "Not a directory"


def base(option: str) -> str:
    """The directory in which sendmail works, and from which relative paths count.

    >>> base("/var/spool/mqueue/q*"), base("/var/spool/mqueue")
    ('/var/spool/mqueue', '/var/spool/mqueue')
    """
    return dirname(option) if option.endswith("*") else option.rstrip("/")


def covers(option: str, directory: str) -> bool:
    """Whether a directory is one of those that an option means.

    >>> covers("/var/spool/mqueue/q*", "/var/spool/mqueue/q1"), covers("/var/spool/mqueue/q*", "/var/spool/mqueue")
    (True, False)
    """
    if not option.endswith("*"):
        return directory == option.rstrip("/")
    return dirname(directory) == dirname(option) and basename(directory).startswith(basename(option)[:-1])


def found(option: str, files: Tree) -> tuple[str, ...]:
    """The queue directories of a host, in order."""
    top = base(option)
    if not option.endswith("*"):
        return (top,)
    paths = (f"{top}/{name}" for name in sorted(files.names(top)) if not name.startswith("."))
    return tuple(path for path in paths if covers(option, path) and _is_directory(path, files))


def complaint(option: str, files: Tree) -> str:
    """Why sendmail does not begin with such a QueueDirectory, in its words; empty where it does [queue.c]."""
    wild = option.endswith("*")
    if wild and not option.startswith("/"):
        return f'QueueDirectory: can not wildcard relative path "{option}"'
    top = base(option)
    if top not in COMES_WITH_A_SYSTEM and not _is_directory(top, files):
        return f"can not chdir({top}/): {_NONE if files.find(top) is None else _NO_DIRECTORY}"
    return f"can not opendir({option[:-1]}): {_NONE}" if wild and not found(option, files) else ""


def choose(directories: Sequence[str], has_space: Callable[[str], bool], random: Random) -> str:
    """The directory for a new message: any, but one with space for it if there is such a one [queue.c, pickqdir]."""
    if len(directories) == 1:
        return directories[0]
    first = random.randrange(len(directories))
    in_turn = [*directories[first:], *directories[:first]]
    return next((one for one in in_turn if has_space(one)), in_turn[0])


def _is_directory(path: str, files: Tree) -> bool:
    node = files.find(path)
    return node is not None and node.directory
