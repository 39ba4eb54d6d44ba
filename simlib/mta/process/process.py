"""A sendmail process that delivers: its open connections and what it knows of other hosts."""

from typing import NamedTuple

from simlib.cf import Mailer
from simlib.message.status import Exit
from simlib.mta.installation import Installation
from simlib.mta.policy.host_status import ECONNREFUSED, EHOSTUNREACH, ETIMEDOUT, HostMemory, HostStatus
from simlib.mta.policy.log_lines import NO_QUEUE, Worded, of_message, silence, syserr
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.mta.policy.routing import InBrackets, full_name, is_address, is_literal, unknown_host
from simlib.mta.process.connection import Connection
from simlib.mta.process.connection_cache import ConnectionCache
from simlib.mta.process.dead_ends import DeadEnds
from simlib.mta.process.dial import NotAccepted, dial
from simlib.mta.process.held import held_against
from simlib.site.dns import NODATA, NOERROR, NXDOMAIN, Answer
from simlib.site.network import REFUSED, TIMED_OUT, UNREACHABLE
from simlib.site.steps import Steps
from simlib.smtp.client import Failure, Session
from simlib.smtp.terminal import DONE
from simlib.trace.recorder import ConnectionRecord

KILLED = "killed"  # why a process is interrupted that somebody has killed
_CONNECT_FAILURE = {
    REFUSED: (ECONNREFUSED, "Connection refused by {}"),
    TIMED_OUT: (ETIMEDOUT, "Connection timed out with {}"),
    UNREACHABLE: (EHOSTUNREACH, "{}: No route to host"),
}


class NoConnection(NamedTuple):
    """Why there is no connection to a host.

    ``record`` is the last TCP connect; None when none was made. ``refusal``: what came of its greeting, if it had one,
    and ``transcript`` what was said then. ``remembered``: it is known from before that the host is down. ``locked``:
    another process talks to it.
    """

    status: HostStatus
    record: ConnectionRecord | None = None
    address: str = ""
    refusal: Failure | None = None
    transcript: tuple[str, ...] = ()
    remembered: bool = False
    locked: bool = False

    @property
    def out_of_reach(self) -> bool:
        """Whether it gave no answer, or is not expected to: FallbackSmartHost is for such hosts."""
        nobody_there = self.status.exit in (Exit.NOHOST, Exit.TEMPFAIL)
        return nobody_there and self.refusal is None and not self.locked


