"""Mail to a command and to a file, as aliases and .forward files name them (slide claims 14.5, 17.4, 17.5)."""

import re
from posixpath import basename, dirname

from simlib.cf import Mailer
from simlib.message.copy import Copy
from simlib.message.status import Exit
from simlib.mta.local.exit_status import exit_outcome, transcript_line
from simlib.mta.local.sh import Ended, run
from simlib.mta.policy import log_lines
from simlib.mta.policy.outcome import Outcome
from simlib.mta.policy.queue_entry import Outcomes, QueueEntry, Recipient
from simlib.mta.policy.routing import FILE
from simlib.mta.process.process import SendmailProcess
from simlib.mta.process.written_out import WrittenOut
from simlib.site.programs import EX_OK, EX_UNAVAILABLE
from simlib.site.steps import Steps
from simlib.site.tree import Tree

NULL = "/dev/null"
SMRSH = "smrsh"  # the restricted shell, by the last part of P=
SMRSH_DIRECTORY = "/usr/adm/sm.bin"  # where it looks for commands; another where it was compiled so
_SPECIAL = "<>^;&`()\r\n$|"  # characters that smrsh does not pass on


def run_command(
    process: SendmailProcess, entry: QueueEntry, mailer: Mailer, recipient: Recipient, written: WrittenOut
) -> Steps[Outcomes]:
    """Run a command with the message, by the shell of the mailer's P=."""
    mta, begun = process.mta, process.env.now
    command = command_of(recipient.address, mta.settings.blank_sub)
    status, seconds, words = yield from _end_of(process, mailer, command)
    yield process.env.timeout(seconds)
    called = mailer.argv.replace("$u", command)
    mta.site.recorder.agents.add(
        time=begun,
        host=mta.name,
        command=called,
        message=entry.message.number,
        recipients=1,
        status=status,
        seconds=process.env.now - begun,
    )
    if status == EX_OK:
        arrive(process, entry, recipient, written, recipient.address.strip('"'))
    outcome = exit_outcome(status, mailer)
    entry.transcribe(*words)
    if outcome.exit.permanent:
        entry.transcribe(transcript_line(outcome, recipient.shown))
    return [(recipient, outcome)]


def write_file(
    process: SendmailProcess, entry: QueueEntry, recipient: Recipient, written: WrittenOut
) -> Steps[Outcomes]:
    """Append the message to a file, with the rights of the user who named it (built-in mailer ``*file*``)."""
    path, files, mta = recipient.address.strip('"'), process.mta.host.files, process.mta
    if path == NULL:
        arrive(process, entry, recipient, written, path)
        return [(recipient, Outcome(Exit.OK, "2.0.0", "Sent", FILE))]
    error = yield from files.reach(path)
    if error:
        return [(recipient, Outcome(Exit.TEMPFAIL, "4.0.0", "Deferred", FILE))]
    if not may_write(files, path, recipient.alias.controller, mta.settings.safe_file_environment):
        return [(recipient, Outcome(Exit.CANTCREAT, "5.0.0", Exit.CANTCREAT.text, FILE))]
    node = files.find(path) or files.write(path, owner=recipient.alias.controller, mode=0o600)
    disk = files.disk(path)
    kept, short = (0, 0) if disk is None else disk.grow(node.owner, len(node.text), entry.message.size, process.now)
    if short:
        assert disk is not None  # without one nothing is short
        disk.take(node.owner, -disk.needed(kept), process.now)
        return [(recipient, Outcome(Exit.IOERR, "4.0.0", Exit.IOERR.text, FILE))]
    arrive(process, entry, recipient, written, path)
    return [(recipient, Outcome(Exit.OK, "2.0.0", "Sent", FILE))]


def may_write(files: Tree, path: str, user: str, safe_environment: str) -> bool:
    """Whether a user may append to a file or make it.

    With SafeFileEnvironment it takes that directory for the root (chroot), whether the name begins with it or not.
    """
    if safe_environment and not path.startswith(f"{safe_environment}/"):
        path = safe_environment + path
    node, directory = files.find(path), files.find(dirname(path))
    if node is not None:
        return not node.directory and node.allows(user, 2) and not node.mode & 0o111
    return directory is not None and directory.allows(user, 3)


def command_of(address: str, blank: str) -> str:
    """The command that an address ``|command`` or ``"|command"`` names: what the shell is given.

    Where nothing quotes them, the words are joined by ``blank`` (O BlankSub), and there is no such program.

    >>> command_of('"|/usr/bin/vacation hana"', "."), command_of("|/usr/bin/vacation hana", ".")
    ('/usr/bin/vacation hana', '/usr/bin/vacation.hana')
    """
    pieces = re.split(r'(?<!\\)"', address)
    joined = (piece if n % 2 else blank.join(re.split(r"\s+", piece.rstrip())) for n, piece in enumerate(pieces))
    return "".join(joined).replace('\\"', '"').removeprefix("|").strip()


def by_smrsh(command: str, files: Tree, directory: str = SMRSH_DIRECTORY) -> tuple[str, str]:
    """What the restricted shell gives to /bin/sh, or else what it logs. Of a program's path it takes the last part.

    No redirections, pipes or further commands. Simplified: smrsh's exceptions for ``exec``, ``&&`` and ``||`` are
    left out.
    """
    name, blank, arguments = command.lstrip().partition(" ")
    program = basename(name)
    if not program or files.find(f"{directory}/{program}") is None:
        return "", f'attempt to use "{program}" (stat failed)'
    special = next((char for char in arguments if char in _SPECIAL), "")
    if special:
        return "", f"attempt to use {special} in command: {command}"
    return f"{directory}/{program}{blank}{arguments}", ""


def _end_of(process: SendmailProcess, mailer: Mailer, command: str) -> Steps[Ended]:
    """How a command ends."""
    host = process.mta.host
    if basename(mailer.path) == SMRSH:
        command, complaint = by_smrsh(command, host.files)
        if complaint:
            process.log(log_lines.smrsh(complaint))
            return Ended(EX_UNAVAILABLE, 0.0, ())
    return (yield from run(host, command))


def arrive(process: SendmailProcess, entry: QueueEntry, recipient: Recipient, written: WrittenOut, where: str) -> None:
    """A message has come to where a command or a file puts it."""
    copy = Copy(written.header(entry.message), entry.received, written.sender)
    process.mta.site.recorder.arrive(process.env.now, process.mta.name, where, copy, written.sender)
    recipient.account.deliver(process.env.now)
