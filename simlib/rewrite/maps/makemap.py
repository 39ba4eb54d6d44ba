"""``makemap``: a database from a source of keys and values, a pair a line. Here its file is text: key, tab, value."""

from collections.abc import Mapping
from typing import NamedTuple


class Made(NamedTuple):
    """The entries of a database, and what makemap complains of."""

    entries: dict[str, str]
    said: tuple[str, ...]

    @property
    def text(self) -> str:
        """The file, as :mod:`~simlib.rewrite.maps.databases` reads it."""
        return written(self.entries)


def makemap(
    source: str,
    name: str,
    *,
    fold: bool = True,
    empty: bool = False,
    replace: bool = False,
    delimiter: str = "",
    before: Mapping[str, str] | None = None,
) -> Made:
    """Make a database of a source; ``name`` is what complaints call it.

    Options as of makemap(8): keys in lower case unless not ``fold`` (-f), ``empty`` values allowed (-e), a later line
    for a key in the place of the first with ``replace`` (-r), a ``delimiter`` in place of blanks (-t), what was there
    ``before`` kept (-o).

    >>> makemap("here.example\\tRELAY\\n# nobody\\n", "access").text
    'here.example\\tRELAY\\n'
    """
    entries = dict(before or {})
    said: list[str] = []
    for number, line in enumerate(source.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace() and not delimiter:
            said.append(f"makemap: {name}: line {number}: syntax error (leading space)")
            continue
        key, value = _pair(line, delimiter)
        key = key.lower() if fold else key
        if not value and not empty:
            said.append(f"makemap: {name}: line {number}: no RHS for LHS {key}")
        elif key in entries and not replace:
            said.append(f"makemap: {name}: line {number}: key {key}: duplicate key")
        else:
            entries[key] = value
    return Made(entries, tuple(said))


def written(entries: Mapping[str, str]) -> str:
    """The file of a database."""
    return "".join(f"{key}\t{value}\n" for key, value in entries.items())


def _pair(line: str, delimiter: str) -> tuple[str, str]:
    if delimiter:
        key, _, value = line.partition(delimiter)
        return key, value
    key, *rest = line.split(None, 1)
    return key, rest[0] if rest else ""
