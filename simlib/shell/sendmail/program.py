"""The program itself: its modes, and what it is called beside sendmail."""

from collections.abc import Callable

from simlib.message.status import Exit
from simlib.mta.installation import CONFIGURATION, Installation
from simlib.mta.policy import start_checks
from simlib.mta.policy.rewriting import Rewriting
from simlib.shell.address_test import address_test
from simlib.shell.answer import Command, Failed, sendmail_of
from simlib.shell.login import Login
from simlib.shell.sendmail import daemon, debug, letter, queue, smtp, verify
from simlib.shell.sendmail.configuration import begun
from simlib.shell.sendmail.line import Line, read
from simlib.shell.sendmail.traffic import log_traffic
from simlib.smtp.terminal import Terminal
from simlib.trace.spool import hoststat

OBSOLETE = "IU"  # flags of older releases, with which it ends without a word
FROZEN = "Frozen configurations unsupported"  # -bz, of sendmail 8.6 and before
NOT_UPDATED = "Data unavailable: shared memory not updated"  # -bP, as SharedMemoryKey is not simulated


def sendmail(shell: Login, arguments: list[str], stdin: str) -> str:
    """``sendmail …``: what the options say; by default it takes a message from ``stdin``."""
    mta, terminal = sendmail_of(shell, "sendmail"), Terminal()
    line = read(arguments)
    terminal.verbose = line.is_verbose
    try:
        _obey(shell, mta, line, stdin, terminal)
    except Failed as failure:
        raise Failed("\n".join([*terminal.lines, *([failure.text] if failure.text else [])]), failure.status) from None
    text = "\n".join(terminal.lines)
    if terminal.status:
        raise Failed(text, terminal.status)
    return text


def _obey(shell: Login, mta: Installation, line: Line, stdin: str, terminal: Terminal) -> None:
    if any(letter in line for letter in OBSOLETE):
        raise Failed("", Exit.USAGE)
    letter.check_wishes(line.values)
    if line.mode == "z":
        raise Failed(FROZEN, Exit.USAGE)
    mode = MODES.get(line.mode)
    if mode is None:
        raise Failed(f"Invalid operation mode {line.mode}", Exit.USAGE)
    if line.mode in ROOT_ALONE and not shell.is_root:
        raise Failed(f"{'550 ' * (line.mode == 'd')}{queue.NOT_TRUSTED}", Exit.USAGE)
    if "X" in line and shell.is_root:
        log_traffic(shell, line.values["X"], terminal)
    other = begun(shell, line, mta, terminal)
    if "d" in line and line.mode != "t":
        terminal.lines += debug.shown(other, line.values["d"])
    if (line.queue or "Q" in line) and line.mode == "m":
        queue.run(shell, other, line, terminal)
    else:
        mode(shell, other, line, stdin, terminal)


def _mailq(shell: Login, mta: Installation, line: Line, stdin: str, terminal: Terminal) -> None:
    queue.mailq(shell, mta, line, terminal)


def _queue_counts(shell: Login, mta: Installation, line: Line, stdin: str, terminal: Terminal) -> None:
    terminal.say(NOT_UPDATED)


def _verify(shell: Login, mta: Installation, line: Line, stdin: str, terminal: Terminal) -> None:
    verify.verify(mta, line, terminal)


def _daemon(shell: Login, mta: Installation, line: Line, stdin: str, terminal: Terminal) -> None:
    daemon.begin(shell, mta, line, terminal)


def _serve(shell: Login, mta: Installation, line: Line, stdin: str, terminal: Terminal) -> None:
    smtp.serve(shell, mta, stdin, terminal)


def _hoststat(shell: Login, mta: Installation, line: Line, stdin: str, terminal: Terminal) -> None:
    if mta.settings.host_status_directory:  # without one it has nothing to say, and says nothing
        text = hoststat(mta.host_status.files, mta.host_status.locks, int(shell.now))
        terminal.lines += text.splitlines()


def _purgestat(shell: Login, mta: Installation, line: Line, stdin: str, terminal: Terminal) -> None:
    mta.host_status.purge(int(shell.now), mta.settings.keep_host_status)


def _aliases(shell: Login, mta: Installation, line: Line, stdin: str, terminal: Terminal) -> None:
    """``newaliases``: the alias database is made anew from its file."""
    terminal.lines += mta.local.rebuild_aliases().splitlines()
    if mta.local.aliases_are_faulty:
        terminal.fail(Exit.SOFTWARE)
    own = sendmail_of(shell, "newaliases")
    own.local.heed(own.cf, own.settings.alias_files)  # the others find it the next time that they look


def _test(shell: Login, mta: Installation, line: Line, stdin: str, terminal: Terminal) -> None:
    """``sendmail -bt [-Cfile] [-d21.12]``: what is typed is answered."""
    files, path = shell.host.files, line.values.get("C", CONFIGURATION)
    node = files.find(path)
    cf, said = mta.cf, tuple[str, ...]()
    if node is not None and (path != CONFIGURATION or node.text != str(mta.cf)):
        cf, said = start_checks.read_for_test(node.text, path, files, mta.version)
    elif node is None and path != CONFIGURATION:
        raise Failed(f"{path}: line 0: cannot open: No such file or directory", Exit.OSFILE)
    rewriting = Rewriting(cf, shell.host, tuple(mta.own_names), mta.version, stock_rules=cf is mta.cf)
    levels = line.values.get("d", "")
    if levels.startswith("0"):
        terminal.lines += debug.shown(mta, levels)
    terminal.say(address_test(rewriting, shell.site.names, stdin, levels, said))


Mode = Callable[[Login, Installation, Line, str, Terminal], None]
MODES: dict[str, Mode] = {
    "d": _daemon,
    "D": _daemon,
    "p": _mailq,
    "P": _queue_counts,
    "h": _hoststat,
    "H": _purgestat,
    "v": _verify,
    "t": _test,
    "m": letter.send,
    "s": _serve,
    "i": _aliases,
}
ROOT_ALONE = ("d", "D", "H", "i")


def _also_called(name: str, mode: str) -> Command:
    """Another name of the program, which stands for one of its modes."""

    def command(shell: Login, arguments: list[str], stdin: str) -> str:
        sendmail_of(shell, name)
        return sendmail(shell, [f"-b{mode}", *arguments], stdin)

    return command


NAMES = (("mailq", "p"), ("hoststat", "h"), ("purgestat", "H"), ("newaliases", "i"))

COMMANDS: dict[str, Command] = {
    "sendmail": sendmail,
    **{name: _also_called(name, mode) for name, mode in NAMES},
}
