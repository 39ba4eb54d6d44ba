"""The files of the host: ``ls``, ``cat``, ``tail``, ``head``, ``cp /dev/null``, ``cd``, ``pwd``."""

from collections.abc import Callable
from errno import EACCES
from functools import partial
from io import StringIO
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from simlib.errors import WorkbookError
from simlib.message.octets import as_bytes
from simlib.mta.installation import Installation
from simlib.mta.policy import queue_places
from simlib.mta.receiving.daemon import Daemon
from simlib.shell.answer import Command, Failed, options_of, whole_number
from simlib.shell.login import Login
from simlib.trace.mailstats import status_file as status_bytes
from simlib.trace.places import QUEUE_DIRECTORY
from simlib.trace.spool import qf, status_file
from simlib.trace.syslog import maillog

if TYPE_CHECKING:
    from simlib.mta.policy.queue_entry import QueueEntry

NULL = "/dev/null"
CONFIGURATION = ("/etc/mail/sendmail.cf", "/etc/sendmail.cf")  # today's place and that of 1998
LOG = "/var/log/maillog"
PID_FILE = "/var/run/sendmail.pid"
READ, WRITE = 4, 2  # of a file's mode
DEFAULT_LINES = 10  # of head and tail
MAX_COUNT = 2**64 - 1  # lines
DIGITS = tuple("0123456789")
MAX_NAME, MAX_PATH = 255, 4095  # bytes


def ls(shell: Login, arguments: list[str], stdin: str) -> str:
    """``ls [path…]``: the names in a directory, one a line."""
    if any(word.startswith("-") for word in arguments):
        raise Failed("ls: only plain ls here: the names, without owner, size and date")
    paths = arguments or ["."]
    if len(paths) == 1:
        return "\n".join(_listed(shell, paths[0]))
    return "\n\n".join(f"{path}:\n" + "\n".join(_listed(shell, path)) for path in paths)


def cat(shell: Login, arguments: list[str], stdin: str) -> str:
    """``cat file…``"""
    _, paths = options_of("cat", "", arguments)
    return "".join(read(shell, "cat", path) for path in paths) if paths else stdin


def tail(shell: Login, arguments: list[str], stdin: str) -> str:
    """``tail [-n] file``: the last lines; ``-n +5`` all from the fifth on."""
    sign, count, lines = _counted(shell, "tail", arguments, stdin)
    if sign == "+":
        return "".join(lines[max(count - 1, 0) :])
    return "".join(lines[-count:] if count else [])


def head(shell: Login, arguments: list[str], stdin: str) -> str:
    """``head [-n] file``: the first lines; ``-n -5`` all but the last five."""
    sign, count, lines = _counted(shell, "head", arguments, stdin)
    if sign == "-":
        return "".join(lines[: max(len(lines) - count, 0)])
    return "".join(lines[:count])


def cp(shell: Login, arguments: list[str], stdin: str) -> str:
    """``cp source target``; ``cp /dev/null sendmail.st``: the counters begin anew.

    Simplified: what sendmail itself writes can be read only.
    """
    _, paths = options_of("cp", "", arguments)
    if len(paths) != 2:
        raise Failed("usage: cp source target")
    source, target = paths
    content = read(shell, "cp", source)
    if shell.mta is not None and absolute(shell, target) == shell.mta.settings.status_file and not content:
        shell.mta.statistics.clear()
        return ""
    path = absolute(shell, target)
    if path in _files(shell) and path not in CONFIGURATION:
        raise Failed(f"cp: cannot create regular file '{target}': Read-only file system")
    if _too_long(path) or not _is_directory(shell, dirname(path)):
        raise Failed(f"cp: cannot create regular file '{target}': {_absent(path)}")
    if not _may_write(shell, path):
        raise Failed(f"cp: cannot create regular file '{target}': Permission denied")
    shell.host.files.write(path, content, owner=shell.user)
    return ""


def cd(shell: Login, arguments: list[str], stdin: str) -> str:
    """``cd directory``"""
    path = absolute(shell, arguments[0] if arguments else "/")
    if not _is_directory(shell, path):
        raise Failed(f"sh: cd: {path}: {_absent(path)}")
    shell.directory = path
    return ""


def pwd(shell: Login, arguments: list[str], stdin: str) -> str:
    """``pwd``"""
    return shell.directory


COMMANDS: dict[str, Command] = {"ls": ls, "cat": cat, "tail": tail, "head": head, "cp": cp, "cd": cd, "pwd": pwd}


def absolute(shell: Login, path: str) -> str:
    """A path from the root."""
    return "/" + normpath(join(shell.directory, path)).lstrip("/")  # normpath leaves two slashes where there are two


def _too_long(path: str) -> bool:
    """Whether no file can be called so."""
    return len(as_bytes(path)) > MAX_PATH or any(len(as_bytes(name)) > MAX_NAME for name in path.split("/"))


def _absent(path: str) -> str:
    """What the system says of a path at which there is nothing."""
    return "File name too long" if _too_long(path) else "No such file or directory"


def _listed(shell: Login, path: str) -> list[str]:
    """The names in a directory, or that of a file."""
    whole = absolute(shell, path)
    if not _is_directory(shell, whole):
        if whole in _files(shell) or shell.host.files.find(whole) is not None:
            return [path]
        raise Failed(f"ls: cannot access '{path}': {_absent(whole)}", 2)
    node = shell.host.files.find(whole)
    hidden = _is_in_queue(shell, whole) or (node is not None and not node.allows(shell.user, READ))
    if hidden and not shell.is_root:
        raise Failed(f"ls: cannot open directory '{path}': Permission denied", 2)
    top = whole.rstrip("/") + "/"
    known = {file[len(top) :].partition("/")[0] for file in _files(shell) if file.startswith(top)}
    return sorted(name for name in known | shell.host.files.names(whole) if not name.startswith("."))


