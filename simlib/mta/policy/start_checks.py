"""What sendmail says when it starts, beside what is wrong with single lines: class files, mailers, levels.

It says it in its own words. What it only *warns* of does not keep it from starting.
"""

import re
from collections.abc import Iterator
from operator import itemgetter

from simlib.cf import Cf
from simlib.cf.conflicts import missing
from simlib.cf.contents import TODAYS_LEVEL
from simlib.mta.policy import queue_places
from simlib.mta.policy.settings import Settings
from simlib.site.tree import Tree


def read(text: str, name: str, files: Tree) -> tuple[Cf, tuple[str, ...]]:
    """Read a file as sendmail does when it starts on a host: with what keeps it from starting."""
    cf, said = _read(text, name, files)
    nowhere = "" if said else queue_places.complaint(Settings.of(cf).queue_directory, files)
    return cf, (nowhere,) if nowhere else said


def read_for_test(text: str, name: str, files: Tree, version: str) -> tuple[Cf, tuple[str, ...]]:
    """Read a file as address test mode does, which goes on whatever there is: with all that it says before.

    What is missing in the whole is of no consequence to it, and it looks for no queue.
    """
    cf, said = _read(text, name, files)
    lacking = {words for words, _ in missing(cf)}
    lines = [(_line_of(one), one) for one in said if one not in lacking]
    lines += [*cf.notes, *mailer_warnings(cf)]
    return cf, (*(words for _, words in sorted(lines, key=itemgetter(0))), *level_warnings(cf, version))


def _read(text: str, name: str, files: Tree) -> tuple[Cf, tuple[str, ...]]:
    return Cf.found(text, name, lambda cf: missing_class_files(cf, files))


def missing_class_files(cf: Cf, files: Tree) -> Iterator[tuple[int, str]]:
    """F lines without ``-o`` whose file cannot be read, each with its line."""
    for named in cf.class_files.values():
        for file in named:
            node = files.find(file.path) if file.path.startswith("/") else None
            if file.optional or not file.path.startswith("/") or (node is not None and not node.directory):
                continue
            why = "No such file or directory" if node is None else "Regular files only"
            yield file.line, f"fileclass: cannot open '{file.path}': {why}"


def mailer_warnings(cf: Cf) -> Iterator[tuple[int, str]]:
    """Connections whose ``A=`` is of an older sendmail."""
    for line in cf.lines:
        name = re.match(r"M([^,\s]+)", line.text)
        mailer = cf.mailers.get(name[1]) if name else None
        if mailer is not None and mailer.path == "[IPC]" and mailer.argv.split()[0] not in ("TCP", "FILE"):
            yield line.number, f"M{mailer.name}: Warning: first argument in [IPC] mailer must be TCP or FILE"


def level_warnings(cf: Cf, version: str) -> tuple[str, ...]:
    """A text for an older sendmail, or for a newer one."""
    if cf.version < TODAYS_LEVEL:
        age = f"sendmail {version} supports version {TODAYS_LEVEL}, .cf file is version {cf.version}"
        return (f"Warning: .cf file is out of date: {age}",)
    if cf.version > TODAYS_LEVEL:
        words = f"exceeds sendmail version {version} functionality ({TODAYS_LEVEL})"
        return (f"Warning: .cf version level ({cf.version}) {words}",)
    return ()


def _line_of(complaint: str) -> int:
    found = re.search(r": line (\d+): ", complaint)
    return int(found[1]) if found else 0
