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
    path: str = PATH
    said: tuple[str, ...] = ()  # all of it, in the order of the lines: what it can do without, too
    lengths: tuple[int, ...] = ()  # of what names stand for, a number for each line
    characters: int = 0  # of names and all that they stand for

    def __contains__(self, name: object) -> bool:
        return str(name).lower() in self.entries

    def value(self, name: str) -> str:
        """What a name stands for, as it is written."""
        return self.entries[name.lower()]

    def targets(self, name: str) -> list[str]:
        """The addresses that a name stands for."""
        return addresses(self.value(name))

    @property
    def report(self) -> str:
        """What ``newaliases`` prints."""
        longest = max(self.lengths, default=0)
        counts = f"{len(self.lengths)} aliases, longest {longest} bytes, {self.characters} bytes total"
        return "\n".join([*self.said, f"{self.path}: {counts}"])


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
    said: list[str] = []
    lengths: list[int] = []
    characters = 0
    for number, line in _logical_lines(text):
        where = f"{path}: line {number}:"
        name, colon, value = line.partition(":")
        name = name.strip()
        problem = _problem(line, name, bool(colon), value, own_names)
        if problem:
            problems.append(f"{where} {problem}")
            said.append(problems[-1])
            continue
        key, value = name.lower().partition("@")[0], value.strip()
        if key in entries:
            said.append(f"{where} {name}... Warning: duplicate alias name {key}")
        entries[key] = value  # the last one counts
        lengths.append(len(value))
        characters += len(key) + len(value)
    return Aliases(entries, tuple(problems), path, tuple(said), tuple(lengths), characters)


def _problem(line: str, name: str, colon: bool, value: str, own_names: Mapping[str, object]) -> str:
    """What is wrong with a line; empty where nothing is."""
    if line[:1] in (" ", "\t"):
        return "Non-continuation line starts with space"
    if line.startswith(":"):
        return f"{line}... illegal alias name"
    if not colon:
        return "missing colon"
    elsewhere = domain_of(name) and domain_of(name).lower() not in own_names
    if elsewhere or name.startswith(("|", "/", '"|', '"/')):
        return f"{name}... cannot alias non-local names"
    return "" if value.strip() else f"{line.strip()}... missing value for alias"


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


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with those that continue them, and the number of the first; comments are left out.

    A line goes on where the next begins with a blank, and where it ends with a backslash. One that begins with a blank
    and continues nothing stands for itself.
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
            yield number, line
        else:
            held = (held[0], f"{held[1]}{line.rstrip()}")
    if held is not None:
        yield held
