"""Hosts and lines as a networkx graph, and what becomes of a TCP connect."""

from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

import networkx
import simpy

from simlib.errors import WorkbookError
from simlib.site.breakable import Breakable
from simlib.site.filters import DROP, PORT_UNREACHABLE, RESET, Filter
from simlib.site.host import KERNEL_CONNECT_TIMEOUT, Host

BACKBONE = "internet"

ACCEPTED, REFUSED, TIMED_OUT, UNREACHABLE = "accepted", "refused", "timed out", "unreachable"


_BREAKS = attrgetter("breaks")


class NetworkError(WorkbookError):
    """Two hosts of one name, or a line to a host that is not there."""


class Link(Breakable):
    """A line: ``latency`` in seconds one way, ``bandwidth`` in bits a second for each connection over it.

    Connections do not slow each other down on a line; that is a simplification.
    """

    def __init__(self, env: simpy.Environment, ends: tuple[str, str], latency: float, bandwidth: float) -> None:
        super().__init__(env)
        self.ends = ends
        self.latency = latency
        self.bandwidth = bandwidth
        self.filters: list[Filter] = []  # for what passes over it, either way


class Path(NamedTuple):
    """The way between two hosts: all on it that can break, the lines among that, its delay and narrowest line."""

    parts: tuple[Breakable, ...]
    links: tuple[Link, ...]
    latency: float
    bandwidth: float

    @property
    def round_trip(self) -> float:
        """Seconds there and back."""
        return 2 * self.latency

    def transfer(self, size: int) -> float:
        """Seconds that ``size`` bytes take on the narrowest line, without the latency."""
        return size * 8 / self.bandwidth

    def breaks(self) -> int:
        """How often something on it broke so far; a difference tells that it did in the meantime."""
        breaks: int = sum(map(_BREAKS, self.parts))
        return breaks

    def broken(self) -> Breakable | None:
        """The first thing on it that is down now."""
        return next((part for part in self.parts if not part.up), None)


class Connect(NamedTuple):
    """What a TCP connect comes to: its outcome, how many seconds later, and over which path.

    ``action`` is that of the packet filter that stopped it.
    """

    outcome: str
    seconds: float
    path: Path | None
    action: str = ""


