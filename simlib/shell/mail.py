"""The commands that are all one program, sendmail: ``mailq``, ``hoststat``, ``purgestat``, and sendmail itself."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from simlib.cf.conflicts import conflicts
from simlib.errors import WorkbookError
from simlib.message.envelope import AddressError, parse_address
from simlib.message.octets import as_bytes
from simlib.message.status import Exit
from simlib.mta.addresses.expansion import Expansion
from simlib.mta.installation import CONFIGURATION, Installation
from simlib.mta.policy import start_checks
from simlib.mta.policy.daemon_ports import at_smtp
from simlib.mta.policy.log_lines import port_is_taken
from simlib.mta.policy.queue_order import Selection
from simlib.mta.policy.rewriting import Rewriting
from simlib.mta.policy.routing import Destination
from simlib.mta.policy.written import SYNTAX, read
from simlib.mta.receiving.start_up import begin
from simlib.mta.receiving.submission import hand_in, prepare
from simlib.mta.sending.interval import Interval
from simlib.mta.sending.runner import run_now
from simlib.rewrite.address import parse
from simlib.shell.address_test import address_test, answered
from simlib.shell.answer import Command, Failed, sendmail_of
from simlib.shell.login import Login
from simlib.site.tree import Tree
from simlib.smtp.parameters import XTEXT
from simlib.trace.spool import hoststat, mailq
from simlib.units import convtime

FLAGS = "itvnm"  # options without a value
VALUES = "bfFhNoRrVBCOpdLXA"  # options with one, behind the letter or in the next word
NOTHING = b"\n"  # the message of somebody who types none
LONGEST_INTERVAL = 2**31 - 1  # s, of a C int


@dataclass
class Line:
    """A command line of sendmail, taken apart. ``queue`` are its ``-q`` options, without ``-q``."""

    mode: str = "m"
    queue: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    operands: list[str] = field(default_factory=list)


def sendmail(shell: Login, arguments: list[str], stdin: str) -> str:
    """``sendmail …``: what the options say; by default it takes a message from ``stdin``."""
    mta = sendmail_of(shell, "sendmail")
    line = _taken_apart(arguments)
    if line.mode not in MODES:
        raise Failed(f"Invalid operation mode {line.mode}", Exit.USAGE)
    if line.mode not in ("d", "t"):  # the daemon tells it to the log, address test mode goes on
        _refuse_unusable(shell.host.files)
    complaints = "".join(f"Warning: {complaint}\n" for complaint, _ in conflicts(mta.cf))
    if line.queue and line.mode == "m":
        return complaints + _run_queue(shell, mta, line)
    return complaints + MODES[line.mode](shell, mta, line, stdin)


def _refuse_unusable(files: Tree) -> None:
    """With a sendmail.cf that it cannot use, sendmail ends at once, whatever it was to do."""
    configuration = files.find(CONFIGURATION)
    if configuration is None:
        return
    _, said = start_checks.read(configuration.text, CONFIGURATION, files)
    if said:
        raise Failed("\n".join(said), Exit.OSERR if "fileclass" in said[-1] else Exit.SOFTWARE)


def _taken_apart(arguments: list[str]) -> Line:
    line, words = Line(), list(arguments)
    while words:
        word = words.pop(0)
        if not word.startswith("-") or word == "-":
            line.operands += [word, *words]
            break
        if word.startswith("-q"):
            line.queue.append(word[2:])
            continue
        _option(line, word[1:], words)
    line.mode = line.values.get("b", "m")
    return line


def _option(line: Line, text: str, words: list[str]) -> None:
    """One word of options: flags in a row, the last perhaps one with a value."""
    for n, letter in enumerate(text):
        if letter in VALUES:
            value = text[n + 1 :]
            if not value and not words:
                raise Failed(f"sendmail: option requires an argument -- {letter}", Exit.USAGE)
            line.values[letter] = value or words.pop(0)
            return
        if letter not in FLAGS:
            raise Failed(f"sendmail: illegal option -- {letter}", Exit.USAGE)
        line.values[letter] = ""


def _run_queue(shell: Login, mta: Installation, line: Line) -> str:
    """``sendmail -q``: one run, now; ``-q30m``: again and again, without a daemon."""
    if not shell.is_root and "restrictqrun" in mta.settings.privacy:
        raise Failed("You do not have permission to process the queue", Exit.NOPERM)
    every, selection = _when_and_what(line.queue)
    if every is None:
        run_now(mta, selection)
    else:
        assert shell.daemon is not None  # whoever has a sendmail has its daemon, running or not
        _begin_interval(shell.daemon.interval, every, selection)
    return ""


def _when_and_what(options: list[str]) -> tuple[float | None, Selection]:
    """The interval in seconds and the selection of ``-q`` options; an interval of 0 is one run, now."""
    every: float | None = None
    chosen = []
    for option in options:
        if option.lstrip("!")[:1] in ("I", "R", "S"):
            chosen.append(option)
        elif option[:1] not in ("", "f"):
            every = _interval(option) or None
    return every, Selection.typed(chosen)


def _interval(text: str) -> float:
    """The seconds of an interval."""
    total, rejected = convtime(text)
    if text.startswith("-") or total > LONGEST_INTERVAL:
        raise Failed("Invalid -q value", Exit.USAGE)
    if rejected:
        raise Failed("\n".join(f"Invalid time unit `{letter}'" for letter in rejected), Exit.USAGE)
    return total


def _begin_interval(interval: Interval, every: float, selection: Selection) -> None:
    interval.stop()
    interval.set(every, selection)
    interval.start()


def _daemon(shell: Login, mta: Installation, line: Line, stdin: str) -> str:
    """``sendmail -bd -q30m``: the daemon, as start-up scripts begin it. What goes wrong stands in the log."""
    if not shell.is_root:
        raise Failed("sendmail: Permission denied", Exit.USAGE)
    every, selection = _when_and_what(line.queue)
    daemon = shell.daemon
    assert daemon is not None  # whoever has a sendmail has its daemon, running or not
    if daemon.runs:  # it goes into the background first and finds the port taken there
        pid = shell.host.new_pid()
        for port in at_smtp(mta.settings.daemon_ports):
            for told in port_is_taken(port.name):
                mta.log(told, pid)
        return ""
    daemon.interval.set(every, selection)
    begin(daemon)
    return ""


def _mailq(shell: Login, mta: Installation, line: Line, stdin: str) -> str:
    if not shell.is_root and "restrictmailq" in mta.settings.privacy:
        return "You are not permitted to see the queue\n\t\tTotal requests: 0"
    return mailq(mta.listing(), mta.queue.directories, shell.site.clock, verbose="v" in line.values)


def _hoststat(shell: Login, mta: Installation, line: Line, stdin: str) -> str:
    if not mta.settings.host_status_directory:
        return ""  # it has nothing to say, and says nothing
    return hoststat(mta.host_status.files, mta.host_status.locks, int(shell.now))


def _purgestat(shell: Login, mta: Installation, line: Line, stdin: str) -> str:
    mta.host_status.purge(int(shell.now), mta.settings.keep_host_status)
    return ""


def _verify(shell: Login, mta: Installation, line: Line, stdin: str) -> str:
    """``sendmail -bv address…``: where mail for them would go; nothing is sent."""
    if not line.operands:
        raise Failed("Recipient names must be specified", Exit.USAGE)
    return "\n".join(answer for operand in line.operands for answer in _verified(shell, mta, operand))


def _verified(shell: Login, mta: Installation, operand: str) -> list[str]:
    """Where mail for one of them would go: by the rules of the cf, if it has any."""
    if not mta.cf.rulesets:
        return _meant(mta, operand)
    rewriting = Rewriting(mta.cf, shell.host, tuple(mta.own_names), mta.version, mode="v")
    context = rewriting.context(rewriting.macros.copy())
    to = answered(parse(context, operand, rewriting.mailers), shell.site.names)
    mailer = None if to is None else rewriting.mailers.get(to.mailer)
    if to is None or mailer is None:
        return context.complaints or [f"{operand}... User address required"]
    if mailer.is_local:
        return [*context.complaints, *_meant(mta, operand, to.user)]
    host = f", host {to.host}" if to.host else ""
    return [*context.complaints, f"{operand}... deliverable: mailer {to.mailer}{host}, user {to.user}"]


def _meant(mta: Installation, operand: str, user: str = "") -> list[str]:
    """Whom an address stands for, a line each; ``user`` is what rules have made of it."""
    try:
        address = parse_address(user or operand)
    except AddressError:
        return [f"{operand}... User address required"]
    if not mta.is_here(address):
        return [_deliverable(address, mta.ways.destination(address))]
    expansion = Expansion(mta, takes_time=False)
    if next(expansion.expand(address, operand), None) is not None:
        return [f"{operand}... cannot be expanded just now"]
    return [
        f"{operand}... {target.outcome.stat}"
        if target.outcome is not None
        else _deliverable(
            operand if target.address == address else _plain(mta, target.address),
            mta.ways.destination(target.address),
        )
        for target in expansion.targets
    ]


def _plain(mta: Installation, address: str) -> str:
    return mta.ways.local_user(address) or address


def _aliases(shell: Login, mta: Installation, line: Line, stdin: str) -> str:
    """``newaliases``: the alias database is made anew from its file."""
    path = mta.settings.alias_files[0]
    if shell.host.files.find(path) is None:
        raise Failed(f"{path}: No such file or directory", Exit.OSFILE)
    if not shell.is_root:
        raise Failed("Permission denied (real uid not trusted)", Exit.NOPERM)
    return mta.local.rebuild_aliases()


def _deliverable(address: str, to: Destination) -> str:
    host = f", host {to.host}." if to.host else ""
    if to.mailer == PROGRAM:
        return f"{address}... deliverable: mailer {to.mailer}, user |{to.user.removeprefix('|')}"
    return f"{address}... deliverable: mailer {to.mailer}{host}, user {to.user}"


def _test(shell: Login, mta: Installation, line: Line, stdin: str) -> str:
    """``sendmail -bt [-Cfile] [-d21.12]``: what is typed is answered."""
    files, path = shell.host.files, line.values.get("C", CONFIGURATION)
    node = files.find(path)
    cf, said = mta.cf, tuple[str, ...]()
    if node is not None and (path != CONFIGURATION or node.text != str(mta.cf)):
        cf, said = start_checks.read_for_test(node.text, path, files, mta.version)
    elif node is None and path != CONFIGURATION:
        raise Failed(f"{path}: line 0: cannot open: No such file or directory", Exit.OSFILE)
    rewriting = Rewriting(cf, shell.host, tuple(mta.own_names), mta.version, stock_rules=cf is mta.cf)
    return address_test(rewriting, shell.site.names, stdin, line.values.get("d", ""), said)


def _hand_in(shell: Login, mta: Installation, line: Line, stdin: str) -> str:
    """``sendmail [-f sender] [-N success] [-R hdrs] [-V id] to…``: a message from ``stdin``, header first."""
    if not line.operands:
        raise Failed("Recipient names must be specified", Exit.USAGE)
    _check_wishes(line.values)
    said: list[str] = []
    to: dict[str, str] = {}  # how each was written, by what it means
    for operand in filter(None, re.split(r"[\s,]+", " ".join(line.operands))):
        written = read(operand)
        if written.refused:
            said.append(written.words if written.code == SYNTAX else f"{operand}... {written.words}")
        elif written.address:
            to.setdefault(written.address, operand)
    if not to:
        raise Failed("\n".join(said), Exit.USAGE if said else Exit.OK)
    try:
        asked = prepare(
            mta,
            line.values.get("f", line.values.get("r", shell.user)),
            list(to),
            message=as_bytes(stdin) or NOTHING,
            notify=line.values["N"].split(",") if "N" in line.values else None,
            ret=line.values.get("R", ""),
            envid=line.values.get("V", ""),
            body=line.values.get("B", ""),
            user=shell.user,
            written=list(to.values()),
        )
    except WorkbookError as problem:
        raise Failed(str(problem), Exit.USAGE) from None
    return "\n".join((*said, *hand_in(mta, asked)))


def _check_wishes(values: dict[str, str]) -> None:
    """Refuse what nobody can wish for, in sendmail's words [main.c]."""
    wishes = {"success", "failure", "delay"}
    if "N" in values and values["N"].lower() != "never" and not set(values["N"].lower().split(",")) <= wishes:
        raise Failed("Invalid -N argument", Exit.USAGE)
    if "R" in values and values["R"].lower() not in ("full", "hdrs"):
        raise Failed("Invalid -R value", Exit.USAGE)
    if XTEXT.fullmatch(values.get("V", "")) is None:
        raise Failed("Invalid syntax in -V flag", Exit.USAGE)
    if "B" in values and values["B"].lower() not in ("7bit", "8bitmime"):
        raise Failed(f"Illegal body type {values['B']}", Exit.USAGE)


Mode = Callable[[Login, Installation, Line, str], str]
MODES: dict[str, Mode] = {
    "d": _daemon,
    "p": _mailq,
    "h": _hoststat,
    "H": _purgestat,
    "v": _verify,
    "t": _test,
    "m": _hand_in,
    "i": _aliases,
}


def _also_called(name: str, mode: str) -> Command:
    """Another name of the program, which stands for one of its modes."""

    def command(shell: Login, arguments: list[str], stdin: str) -> str:
        sendmail_of(shell, name)
        return sendmail(shell, [f"-b{mode}", *arguments], stdin)

    return command


PROGRAM = "prog"  # the mailer that runs programs
NAMES = (("mailq", "p"), ("hoststat", "h"), ("purgestat", "H"), ("newaliases", "i"))

COMMANDS: dict[str, Command] = {
    "sendmail": sendmail,
    **{name: _also_called(name, mode) for name, mode in NAMES},
}
