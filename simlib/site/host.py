"""A host: an address, processes, services on ports, and what a power cut does to them."""

from collections.abc import Callable
from typing import Any, Protocol

import simpy

from simlib.errors import WorkbookError
from simlib.site.breakable import Breakable
from simlib.site.dns import Answer, Patience
from simlib.site.filters import MODERN, STACKS, Filter, Stack
from simlib.site.load import Processors
from simlib.site.programs import Program, stock_program
from simlib.site.steps import Steps
from simlib.site.tree import Node, Tree
from simlib.site.users import SYSTEM_ACCOUNTS, User

KERNEL_CONNECT_TIMEOUT = 75.0  # s until a BSD kernel of the time gives up an unanswered SYN
BOOT_PID = 200  # daemons of a freshly booted machine stand at about here


class Service(Protocol):
    """What listens on a port."""

    def takes_connections(self) -> bool:
        """Whether the port is open to a SYN that comes now; a closed one answers with a reset."""

    def accept(self, client: "Host") -> Any:
        """Take a connection from ``client``; gives the program's end of it."""


class Resolving(Protocol):
    """What looks names up for a host: :class:`simlib.site.resolver.Resolver`."""

    queries: int  # so many questions were asked of name servers

    def resolve(self, name: str, kind: str, patience: Patience) -> Steps[Answer]:
        """Ask for records; a process step that takes as long as the answer does."""

    def at_once(self, name: str, kind: str, patience: Patience) -> tuple[Answer, float]:
        """The answer as things stand now, and how many seconds it would have taken."""


class Host(Breakable):
    """A machine of the site.

    ``name`` is its fully qualified name in lower case and ``address`` its IPv4 address. What is only in memory is
    gone after an outage: its processes are ended where they stand, and ``on_crash`` callbacks forget what they held.
    """

    def __init__(
        self,
        env: simpy.Environment,
        name: str,
        address: str,
        cpus: int = 1,
        stack: Stack = MODERN,
        watch: Callable[[float, int], None] | None = None,
    ) -> None:
        super().__init__(env)
        if stack not in STACKS:
            raise WorkbookError("stack={stack!r}: a TCP stack is one of {them}", stack=stack, them=", ".join(STACKS))
        self.stack = stack
        self.filters: list[Filter] = []  # in front of this host, for what comes to it
        self.files = Tree(now=lambda: env.now)
        self.log_file: Node | None = None  # the one that syslogd has open, once somebody has looked for it
        self.users: dict[str, User] | None = None  # None: nobody was named, so that any user exists
        self.programs: dict[str, Program] = {}  # by path; beside those that systems come with
        self.processors = Processors(env, cpus, watch)
        self.name = name
        self.address = address
        self.services: dict[int, Service] = {}
        self.resolver: Resolving
        self.on_crash: list[Callable[[], None]] = []
        self.on_boot: list[Callable[[], None]] = []
        self._processes: dict[simpy.Process, None] = {}  # a dict keeps the order in which they began
        self._pid = BOOT_PID
        self.booted = env.now  # s: since when it runs
        self.told: Callable[[float, str, bool], None] = lambda now, service, up: None

    def __repr__(self) -> str:
        return f"<host {self.name} [{self.address}] {'up' if self.up else 'down'}>"

    def tell(self, service: str, up: bool) -> None:
        """Tell whoever writes it down that a service has come up or gone."""
        self.told(self.env.now, service, up)

    def new_pid(self) -> int:
        """The number of the next process."""
        self._pid += 1
        return self._pid

    def add_user(self, user: User) -> None:
        """Give somebody an account. From the first one on, the host knows its users."""
        if self.users is None:
            self.users = {name: User(name, "/root" if name == "root" else "/") for name in SYSTEM_ACCOUNTS}
        self.users[user.name] = user
        tree, home = self.files.home_of(user.home)
        tree.make_directory(home, user.name)

    def program(self, path: str) -> Program | None:
        """The program that is run by a path; None if there is none just now.

        What systems come with is there without having been installed, unless a path leads over a mount.
        """
        if path in self.programs:
            return self.programs[path] if self.files.there(path) else None
        return stock_program(path) if self.files.there(path) else None

    def spawn(self, work: Steps[None]) -> simpy.Process:
        """Run ``work`` as a process of this host: it is ended if the host goes down."""
        process = self.env.process(self._until_crash(work))
        self._processes[process] = None
        process.callbacks.append(self._ended)
        return process

    @property
    def running(self) -> int:
        """How many processes it runs."""
        return len(self._processes)

    def end_processes(self) -> None:
        """End all its processes where they stand."""
        for process in list(self._processes):
            if process.is_alive and process is not self.env.active_process:
                process.interrupt("ended")

    def on_down(self) -> None:
        self.tell("host", False)
        self.end_processes()
        self.processors.forget()
        for forget in self.on_crash:
            forget()

    def on_up(self) -> None:
        self.tell("host", True)
        self._pid, self.booted = BOOT_PID, self.env.now
        for start in self.on_boot:
            start()

    def _until_crash(self, work: Steps[None]) -> Steps[None]:
        try:
            yield from work
        except simpy.Interrupt:
            return

    def _ended(self, process: simpy.Event) -> None:
        self._processes.pop(process, None)  # type: ignore[call-overload]  # the event is the process itself
