"""One sendmail as it is installed on a host: data that all its processes look at, and the few services they ask for.

It stands at the bottom: it knows nothing of those who work with it. What a notebook holds is
:class:`~simlib.mta.sendmail.Sendmail`, at the top.
"""

from collections.abc import Callable, Sequence
from copy import copy
from typing import Protocol

import simpy

from simlib.cf import Cf
from simlib.cf.not_simulated import STOCK_HEADERS
from simlib.message.envelope import domain_of
from simlib.mta.policy import start_checks
from simlib.mta.policy.class_files import words_of
from simlib.mta.policy.host_status import HostStatusDirectory
from simlib.mta.policy.listing import listing
from simlib.mta.policy.load_control import as_sendmail_reads
from simlib.mta.policy.local_addresses import LocalAddresses
from simlib.mta.policy.log_lines import Said, Worded
from simlib.mta.policy.own_names import class_w
from simlib.mta.policy.queue_directory import Queue, queue_id
from simlib.mta.policy.queue_entry import QueueEntry, Recipient
from simlib.mta.policy.queue_order import Selection
from simlib.mta.policy.routing import LOCAL, Destination, mailer_named
from simlib.mta.policy.settings import Settings
from simlib.mta.policy.ways import Ways
from simlib.site.host import Host
from simlib.site.site import Site
from simlib.smtp.terminal import Terminal
from simlib.trace.statistics import Statistics, mailer_names

ALL = Selection()
ALL_OF_MESSAGES = 9  # the LogLevel at which all is logged that comes of messages
CONFIGURATION = "/etc/mail/sendmail.cf"


class Worker(Protocol):
    """A process that delivers, as ``ps`` and ``kill`` see it."""

    pid: int
    entries: list[QueueEntry]  # what it works on
    talks_to: str  # the mail host that it is at

    @property
    def connected_to(self) -> Sequence[str]:
        """The hosts to which it has connections, kept ones too."""

    def kill(self) -> None:
        """End it where it stands."""


