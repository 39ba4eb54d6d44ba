"""Where the daemon listens (DaemonPortOptions)."""

import re

from simlib.cf import Cf

_LISTENS_AT = re.compile(r"(?:^|,)\s*A\w*=\s*([^,\s]+)", re.IGNORECASE)  # Addr=, of which only the first letter counts


def listens_at(cf: Cf) -> tuple[tuple[int, str], ...]:
    """The hosts by name that DaemonPortOptions wants to listen at, each with its line of the cf."""
    lines = [(n, line.partition("=")[2]) for n, line in enumerate(str(cf).splitlines(), 1) if _is_port(line)]
    found = [(n, match[1]) for n, text in lines if (match := _LISTENS_AT.search(text))]
    return tuple((n, name) for n, name in found if not name[0].isdigit())


def _is_port(line: str) -> bool:
    return line.lower().startswith("o daemonportoptions")
