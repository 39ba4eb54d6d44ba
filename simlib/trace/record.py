"""The trace of a run: what happened, as tables and in sendmail's own formats."""

from math import inf
from typing import Any

from simlib.errors import WorkbookError
from simlib.message.received import hops
from simlib.trace.answers import answers, dialogue
from simlib.trace.clock import Clock
from simlib.trace.ledger import Account
from simlib.trace.load_average import over_time
from simlib.trace.mail_system import MailSystem, MailSystems
from simlib.trace.mailstats import of_today, one_by_one
from simlib.trace.names import OnAHost, name_of
from simlib.trace.places import MAILBOXES
from simlib.trace.recorder import ConnectionRecord, Recorder
from simlib.trace.round_trips import round_trips
from simlib.trace.row_types import (
    AgentRow,
    AnswerRow,
    AttemptRow,
    ConnectionRow,
    CountRow,
    DeliveryRow,
    FormRow,
    LengthRow,
    LetterRow,
    LoadRow,
    LossRow,
    MessageRow,
    NoticeRow,
    PieceRow,
    QueueRow,
    ToldRow,
    WritingRow,
)
from simlib.trace.rows_of import RowsOf, table_of
from simlib.trace.site_tables import SECONDS, SiteTables
from simlib.trace.spool import hoststat, mailq, qf, status_file
from simlib.trace.steps import Steps
from simlib.trace.syslog import maillog
from simlib.trace.table import Table