class Installation:
    """One sendmail: its configuration, its queue, what it knows of other hosts, its users, its statistics.

    ``local`` names the domains for which it is the end of the way, beside its own name and class w of the cf; class R
    are the domains it relays for. ``message_cost``: seconds of a processor that a message takes here.
    """

    def __init__(
        self,
        site: Site,
        host: Host,
        cf: Cf,
        version: str = "8.18",
        local: Sequence[str] = (),
        message_cost: float = 0,
    ) -> None:
        self.site = site
        self.host = host
        self.name = host.name  # macro $j
        self.version = version
        self.message_cost = message_cost
        self.mx_random = site.random(f"equal MXs on {host.name}")
        self.order_random = site.random(f"queue order on {host.name}")
        self._qid_random = site.random(f"queue ids on {host.name}")
        self.knows_its_name = True  # its full one, as it found it when it began
        self._domains = tuple(name.lower() for name in local)
        self.queue = Queue(host.name, host.files, site.recorder, site.random(f"queue directories on {host.name}"))
        self.host_status = HostStatusDirectory()
        self.local = LocalAddresses(host)
        self.processes: dict[int, Worker] = {}  # those that deliver, by number, in order of their beginning
        self.statistics = Statistics()
        self.may_relay_until: dict[str, float] = {}  # address -> time, by way of a POP server beside it
        self.terminal: Terminal | None = None  # of a process that somebody has typed
        self.configure(cf)

    def configure(self, cf: Cf) -> None:
        """Heed a configuration from now on."""
        file = self.host.files.find(CONFIGURATION)
        self._file_read = "" if file is None else file.text  # what a notebook gives comes later than the file
        self.site.recorder.configurations.append((self.site.env.now, self.name, cf))
        self._heed(cf)

    def typed_with(self, cf: Cf, terminal: Terminal) -> "Installation":
        """The same sendmail as a process sees it that somebody has typed; its configuration holds for it alone.

        Queue, host status, users and statistics are those of all.
        """
        other = copy(self)
        other.terminal = terminal
        if cf is not self.cf:
            other.queue, other.local = copy(self.queue), copy(self.local)
            other._heed(cf)
        return other

    def _heed(self, cf: Cf) -> None:
        self.cf = cf
        self.settings = Settings.of(cf, self.host.processors.count)
        self.queue.heed(self.settings)
        self.mailer_names = mailer_names(cf.mailers)
        self.learn_names()
        self.local.heed(cf, self.settings.alias_files)
        self.relay_domains = tuple(name.lower() for name in words_of(cf, "R", self.host.files))

    def read_configuration(self) -> tuple[str, ...]:
        """Heed /etc/mail/sendmail.cf, as each sendmail does that begins, if somebody has put another one there.

        Gives what keeps it from beginning, in its own words; then the old one stands.
        """
        file = self.host.files.find(CONFIGURATION)
        if file is None or not self.has_new_configuration:
            return ()
        cf, complaints = start_checks.read(file.text, CONFIGURATION, self.host.files)
        if not complaints:
            self.configure(cf)
        return complaints

    @property
    def has_new_configuration(self) -> bool:
        """Whether /etc/mail/sendmail.cf is another one than when it was last read."""
        file = self.host.files.find(CONFIGURATION)
        return file is not None and file.text != self._file_read

    def show(self, line: str) -> None:
        """Show a line of what is being done to whoever has typed this (``-v``)."""
        if self.terminal is not None:
            self.terminal.show(line)

    def learn_names(self) -> None:
        """Find out what it is called: class w of the cf, and what a hosts file has beside the full name."""
        names = class_w(self.name, self.cf, self.knows_its_name, words_of(self.cf, "w", self.host.files))
        short, address = self.name.partition(".")[0], f"[{self.host.address}]"
        self.own_names = dict.fromkeys([*names, *self._domains, short, address])  # a dict: looked up often, in order
        # without rules and without a smart host mail goes by these alone
        used = self.cf.mailers if self.cf.rulesets or self.cf.macros.get("S") else ("esmtp", LOCAL)
        self.holds_for_etrn = any(
            mailer_named(self.cf, name).waits_for_etrn for name in used if name in self.cf.mailers
        )
        self.writes_plainly = not (
            self.cf.rulesets
            or self.cf.macros.get("M")
            or any(mailer.completes_addresses for mailer in self.cf.mailers.values())
            or any(header.name.lower() not in STOCK_HEADERS for header in self.cf.headers)
        )  # all addresses and headers leave as they came
        self.ways = Ways(self.cf, self.host, self.own_names, self.version, self.settings)
        self.local.own_names, self.local.keeps_details = self.own_names, self.ways.keeps_details

    @property
    def expands(self) -> bool:
        """Whether an address of this host may stand for something else than a mailbox of that name."""
        return self.local.expands or self.ways.asks_ruleset_5

    def is_here(self, address: str) -> bool:
        """Whether this host has to know what an address stands for."""
        return self.ways.local_user(address) is not None

    def leads(self, recipient: Recipient) -> Destination:
        """Where mail for a recipient goes, as far as that is known before aliases are looked into."""
        if self.ways.local_user(recipient.address) is None or recipient.destination is not None:
            return self.ways.of(recipient)
        return self.meant(recipient.address)

    def meant(self, address: str) -> Destination:
        """Where an address leads, or ruleset 5 has its user go if he is no alias."""
        for found in self.ways.users(address):
            if self.local.alias_of(found.user) and self.ways.may_be_alias(found):
                break
        return found

    @property
    def load(self) -> int:
        """The load average of the last minute, as sendmail reads it."""
        return as_sendmail_reads(self.host.processors.load.at(self.site.env.now)[0])

    def listing(self, selection: Selection = ALL) -> list[tuple[QueueEntry, str]]:
        """Its queue as mailq lists it: in the order of a run, each entry with its mark."""
        return listing(selection.of(self.queue), int(self.site.env.now), self.load, self.settings)

    def new_qid(self, pid: int, since: float | None = None) -> str:
        """A queue id for what a process begins now, or began then."""
        now = self.site.env.now if since is None else since
        return queue_id(now, self.site.clock, pid, self._qid_random)

    def log(self, line: Worded, pid: int) -> None:
        """Write a line to the mail log (``log_lines``), if LogLevel is high enough for it."""
        most = self.settings.log_level
        if isinstance(line, Said):
            if line.level <= most:
                self.site.recorder.log.write(self.site.env.now, self.name, pid, str(line))
        elif most >= ALL_OF_MESSAGES or line.level <= most:
            self.site.recorder.log.write(self.site.env.now, self.name, pid, line)

    def work(self, share: float) -> simpy.Event:
        """Compute for a share of what a message costs this host."""
        return self.host.processors.work(share * self.message_cost)

    def mailer_number(self, name: str) -> int:
        """The number by which StatusFile knows a mailer; one that the cf does not define counts as the local one."""
        return self.mailer_names.index(name if name in self.mailer_names else LOCAL)

    def sender_mailer(self, sender: str) -> int:
        """The number of the mailer that an answer to ``sender`` would take; the null sender is local."""
        return self.mailer_number(self.ways.destination(sender).mailer)

    def count_rejection(self, sender: str) -> None:
        """A rule set refused something of what ``sender`` brings."""
        self.statistics.rejection(self.sender_mailer(sender), self.site.env.now)

    def qualified(self, address: str) -> str:
        """A plain user is one of this host; where there are rules, it is they who say so."""
        if domain_of(address) or self.ways.rewriting is not None:
            return address
        return f"{address}@{next(iter(self.own_names))}"

    def when(self, at: str | float | None, action: Callable[[], None]) -> None:
        """Have something done at a time from the world's start; None is now."""
        self.site.at(self.site.env.now if at is None else at, action)
