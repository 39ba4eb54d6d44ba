"""What is wrong with a K line: kinds of maps that sendmail does not have, and what a kind cannot do without."""

import re
from collections.abc import Collection

from simlib.cf.errors import Unreadable
from simlib.language import phrase
from simlib.regex import Regex, RegexError

SIMULATED = frozenset(
    ("arith", "bestmx", "btree", "dbm", "dequote", "dns", "hash", "host", "macro", "null", "regex", "sequence", "text")
) | {"user"}
ONLY_KNOWN = frozenset(
    ["arpa", "implicit", "ldap", "nis", "nisplus", "program", "socket", "stab", "switch", "syslog", "userdb"]
)
"""Kinds that sendmail has and the workbook has not: they answer nothing."""

_WITH_FILE = ("hash", "btree", "dbm", "program", "stab", "userdb")
_RECORDS = frozenset(("A", "AAAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT", "AFSDB", "TLSA"))
_OPTION = re.compile(r"\s*-(?:(?P<apart_letter>[kvRdrB])\s+(?P<apart>[^\s-]\S*)|(?P<letter>\S)(?P<value>\S*))")
# some letters may have their value in the next word


def options(arguments: str) -> tuple[dict[str, str], str]:
    """The options of a K line by letter, and what follows them: a file, a pattern, names of other maps.

    >>> options("-T<TMP> -o /etc/mail/access.db")
    ({'T': '<TMP>', 'o': ''}, '/etc/mail/access.db')
    """
    letters: dict[str, str] = {}
    rest = arguments
    while found := _OPTION.match(rest):
        letters[found["apart_letter"] or found["letter"]] = found["apart"] or found["value"] or ""
        rest = rest[found.end() :]
    return letters, rest.strip()


def fault(name: str, kind: str, arguments: str, maps: Collection[str]) -> Unreadable | None:
    """What sendmail finds wrong with a K line; ``maps`` are the names of those before it."""
    letters, rest = options(arguments)
    if kind not in SIMULATED and kind not in ONLY_KNOWN:
        known = ", ".join(sorted(SIMULATED))
        said = f"readcf: map {name}: class {kind} not available"
        problem = phrase("map {name}: there is no kind of map called {kind}", name=name, kind=kind)
        return Unreadable(problem, phrase("take one of {known}", known=known), kind, said)
    if kind in _WITH_FILE and not rest:
        cure = phrase("name its file: K{name} {kind} /etc/mail/{name}", name=name, kind=kind)
        problem, said = phrase("map {name} has no file", name=name), f"No file name for {kind} map {name}"
        return Unreadable(problem, cure, said=said)
    if kind == "dns":
        return _dns(name, letters.get("R", ""))
    if kind == "sequence":
        unknown = [member for member in rest.split() if member not in maps]
        if unknown:
            said = "\n".join(f"Sequence map {name}: unknown member map {member}" for member in unknown)
            problem = phrase("map {name}: there is no map {member} before it", name=name, member=unknown[0])
            return Unreadable(problem, phrase("put K{member} above this line", member=unknown[0]), unknown[0], said)
    if kind == "regex":
        try:
            Regex(rest, extended="b" not in letters)
        except RegexError as problem:
            cure = phrase("write a regular expression of POSIX")
            return Unreadable(str(problem), cure, rest, f"pattern-compile-error: {problem}")
    return None


def _dns(name: str, kind: str) -> Unreadable | None:
    missing = f"dns map {name}: missing -R type"
    if kind.upper() in _RECORDS:
        return None
    said = f"dns map {name}: wrong type {kind}\n{missing}" if kind else missing
    problem = phrase("map {name} does not say which records it looks for", name=name)
    return Unreadable(problem, phrase("write K{name} dns -R A", name=name), said=said)
