"""The aliases file: what ``newaliases`` makes of it, and lists of addresses (slide claims 13.1-13.4)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from simlib.errors import WorkbookError
from simlib.message.envelope import domain_of

PATH = "/etc/mail/aliases"
INCLUDE = ":include:"


class Aliases(NamedTuple):
    """An alias database: names in lower case, and what ``newaliases`` had to say."""

    entries: Mapping[str, str] = MappingProxyType({})
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    path: str = PATH

    def __contains__(self, name: object) -> bool:
        return str(name).lower() in self.entries

    def targets(self, name: str) -> list[str]:
        """The addresses that a name stands for."""
        return addresses(self.entries[name.lower()])

    @property
    def report(self) -> str:
        """What ``newaliases`` prints."""
        longest = max((len(value) for value in self.entries.values()), default=0)
        total = sum(len(name) + len(value) for name, value in self.entries.items())
        last = f"{self.path}: {len(self.entries)} aliases, longest {longest} bytes, {total} bytes total"
        return "\n".join([*self.problems, *self.warnings, last])


def paths(named: Iterable[str]) -> tuple[str, ...]:
    """The files that AliasFile names, without the kind of database before them; that of the stock cf if none.

    >>> paths(["hash:-o /etc/mail/aliases", "/etc/mail/lists"])
    ('/etc/mail/aliases', '/etc/mail/lists')
    """
    files = (text.rpartition(":")[2].split()[-1:] for text in named)
    return tuple(path for found in files for path in found if path.startswith("/")) or (PATH,)


def merged(databases: Sequence[Aliases]) -> Aliases:
    """Several databases as they are looked into one after the other: the first that has a name counts."""
    if len(databases) == 1:
        return databases[0]
    entries: dict[str, str] = {}
    for one in reversed(databases):
        entries |= one.entries
    return Aliases(entries, path=databases[0].path)


def newaliases(text: str, own_names: Mapping[str, object], path: str = PATH) -> Aliases:
    """Read an aliases file as ``newaliases`` does: a line that is wrong is complained of and left out.

    ``own_names``: the local host names; an alias is a local user.
    """
    entries: dict[str, str] = {}
    problems: list[str] = []
    warnings: list[str] = []
    for number, line in _logical_lines(text, path, problems):
        where = f"{path}: line {number}:"
        name, colon, value = line.partition(":")
        name = name.strip()
        if line.startswith(":"):
            problems.append(f"{where} {line}... illegal alias name")
        elif not colon:
            problems.append(f"{where} missing colon")
        elif domain_of(name) and domain_of(name).lower() not in own_names:
            problems.append(f"{where} {name}... cannot alias non-local names")
        elif not value.strip():
            problems.append(f"{where} {line.strip()}... missing value for alias")
        else:
            key = name.lower().partition("@")[0]
            if key in entries:
                warnings.append(f"{where} {key}... Warning: duplicate alias name {key}")
            entries[key] = value.strip()  # the last one counts
    return Aliases(entries, tuple(problems), tuple(warnings), path)


def addresses(text: str) -> list[str]:
    """The addresses of a list; commas inside double quotes part nothing. ``:include:`` may begin one."""
    parts: list[str] = [""]
    quoted = False
    for char in text:
        quoted ^= char == '"'
        if char in ",\n" and not quoted:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts if part.strip()]


def check(aliases: Aliases) -> None:
    """Complain of a text that newaliases complains of: in a notebook a slip, not a lesson."""
    if aliases.problems:
        raise WorkbookError("\n".join(aliases.problems))


def _logical_lines(text: str, path: str, problems: list[str]) -> Iterator[tuple[int, str]]:
    """Lines with those that continue them, and the number of the first; comments are left out.

    A line goes on where the next begins with a blank, and where it ends with a backslash.
    """
    held: tuple[int, str] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")
        if held is not None and held[1].endswith("\\"):
            held = (held[0], held[1][:-1] + line.rstrip())
        elif not line.strip() or line.startswith("#"):
            continue
        elif line[0] not in " \t":
            if held is not None:
                yield held
            held = (number, line.rstrip())
        elif held is None:
            problems.append(f"{path}: line {number}: Non-continuation line starts with space")
        else:
            held = (held[0], f"{held[1]}{line.rstrip()}")
    if held is not None:
        yield held