class SendmailProcess:
    """One process: a queue runner, or the child that delivers one new message.

    Cached connections and the memory of hosts belong to the process, so a queue run gains from them and mail that is
    delivered as it arrives does not (slide claim 04.2).
    """

    def __init__(self, mta: Installation, pid: int | None = None, selected: bool = False) -> None:
        self.mta = mta
        self.env = mta.site.env
        self.pid = mta.host.new_pid() if pid is None else pid
        self.selected = selected  # its run takes entries by name: then it does not heed what is known of hosts
        settings = mta.settings
        self.cache: ConnectionCache[Connection] = ConnectionCache(settings.cache_size, settings.cache_timeout)
        self.memory = HostMemory(settings.keep_host_status, mta.host_status if settings.host_status_directory else None)
        self.dead_ends = DeadEnds()
        self._open: dict[Connection, str] = {}  # all connections, also those that are not cached, and their hosts
        self.entries: list[QueueEntry] = []  # what it works on: a notice within the message that it is about
        self.talks_to = ""  # the mail host that it is at
        self._complained: set[str] = set()
        self._running = self.env.active_process
        mta.processes[self.pid] = self

    @property
    def now(self) -> int:
        """Whole seconds of the world's clock: what this program takes for the time."""
        return int(self.env.now)

    @property
    def connected_to(self) -> tuple[str, ...]:
        """The hosts to which it has connections, kept ones too."""
        return tuple(self._open.values())

    def log(self, line: Worded) -> None:
        """Write a line to the mail log (``log_lines``)."""
        self.mta.log(line, self.pid)

    def complain(self, qid: str) -> list[str]:
        """Log what rules and maps of this host have complained of meanwhile, each once; gives that."""
        return [fault for fault in self.mta.ways.take_faults() if self.complain_of(fault, qid)]

    def complain_of(self, fault: str, qid: str) -> bool:
        """Log what is wrong with this host, unless that was said before; whether it was not."""
        if fault in self._complained:
            return False
        self._complained.add(fault)
        self.log(syserr(fault, qid))
        return True

    def tell_of(self, connection: Connection, *failures: Failure) -> None:
        """Log what is wrong with a connection: its server says nothing any more, or is this host."""
        qid, host = self.entries[-1].qid if self.entries else NO_QUEUE, full_name(connection.session.host)
        if connection.silent_during:
            self.log(of_message(qid, silence(host, connection.silent_during)))
            connection.silent_during = ""
        for failure in failures:
            if failure.exit == Exit.CONFIG:
                self.log(syserr(failure.reply.text.replace(connection.session.host, host, 1), qid))

    def connection(
        self, mailer: Mailer, mx: str, first_try: bool, to: str = ""
    ) -> Steps[tuple[Connection, bool] | NoConnection]:
        """A usable connection to a host, and whether it was kept from before; or why there is none.

        ``to``: for whom, as ``-v`` says it.
        """
        self.talks_to = mx
        for idle in self.cache.expired(self.now):
            yield from self._leave(idle)
        kept = self.cache.find(mx, mailer.name)
        if kept is not None:
            if kept.is_open and (yield from kept.probe()):
                if self.mta.terminal is not None:
                    protocol = "ESMTP" if kept.session.extensions else "SMTP"
                    self.mta.show(f"{to}... Using cached {protocol} connection to {_said(mx)} via {mailer.name}...")
                return kept, True
            self.tell_of(kept)
            self._forget(kept)
        known = None if self.selected else self.memory.recall(mx, self.now)
        if known is not None and not known.good:
            return NoConnection(known, remembered=True)
        if not self._lock(mx):
            words = f"Host {full_name(mx)} is being talked to by another process"
            busy = HostStatus(Exit.TEMPFAIL, "4.4.5", words, self.now)
            return NoConnection(busy, locked=True)
        if self.mta.terminal is not None:
            self.mta.show(f"{to}... Connecting to {_said(mx)} via {mailer.name}...")
        opened = yield from self._open_new(mailer, mx, first_try)
        if isinstance(opened, NoConnection):
            self._unlock(mx)
            self.memory.remember(mx, opened.status)
            return opened
        return opened, False

    def done_with(
        self, connection: Connection, mailer: Mailer, mx: str, status: HostStatus, going_on: bool
    ) -> Steps[None]:
        """A transaction is over: keep the connection if there is a cache, and note how the host is.

        ``going_on`` to another host with the same message, sendmail forgets to take leave of one that is not kept.
        """
        self.memory.remember(mx, status)
        if not connection.is_open:
            self._forget(connection)
        elif self.cache.find(mx, mailer.name) is not connection and not going_on:
            yield from connection.quit()
            self._forget(connection)

    def kill(self) -> None:
        """End it where it stands."""
        if self._running is not None and self._running.is_alive:
            self._running.interrupt(KILLED)

    def finish(self) -> Steps[None]:
        """The orderly end: QUIT on every open connection."""
        for mx, connection in self.cache.empty():
            if connection is None:
                self.mta.show(f"Closing connection to {_said(mx)}")
            else:
                yield from self._leave(connection)
        self.end()

    def end(self) -> None:
        """The end of the process, however it comes: the kernel closes connections and drops locks."""
        for connection in list(self._open):
            connection.close()
            self._forget(connection)
        self.mta.host_status.unlock_all(self)
        if self.mta.processes.get(self.pid) is self:
            del self.mta.processes[self.pid]

    def _open_new(self, mailer: Mailer, mx: str, first_try: bool) -> Steps[Connection | NoConnection]:
        addresses = yield from self._addresses(mx)
        if isinstance(addresses, HostStatus):
            return NoConnection(addresses)
        settings, host = self.mta.settings, self.mta.host
        patience = settings.first_connect_timeout if first_try else settings.connect_timeout
        for address in addresses:
            server = self.mta.site.network.host_at(address)
            called = yield from dial(self.mta.site, host, server, mx, patience)
            if isinstance(called, NotAccepted):
                continue
            self.mta.statistics.connection_to(self.env.now)
            session = Session(host=mx, name=self.mta.name, flags=mailer.flags, terminal=self.mta.terminal)
            connection = Connection(self.env, settings, called, session, most=mailer.max_messages)
            if self.mta.terminal is not None:
                self.mta.terminal.note(DONE, [f"CONNECT {_said(mx)}"])
            self._open[connection] = mx
            victim = self.cache.put(mx, mailer.name, connection)
            if self.cache.displaced != mx:
                self.memory.forget_code(self.cache.displaced)
            session.cached = victim is not connection
            if victim is not None and victim is not connection:
                yield from self._leave(victim)
            refusal = yield from connection.hello()
            if refusal is None:
                return connection
            self.tell_of(connection, refusal)
            self.cache.drop(connection)
            connection.close()
            self._forget(connection)
            return NoConnection(
                held_against(refusal, mx, self.now), called.record, address, refusal, tuple(session.transcript)
            )
        assert isinstance(called, NotAccepted)  # or it would have been returned
        errno, words = _CONNECT_FAILURE[called.outcome]
        shown = mx if is_literal(mx) else full_name(mx)
        status = HostStatus(Exit.TEMPFAIL, "4.4.1", words.format(shown), self.now, errno)
        return NoConnection(status, called.record, addresses[-1])

    def _addresses(self, mx: str) -> Steps[list[str] | HostStatus]:
        name = mx.strip("[]")
        if is_literal(mx) and is_address(name):
            return [name]
        answer = yield from self._looked_up(name, isinstance(mx, InBrackets))
        if answer.status == NOERROR:
            return answer.addresses
        full = f"{name}." if is_literal(mx) else full_name(mx)
        if answer.status in (NXDOMAIN, NODATA):
            full = f"[{name}]" if isinstance(mx, InBrackets) else full
            return HostStatus(Exit.NOHOST, "5.1.2", unknown_host(full, answer), self.now)
        text = f"Name server: {full}: host name lookup failure"
        return HostStatus(Exit.TEMPFAIL, "4.4.3", text, self.now)

    def _looked_up(self, name: str, completes: bool) -> Steps[Answer]:
        """The addresses of a host. A short name in brackets is looked for in the domain of this host first."""
        resolver, patience = self.mta.host.resolver, self.mta.settings.patience
        domain = self.mta.name.partition(".")[2]
        if completes and domain and "." not in name:
            answer = yield from resolver.resolve(f"{name}.{domain}", "A", patience)
            if answer.status != NXDOMAIN:
                return answer
        return (yield from resolver.resolve(name, "A", patience))

    def _leave(self, connection: Connection) -> Steps[None]:
        if self.mta.terminal is not None:
            self.mta.show(f"Closing connection to {_said(connection.session.host)}")
        yield from connection.quit()
        self._forget(connection)

    def _forget(self, connection: Connection) -> None:
        self.cache.drop(connection)
        mx = self._open.pop(connection, None)
        if mx is not None:
            self._unlock(mx)

    def _lock(self, mx: str) -> bool:
        return not self.mta.settings.single_thread or self.mta.host_status.lock(mx, self)

    def _unlock(self, mx: str) -> None:
        self.mta.host_status.unlock(mx, self)


def _said(mx: str) -> str:
    """A host as ``-v`` shows it."""
    return mx if is_literal(mx) else full_name(mx)