class Trace(SiteTables):
    """What ``World.run`` gives back: what happened, as tables and in sendmail's own formats.

    The balance:
        totals             submitted = delivered + bounced + queued + lost

    Tables, a row each:
        messages           a recipient of a message, and what became of it
        attempts           a relay tried for a message
        connections        a TCP connect
        idents             a connection that a daemon accepted, and what it heard by Ident
        deliveries         an arrival in a mailbox
        losses             a message that a mailbox has lost
        notices            a return, a warning, a receipt that was sent
        told               what a notice says of a recipient
        agents             a run of a program with mail
        outages            a planned outage
        services           a service of a host that has come up or gone
        configurations     a sendmail.cf that a sendmail heeds from then on
        closed             a time in which a daemon took no connections
        steps              a step that somebody took on a host
        queue              a message that is in a host's queue now
        queue_length       a change of the length of a host's queue
        load               the load average of a host
        letters            what was ever written to a user's mailbox file
        writings           who wrote it from when to when, and where in the file
        pieces             what is to be read in that file, from its beginning

    As text:
        syslog             a host's mail log
        dialogue           what was said on a connection
        answers            the same as a table: what the client took for which answer
        round_trips        the same as a table, a row each time that the client waits
        lmtp               what sendmail and an agent said
        mailq              a host's queue as mailq lists it
        qf                 the control file of a message in a queue
        mailstats          what mailstats prints on a host
        counted            what it has counted, message by message
        hoststat           what hoststat lists on a host
        host_status_files  the files below HostStatusDirectory
        content            a message as it reached a mailbox
        forms              what each gate on its way made of it
        received           its Received: lines
        mailbox            a user's mailbox file

    And:
        load_limits        QueueLA and RefuseLA of a host
        mx                 the MX records of a domain, as they are now
        hosts              the hosts that run sendmail
        seed               that of the world
        until              how far the run went, in seconds

    Times are in seconds since the start of the world, sizes in bytes; a host is named, or given as what stands for it.
    It looks at the world as it is: after a further ``run`` it shows that too.
    """

    def __init__(self, recorder: Recorder, clock: Clock, seed: int, until: float, systems: MailSystems) -> None:
        self._recorder = recorder
        self._clock = clock
        self._systems = systems
        self.seed = seed
        self.until = until

    def __repr__(self) -> str:
        counts = ", ".join(f"{name} {count}" for name, count in self.totals().items())
        return f"Trace of {self.until:g} s, seed {self.seed}: {counts}"

    @property
    def hosts(self) -> list[str]:
        """The hosts that run sendmail."""
        return list(self._systems)

    def totals(self) -> dict[str, int]:
        """The balance: submitted = delivered + bounced + queued + lost, a recipient each.

        ``copies`` counts arrivals in mailboxes (more than delivered where mail was doubled), ``notices`` the
        recipients of notices, which are not in the other numbers.
        """
        return self._recorder.ledger.totals()

    @property
    def messages(self) -> "RowsOf[MessageRow]":
        """One row a recipient: where it was submitted and what became of it; notices too (``notice``)."""
        return RowsOf.of(
            MessageRow,
            [
                (
                    *(one.message, one.sender, one.recipient, one.size),
                    *(one.host, one.submitted, one.state),
                    *(one.finished, _delay(one), one.delivered, one.notice),
                )
                for one in self._recorder.ledger.accounts
            ],
            {"size": "bytes", "submitted": SECONDS, "finished": SECONDS, "delay": SECONDS},
        )

    @property
    def attempts(self) -> "RowsOf[AttemptRow]":
        """One row for each relay tried for a message; ``connection`` is None where the host was known to be down."""
        return table_of(AttemptRow, self._recorder.attempts, {"time": SECONDS, "seconds": SECONDS})

    @property
    def connections(self) -> "RowsOf[ConnectionRow]":
        """One row a TCP connect, also those that failed; ``wait`` is how long the connect took.

        ``bytes`` counts what both sides said, line ends included, and the messages.
        """
        return RowsOf.of(
            ConnectionRow,
            [
                (
                    *(one.number, one.opened, one.closed, one.client, one.server, one.outcome, one.wait),
                    *(one.messages, one.resets, one.round_trips, one.on_the_wire),
                )
                for one in self._recorder.connections
            ],
            {"opened": SECONDS, "closed": SECONDS, "wait": SECONDS},
        )

    @property
    def deliveries(self) -> "RowsOf[DeliveryRow]":
        """One row for each arrival in a mailbox, in order."""
        return table_of(DeliveryRow, self._recorder.deliveries, {"time": SECONDS, "size": "bytes"})

    @property
    def agents(self) -> "RowsOf[AgentRow]":
        """One row for each local delivery agent or other program that was run with mail, on hosts that name users.

        ``status`` is how it ended (``sysexits.h``; None where LMTP gives a reply for each recipient), ``recipients``
        how many it was to serve.
        """
        return table_of(AgentRow, self._recorder.agents, {"time": SECONDS, "seconds": SECONDS})

    def lmtp(self, run: int) -> str:
        """What sendmail (``>>>``) and the agent (``<<<``) said in a run: the row of ``agents``, counted from 1."""
        if run not in self._recorder.lmtp:
            raise WorkbookError(
                "run {run} of an agent did not speak LMTP; these did: {list}", run=run, list=list(self._recorder.lmtp)
            )
        return self._recorder.lmtp[run]()

    def letters(self, host: OnAHost | str, user: str) -> "RowsOf[LetterRow]":
        """What was ever written to the mailbox file of a user, in the order in which each agent began.

        ``length`` in bytes with the ``From_`` line, ``left`` how many of them are still there, and ``condition``
        intact, torn or gone.
        """
        file = self._mail_file(host, user)
        rows = [
            (one.copy.message.number, one.sender, one.length, left, condition)
            for one, left, condition in zip(file.deliveries, file.left(), file.conditions(), strict=True)
        ]
        return RowsOf.of(LetterRow, rows, {"length": "bytes", "left": "bytes"})

    def writings(self, host: OnAHost | str, user: str) -> "RowsOf[WritingRow]":
        """Each letter of ``letters``, the host whose agent has written it, and from which byte of the file on.

        It wanted to write at ``asked``, and was at it from ``began`` to ``ended``: in between it waited for a lock.
        """
        file = self._mail_file(host, user)
        rows = [
            (one.copy.message.number, one.host, one.place, one.length, left, condition, one.asked, one.began, one.ended)
            for one, left, condition in zip(file.deliveries, file.left(), file.conditions(), strict=True)
        ]
        units = {"place": "bytes", "length": "bytes", "left": "bytes"}
        return RowsOf.of(WritingRow, rows, units | dict.fromkeys(("asked", "began", "ended"), SECONDS))

    def pieces(self, host: OnAHost | str, user: str) -> "RowsOf[PieceRow]":
        """What is to be read in the mailbox file of a user, piece by piece: later writes hide earlier ones."""
        file = self._mail_file(host, user)
        rows = [(at, many, file.deliveries[one].copy.message.number) for at, many, one, _ in file.remaining()]
        return RowsOf.of(PieceRow, rows, {"place": "bytes", "length": "bytes"})

    def mailbox(self, host: OnAHost | str, user: str) -> bytes:
        """The mailbox file of a user, as a mail program reads it (mbox); only on a host that names its users.

        Python's ``mailbox.mbox`` takes it apart.
        """
        content: bytes = self._mail_file(host, user).content(self._clock)
        return content

    def _mail_file(self, host: OnAHost | str, user: str) -> Any:
        node = self._system(host).host.files.find(f"{MAILBOXES}/{user}")
        if node is None or node.mail is None:
            raise WorkbookError(
                "{name_of} has no mailbox of {user}: nothing was ever delivered to it as to a file",
                name_of=name_of(host),
                user=user,
            )
        return node.mail

    @property
    def losses(self) -> "RowsOf[LossRow]":
        """One row for each message that a mailbox has lost, with the cause."""
        return table_of(LossRow, self._recorder.losses, {"time": SECONDS})

    @property
    def notices(self) -> "RowsOf[NoticeRow]":
        """One row for each notice sent: ``message`` is the notice, ``about`` what it tells of."""
        return table_of(NoticeRow, self._recorder.notices, {"time": SECONDS})

    @property
    def told(self) -> "RowsOf[ToldRow]":
        """One row for each recipient that a notice tells of, with the ``kind`` of the notice and the ``action``."""
        return table_of(ToldRow, self._recorder.told, {"time": SECONDS})

    def queue_length(self, host: OnAHost | str) -> "RowsOf[LengthRow]":
        """How many messages a host's queue had: each row holds from its time until the next."""
        name = self._system(host).name
        return RowsOf.of(LengthRow, self._recorder.queue_steps.get(name, Steps()), {"time": SECONDS})

    def load(self, host: OnAHost | str) -> "RowsOf[LoadRow]":
        """The load average of a host (1, 5 and 15 minutes), every 5 seconds but at no more than 1,000 times."""
        name = self._system(host).name
        rows = over_time(self._recorder.run_queue.get(name, []), self.until)
        return RowsOf.of(LoadRow, rows, {"time": SECONDS})

    def load_limits(self, host: OnAHost | str) -> dict[str, int]:
        """From which load average on a host queues and refuses mail, as it is configured now; 0 is never."""
        settings = self._system(host).settings
        return {"QueueLA": settings.queue_la, "RefuseLA": settings.refuse_la}

    def mx(self, domain: str) -> list[tuple[int, str]]:
        """The MX records of a domain as name service has them now: preference and host, best first."""
        system = next(iter(self._systems.values()), None)
        return [] if system is None else sorted(system.site.names.answer(domain, "MX").mx)

    def syslog(self, host: OnAHost | str, until: float = inf) -> str:
        """The host's mail log, up to a time in seconds if one is given."""
        return maillog(self._recorder, self._clock, self._system(host).name, until)

    def dialogue(self, connection: int) -> str:
        """What client (``>>>``) and server (``<<<``) said on a connection."""
        return dialogue(self._connection(connection).said)

    def answers(self, connection: int) -> "RowsOf[AnswerRow]":
        """What the client of a connection took for the answer to what it said, and the true answer to that."""
        held = self._connection(connection)
        return RowsOf.of(AnswerRow, answers(held.said, held.heard, held.lines_taken), {"time": SECONDS})

    def round_trips(self, connection: int) -> Table:
        """What the client of a connection sent each time before it waited, and the codes that it waited for.

        Round trips of SMTP; the TCP connect before them costs one more.
        """
        held = self._connection(connection)
        return Table.of_rows(("round trip", "the client sends", "it waits for"), round_trips(held.said, held.begins))

    def received(self, message: int) -> str:
        """The Received: lines of a message that reached a mailbox, the newest first."""
        there = hops(self._recorder.last_copy(message).received)
        return "\n".join(hop.text(self._clock.rfc822(hop.time)) for hop in there)

    def content(self, message: int, mailbox: str = "") -> bytes:
        """A message as it reached a mailbox (this one; else the last of all), in bytes with LF at the end of lines.

        Python's ``email.message_from_bytes`` takes it apart.
        """
        return self._recorder.last_copy(message, mailbox).as_bytes(self._clock)

    def forms(self, message: int) -> "RowsOf[FormRow]":
        """A message as it was written, and as each gate that changed it left it; a row only where its text is known."""
        rows = [(*form, one.as_bytes) for *form, one in self._recorder.forms.get(message, [])]
        return RowsOf.of(FormRow, rows, {"time": SECONDS})

    def mailq(self, host: OnAHost | str) -> str:
        """The host's queue as ``mailq`` lists it."""
        system = self._system(host)
        return mailq(system.listing(), system.queue.directories, self._clock)

    def queue(self, host: OnAHost | str) -> "RowsOf[QueueRow]":
        """The host's queue as it is now, in the order in which a queue run would take it.

        ``mark`` as in mailq: ``*`` is being worked on, ``-`` is too young for a run, ``X`` not urgent enough at this
        load. ``precedence`` is the number of its Precedence: header, ``created`` and ``last_try`` (None: never) are
        times of the world's clock, and the smaller its ``priority`` the sooner a message is tried.
        """
        return RowsOf.of(
            QueueRow,
            [
                (
                    *(one.qid, mark, one.message.number, one.sender, ",".join(to.address for to in one.recipients)),
                    *(one.message.size, one.precedence, one.created, one.last_try if one.tries else None),
                    *(one.tries, one.priority, one.status),
                )
                for one, mark in self._system(host).listing()
            ],
            {"size": "bytes", "created": SECONDS, "last_try": SECONDS},
        )

    def qf(self, host: OnAHost | str, qid: str) -> str:
        """The control file of a message in the host's queue, as sendmail writes it."""
        entries = {one.qid: one for one in self._system(host).queue}
        if qid not in entries:
            raise WorkbookError(
                "no {qid} in the queue of {name_of}; there are: {value}",
                qid=qid,
                name_of=name_of(host),
                value=", ".join(entries) or "none",
            )
        return qf(entries[qid], self._clock)

    def mailstats(self, host: OnAHost | str) -> str:
        """What today's ``mailstats`` prints on a host."""
        system = self._system(host)
        return of_today(system.statistics, system.mailer_names, self._clock, self.until)

    def counted(self, host: OnAHost | str) -> "RowsOf[CountRow]":
        """One row for each time that a host's StatusFile has counted a message since it was emptied."""
        system = self._system(host)
        return RowsOf.of(CountRow, one_by_one(system.statistics, system.mailer_names), {"time": SECONDS})

    def hoststat(self, host: OnAHost | str) -> str:
        """What ``hoststat`` lists on a host with HostStatusDirectory."""
        directory = self._system(host).host_status
        return hoststat(directory.files, directory.locks, int(self.until))

    def host_status_files(self, host: OnAHost | str) -> dict[str, str]:
        """The files below HostStatusDirectory: path to content."""
        directory = self._system(host).host_status
        return {path: status_file(status, self._clock.unix(status.used)) for path, status in directory.tree().items()}

    def _connection(self, number: int) -> ConnectionRecord:
        if not 1 <= number <= len(self._recorder.connections):
            raise WorkbookError(
                "no connection {number}: there are 1 to {many}", number=number, many=len(self._recorder.connections)
            )
        return self._recorder.connections[number - 1]

    def _system(self, host: OnAHost | str) -> MailSystem:
        name = name_of(host)
        if name not in self._systems:
            raise WorkbookError(
                "no sendmail runs on {name!r}; there are: {value}", name=name, value=", ".join(self._systems) or "none"
            )
        return self._systems[name]


def _delay(account: Account) -> float | None:
    return None if account.finished is None else account.finished - account.submitted
