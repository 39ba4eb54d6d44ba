"""All programs by name."""

from simlib.shell import mail, maps, statistics
from simlib.shell.call import Program, program_of
from simlib.shell.files import copying, edit, find, listing, moving, owners
from simlib.shell.host import disks, machine, processes, services
from simlib.shell.letters import mail_command
from simlib.shell.manual import command as manual
from simlib.shell.network import connections, names
from simlib.shell.places import DIRECTORIES
from simlib.shell.text import columns, difference, grep, looking, order, printing, xargs
from simlib.shell.text.awk import command as awk
from simlib.shell.text.sed import command as sed

MODES_THAT_READ = ("m", "t", "s", "D")  # of sendmail


def _sendmail_reads(arguments: list[str]) -> bool:
    """Whether sendmail reads its input, called so."""
    mode, queue = "m", False
    for word in arguments:
        if word.startswith("-b"):
            mode = word[2:3]
        queue = queue or word.startswith("-q")
    return mode in MODES_THAT_READ and not (queue and mode == "m")


def _makemap_reads(arguments: list[str]) -> bool:
    return "-u" not in arguments and "-l" not in arguments


READS = {"sendmail": _sendmail_reads, "makemap": _makemap_reads}
AT_ONCE = {**mail.COMMANDS, **maps.COMMANDS, **statistics.COMMANDS}

PROGRAMS: dict[str, Program] = {
    **{name: program_of(command, READS.get(name, lambda _: False)) for name, command in AT_ONCE.items()},
    **disks.PROGRAMS,
    **machine.PROGRAMS,
    **processes.PROGRAMS,
    **services.PROGRAMS,
    **edit.PROGRAMS,
    **find.PROGRAMS,
    **manual.PROGRAMS,
    **listing.PROGRAMS,
    **names.PROGRAMS,
    **connections.PROGRAMS,
    **mail_command.PROGRAMS,
    **copying.PROGRAMS,
    **moving.PROGRAMS,
    **owners.PROGRAMS,
    **columns.PROGRAMS,
    **difference.PROGRAMS,
    **grep.PROGRAMS,
    **looking.PROGRAMS,
    **order.PROGRAMS,
    **printing.PROGRAMS,
    **sed.PROGRAMS,
    **xargs.PROGRAMS,
    **awk.PROGRAMS,
}


def program(name: str) -> Program | None:
    """The program of a name, or of a path in one of the places where programs are."""
    known = next((name.removeprefix(place) for place in DIRECTORIES if name.startswith(place)), name)
    return PROGRAMS.get(known)
