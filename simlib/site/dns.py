"""Name service: zones from real zone text, and the servers that answer for them."""

import re
from dataclasses import dataclass, field, replace
from textwrap import dedent
from typing import NamedTuple

import dns.exception
import dns.name
import dns.zone
import simpy
from dns.rdtypes.ANY import CNAME, PTR, SOA
from dns.rdtypes.ANY import MX as MXRecord
from dns.rdtypes.IN import A

from simlib.errors import WorkbookError
from simlib.site.breakable import Breakable

NOERROR, NODATA, NXDOMAIN, TRY_AGAIN = "NOERROR", "NODATA", "NXDOMAIN", "TRY_AGAIN"

AUTOMATIC_TTL = 86_400  # s, of records that the world makes by itself
NEGATIVE_TTL = 600  # s that an NXDOMAIN is kept where the zone has no SOA to say (RFC 2308 §5)
MAX_CNAMES = 8  # links of a CNAME chain that are followed

MOST_GENERATED = 10_000  # names that one $GENERATE may make
_GENERATE = re.compile(r"^\s*\$GENERATE\s+([0-9]+)-([0-9]+)", re.MULTILINE | re.IGNORECASE)

MX = tuple[int, str]  # preference and host name
Record = MX | str


class ZoneError(WorkbookError):
    """Zone text that cannot be read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a ``status`` and, with NOERROR, the records: ``(preference, name)`` for MX, an address for A.

    ``ttl`` is in seconds. ``TRY_AGAIN`` is the resolver's word for SERVFAIL as for no answer at all.
    """

    status: str
    records: tuple[Record, ...] = ()
    ttl: float = 0
    canonical: str = ""  # the name that CNAMEs led to, where there were any
    mx: tuple[MX, ...] = field(init=False)  # the records of an answer to an MX question; asked for at each attempt

    def __post_init__(self) -> None:
        object.__setattr__(self, "mx", tuple(record for record in self.records if isinstance(record, tuple)))

    @property
    def addresses(self) -> list[str]:
        """The records of an answer to an A question."""
        return [record for record in self.records if isinstance(record, str)]


class Zone(Breakable):
    """One zone. While it is down its own servers are silent, and whoever asks about it gets SERVFAIL."""

    def __init__(self, env: simpy.Environment, origin: str, negative_ttl: float = NEGATIVE_TTL) -> None:
        super().__init__(env)
        self.origin = origin
        self.negative_ttl = negative_ttl
        self.records: dict[tuple[str, str], tuple[float, list[Record]]] = {}  # (name, type) -> ttl and records
        self.names: dict[str, None] = {}  # every name that exists, also those only in between

    def add(self, name: str, kind: str, record: Record, ttl: float) -> None:
        """Add one record."""
        _, held = self.records.setdefault((name, kind), (ttl, []))
        if record not in held:
            held.append(record)
        self.know(name)

    def know(self, name: str) -> None:
        """Note that a name exists, and with it all that lie between it and the zone."""
        while name and name != self.origin:
            self.names[name] = None
            _, _, name = name.partition(".")
        self.names[self.origin] = None

    def look_up(self, name: str, kind: str) -> Answer:
        """What the zone says of a name (RFC 1034 §4.3.2), with ``*`` wildcards (RFC 4592)."""
        owner = name if name in self.names else self._wildcard(name)
        if owner is None:
            return Answer(NXDOMAIN, ttl=self.negative_ttl)
        found = self.records.get((owner, kind))
        if found is None:
            return Answer(NODATA, ttl=self.negative_ttl)
        ttl, records = found
        return Answer(NOERROR, tuple(records), ttl)

    def _wildcard(self, name: str) -> str | None:
        while name != self.origin:
            _, _, name = name.partition(".")
            if f"*.{name}" in self.names:
                return f"*.{name}"
            if name in self.names or not name:
                return None
        return None


class Patience(NamedTuple):
    """How long a resolver waits: ``retrans`` seconds for an answer, ``retry`` times (``Timeout.resolver``)."""

    retrans: float = 5.0
    retry: int = 4