def _counted(shell: Login, name: str, arguments: list[str], stdin: str) -> tuple[str, int, list[str]]:
    """The sign before the number of lines that is wanted (``-5``, ``-n +5``), the number, and all lines there are."""
    words, wanted = list(arguments), str(DEFAULT_LINES)
    if words and words[0].startswith("-n"):
        wanted = words.pop(0)[2:]
        if not wanted and not words:
            raise Failed(f"{name}: option requires an argument -- 'n'")
        wanted = wanted or words.pop(0)
    elif words and words[0][:1] == "-" and words[0][1:2] in DIGITS:
        wanted = words.pop(0)[1:]
    _, words = options_of(name, "", words)
    number = wanted.removeprefix(wanted[:1] if wanted[:1] in ("+", "-") else "")
    count = whole_number(number, MAX_COUNT)
    if count is None:
        why = ": Value too large for defined data type" if number.isascii() and number.isdigit() else ""
        shown = wanted.removeprefix("-") if name == "head" else wanted  # as they do
        raise Failed(f"{name}: invalid number of lines: '{shown}'{why}")
    if len(words) > 1:
        raise Failed(f"{name}: one file at a time")
    text = read(shell, name, words[0]) if words else stdin
    return wanted.removesuffix(number), count, StringIO(text, newline="\n").readlines()


def read(shell: Login, name: str, path: str) -> str:
    """What is in a file; ``name`` is the command that complains where it cannot be read."""
    if not path:
        raise Failed(f"{name}: '': No such file or directory")
    whole = absolute(shell, path)
    content = _files(shell).get(whole)
    if content is not None:
        if not shell.is_root and _is_in_queue(shell, whole):
            raise Failed(f"{name}: {path}: Permission denied")
        return _looked_at(name, path, content)
    if _is_directory(shell, whole):
        raise Failed(f"{name}: {path}: Is a directory")
    node = shell.host.files.open(whole, shell.user)
    if isinstance(node, int):
        raise Failed(f"{name}: {path}: {'Permission denied' if node == EACCES else _absent(whole)}")
    mail = node.mail
    if mail is None:
        return node.text
    return _looked_at(name, path, lambda: mail.content(shell.site.clock).decode("utf-8", "replace"))


def _looked_at(name: str, path: str, content: Callable[[], str]) -> str:
    """The content of a file, unless a message in it is too large to be made for a look."""
    try:
        return content()
    except WorkbookError:
        raise Failed(f"{name}: {path}: File too large") from None


def _may_write(shell: Login, path: str) -> bool:
    """Whether the user may write a file that is there, or make one in its directory."""
    node = shell.host.files.find(path) or shell.host.files.find(dirname(path))
    return shell.is_root if node is None else node.allows(shell.user, WRITE)


def _status_file(shell: Login, mta: Installation) -> str:
    """The file as a terminal would show it: sendmail.st is binary."""
    return status_bytes(mta.statistics, shell.site.clock).decode("latin-1")


def _is_directory(shell: Login, path: str) -> bool:
    node = shell.host.files.find(path)
    known = {"/", "/etc/mail", QUEUE_DIRECTORY}
    return (
        path in known
        or (node is not None and node.directory)
        or any(file.startswith(f"{path}/") for file in _files(shell))
    )


def _is_in_queue(shell: Login, path: str) -> bool:
    """Whether a path is where only root may look for queue files."""
    used = () if shell.mta is None else (entry.directory for entry in shell.mta.queue.everywhere)
    return path.startswith((*queue_places.COMES_WITH_A_SYSTEM, *used))


def _files(shell: Login) -> dict[str, Callable[[], str]]:
    """The files that there are, and how each is read when somebody looks."""
    files: dict[str, Callable[[], str]] = {NULL: str}
    daemon = shell.daemon
    if daemon is None:
        return files
    mta = daemon.mta
    for path in CONFIGURATION:
        if (
            shell.host.files.find(path) is None
        ):  # what a notebook gave lies there, unless somebody put another one there
            files[path] = lambda: str(mta.cf).removesuffix("\n") + "\n"
    files[LOG] = lambda: maillog(shell.site.recorder, shell.site.clock, shell.host.name)
    files[str(mta.settings.status_file)] = partial(_status_file, shell, mta)
    files[PID_FILE] = lambda: f"{daemon.pid}\n{_command_line(daemon)}\n"
    for entry in mta.queue.everywhere:
        files[f"{entry.directory}/df{entry.qid}"] = partial(_body, entry)
        control = "hf" if entry.quarantined else "qf"
        files[f"{entry.directory}/{control}{entry.qid}"] = partial(qf, entry, shell.site.clock)
        if entry.locked:
            files[f"{entry.directory}/xf{entry.qid}"] = partial("".join, [f"{line}\n" for line in entry.transcript])
    return files | _host_status(shell, mta)


def _body(entry: "QueueEntry") -> str:
    """The df file."""
    return entry.message.text.decode("utf-8", "replace")


def _host_status(shell: Login, mta: Installation) -> dict[str, Callable[[], str]]:
    """The tree of HostStatusDirectory."""
    directory = mta.settings.host_status_directory
    if not directory:
        return {}
    top = normpath(join(queue_places.base(mta.settings.queue_directory), directory))
    return {
        f"{top}/{path}": partial(status_file, status, shell.site.clock.unix(status.used))
        for path, status in mta.host_status.tree().items()
    }


def _command_line(daemon: Daemon) -> str:
    every = daemon.interval.every
    return "/usr/sbin/sendmail -bd" + (f" -q{every:g}s" if every is not None else "")
