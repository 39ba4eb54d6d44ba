"""One sendmail as it is installed on a host: what its parts know of one another, and what they ask of it."""

from collections.abc import Callable, Generator, Iterable, Sequence
from functools import partial
from math import floor
from typing import Any

import simpy

from simlib.cf import Cf
from simlib.message.envelope import Message, domain_of
from simlib.message.precedence import precedence_class, timeout_class
from simlib.message.received import HANDED_IN_BY, Received, way
from simlib.mta import log_lines, warning
from simlib.mta.attempt import attempt, give_back
from simlib.mta.class_files import words_of
from simlib.mta.conversion import gate_in, taken_in
from simlib.mta.daemon import Daemon
from simlib.mta.far_end import SMTP_PORT, Content
from simlib.mta.host_status import HostStatusDirectory
from simlib.mta.interval import Interval
from simlib.mta.load_control import as_sendmail_reads, should_queue
from simlib.mta.local_addresses import LocalAddresses
from simlib.mta.notice_mail import mail_of, weight, written
from simlib.mta.notices import Notice
from simlib.mta.process import SendmailProcess
from simlib.mta.queue import Queue, queue_id
from simlib.mta.queue_entry import QueueEntry, Recipient, asked, priority, wish
from simlib.mta.queue_order import Selection
from simlib.mta.routing import LOCAL, has_mailer, mailer_named, resolve
from simlib.mta.runner import listing, queue_run
from simlib.mta.settings import Settings
from simlib.mta.start_up import CONFIGURATION, class_w
from simlib.mta.submission import Submission, SubmissionError, Wishes, not_taken
from simlib.mta.together import in_order
from simlib.mta.version import numbers
from simlib.mta.written import read_recipient
from simlib.site.host import Host
from simlib.site.site import Site
from simlib.smtp.commands import Mail, Rcpt
from simlib.smtp.server import Server
from simlib.trace.statistics import Statistics, mailer_names

Work = Generator[simpy.Event, Any, None]

RELAYING_WAS_OPEN_UNTIL = (8, 9)  # since 8.9 stock rules deny relaying