class NameService(Breakable):
    """The name servers of the world: they answer after ``round_trip`` seconds, or not at all while down."""

    def __init__(self, env: simpy.Environment, round_trip: float) -> None:
        super().__init__(env)
        self.round_trip = round_trip
        self.zones: dict[str, Zone] = {}
        self.automatic = Zone(env, origin="")  # what the world's own hosts and domains need

    def add(self, zone: Zone) -> None:
        """Answer for a zone from now on."""
        self.zones[zone.origin] = zone

    def read_zone(self, text: str, origin: str | None = None) -> Zone:
        """Read real zone text (RFC 1035 §5) with MX, A, CNAME and PTR records; of others it is known that they exist.

        ``origin`` may be given instead of a ``$ORIGIN`` line, and the whole may be indented as a notebook indents it.
        """
        parsed = _parse(text, origin)
        assert parsed.origin is not None  # from_text has refused a zone without one
        name = _plain(parsed.origin).strip(".")  # the root's is the empty one
        if name in self.zones:
            raise ZoneError("zone {name} is there already: give each zone once", name=name)
        zone = Zone(self.env, name)
        for owner, ttl, data in parsed.iterate_rdatas():
            full = _plain(owner.derelativize(parsed.origin))
            if isinstance(data, SOA.SOA):
                zone.negative_ttl = min(ttl, data.minimum)  # RFC 2308 §5
            elif isinstance(data, MXRecord.MX):
                target = _plain(data.exchange.derelativize(parsed.origin))
                zone.add(full, "MX", (data.preference, target), ttl)
            elif isinstance(data, A.A):
                zone.add(full, "A", data.address, ttl)
            elif isinstance(data, (CNAME.CNAME, PTR.PTR)):
                kind = "CNAME" if isinstance(data, CNAME.CNAME) else "PTR"
                zone.add(full, kind, _plain(data.target.derelativize(parsed.origin)), ttl)
            else:
                zone.know(full)
        return zone

    def covers(self, name: str) -> bool:
        """Whether any zone is responsible for a name, or a host or domain of the world bears it."""
        held = self.automatic.records
        return self._zone_of(name) is not self.automatic or (name, "A") in held or (name, "MX") in held

    def has_zone(self, name: str) -> bool:
        """Whether somebody gave a zone with a name in it."""
        return self._zone_of(name) is not self.automatic

    def answer(self, name: str, kind: str) -> Answer:
        """What a working name server answers, CNAMEs followed."""
        first = name
        for _ in range(MAX_CNAMES):
            zone = self._zone_of(name)
            if not zone.up:
                return Answer(TRY_AGAIN)
            alias = zone.look_up(name, "CNAME")
            if alias.status == NOERROR:
                name = str(alias.records[0])
                continue
            answer = alias
            if alias.status != NXDOMAIN:
                answer = zone.look_up(name, kind)
            elif name in self.automatic.names:  # a host of the world that its zone does not mention
                answer = self.automatic.look_up(name, kind)
            return answer if name == first else replace(answer, canonical=name)
        return Answer(TRY_AGAIN)  # a CNAME loop

    def _zone_of(self, name: str) -> Zone:
        rest = name
        while rest:
            if rest in self.zones:
                return self.zones[rest]
            _, _, rest = rest.partition(".")
        return self.zones.get("", self.automatic)  # the root's own zone, if somebody gave one


def _parse(text: str, origin: str | None) -> dns.zone.Zone:
    if not isinstance(text, str) or (origin is None and not text.strip()):
        raise ZoneError(
            "{text!r} is no zone: write its records as text, after a line such as $ORIGIN site.example.", text=text
        )
    for line, start, stop in ((found[0], found[1], found[2]) for found in _GENERATE.finditer(text)):
        if max(len(start), len(stop)) > 9 or int(stop) - int(start) > MOST_GENERATED:
            raise ZoneError(
                "zone text cannot be read, {line}: at most {most_generated:,} names are made at once",
                line=line.strip(),
                most_generated=MOST_GENERATED,
            )
    try:
        return dns.zone.from_text(dedent(text.expandtabs()), origin=origin, relativize=False, check_origin=False)
    except dns.zone.UnknownOrigin:
        raise ZoneError("zone text names no origin: begin it with a line such as $ORIGIN site.example.") from None
    except (dns.exception.DNSException, ValueError) as problem:
        raise ZoneError("zone text cannot be read, {str}", str=str(problem).replace("<string>:", "line ")) from None


def _plain(name: dns.name.Name) -> str:
    return name.to_text(omit_final_dot=True).lower()
