"""The world: the clock, the seed, the hosts, what goes wrong, and the run."""

from collections.abc import Callable, Sequence
from random import Random

import simpy

from simlib import collect, equipment
from simlib.cf import Cf, configuration
from simlib.equipment import Place, between, host_of
from simlib.errors import WorkbookError
from simlib.language import phrase
from simlib.message.envelope import domain_of
from simlib.mta.installation import Installation
from simlib.mta.policy.routing import is_literal
from simlib.mta.policy.version import numbers
from simlib.mta.receiving.daemon import Daemon
from simlib.mta.sendmail import Sendmail
from simlib.neighbours.etrn import ask_for_mail
from simlib.neighbours.peer import Peer
from simlib.neighbours.telnet import Telnet
from simlib.shell.shell import Shell
from simlib.site.breakable import Breakable
from simlib.site.dns import AUTOMATIC_TTL, NameService, Zone
from simlib.site.filters import DROP, MODERN, Action, Filter, Stack
from simlib.site.host import Host
from simlib.site.network import Link, Network, host_name
from simlib.site.nfs import NfsServer
from simlib.site.resolver import NameServers, Resolver
from simlib.site.site import Site
from simlib.smtp.quirks import Quirks
from simlib.trace.clock import Clock
from simlib.trace.names import name_of
from simlib.trace.record import Trace
from simlib.trace.recorder import Recorder
from simlib.units import bits_per_second, seconds
from simlib.watch import slices

NAME_SERVICE_ROUND_TRIP = 0.010  # s that one answered question costs
AUTOMATIC_PREFERENCE = 10
BOUNCES = (".invalid", ".redirect")  # names that are meant to lead nowhere


