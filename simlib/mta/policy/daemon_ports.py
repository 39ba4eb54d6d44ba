"""Where the daemon listens, and what it does there (DaemonPortOptions) [daemon.c]."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

SERVICES: Mapping[str, int] = MappingProxyType({"smtp": 25, "submission": 587, "smtps": 465})  # /etc/services
EVERYWHERE = ("", "0.0.0.0")
LOOPBACK = ("localhost", "127.")  # how a name or an address begins that only this host itself can call
NO_ETRN = "E"


class Port(NamedTuple):
    """A socket of the daemon. ``line`` of the cf; ``address``: a name or an address, empty for all that the host has.

    ``modifiers`` (M=) are single letters, of which E (no ETRN) is obeyed.
    """

    name: str
    address: str = ""
    number: int = SERVICES["smtp"]
    modifiers: frozenset[str] = frozenset()
    line: int = 0

    @property
    def named(self) -> bool:
        """Whether its address is a name, which has to be looked up."""
        return bool(self.address) and not self.address[0].isdigit()

    def is_open_to_others(self, own_address: str) -> bool:
        """Whether other hosts can call it on a host with this address. Simplified: a name is one of the host's own."""
        if self.address.startswith(LOOPBACK):
            return False
        return self.named or self.address in (*EVERYWHERE, own_address)


def daemon_ports(options: Sequence[str], cf: str) -> tuple[Port, ...]:
    """The sockets that the lines of a cf ask for; one for SMTP where there are none."""
    lines, options = cf.splitlines(), options or ("Name=MTA",)
    return tuple(_port(text, number, _line_of(text, lines)) for number, text in enumerate(options))


def at_smtp(ports: Iterable[Port]) -> tuple[Port, ...]:
    """Those on port 25. Simplified: nobody connects to another, and the log is silent about those."""
    return tuple(port for port in ports if port.number == SERVICES["smtp"])


def listens_at(ports: Iterable[Port]) -> tuple[tuple[int, str], ...]:
    """The hosts by name that the daemon is to listen at, each with its line of the cf."""
    return tuple((port.line, port.address) for port in ports if port.named)


def _port(text: str, number: int, line: int) -> Port:
    """One line: of each key only the first letter counts."""
    pairs = (pair.partition("=") for pair in text.split(","))
    values = {key.strip()[:1].upper(): value.strip() for key, _, value in pairs}
    port = values.get("P", "smtp")
    return Port(
        values.get("N") or f"Daemon{number}",
        values.get("A", ""),
        int(port) if port.isdigit() else SERVICES.get(port, SERVICES["smtp"]),
        frozenset(values.get("M", "")),
        line,
    )


def _line_of(text: str, lines: list[str]) -> int:
    return next((n for n, line in enumerate(lines, 1) if line.rstrip().endswith(text)), 0)
