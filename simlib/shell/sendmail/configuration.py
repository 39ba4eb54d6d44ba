"""With which configuration a typed sendmail works: its file, ``-C``, and the options of the command line."""

import re

from simlib.cf import Cf
from simlib.cf.conflicts import conflicts
from simlib.cf.not_simulated import told
from simlib.language import translated
from simlib.message.status import Exit
from simlib.mta.installation import CONFIGURATION, Installation
from simlib.mta.policy import log_lines, queue_places, start_checks
from simlib.shell.answer import Failed
from simlib.shell.files.paths import absolute
from simlib.shell.login import Login
from simlib.shell.sendmail.line import Line
from simlib.shell.sendmail.options import is_passed_over, meant, remarks
from simlib.shell.sendmail.rights import refusal
from simlib.smtp.terminal import Terminal

UNKNOWN_MODE = re.compile(r"Unknown \S+ mode ")  # that is an error of who types, all others are of the program
NOT_SIMULATED = "DLhps"
NEEDS_NO_QUEUE = ("t", "d", "D")  # modes that say nothing, or something else, where there is none
INTERACTIVE = "O DeliveryMode=interactive"  # with -v it waits for the end


def begun(shell: Login, line: Line, mta: Installation, terminal: Terminal) -> Installation:
    """The sendmail of a host as a command line begins it.

    Raises :class:`~simlib.shell.answer.Failed` where it does not begin.
    """
    cf = mta.cf if line.mode == "t" else _file(shell, mta, line)
    shows = line.is_verbose and line.mode in ("m", "s")
    if line.settings or shows:
        texts = [_from_here(shell, text) for text in line.settings if not is_passed_over(text)]
        cf, complaints = cf.with_options([*texts, *([INTERACTIVE] if shows else [])])
        for text in line.settings:
            terminal.say(*remarks(text))
        terminal.say(*map(translated, complaints.idle))
        if complaints.fatal:
            status = Exit.USAGE if all(map(UNKNOWN_MODE.match, complaints.fatal)) else Exit.SOFTWARE
            raise Failed("\n".join(complaints.fatal), status)
    terminal.say(*(f"Warning: {complaint}" for complaint, _ in conflicts(cf)))
    idle = told(*(f"-{letter}" for letter in NOT_SIMULATED if letter in line))
    if idle:
        terminal.say(translated(idle))
    other = mta.typed_with(cf, terminal)
    if line.mode not in NEEDS_NO_QUEUE:
        _come_into_queue(shell, line, other)
    if "n" in line:
        other.local = other.local.without_aliases()
    return other


def _from_here(shell: Login, text: str) -> str:
    """A queue directory counts from where somebody is."""
    option = meant(text)
    if option is None or option.name != "QueueDirectory":
        return text
    value = text.partition("=")[2] if text.startswith("O ") else text[2:]
    return f"O QueueDirectory={absolute(shell, value.strip() or str(option.empty))}"


def _file(shell: Login, mta: Installation, line: Line) -> Cf:
    """What the configuration file says; where there is none, what the host's sendmail has been given."""
    files, path = shell.host.files, absolute(shell, line.values.get("C", CONFIGURATION))
    node = files.find(path)
    if node is None and "C" not in line:
        return mta.cf
    if node is None or node.directory:
        why = "No such file or directory" if node is None else "Regular files only"
        raise Failed(f"{line.values.get('C', path)}: line 0: cannot open: {why}", Exit.OSFILE)
    cf, said = start_checks.read(node.text, path, files)
    if said:
        pid = mta.host.new_pid()
        for complaint in said:
            mta.log(log_lines.syserr(complaint), pid)
        raise Failed("\n".join(said), Exit.OSERR if "fileclass" in said[-1] else Exit.SOFTWARE)
    return mta.cf if path == CONFIGURATION and not mta.has_new_configuration else cf


def _come_into_queue(shell: Login, line: Line, mta: Installation) -> None:
    option, files = mta.settings.queue_directory, shell.host.files
    lacking = queue_places.complaint(option, files)
    if lacking:
        raise Failed(lacking, Exit.CONFIG)
    refused = refusal(shell, line, queue_places.base(option), files)
    if refused:
        raise Failed(refused, Exit.CONFIG)