class World:
    """A site and the net around it, in simulated time: World(seed=4) … run(until="1h").

    Hosts and servers:
        host          a machine on the net
        sendmail      a host with sendmail
        peer          a host with some other SMTP server, odd if wanted
        nfs_server    an NFS server that exports directories
        named         a name server on a host
        identd        an Ident server on a host
        pop           a POP server beside a sendmail
        smap          the mail proxy of a firewall in front of a sendmail

    What a host has:
        disk          a file system of so many blocks
        mount         a directory of an NFS server
        user          people with an account, a home, a quota
        file          a file, with its owner and its permission bits
        directory     a directory
        agent         a local delivery agent, for P= of a mailer
        program       a program, for |path in aliases and .forward files

    The net:
        link          a direct line between two hosts
        zone          name service from real zone text, also of in-addr.arpa
        filter        a packet filter in front of a host, or on a link

    What happens:
        outage        a host, a port, a link, a zone is down for a while
        busy          other programs compute on a host for a while
        fill          something else takes blocks of a disk for a while
        etrn          a host asks another one to run its queue for it
        at            anything else, at a time
        run           let time pass; gives the Trace of what happened

    To type at it:
        shell         a shell on a host: root = world.shell(mail); root("mailq")
        telnet        SMTP by hand, line by line

    To look at:
        systems       all sendmails
        random        the stream of random numbers for a purpose
        seed          what fixes all chance: equal seeds and equal calls give equal traces
        clock         what the clock on the wall shows
        env           SimPy's environment: world.env.now is the time in seconds
        network       hosts and lines
        dns           the name service: world.outage(world.dns, …)
        recorder      what is written down meanwhile

    Wherever a host is asked for, its name will do, or what stands for it: a sendmail, a peer. ``start`` is what the
    clock on the wall shows at simulated second 0, with its offset from UTC.
    """

    def __init__(self, seed: int = 1, start: str = "1998-07-01T09:00+09:00") -> None:
        self.seed = seed
        self.env = simpy.Environment()
        self.clock = Clock.starting(start)
        self.network = Network(self.env)
        self.dns = NameService(self.env, NAME_SERVICE_ROUND_TRIP)
        self.recorder = Recorder()
        self._streams: dict[str, Random] = {}
        self._systems: dict[str, Sendmail] = {}
        self._site = Site(self.env, self.clock, self.network, self.dns, self.recorder, self.random, self.at)

    def __repr__(self) -> str:
        names = ", ".join(self.network.hosts) or "no host"
        return f"<world of seed {self.seed}, at {self.env.now:g} s, {self.clock.ctime(self.env.now)}: {names}>"

    @property
    def systems(self) -> tuple[Sendmail, ...]:
        """All sendmails of the world, in the order in which they were made."""
        return tuple(self._systems.values())

    def random(self, purpose: str) -> Random:
        """The stream of random numbers for one purpose; drawing from one shifts no other."""
        if purpose not in self._streams:
            self._streams[purpose] = Random(f"{self.seed} {purpose}")
        return self._streams[purpose]

    def host(
        self,
        name: str,
        *,
        latency: str | float = "5ms",
        bandwidth: str | float = "10Mbps",
        domain: str | Sequence[str] = (),
        cpus: int = 1,
        stack: Stack = MODERN,
    ) -> Host:
        """A machine on the net. ``latency`` is one way to the backbone, ``bandwidth`` what one connection gets.

        ``domain``: domains whose mail goes to it; each gets an MX record of preference 10. ``cpus``: its processors.
        ``stack``: its TCP, "modern" or "Ultrix": an old one, where *host unreachable* ends all connections to it.
        """
        name = host_name(name)
        line = (seconds(latency), bits_per_second(bandwidth))
        if cpus < 1:
            raise WorkbookError("cpus={cpus!r}: a host has at least 1 processor", cpus=cpus)
        number = len(self.network.hosts) + 1
        run_queue = self.recorder.run_queue.setdefault(name, [])
        address = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        host = Host(self.env, name, address, cpus, stack, watch=lambda now, length: run_queue.append((now, length)))
        self.network.add(host, *line)
        resolver = host.resolver = Resolver(self.dns, NameServers(self.dns, self.network, host))
        host.on_crash.append(resolver.forget)
        host.told = lambda *what: self.recorder.service(name, *what)
        self.dns.automatic.add(name, "A", host.address, AUTOMATIC_TTL)
        for one in _domains(domain):
            self.dns.automatic.add(one, "MX", (AUTOMATIC_PREFERENCE, name), AUTOMATIC_TTL)
        return host

    def sendmail(
        self,
        name: str,
        *,
        cf: str | Cf = "",
        version: str = "8.18",
        domain: str | Sequence[str] = (),
        latency: str | float = "5ms",
        bandwidth: str | float = "10Mbps",
        cpus: int = 1,
        message_cost: str | float = 0,
        lets_wait: bool = False,
        stack: Stack = MODERN,
    ) -> Sendmail:
        """A host with sendmail. ``cf`` is sendmail.cf text.

        Text without a ``V`` line is laid over the stock configuration (``simlib.cf.stock``); with one it is the
        whole. For ``domain`` it is the end of the way: an MX record points to it, and it takes the domain for its own
        (class w).

        ``message_cost`` is the CPU time that a message takes here (a fifth for the connection, two fifths to receive
        it, two to deliver it): from it comes the load average. With none the host is never loaded. ``lets_wait``:
        under too high a load it leaves connections without a greeting, as sendmail did of old, instead of refusing
        them.
        """
        cost = seconds(message_cost)
        read = configuration(cf)
        numbers(version)  # complains before anything is made
        host = self.host(name, latency=latency, bandwidth=bandwidth, domain=domain, cpus=cpus, stack=stack)
        system = Sendmail(Installation(self._site, host, read, version, _domains(domain), cost), lets_wait)
        self._systems[host.name] = system
        return system

    def peer(
        self,
        name: str,
        *,
        quirks: Quirks | None = None,
        workers: int | None = None,
        domain: str | Sequence[str] = (),
        latency: str | float = "5ms",
        bandwidth: str | float = "10Mbps",
    ) -> Peer:
        """A host with some other SMTP server that takes all mail, odd in the ways that ``quirks`` says.

        ``workers``: how many connections it serves at a time; the others wait for its greeting.
        """
        if quirks is not None and not isinstance(quirks, Quirks):
            raise WorkbookError("quirks={quirks!r}: write them as Quirks(silent_at='DATA')", quirks=quirks)
        if workers is not None and (not isinstance(workers, int) or workers < 1):
            raise WorkbookError("workers={workers!r}: a server that serves anyone has at least 1", workers=workers)
        host = self.host(name, latency=latency, bandwidth=bandwidth, domain=domain)
        return Peer(self._site, host, Quirks() if quirks is None else quirks, workers)

    def nfs_server(self, at: Place, *exports: str, statd: bool = True) -> NfsServer:
        """An NFS server on a host, or on a new one of this name, that exports directories; ``mount`` mounts them.

        ``statd``: clients get their locks back after a power cut of the server.
        """
        if not exports or not all(path.startswith("/") for path in exports):
            raise WorkbookError(
                "nfs_server({at!r}, {exports!r}): at least one directory to export, such as '/home'",
                at=at,
                exports=exports,
            )
        host = (
            self.host(at)
            if isinstance(at, str) and host_name(at) not in self.network.hosts
            else host_of(self.network, at)
        )
        return NfsServer(host, exports, statd)

    def link(
        self,
        one: Place,
        other: Place,
        *,
        latency: str | float = "5ms",
        bandwidth: str | float = "10Mbps",
    ) -> Link:
        """A direct line between two hosts; the quicker way is taken."""
        return self.network.link(name_of(one), name_of(other), seconds(latency), bits_per_second(bandwidth))

    def filter(self, at: Place | tuple[Place, Place], action: Action = DROP, port: int | None = None) -> None:
        """A packet filter in front of a host, or on a link (the names of its two ends).

        It stops connects to ``port`` (all, if None) and does one of drop, reset, port-unreachable, host-unreachable,
        net-unreachable, admin-prohibited.
        """
        rule = Filter(action, port)
        place = self._link(at) if isinstance(at, tuple) else host_of(self.network, at)
        place.filters.append(rule)

    def zone(self, text: str, origin: str | None = None) -> Zone:
        """Name service from real zone text.

        An A record of one of the world's hosts gives that host the address; a host that the zone leaves out keeps its
        own.
        """
        zone = self.dns.read_zone(text, origin)
        hosts = self.network.hosts
        given = [
            (hosts[name], str(held[0]))
            for (name, kind), (_, held) in zone.records.items()
            if kind == "A" and name in hosts
        ]
        for host, address in given:
            self.network.check_free(address, host)
        self.dns.add(zone)
        for host, address in given:
            self.network.readdress(host, address)
        for system in self.systems:
            system.installation.learn_names()
        return zone

    def outage(self, thing: Breakable | Place | tuple[Place, Place], start: str | float, end: str | float) -> None:
        """Something is down from ``start`` to ``end``.

        A host (or its name, its ``Sendmail`` or its NFS server): a power cut, and clients get no answer.
        ``mail.daemon`` or a peer: port 25 is closed, and clients are refused. A link, or the names of its two ends: no
        route. ``world.dns``: no answers at all. A zone: SERVFAIL.
        """
        broken = self._breakable(thing)
        between(self.at, start, end, broken.go_down, broken.come_back)
        self.recorder.outages.append((*_part(broken), seconds(start), seconds(end)))

    def etrn(
        self,
        client: Place,
        server: Place,
        node: str,
        at: str | float | None = None,
    ) -> None:
        """Have ``client`` ask ``server`` to run its queue for ``node`` (ETRN, RFC 1985).

        ``node``: a domain; ``@domain`` with its subdomains; ``#group`` a queue group. ``at`` when; now if not given.
        """
        asks, asked = host_of(self.network, client), host_of(self.network, server)
        if len(node.split()) != 1:
            raise WorkbookError("etrn(…, {node!r}): for which node? Write a domain, @domain or #group", node=node)

        def ask() -> None:
            if asks.up:
                asks.spawn(ask_for_mail(self._site, asks, asked, node))

        self.at(self.env.now if at is None else at, ask)

    def shell(self, host: Place, user: str = "root") -> Shell:
        """A shell on a host, at the world's present time: ``root = world.shell(mail); print(root("mailq"))``."""
        at = host_of(self.network, host)
        system = self._systems.get(at.name)
        return Shell(self._site, at, None if system is None else system.daemon, user)

    def telnet(self, client: Place, server: Place) -> Telnet:
        """Type SMTP: a connection from ``client`` to port 25 of ``server``, line by line, while the clock goes on."""
        return Telnet(self._site, host_of(self.network, client), host_of(self.network, server))

    def at(self, time: str | float, action: Callable[[], None]) -> None:
        """Have something done at a time from the world's start. Equal times: in the order of the calls."""
        when = self.clock.moment(time, self.env.now)
        event = self.env.timeout(when - self.env.now)
        event.callbacks.append(lambda _: action())

    # what a host has
    disk = equipment.disk
    fill = equipment.fill
    busy = equipment.busy
    mount = equipment.mount
    user = equipment.user
    file = equipment.file
    directory = equipment.directory
    agent = equipment.agent
    program = equipment.program
    named = equipment.named
    pop = equipment.pop
    smap = equipment.smap
    identd = equipment.identd

    def run(self, until: str | float) -> Trace:
        """Let time pass, up to ``until`` from the world's start, and give back what happened."""
        end = self.clock.moment(until, self.env.now, "until=")
        self._check_addresses()
        for system in self.systems:
            if system.daemon.runs:  # one that does not has been told by the log
                system.queue.check()
        if end > self.env.now:
            with collect.seldom():
                for moment in slices(self.env.now, end):
                    self.env.run(until=moment)
        installed = {name: system.installation for name, system in self._systems.items()}
        return Trace(self.recorder, self.clock, self.seed, end, installed)

    def _check_addresses(self) -> None:
        """Mail for a domain that nothing in this world knows of is a slip of the notebook, not a lesson."""
        for address in self._site.unchecked:
            domain = domain_of(address).lower().rstrip(".")
            known = not domain or domain in self.network.hosts or domain.endswith(BOUNCES) or self.dns.covers(domain)
            known = known or is_literal(domain) or any(domain in system.own_names for system in self.systems)
            if not known:
                raise WorkbookError(
                    "mail for {address}: nothing in this world knows the host {domain}. Give a host "
                    "domain={domain!r}, or a zone; mail that shall bounce goes to a name under .invalid. Known "
                    "hosts: {known}",
                    address=address,
                    domain=domain,
                    known=self.network.known(),
                )
        self._site.unchecked.clear()

    def _link(self, ends: tuple[Place, Place]) -> Link:
        if len(ends) != 2:
            raise WorkbookError("{ends!r}: a link has two ends, ('mail.site.example', 'internet')", ends=ends)
        one, other = ends
        return self.network.link_between(name_of(one), name_of(other))

    def _breakable(self, thing: Breakable | Place | tuple[Place, Place]) -> Breakable:
        if isinstance(thing, Breakable):
            return thing
        return self._link(thing) if isinstance(thing, tuple) else host_of(self.network, thing)


def _part(broken: Breakable) -> tuple[str, str]:
    """What is broken, in words: of whom, and what of it."""
    if isinstance(broken, Link):
        return " - ".join(broken.ends), phrase("link")
    if isinstance(broken, Zone):
        return broken.origin, phrase("zone")
    if isinstance(broken, (Peer, Daemon)):
        return (broken if isinstance(broken, Peer) else broken.mta).name, phrase("port 25")
    return (broken.name, phrase("host")) if isinstance(broken, Host) else ("", phrase("name service"))


def _domains(domain: str | Sequence[str]) -> tuple[str, ...]:
    return tuple(one.lower() for one in ((domain,) if isinstance(domain, str) else domain))
