"""Which connections a process keeps open (ConnectionCacheSize, ConnectionCacheTimeout; slide claim 04.1)."""

from typing import Generic, Protocol, TypeVar


class Cacheable(Protocol):
    """What the cache needs to know of a connection."""

    last_use: int  # whole seconds of the world's clock

    @property
    def is_open(self) -> bool: ...

    @property
    def used_up(self) -> bool: ...


C = TypeVar("C", bound=Cacheable)


class ConnectionCache(Generic[C]):
    """The open connections of one process, by the host they lead to and the mailer that uses them.

    The slots are filled and emptied as sendmail's are, since that shows in who is evicted: a new connection takes the
    last empty slot, else the slot of the least recent use; and because uses are told apart by whole seconds only,
    hosts used within one second tie, and of these the one in the first slot goes, which is the newest.
    """

    def __init__(self, size: int, timeout: float) -> None:
        self.timeout = timeout
        self._slots: list[tuple[tuple[str, str], C] | None] = [None] * size
        self._hosts = [""] * size  # whose connection was in a slot last, also when that is closed
        self.displaced = ""  # whose slot the last connection has taken
        self._closed: list[str] = [""] * size  # whose connection, closed since, a slot still stands for

    def __len__(self) -> int:
        return sum(slot is not None for slot in self._slots)

    def find(self, host: str, mailer: str) -> C | None:
        """The connection of ``mailer`` to ``host``, if one is kept."""
        for held in self._slots:
            if held is not None and held[0] == (host, mailer):
                return held[1]
        return None

    def expired(self, now: int) -> list[C]:
        """Take out, and return, what has been idle for ConnectionCacheTimeout or is used up; the caller says QUIT."""
        return [self._take(n) for n, held in enumerate(self._slots) if held and self._is_over(held[1], now)]

    def _is_over(self, connection: C, now: int) -> bool:
        return connection.last_use + self.timeout <= now or (connection.is_open and connection.used_up)

    def put(self, host: str, mailer: str, connection: C) -> C | None:
        """Keep a connection; returns the one that has to go for it (itself, when nothing is kept at all)."""
        if not self._slots:
            return connection
        slot = self._best_slot()
        self.displaced, self._hosts[slot] = self._hosts[slot], host
        victim = self._take(slot) if self._slots[slot] is not None else None
        self._slots[slot], self._closed[slot] = ((host, mailer), connection), ""
        return victim

    def drop(self, connection: C) -> None:
        """Forget a connection that is closed."""
        for n, held in enumerate(self._slots):
            if held is not None and held[1] is connection:
                self._slots[n], self._closed[n] = None, held[0][0]

    def empty(self) -> list[tuple[str, C | None]]:
        """Take out, and return, all of them, each with its host: the end of the process.

        A connection that was closed in the meantime is None.
        """
        held = [
            (self._closed[n], None) if slot is None else (slot[0][0], self._take(n))
            for n, slot in enumerate(self._slots)
        ]
        self._closed = [""] * len(self._slots)
        return [(host, connection) for host, connection in held if host]

    def _best_slot(self) -> int:
        empty = [n for n, held in enumerate(self._slots) if held is None or not held[1].is_open]
        if empty:
            return empty[-1]
        return min(range(len(self._slots)), key=lambda n: self._last_use(n))  # min keeps the first of a tie

    def _last_use(self, slot: int) -> int:
        held = self._slots[slot]
        assert held is not None  # only asked of a full cache
        return held[1].last_use

    def _take(self, slot: int) -> C:
        held = self._slots[slot]
        assert held is not None  # the callers looked
        self._slots[slot] = None
        return held[1]