class Installation(LocalAddresses):
    """One sendmail: its configuration, its queue, what it knows of other hosts, and its daemon.

    All that works in its name asks it: the processes that deliver, the daemon's children, programs beside it. Notebooks
    hold a :class:`~simlib.mta.sendmail.Sendmail`. ``local`` names the domains for which it is the end of the way,
    beside its own name and class w of the cf; class R are the domains it relays for.
    """

    def __init__(
        self,
        site: Site,
        host: Host,
        cf: Cf,
        version: str = "8.18",
        local: Sequence[str] = (),
        message_cost: float = 0,
        lets_wait: bool = False,
    ) -> None:
        self.site = site
        self.host = host
        self.name = host.name  # macro $j
        self.version = version
        self.message_cost = message_cost
        self.pid = host.new_pid()
        self.mx_random = site.random(f"equal MXs on {host.name}")
        self.order_random = site.random(f"queue order on {host.name}")
        self._qid_random = site.random(f"queue ids on {host.name}")
        self.knows_its_name = True  # its full one, as it found it when it began
        self._taken = partial(log_lines.taken, site.clock)
        self._local = tuple(name.lower() for name in local)
        self._relaying_is_open = numbers(version) < RELAYING_WAS_OPEN_UNTIL
        self.queue = Queue(host.name, site.recorder)
        self.host_status = HostStatusDirectory()
        self.processes: dict[int, SendmailProcess] = {}  # those that deliver, by number, in order of their beginning
        self.interval = Interval(self)
        self.statistics = Statistics()
        self.may_relay_until: dict[str, float] = {}  # address -> time, by way of a POP server beside it
        self.configure(cf)
        self.daemon = Daemon(self, lets_wait)
        host.services[SMTP_PORT] = self.daemon

    def hand_in(self, asked: Submission) -> None:
        """Take a message that a mail program or a user on this host has, unless the host is down."""
        if not self.host.up:
            return
        pid, user = self.host.new_pid(), asked.user
        message, wanted = self._taken_in(asked.message, asked.wishes.body)
        refused = not_taken(message, wanted, self.settings)
        entry = self._enqueue(message, asked.sender, asked.to, asked.wishes._replace(body=wanted), pid, user=user)
        if user is not None:
            self._warn(entry, warning.of_user(self, user, asked.named), pid)
        if refused is not None:
            self.host.spawn(self._alone(lambda process: give_back(process, entry, refused)))
        else:
            self.deliver_by_mode(entry, pid)

    def check_past(self, since: float, named: str) -> None:
        """Raise SubmissionError for a time before the world's start that no clock of UNIX has shown."""
        if self.site.clock.unix(since) < 0:
            raise SubmissionError("{named}: UNIX counts from 1970, and that is before", named=named)

    def keep(self, asked: Submission, since: float, tries: int) -> None:
        """Have a message in the queue as if it had waited there ``since`` then, tried so often at equal distances."""
        pid = self.host.new_pid()
        message, wanted = self._taken_in(asked.message, asked.wishes.body)
        refused = not_taken(message, wanted, self.settings)
        if refused is not None:
            raise SubmissionError("this host would not have taken such a letter: {refused}", refused=refused)
        wishes = asked.wishes._replace(body=wanted)
        entry = self._enqueue(message, asked.sender, asked.to, wishes, pid, user=asked.user, since=since)
        if asked.user is not None:
            self._warn(entry, warning.of_user(self, asked.user, asked.named), pid, logged=False)
        entry.tries, entry.last_try = tries, floor(since / tries) if tries else 0
        entry.priority += tries * self.settings.retry_factor

    def run_now(self, selection: Selection) -> None:
        """Begin a queue run in a process of its own."""
        if self.host.up:
            self.host.spawn(queue_run(self, selection))

    @property
    def load(self) -> int:
        """The load average of the last minute, as sendmail reads it."""
        return as_sendmail_reads(self.host.processors.load.at(self.site.env.now)[0])

    def listing(self) -> list[tuple[QueueEntry, str]]:
        """Its queue as mailq lists it: in the order of a run, each entry with its mark."""
        return listing(self)

    def new_qid(self, pid: int, since: float | None = None) -> str:
        """A queue id for what a process begins now, or began then."""
        now = self.site.env.now if since is None else since
        return queue_id(now, self.site.clock, pid, self._qid_random)

    def log(self, write: Callable[..., str] | str, pid: int, *parts: Any) -> None:
        """Write a line to the mail log: a text, or ``write(*parts)``, made when somebody reads it."""
        self.site.recorder.log.write(self.site.env.now, self.name, pid, write, *parts)

    def work(self, share: float) -> simpy.Event:
        """Compute for a share of what a message costs this host."""
        return self.host.processors.work(share * self.message_cost)

    def relays_for(self, domain: str, client: str) -> bool:
        """Whether mail for ``domain`` is taken from ``client`` (stock rules: class w, class R, itself)."""
        if domain in self.own_names or client in self.own_names or self._relaying_is_open:
            return True
        return any(_within(name, allowed) for name in (domain, client) for allowed in self._relay_domains)

    def receive(
        self, mail: Mail, rcpts: Iterable[Rcpt], content: Content, server: Server, pid: int, qid: str = "",
        looked_up: int = 0,
    ) -> QueueEntry:  # fmt: skip
        """Put into the queue what came by SMTP, under ``qid`` if it has one; ``looked_up`` addresses weigh, too."""
        recipients = []
        for rcpt in rcpts:
            account = content.accounts[rcpt.recipient]
            account.hold()
            address = read_recipient(rcpt.recipient).address
            recipients.append(Recipient(address, account, wish(rcpt.notify or None, rcpt.orcpt)))
        message, body = self._taken_in(content.message, mail.body)
        entry = self._entry(message, mail.sender, recipients, qid or self.new_qid(pid))
        hello = server.hello_name or server.client.partition(" [")[0].rpartition("@")[2]
        entry.received = self._hop(entry, hello, server.client, server.protocol, content.received)
        entry.asked = asked(mail.ret, mail.envid, body)
        entry.priority += looked_up * self.settings.recipient_factor
        self._log_receipt(entry, pid, mail.body, looked_up)
        self._warn(entry, warning.of_session(self, server.hello_name, server.client), pid)
        return entry

    def _taken_in(self, message: Message, body: str) -> tuple[Message, str]:
        """A message as it goes into the queue, and its BODY=; both forms of it are written down."""
        taken, wanted = taken_in(message, body, self.settings)
        self.site.recorder.form(self.site.env.now, self.name, gate_in(body), message, taken)
        return taken, wanted

    def take_from(self, content: Content, sender: str, recipients: list[Recipient], pid: int) -> QueueEntry:
        """Put into the queue what another program on this host brought, with the recipients' accounts held already."""
        entry = self._entry(content.message, sender, recipients, self.new_qid(pid))
        entry.received = self._hop(entry, "localhost", HANDED_IN_BY, "", content.received)
        self._log_receipt(entry, pid)
        return entry

    def deliver_by_mode(self, entry: QueueEntry, pid: int) -> simpy.Event | None:
        """Begin with the delivery if DeliveryMode says so; an event to wait for in interactive mode."""
        if self.settings.delivery_mode in ("q", "d") or should_queue(entry.priority, self.load, self.settings):
            self._log_queued(entry, pid)
            return None
        done = self.host.spawn(self._alone(lambda process: attempt(process, entry)))
        return done if self.settings.delivery_mode == "i" else None

    def enqueue_notice(self, notice: Notice, about: QueueEntry, from_queue: bool) -> QueueEntry:
        """Put a notice about ``about`` into the queue. ``from_queue``: a queue run had read that."""
        now, pid = self.site.env.now, self.host.new_pid()
        report = written(notice, about, self, self.new_qid(pid), from_queue)
        message = mail_of(report, notice, about, self)
        for to in notice.to:
            self.site.recorder.notices.add((now, self.name, notice.kind, message.number, about.message.number, to))
        for one in notice.told:
            self.site.recorder.told.add(
                (now, self.name, notice.kind, message.number, about.message.number, one.address, one.action.split()[0])
            )
        to_all = [self.qualified(to) for to in notice.to]
        entry = self._enqueue(message, "", to_all, Wishes(), pid, report.qid)
        entry.priority = weight(notice, about, self.settings)
        entry.notice = notice.kind
        return entry

    def _enqueue(
        self,
        message: Message,
        sender: str,
        to: Sequence[str],
        wishes: Wishes,
        pid: int,
        notice: str = "",
        user: str | None = None,
        since: float | None = None,
    ) -> QueueEntry:
        """Put into the queue what begins its way here; ``notice``: the queue id of what sendmail wrote itself.

        ``user``: who typed it as a command; None: a mail program handed it in, by SMTP. ``since``: when it was, if
        that is before the world's start, of which there is no log.
        """
        enter, now = self.site.recorder.ledger.enter, self.site.env.now if since is None else since
        recipients = [
            Recipient(
                address,
                enter(message.number, sender, address, message.size, self.name, now, bool(notice)),
                wish(wishes.notify, wishes.orcpt),
            )
            for address in to
        ]
        entry = self._entry(message, sender, recipients, notice or self.new_qid(pid, since), since)
        protocol = "" if notice or user else "ESMTP"
        client = "localhost" if notice else f"{user}@localhost" if user else HANDED_IN_BY
        entry.received = self._hop(entry, "" if user else "localhost", client, protocol, None)
        entry.asked = asked(wishes.ret, wishes.envid, wishes.body)
        if since is None:
            self._log_receipt(entry, pid)
        return entry

    def _entry(
        self, message: Message, sender: str, recipients: Sequence[Recipient], qid: str, since: float | None = None
    ) -> QueueEntry:
        now, settings = self.site.env.now if since is None else since, self.settings
        number = precedence_class(message.header("Precedence"), self.cf.precedences)
        entry = QueueEntry(
            qid=qid,
            message=message,
            sender=sender,
            recipients=in_order(self, recipients),
            created=floor(now),
            priority=priority(message.size, number, len(recipients), settings.class_factor, settings.recipient_factor),
            precedence=number,
            timeouts=timeout_class(number, message.header("Priority")),
            modified=now,
        )
        self.queue.add(entry, self.site.env.now)
        return entry

    def _hop(self, entry: QueueEntry, hello: str, client: str, protocol: str, before: Received | None) -> Received:
        """How it came here; the line says for whom where that is one, but not in a notice."""
        to = entry.recipients
        one = to[0].address if len(to) == 1 and client != "localhost" else ""
        by = way(hello, client, self.name, self.version, protocol)
        return Received(by, entry.qid, one, entry.modified, before)

    def _warn(self, entry: QueueEntry, text: str, pid: int, logged: bool = True) -> None:
        """Write a warning into a message, if there is anything to warn of."""
        if text:
            if logged:
                self.log(f"{entry.qid}: Authentication-Warning: {self.name}: {text}", pid)
            entry.message = warning.with_warning(entry.message, self.name, text)

    def mailer_number(self, name: str) -> int:
        """The number by which StatusFile knows a mailer; one that the cf does not define counts as the local one."""
        return self.mailer_names.index(name if name in self.mailer_names else LOCAL)

    def _sender_mailer(self, sender: str) -> int:
        """The number of the mailer that an answer to ``sender`` would take; the null sender is local."""
        return self.mailer_number(resolve(sender, self.cf, self.own_names).mailer)

    def count_rejection(self, sender: str) -> None:
        """A rule set refused something of what ``sender`` brings."""
        self.statistics.rejection(self._sender_mailer(sender), self.site.env.now)

    def _log_receipt(self, entry: QueueEntry, pid: int, body: str = "", looked_up: int = 0) -> None:
        mailer, now = self._sender_mailer(entry.sender), self.site.env.now
        self.statistics.message_from(mailer, entry.message.size, now, entry.qid)
        recipients = len(entry.recipients) + looked_up
        message_id = entry.message.header("Message-Id") or ""
        known = (message_id, body) if message_id or body else ()
        parts = (entry.message.size, entry.received, entry.sender, entry.precedence, recipients)
        self.log(self._taken, pid, *parts, *known)

    def _log_queued(self, entry: QueueEntry, pid: int) -> None:
        """What is not tried at once is logged, too, if it goes to another host."""
        for recipient in entry.recipients:
            mailer = resolve(recipient.address, self.cf, self.own_names).mailer
            if not has_mailer(self.cf, mailer) or "l" in mailer_named(self.cf, mailer).flags:
                continue
            parts = (entry.qid, recipient.address, mailer, entry.priority)
            self.log(log_lines.queued, pid, *parts)

    def _alone(self, work: Callable[[SendmailProcess], Work]) -> Work:
        """Work in a process of its own."""
        process = SendmailProcess(self)
        try:
            yield from work(process)
            yield from process.finish()
        finally:
            process.end()

    def read_configuration(self) -> tuple[str, ...]:
        """Heed /etc/mail/sendmail.cf, as each sendmail does that begins, if somebody has put another one there.

        Gives what keeps it from beginning, in its own words; then the old one stands.
        """
        file = self.host.files.find(CONFIGURATION)
        if file is None or file.text == self._file_read:
            return ()
        cf, complaints = Cf.found(file.text, CONFIGURATION)
        if not complaints:
            self.configure(cf)
        return complaints

    def configure(self, cf: Cf) -> None:
        """Heed a configuration from now on."""
        file = self.host.files.find(CONFIGURATION)
        self._file_read = "" if file is None else file.text  # what a notebook gives comes later than the file
        self.site.recorder.configurations.append((self.site.env.now, self.name, cf))
        self.cf = cf
        self.settings = Settings.of(cf, self.host.processors.count)
        self.mailer_names = mailer_names(cf.mailers)
        self.learn_names()
        self.read_rules()
        self._relay_domains = tuple(name.lower() for name in words_of(cf, "R", self.host.files))

    def learn_names(self) -> None:
        """Find out what it is called: class w of the cf, and what a hosts file has beside the full name."""
        names = class_w(self.name, self.cf, self.knows_its_name, words_of(self.cf, "w", self.host.files))
        short, address = self.name.partition(".")[0], f"[{self.host.address}]"
        self.own_names = dict.fromkeys([*names, *self._local, short, address])  # a dict: looked up often, and in order

    def qualified(self, address: str) -> str:
        """A plain user is one of this host."""
        return address if domain_of(address) else f"{address}@{next(iter(self.own_names))}"

    def when(self, at: str | float | None, action: Callable[[], None]) -> None:
        """Have something done at a time from the world's start; None is now."""
        self.site.at(self.site.env.now if at is None else at, action)


def _within(name: str, domain: str) -> bool:
    return name == domain or name.endswith(f".{domain}")
