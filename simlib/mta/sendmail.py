"""A host's sendmail, as a notebook holds it."""

import email.message
from collections.abc import Mapping, Sequence
from functools import partial

from simlib.cf import Cf, configuration
from simlib.errors import WorkbookError
from simlib.mta.installation import Installation
from simlib.mta.policy import tables
from simlib.mta.policy.host_status import HostStatusDirectory
from simlib.mta.policy.queue_directory import Queue
from simlib.mta.policy.queue_order import Selection
from simlib.mta.policy.wishes import SubmissionError
from simlib.mta.receiving.daemon import Daemon
from simlib.mta.receiving.start_up import start_up
from simlib.mta.receiving.submission import Submission, hand_in, keep, prepare
from simlib.mta.sending.interval import Interval
from simlib.mta.sending.runner import run_now
from simlib.site.host import Host
from simlib.units import seconds


class Sendmail:
    """One sendmail: what a postmaster does with it, and what there is to look at.

    To do:
        submit        hand in a message, now or at some time; or have one wait in the queue since long ago
        queue_run     run the queue: once, or every so often
        stop          kill the daemon
        start         begin the daemon where none runs
        restart       end all its processes and start anew, with another configuration perhaps
        aliases       the text of its aliases file; setting it rebuilds the database
        newaliases    what newaliases says of a text; nothing is changed
        map           a table of keys and values, and the database that makemap makes of it

    To look at:
        name          the host's full name, macro $j
        host          the machine it runs on
        version       such as "8.18"
        cf            the configuration in force: mail.cf["MaxHopCount"]
        own_names     the names and domains that it takes for its own: class w
        queue         the entries of its queue
        host_status   what it knows of other hosts
        load          the load average of the last minute
        daemon        what listens on port 25: world.outage(mail.daemon, "1h", "2h") closes it
        installation  its inner parts; lessons need none of them

    What a run has brought is in the :class:`~simlib.Trace` that ``world.run`` gives back; ``world.shell(mail)`` is a
    root shell on the host.
    """

    def __init__(self, installation: Installation, lets_wait: bool = False) -> None:
        self.installation = installation
        self.daemon = Daemon(installation, Interval(installation), lets_wait)

    def __repr__(self) -> str:
        return f"<sendmail {self.version} on {self.name}: {len(self.queue)} in the queue>"

    def submit(
        self,
        sender: str,
        *recipients: str,
        size: int | None = None,
        headers: Mapping[str, str] | None = None,
        message: bytes | email.message.Message | None = None,
        notify: Sequence[str] | None = None,
        ret: str = "",
        envid: str = "",
        orcpt: str = "",
        body: str = "",
        user: str | None = None,
        at: str | float | None = None,
        tries: int = 0,
    ) -> None:
        """Hand in a message on this host, as a mail program does.

        ``size`` in bytes with the header (1,000 if not given); ``headers`` such as ``{"Precedence": "list"}``. Or all
        of it as ``message``, in bytes or as Python's ``email`` makes it. ``notify`` as with ``sendmail -N``
        (``["success", "failure"]``), ``ret`` as with ``-R`` (``"hdrs"`` or ``"full"``), ``envid`` as with ``-V``,
        ``orcpt`` as an ESMTP client gives it (``rfc822;hana@old.example``), ``body`` as with ``-B`` (``"8bitmime"`` or
        ``"7bit"``). ``user``: who types it as a command. ``at`` when, from the world's start; now if not given.
        ``sender`` ``""`` or ``<>`` is the null sender.

        ``at="-3d"``: it was handed in three days before the world's start, and waits in the queue for the next run;
        ``tries``: so often in vain, at equal distances from then on (each try has put it back by RetryFactor). The log
        says nothing of that time.
        """
        asked = prepare(
            self.installation, sender, recipients, size=size, headers=headers, message=message, notify=notify, ret=ret,
            envid=envid, orcpt=orcpt, body=body, user=user,
        )  # fmt: skip
        since = _before_the_start(at)
        if not isinstance(tries, int) or tries < 0 or (tries and since is None):
            raise SubmissionError(
                "tries={tries!r}: only a letter that waits since before the start was tried: at='-3d'", tries=tries
            )
        if since is not None and self.installation.site.clock.unix(since) < 0:
            raise SubmissionError("{named}: UNIX counts from 1970, and that is before", named=f"at={at}")
        self.installation.site.unchecked += asked.to
        if since is None:
            self.installation.when(at, partial(_hand_in, self.installation, asked))
        else:
            keep(self.installation, asked, since, tries)

    def queue_run(
        self, *, at: str | float | None = None, every: str | float | None = None, select: str | None = None
    ) -> None:
        """Run the queue: once ``at`` a time (``sendmail -q``), or ``every`` so often from then on (``-q30m``).

        ``select`` takes only what matches, as ``-qRkyoto-u`` does, without regard to MinQueueAge and host status.
        """
        selection = Selection.parse(select)
        if every is None:
            self.installation.when(at, partial(_run_queue, self.installation, selection))
            return
        if seconds(every) < 1:
            raise WorkbookError(
                "every={every!r}: a queue interval is more than 0, in whole seconds, such as 30m", every=every
            )
        self.daemon.interval.set(seconds(every), selection)
        self.installation.when(at, self.daemon.interval.start)

    def stop(self, at: str | float | None = None) -> None:
        """Kill the daemon, and with it the queue interval; what its children are at is finished."""
        self.installation.when(at, self.daemon.kill)

    def start(self, at: str | float | None = None, cf: str | Cf | None = None) -> None:
        """Begin the daemon where none runs (``sendmail -bd -q…``), with another configuration if one is given.

        It looks for its own name first, and may end or go on without it (:mod:`simlib.mta.receiving.start_up`).
        """
        read = None if cf is None else configuration(cf)

        def begin() -> None:
            if self.daemon.runs or not self.host.up:
                return
            if read is not None:
                self.installation.configure(read)
            self.host.spawn(start_up(self.daemon))

        self.installation.when(at, begin)

    def restart(self, at: str | float | None = None, cf: str | Cf | None = None) -> None:
        """End all its processes and start anew, with another configuration if one is given (as ``World.sendmail``).

        What is on disk stays.
        """
        read = None if cf is None else configuration(cf)

        def begin() -> None:
            self.host.end_processes()
            if read is not None:
                self.installation.configure(read)
            self.daemon.restart()
            if self.daemon.runs:
                self.daemon.interval.start()

        self.installation.when(at, begin)

    @property
    def aliases(self) -> str:
        """The text of its aliases file.

        Setting it rebuilds the database, as ``newaliases`` does, and raises
        :class:`~simlib.errors.WorkbookError` with what ``newaliases`` complains of.
        """
        return self.installation.local.aliases

    @aliases.setter
    def aliases(self, text: str) -> None:
        self.installation.local.aliases = text

    def map(self, name: str, source: str, kind: str = "hash") -> None:
        """Write a table of keys and values and make its database: ``mail.map("access", "spam.example REJECT")``.

        The source is put to ``/etc/mail/name``, unless ``name`` is a path, and the database beside it, as
        ``makemap hash /etc/mail/name < /etc/mail/name`` does. Raises :class:`~simlib.errors.WorkbookError` with what
        makemap complains of, and for a ``kind`` that it cannot make.
        """
        made = tables.make(name, source, kind)
        for path, text in made.items():
            self.installation.host.files.write(path, text)

    def newaliases(self, text: str) -> str:
        """What ``newaliases`` says of the text of an aliases file; nothing is changed."""
        return self.installation.local.newaliases(text)

    @property
    def name(self) -> str:
        """The host's full name, in lower case; macro $j."""
        return self.installation.name

    @property
    def host(self) -> Host:
        """The machine it runs on."""
        return self.installation.host

    @property
    def version(self) -> str:
        """Which sendmail it is, such as "8.18"."""
        return self.installation.version

    @property
    def cf(self) -> Cf:
        """The configuration in force."""
        return self.installation.cf

    @property
    def own_names(self) -> tuple[str, ...]:
        """The names and domains that it takes for its own: class w, its domains, its short name, its address."""
        return tuple(self.installation.own_names)

    @property
    def queue(self) -> Queue:
        """The entries of its queue."""
        return self.installation.queue

    @property
    def host_status(self) -> HostStatusDirectory:
        """What it knows of other hosts."""
        return self.installation.host_status

    @property
    def load(self) -> int:
        """The load average of the last minute, as sendmail reads it."""
        return self.installation.load


def _hand_in(installation: Installation, asked: Submission) -> None:
    """Nobody sits there who could read what is said."""
    hand_in(installation, asked)


def _run_queue(installation: Installation, selection: Selection) -> None:
    """Nobody waits for its end."""
    run_now(installation, selection)


def _before_the_start(at: str | float | None) -> float | None:
    """A time before the world's start, in seconds (negative); None for one that is not."""
    if isinstance(at, str) and at.strip().startswith("-"):
        return -seconds(at.strip()[1:])
    return -seconds(-at) if isinstance(at, (int, float)) and at < 0 else None
