"""``makemap``: a database from a source of keys and values, a pair a line."""

from typing import NamedTuple


class Made(NamedTuple):
    """A database's text, as :mod:`~simlib.rewrite.maps.databases` reads it, and what makemap complains of."""

    text: str
    said: tuple[str, ...]


def makemap(source: str, name: str, *, fold: bool = True, empty: bool = False, replace: bool = False) -> Made:
    """Make a database of a source; ``name`` is what complaints call it.

    Options as of makemap(8): keys in lower case unless not ``fold`` (-f), ``empty`` values allowed (-e), a later line
    for a key in the place of the first with ``replace`` (-r).

    >>> makemap("here.example\\tRELAY\\n# nobody\\n", "access").text
    'here.example\\tRELAY\\n'
    """
    entries: dict[str, str] = {}
    said: list[str] = []
    for number, line in enumerate(source.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace():
            said.append(f"makemap: {name}: line {number}: syntax error (leading space)")
            continue
        key, value = [*line.split(None, 1), ""][:2]
        key, value = key.lower() if fold else key, value.rstrip("\n")
        if not value and not empty:
            said.append(f'makemap: {name}: line {number}: no RHS for LHS "{key}"')
        elif key in entries and not replace:
            said.append(f'makemap: {name}: line {number}: key "{key}": duplicate key')
        else:
            entries[key] = value
    return Made("".join(f"{key}\t{value}\n" for key, value in entries.items()), tuple(said))
