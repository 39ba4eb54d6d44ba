"""The sendmail daemon: port 25 of a host, open or closed by the load."""

from functools import partial

import simpy

from simlib.mta.installation import Installation
from simlib.mta.policy import log_lines
from simlib.mta.policy.client_name import client_name
from simlib.mta.policy.daemon_ports import NO_ETRN, Port, at_smtp
from simlib.mta.policy.load_control import CONNECTION_SHARE, REFUSAL_PAUSE, RateThrottle, refuses
from simlib.mta.policy.version import extensions
from simlib.mta.process.far_end import SMTP_PORT, FarEnd
from simlib.mta.receiving.ident import ask
from simlib.mta.receiving.reception import Reception
from simlib.mta.sending.interval import Interval
from simlib.site.breakable import Breakable
from simlib.site.host import Host
from simlib.site.steps import Steps
from simlib.smtp.server import Server
from simlib.smtp.settings import ServerSettings


class Daemon(Breakable):
    """``sendmail -bd``. While its port is closed a client is refused and goes on to the next MX.

    It looks at the load (RefuseLA) and at its children (MaxDaemonChildren); where that is too much it closes the port
    for 15 seconds and looks again. Simplified: it looks when somebody knocks, where sendmail looks before it waits,
    at the latest a minute ago. ``lets_wait`` is the old way: the port stays open, the kernel takes connections, and
    nobody greets them until the load has fallen (slide claim 02.3). ``starts_at_boot``: ``/etc/rc`` starts it.
    """

    def __init__(self, mta: Installation, interval: Interval, lets_wait: bool = False) -> None:
        super().__init__(mta.site.env)
        self.mta = mta
        self.interval = interval
        self.pid = mta.host.new_pid()
        self.lets_wait = lets_wait
        self.children: dict[int, Reception] = {}  # by number of the process
        self.starts_at_boot = True
        self._killed = False
        self._overloaded: simpy.Event | None = None  # happens when it listens again
        mta.host.on_crash.append(self._forget)
        mta.host.on_boot.append(self._boots)
        self.configure()
        mta.host.services[SMTP_PORT] = self

    def on_down(self) -> None:
        self.mta.host.tell("sendmail", False)

    def on_up(self) -> None:
        self.mta.host.tell("sendmail", True)

    def takes_connections(self) -> bool:
        """Whether port 25 is open for others."""
        if self.port is None:
            return False
        if self.up:
            self._look_at_load()
        return self.up and (self._overloaded is None or self.lets_wait)

    def configure(self) -> None:
        """Take over what the configuration says of the SMTP server."""
        settings = self.mta.settings
        self._throttle = RateThrottle(settings.rate_throttle)
        self._ports = at_smtp(settings.daemon_ports)
        self._server_settings = {port: self._settings_at(port) for port in self._ports}

    def _settings_at(self, port: Port) -> ServerSettings:
        """What its server is to be at one of its ports."""
        settings = self.mta.settings
        return ServerSettings(
            host=self.mta.name,
            extensions=extensions(self.mta.version, settings.mime_errors),
            max_message_size=settings.max_message_size,
            privacy=frozenset((*settings.privacy, *(("noetrn",) if NO_ETRN in port.modifiers else ()))),
            daemon=port.name,
        )

    @property
    def runs(self) -> bool:
        """Whether there is such a process."""
        return self.mta.host.up and not self._killed

    @property
    def title(self) -> str:
        """What it is at, as ``ps`` shows it."""
        if self._overloaded is None:
            return "accepting connections"
        return log_lines.daemon_rejects(self.mta.settings.daemon_ports[0].name, self.mta.load)

    @property
    def port(self) -> Port | None:
        """Which of its sockets others find at port 25; None where it listens elsewhere, or for this host alone."""
        return next((port for port in self._ports if port.is_open_to_others(self.mta.host.address)), None)

    def kill(self) -> None:
        """End the daemon itself, and its queue interval; its children finish what they are at."""
        self.interval.stop()
        if not self._killed:
            self._killed = True
            self.go_down()

    def start(self) -> bool:
        """Begin anew: ``sendmail -bd``, after it was killed or the machine has booted; gives whether it runs now.

        With a sendmail.cf that it cannot use it says so in the log, and is not there.
        """
        self.pid = self.mta.host.new_pid()
        if self._refuses_to_start():
            return False
        self.configure()
        self.mta.log(log_lines.daemon_starts(self.mta.version, self.interval.every), self.pid)
        if self._killed:
            self._killed = False
            self.come_back()
        return True

    def restart(self) -> None:
        """Begin anew with an open port, whatever it was at."""
        self._opens()
        if self._killed and self.mta.host.up:
            self.start()
        elif not self._refuses_to_start():
            self.configure()

    def accept(self, client: Host) -> FarEnd:
        """Fork a child for a connection."""
        assert self.port is not None  # or nobody could have connected
        self.mta.statistics.connection_from(self.env.now)
        named = client_name(self.mta.site.names, client)
        reception = Reception(self.mta, client, named)
        self.children[reception.pid] = reception
        identity = ask(self.mta, client)
        heard = (identity.answer, identity.seconds, identity.user, identity.aborted)
        self.mta.site.recorder.ident(self.env.now, self.mta.name, client.name, *heard)
        server = Server(self._server_settings[self.port], reception, client=named.shown(identity.user))
        far_end = FarEnd(
            server,
            on_close=partial(self._child_ends, reception),
            ready=self._greeting_can_go(identity.seconds),
        )
        far_end.aborted = identity.aborted
        reception.far_end = far_end
        reception.introduced()
        return far_end

    def _look_at_load(self) -> None:
        """Close the port if there is too much to do."""
        if self._overloaded is None and self._too_much():
            self._overloaded = self.env.event()
            self.mta.site.recorder.close_port(self.env.now, self.mta.name)
            self.mta.host.spawn(self._until_it_is_less(self._overloaded))

    def _until_it_is_less(self, over: simpy.Event) -> Steps[None]:
        while self._too_much():
            for port in self._ports:
                self.mta.log(log_lines.daemon_rejects(port.name, self.mta.load), self.pid)
            yield self.env.timeout(REFUSAL_PAUSE)
        self._opens()
        over.succeed()

    def _opens(self) -> None:
        self._overloaded = None
        self.mta.site.recorder.open_port(self.env.now, self.mta.name)

    def _too_much(self) -> bool:
        return refuses(self.mta.load, len(self.children), self.mta.settings)

    def _greeting_can_go(self, ident: float) -> simpy.Event:
        """What the greeting waits for: Ident, the old way the load, and a share of a CPU where work takes time."""
        waits: list[simpy.Event] = [self.env.timeout(self._throttle.wait(self.env.now) + ident)]
        if self._overloaded is not None:
            waits.append(self._overloaded)
        if self.mta.message_cost > 0:
            waits.append(self.mta.work(CONNECTION_SHARE))
        return waits[0] if len(waits) == 1 else self.env.all_of(waits)

    def _child_ends(self, reception: Reception) -> None:
        """A power cut may have ended it before, and its number may be another's by now."""
        if self.children.get(reception.pid) is reception:
            del self.children[reception.pid]

    def _boots(self) -> None:
        """The machine is back: its start-up scripts start the daemon, also one that was killed before, or do not."""
        if not self.starts_at_boot:
            self.kill()
            return
        if self._killed:
            self.start()
        else:
            self.pid = self.mta.host.new_pid()
            self._refuses_to_start()
        if self.runs:
            self.interval.start()

    def _refuses_to_start(self) -> bool:
        """Whether there is a sendmail.cf with which it ends as soon as it has begun."""
        complaints = self.mta.read_configuration()
        if not complaints and self.mta.queue.lacks_directory:
            complaints = (self.mta.queue.lacks_directory,)
        for complaint in complaints:
            self.mta.log(log_lines.syserr(complaint), self.pid)
        if complaints:
            self.kill()
        return bool(complaints)

    def _forget(self) -> None:
        """A power cut ends the daemon with its children; the next one begins with an open port."""
        self._opens()
        self.children.clear()