class Network:
    """The site's hosts and lines.

    A host hangs on the backbone by a line of its own and reaches every other host there; :meth:`link` adds a
    direct line. Mail takes the quickest way that is up.
    """

    def __init__(self, env: simpy.Environment) -> None:
        self.env = env
        self.graph = networkx.Graph()
        self.graph.add_node(BACKBONE)
        self.hosts: dict[str, Host] = {}
        self._by_address: dict[str, Host] = {}
        self._links: dict[tuple[str, str], Link] = {}
        self._paths: dict[tuple[str, str], Path | None] = {}  # forgotten whenever something breaks or comes back
        self._change: simpy.Event | None = None

    def add(self, host: Host, latency: float, bandwidth: float) -> Link:
        """Hang ``host`` on the backbone."""
        if host.name in self.hosts or host.name == BACKBONE:
            raise NetworkError("there is a host {name} already: give each host a name of its own", name=host.name)
        self.hosts[host.name] = host
        self._by_address[host.address] = host
        host.watchers.append(self._changed)
        self.graph.add_node(host.name)
        return self._connect((BACKBONE, host.name), latency, bandwidth)

    def link(self, one: str, other: str, latency: float, bandwidth: float) -> Link:
        """Add a direct line between two hosts, or change the one that is there."""
        for end in (one, other):
            if end not in self.graph:
                raise NetworkError(
                    "a link from {one} to {other}: there is no host {end}; known: {known}",
                    one=one,
                    other=other,
                    end=end,
                    known=self.known(),
                )
        if one == other:
            raise NetworkError("a link from {one} to itself leads nowhere", one=one)
        return self._connect((one, other), latency, bandwidth)

    def link_between(self, one: str, other: str) -> Link:
        """The line between two hosts, or between a host and the ``internet``."""
        link = self._links.get(_ends(one, other))
        if link is None:
            raise NetworkError(
                "there is no link between {one} and {other}; known hosts: {known}",
                one=one,
                other=other,
                known=self.known(),
            )
        return link

    def host_at(self, address: str) -> Host | None:
        """The host that has an address; None where nobody has it."""
        return self._by_address.get(address)

    def check_free(self, address: str, host: Host) -> None:
        """Complain if another host has an address that ``host`` is to get."""
        owner = self._by_address.get(address, host)
        if owner is not host:
            raise NetworkError(
                "{address} cannot be the address of {name}: {name2} has it",
                address=address,
                name=host.name,
                name2=owner.name,
            )

    def readdress(self, host: Host, address: str) -> None:
        """Give a host another address, which must be free."""
        self.check_free(address, host)
        del self._by_address[host.address]
        host.address = address
        self._by_address[address] = host

    def known(self) -> str:
        """The names of all hosts, for messages."""
        return ", ".join(self.hosts) or "none yet"

    def path(self, client: Host, server: Host) -> Path | None:
        """The quickest way between two hosts over lines and relaying hosts that are up; None where there is none."""
        key = (client.name, server.name)
        if key not in self._paths:
            self._paths[key] = self._quickest(client, server)
        return self._paths[key]

    def change(self) -> simpy.Event:
        """An event that happens when a host or a line breaks or comes back."""
        if self._change is None:
            self._change = self.env.event()
        return self._change

    def is_on_the_net(self, host: Host) -> bool:
        """Whether a way leads from a host to the rest of the world."""
        return self._links[_ends(BACKBONE, host.name)].up or self._way(host.name, BACKBONE) is not None

    def connect(self, client: Host, server: Host | None, port: int) -> Connect:
        """Open a TCP connection to ``port`` (RFC 793 §3.4); ``server`` is None for an address that nobody has.

        A host that is down or not there does not answer, a closed port is refused after one round trip, and a broken
        line makes the last router say so.
        """
        if server is None:
            return Connect(TIMED_OUT, KERNEL_CONNECT_TIMEOUT, None)
        path = self.path(client, server)
        if path is None:
            near = self._links[_ends(BACKBONE, client.name)]
            return Connect(UNREACHABLE, 2 * near.latency, None)
        stopped = self._stopped(path, server, port)
        if stopped is not None:
            return stopped
        if not server.up:
            return Connect(TIMED_OUT, KERNEL_CONNECT_TIMEOUT, path)
        service = server.services.get(port)
        if service is None or not service.takes_connections():
            return Connect(REFUSED, path.round_trip, path)
        return Connect(ACCEPTED, path.round_trip, path)

    def _stopped(self, path: Path, server: Host, port: int) -> Connect | None:
        """What a filter on the way makes of it; an ICMP message, like a reset, is back after one round trip."""
        rules = [rule for link in path.links for rule in link.filters] + server.filters
        for filter in (rule for rule in rules if rule.stops(port)):
            outcome = {DROP: TIMED_OUT, RESET: REFUSED, PORT_UNREACHABLE: REFUSED}.get(filter.action, UNREACHABLE)
            wait = KERNEL_CONNECT_TIMEOUT if outcome == TIMED_OUT else path.round_trip
            return Connect(outcome, wait, path, filter.action)
        return None

    def _connect(self, ends: tuple[str, str], latency: float, bandwidth: float) -> Link:
        link = Link(self.env, ends, latency, bandwidth)
        link.watchers.append(self._changed)
        self._links[_ends(*ends)] = link
        self.graph.add_edge(*ends, latency=latency, bandwidth=bandwidth)
        self._paths.clear()
        return link

    def _changed(self) -> None:
        self._paths.clear()
        change, self._change = self._change, None
        if change is not None:
            change.succeed()

    def _quickest(self, client: Host, server: Host) -> Path | None:
        if client is server:
            return Path((client,), (), latency=0.0, bandwidth=float("inf"))
        names = self._way(client.name, server.name)
        if names is None:
            return None
        links = tuple(self._links[_ends(*pair)] for pair in pairwise(names))
        return Path(
            (*(self.hosts[name] for name in names if name != BACKBONE), *links),
            links,
            latency=sum(link.latency for link in links),
            bandwidth=min(link.bandwidth for link in links),
        )

    def _way(self, start: str, end: str) -> list[str] | None:
        """The names along the quickest way."""

        def usable(name: str) -> bool:
            return name in (BACKBONE, start, end) or self.hosts[name].up

        def weight(one: str, other: str, edge: dict[str, float]) -> float | None:
            works = self._links[_ends(one, other)].up and usable(one) and usable(other)
            return edge["latency"] if works else None  # networkx takes None as "no such edge"

        try:
            names: list[str] = networkx.dijkstra_path(self.graph, start, end, weight)
        except networkx.NetworkXNoPath:
            return None
        return names


def _ends(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def host_name(name: str) -> str:
    """The name as a network knows it. Raises WorkbookError for what cannot be the name of a host."""
    plain = name.lower().rstrip(".")
    labels = plain.split(".")
    if not all(label and label.replace("-", "").isalnum() for label in labels) or plain == BACKBONE:
        raise WorkbookError("{name!r} is not a host name: write it like mail.site.example", name=name)
    return plain
