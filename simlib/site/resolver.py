"""A host's resolver: which name servers it asks, how long it waits, and what it remembers."""

from collections.abc import Callable, Generator, Sequence

from simlib.site.dns import TRY_AGAIN, Answer, NameService, Patience
from simlib.site.host import Host
from simlib.site.network import ACCEPTED, TIMED_OUT, UNREACHABLE, Connect, Network
from simlib.site.steps import Steps

DNS_PORT = 53
RESOLV_CONF = "/etc/resolv.conf"
MAX_SERVERS = 3  # of resolv.conf, as in BIND's resolver


class Resolver:
    """A host's resolver: its cache is in memory and goes with the host.

    ``servers`` gives for each name server, in the order in which they are asked, what a question to it comes to just
    now; without it the world's name service is asked. Simplified: all know the same, and it costs the same to find it.
    """

    def __init__(self, service: NameService, servers: Callable[[], Sequence[Connect]] | None = None) -> None:
        self.service = service
        self.queries = 0
        self._servers = servers or (lambda: (somewhere(service),))
        self._cache: dict[tuple[str, str], tuple[float, Answer]] = {}

    def forget(self) -> None:
        """Lose the cache, as a reboot does."""
        self._cache.clear()

    def cached(self, name: str, kind: str, now: float) -> Answer | None:
        """What is still known from before, at time ``now``."""
        held = self._cache.get((name, kind))
        return held[1] if held is not None and held[0] > now else None

    def resolve(self, name: str, kind: str, patience: Patience) -> Steps[Answer]:
        """Ask for records of ``kind`` (``MX``, ``A``); a process step that takes as long as the answer does.

        One name server after the other is asked, all of them ``retry`` times. A server that is not there says so at
        once; of a host that is down nothing is heard for ``retrans`` seconds.
        """
        known = self.cached(name, kind, self.service.env.now)
        if known is not None:
            return known
        asking = self._asking(name, kind, patience)
        try:
            while True:
                yield self.service.env.timeout(next(asking))
        except StopIteration as end:
            answer: Answer = end.value
            return answer

    def at_once(self, name: str, kind: str, patience: Patience) -> tuple[Answer, float]:
        """The answer as things stand now, and how many seconds it would have taken; for who cannot wait."""
        asking, seconds = self._asking(name, kind, patience), 0.0
        try:
            while True:
                seconds += next(asking)
        except StopIteration as end:
            return end.value, seconds

    def _asking(self, name: str, kind: str, patience: Patience) -> Generator[float, None, Answer]:
        """One server after the other; what is waited for each, in seconds."""
        known = self.cached(name, kind, self.service.env.now)
        if known is not None:
            return known
        for _ in range(patience.retry):
            for asked in self._servers():
                self.queries += 1
                if asked.outcome == ACCEPTED:
                    yield asked.seconds
                    return self._remembered(name, kind)
                yield min(asked.seconds, patience.retrans)
        return Answer(TRY_AGAIN)

    def _remembered(self, name: str, kind: str) -> Answer:
        answer = self.service.answer(name, kind)
        if answer.status != TRY_AGAIN:
            self._cache[name, kind] = (self.service.env.now + answer.ttl, answer)
        return answer


class NameServers:
    """The name servers of a host: those of its ``/etc/resolv.conf``, or else the world's name service on the net."""

    def __init__(self, service: NameService, network: Network, host: Host) -> None:
        self.service = service
        self.network = network
        self.host = host

    def __call__(self) -> Sequence[Connect]:
        """What a question to each of them comes to just now."""
        listed = self.host.files.find(RESOLV_CONF)
        if listed is not None:
            return [self._asked(address) for address in name_servers(listed.text)]
        if not self.network.is_on_the_net(self.host):
            return [Connect(UNREACHABLE, 0.0, None)]
        return [somewhere(self.service)]

    def _asked(self, address: str) -> Connect:
        at = self.host if address == "127.0.0.1" else self.network.host_at(address)
        asked = self.network.connect(self.host, at, DNS_PORT)
        if asked.outcome != ACCEPTED:
            return asked
        return Connect(ACCEPTED, asked.seconds + self.service.round_trip, asked.path)


def name_servers(text: str) -> tuple[str, ...]:
    """The addresses that a resolv.conf names.

    >>> name_servers("search here.example\\nnameserver 127.0.0.1\\nnameserver 10.0.0.2")
    ('127.0.0.1', '10.0.0.2')
    """
    lines = (line.split() for line in text.splitlines())
    named = [words[1] for words in lines if words[:1] == ["nameserver"] and len(words) > 1]
    return tuple(named[:MAX_SERVERS]) or ("127.0.0.1",)


def somewhere(service: NameService) -> Connect:
    """What a question to a name server somewhere on the net comes to."""
    if service.up:
        return Connect(ACCEPTED, service.round_trip, None)
    return Connect(TIMED_OUT, float("inf"), None)
