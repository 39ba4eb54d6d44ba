"""Sites drawn by lot, with all that can be put into one and happen to it: from a seed, so that each can be had again.

Nothing here knows what is right; what has to hold of every site is in ``invariants``.
"""

import warnings
from collections.abc import Callable
from random import Random

from simlib import CfWarning, Quirks, Reply, World
from simlib.mta.policy.queue_order import Selection
from simlib.mta.sendmail import Sendmail
from simlib.site.network import ACCEPTED
from simlib.smtp.commands import parse
from tests.properties import odd

HOSTS = ("mx0", "mx1", "mx2")
PEOPLE = ("taro", "u1", "u2", "u3")
END = 7_200.0  # s in which things happen
CALM = 9 * 86_400.0  # s: by then everything has timed out
# what begins near an edge of the clock: a year, a leap day, the last day that a date can name, the first of UNIX
STARTS = (
    *("1998-07-01T09:00+09:00",) * 5,
    *("1999-12-31T23:30:00+00:00", "2000-02-28T23:59:59+09:00", "2038-01-19T03:00:00+00:00", "1970-01-02T00:00+14:00"),
)
OPTIONS: dict[str, tuple[object, ...]] = {
    "ConnectionCacheSize": (0, 1, 2, 4),
    "ConnectionCacheTimeout": ("0s", "5m"),
    "DeliveryMode": ("background", "interactive", "queueonly", "deferred"),
    "QueueSortOrder": ("priority", "host", "time", "filename", "random", "modification", "none"),
    "Timeout.hoststatus": ("0s", "30m"),
    "Timeout.queuereturn": ("5d", "20m", "now"),
    "Timeout.queuewarn": ("0", "5m", "1s"),
    "Timeout.initial": ("5m", "10s"),
    "Timeout.datafinal": ("1h", "1m", "0s"),
    "Timeout.fileopen": ("60s", "0s"),
    "Timeout.ident": ("0s", "5s"),
    "HostStatusDirectory": ("", ".hoststat"),
    "SingleThreadDelivery": (False, True),
    "MinQueueAge": ("0", "10m"),
    "MaxQueueAge": ("0", "1h"),
    "MaxQueueRunSize": (0, 2),
    "ForkEachJob": (False, True),
    "CheckpointInterval": (0, 1, 3),
    "FallbackMXhost": ("", "mx2.example", "nobody.invalid"),
    "PostmasterCopy": ("", "postmaster", "u1"),
    "DoubleBounceAddress": ("", "postmaster", "boss@nobody.invalid"),
    "MaxHopCount": (25, 3),
    "MaxMessageSize": (0, 20_000),
    "MaxRecipientsPerMessage": (0, 2),
    "MinFreeBlocks": (100, 0),
    "MaxAliasRecursion": (10, 1),
    "QueueLA": (8, 1),
    "RefuseLA": (12, 1),
    "MaxDaemonChildren": (0, 1),
    "ConnectionRateThrottle": (0, 1),
    "PrivacyOptions": ("", "goaway", "restrictqrun,nobodyreturn"),
    "EightBitMode": ("pass8", "strict", "mimefy"),
    "ForwardPath": ("$z/.forward", "$z/.forward.$w+$h:$z/.forward", "/nosuch/$u", "x:::/"),
    "SafeFileEnvironment": ("", "/tmp"),
    "DontBlameSendmail": ("", "forwardfileinunsafedirpath,groupwritableforwardfile"),
    "SendMimeErrors": (True, False),
    "TryNullMXList": (False, True),
}
LINES = (
    *(
        "DSmx2.example",
        "DSnomailer:mx2.example",
        "DS",
        "Cwmoved.example",
        "CRboth.example mx0.example",
        "DMhidden.example",
    ),
    *(
        "Mlocal, P=/bin/mail, F=lsDFMAw5:/|@qPn9, A=mail -d $u",
        "Mlocal, P=/usr/bin/procmail, F=lsDFMAw5:/|@qSPfhn9m, A=procmail",
    ),
    *("Mlocal, P=/usr/libexec/mail.local, F=lsDFMAw5:/|@qPSXmnz9, A=mail.local -l", "Mlocal, P=/nosuch, F=lw, A=x $u"),
    *(
        "Mprog, P=/usr/sbin/smrsh, F=lsDFMoqeu9, A=smrsh -c $u",
        "Mesmtp, P=[IPC], F=mDFMuXa7c, M=900, E=\\r\\n, A=TCP $h",
    ),
    *("Pjunk=-100", "H?x?X-Odd: $j", "Kpopauth hash /etc/mail/popauth"),
)
QUIRKS = (
    Quirks(),
    Quirks(),
    Quirks(greeting=Reply(554, "5.3.2 go away")),
    Quirks(greeting=Reply(421, "4.3.2 busy")),
    Quirks(close_after="connect"),
    Quirks(close_after="RCPT"),
    Quirks(silent_at="DATA"),
    Quirks(silent_at="."),
    Quirks(close_after="."),
    Quirks(hello_only=True, one_line_replies=True),
    Quirks(hangs_after=1),
    Quirks(replies={"RCPT": [None, Reply(452, "4.5.3 one at a time")]}),
    Quirks(replies={"MAIL": Reply(451, "4.3.0 later")}),
    Quirks(replies={".": Reply(550, "5.7.1 spam")}),
    Quirks(replies={"RSET": Reply(421, "4.3.2 enough")}),
    Quirks(delays={".": 90, "greeting": 20}),
)
KNOWN = (
    *("u1", "u2", "taro", "Taro", "staff", "list", "loop", "postmaster", "root", "nobody-here", "u1+detail", "\\u2"),
    *("a@mx0.example", "b@mx0.example", "b@mx1.example", "c@peer.example", "d@both.example", "D@Both.Example."),
    *(
        "e@nobody.invalid",
        "f@loop.example",
        "u1@[10.0.0.1]",
        "u1@mail",
        "u2@here.example",
        "hana@moved.example.REDIRECT",
    ),
)
TYPED = (
    *("mailq", "mailq -v", "sendmail -q", "sendmail -q0", "sendmail -q5m", "sendmail -bd -q10m", "sendmail -bd"),
    *(
        "sendmail -bd -q0s",
        "sendmail -qRexample",
        "sendmail -q!Ra",
        "sendmail -qSu1",
        "newaliases",
        "hoststat",
        "purgestat",
    ),
    *(
        "mailstats -p",
        "mailstats",
        "ps ax",
        "sendmail -bv staff",
        "sendmail u2 list",
        "sendmail -f '' a@mx0.example",
        "df",
        "uptime",
    ),
    *(
        "cp /dev/null /var/log/maillog",
        "cp /lists/l1 /etc/mail/aliases",
        "cat /etc/mail/sendmail.cf",
        "ls /var/spool/mqueue",
    ),
)
SIGNALS = ("", "-HUP ", "-KILL ", "-TERM ", "-9 ")


def cf_lines(lot: Random) -> str:
    """Lines of a sendmail.cf, laid over the stock ones."""
    chosen = lot.sample(sorted(OPTIONS), lot.randint(0, 12))
    held = [f"O {name}={lot.choice(OPTIONS[name])}" for name in chosen]
    return "\n".join(held + lot.sample(LINES, lot.randint(0, 2)))


def drawn(seed: int) -> World:
    """The world of a seed, before anything has happened."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CfWarning)  # options that stand in each other's way are drawn as well
        return _Drawing(Random(seed), seed).world


class _Drawing:
    """A world in the making."""

    def __init__(self, lot: Random, seed: int) -> None:
        self.lot = lot
        self.world = World(seed, start=lot.choice(STARTS))
        self.mail = self.world.sendmail(
            "mail.example",
            cf=cf_lines(lot),
            domain=("here.example", "moved.example"),
            cpus=lot.choice((1, 2)),
            message_cost=lot.choice((0, 0, "200ms", "20s")),
        )
        for name in HOSTS:
            self.world.sendmail(f"{name}.example", bandwidth="64kbps", cf=self._relay())
        self.peer = self.world.peer("peer.example", quirks=lot.choice(QUIRKS), workers=lot.choice((None, 1, 2)))
        self.world.sendmail("loop-mx.example", cf="DSmail.example\nCR loop.example")
        self._zones()
        if lot.random() < 0.7:
            self._people()
        if lot.random() < 0.8:
            self._aliases()
        for _ in range(lot.randint(0, 8)):
            self._letter()
        for system in self.world.systems:
            self._runs(system)
        for _ in range(lot.randint(0, 4)):
            self._outage()
        for _ in range(lot.randint(0, 6)):
            lot.choice(
                (self._types, self._kills, self._restarts, self._rewrites, self._asks, self._sends, self._visits)
            )()

    def _relay(self) -> str:
        return "CR both.example\nO Timeout.queuereturn=1h\n" + self.lot.choice(("", "", cf_lines(self.lot)))

    def _zones(self) -> None:
        text = "$TTL 1h\n@ MX 10 mx0.example.\n@ MX 10 mx1.example.\n@ MX 20 mx2.example."
        self.world.zone(text, origin="both.example.")
        self.world.zone("@ 1h MX 10 loop-mx.example.", origin="loop.example.")

    def _people(self) -> None:
        lot, world, mail = self.lot, self.world, self.mail
        world.user(mail, *PEOPLE, shell=lot.choice(("/bin/sh", "/bin/false")))
        if lot.random() < 0.4:
            world.disk(mail, lot.choice((3, 30, 3_000)), on="/var/mail", inodes=lot.choice((None, 1)))
            world.user(mail, lot.choice(PEOPLE), quota=lot.choice((1, (1, 3))), grace="10m")
            if lot.random() < 0.5:
                world.fill(mail, lot.choice((1, 20)), *self._span(), on="/var/mail", owner=lot.choice(("", "u1")))
        if lot.random() < 0.3:
            world.disk(mail, lot.choice((1, 100, 10_000)))
        if lot.random() < 0.3:
            world.disk(mail, lot.choice((1, 100)), on="/tmp")
        if lot.random() < 0.4:
            server = world.nfs_server("nfs.example", "/home", "/var/mail", statd=lot.random() < 0.5)
            options = lot.choice(("", "soft,timeo=7,retrans=2", "hard,nointr", "hard,intr,noac", "nocto,wsize=1024"))
            point = lot.choice(("/home", "/var/mail"))
            automount = lot.choice((None, None, "1s")) if point == "/home" else None
            world.mount(
                mail,
                server,
                point,
                options=options,
                after=0 if automount else lot.choice((0, "1m")),
                automount=automount,
            )
            if lot.random() < 0.7:
                world.outage(server, *self._span())
            if lot.random() < 0.2:
                world.at(self._time(), server.restore)
        for name in PEOPLE:
            if lot.random() < 0.5:
                world.file(
                    mail,
                    f"/home/{name}/.forward",
                    odd.lines(lot, odd.addresses, 3),
                    owner=lot.choice((name, name, name, "root", "u2")),
                    mode=lot.choice((0o644, 0o600, 0o664, 0o666)),
                )
        if lot.random() < 0.3:
            path = lot.choice(("/bin/mail", "/usr/bin/procmail", "/usr/libexec/mail.local"))
            world.agent(
                mail,
                path,
                checks_writes=lot.random() < 0.6,
                on_full=lot.choice((75, 73, 0, 1, 255)),
                uses_tmp=lot.random() < 0.4,
                lock=lot.choice(("none", "weak", "dot-lock", "lockd")),
            )
        world.program(mail, "/usr/bin/nosuch", status=lot.choice((0, 1, 64, 75, 78, 127, 255)), run_time="2s")

    def _aliases(self) -> None:
        lot = self.lot
        for name in ("l1", "l2"):
            self.world.file(
                self.mail,
                f"/lists/{name}",
                odd.lines(lot, odd.addresses, 5),
                owner=lot.choice(("root", "u1")),
                mode=lot.choice((0o644, 0o664)),
            )
        # as somebody edits the file on the host and types newaliases; what a notebook assigns is checked first
        self.world.file(self.mail, "/etc/mail/aliases", odd.aliases(lot))
        self.world.shell(self.mail)("newaliases")

    def _letter(self) -> None:
        """A letter that a mail program hands in, to addresses that this world knows."""
        lot = self.lot
        to = [lot.choice(KNOWN) for _ in range(lot.choice((1, 1, 2, 3, 6)))]
        headers = (
            {"Precedence": lot.choice(("list", "bulk", "junk", "special-delivery"))} if lot.random() < 0.3 else None
        )
        notify = lot.choice((None, None, ["never"], ["success", "failure", "delay"]))
        content: dict[str, object] = {"size": lot.choice((1, 800, 3_000, 50_000, 3_000_000)), "headers": headers}
        if lot.random() < 0.2:
            text = odd.lines(lot, odd.text).replace("\r", "") + "\n"
            content = {"message": text.encode("utf-8", "replace" if lot.random() < 0.5 else "backslashreplace")}
        system = lot.choice((self.mail, self.mail, self.mail, *self.world.systems))
        sender = lot.choice(("taro@mail.example", "u1", "ghost@nobody.invalid", "", "owner-list"))
        system.submit(sender, *to, notify=notify, at=self._time(), user=lot.choice((None, None, "u1")), **content)  # type: ignore[arg-type]

    def _runs(self, system: Sendmail) -> None:
        if self.lot.random() < 0.6:
            system.queue_run(at=self._time(), every=self.lot.choice(("10m", "7m", "1h")))
        self.world.at(END, lambda: self._end_interval(system))  # from there on a run a day is enough
        for at in [*range(300, int(END), 1_200), *(day * 86_400 for day in range(1, 9))]:
            system.queue_run(at=at)

    def _end_interval(self, system: Sendmail) -> None:
        """Also for a daemon that a reboot or a signal begins anew."""
        system.daemon.interval.stop()
        system.daemon.interval.set(None, Selection())

    def _outage(self) -> None:
        hosts = [self.world.network.hosts[f"{name}.example"] for name in (*HOSTS, "mail", "peer", "loop-mx")]
        ports = [host.services[25] for host in hosts]
        links = [("internet", f"{name}.example") for name in (*HOSTS, "mail")]
        self.world.outage(self.lot.choice([*hosts, *ports, *links, self.world.dns]), *self._span())  # type: ignore[arg-type]

    def _types(self) -> None:
        lot, host = self.lot, self.lot.choice((self.mail, self.mail, *self.world.systems))
        line = lot.choice(TYPED) if lot.random() < 0.8 else odd.mutated(lot, lot.choice(TYPED))
        user = lot.choice(("root", "root", "u1"))
        self._later(lambda: self.world.shell(host, user)(line, "Subject: typed\n\nhello\n"))

    def _sends(self) -> None:
        """Somebody types a letter and to whom it shall go."""
        lot = self.lot
        words = " ".join(f"'{odd.address(lot)}'" for _ in range(lot.randint(1, 3)))
        line = f"sendmail {lot.choice(('', '-odq ', '-N success,delay ', '-f owner-list ', '-f odd,one '))}{words}"
        self._later(
            lambda: self.world.shell(self.mail, lot.choice(("root", "u1")))(
                line, f"Subject: {odd.text(lot)}\n\nhello\n"
            )
        )

    def _visits(self) -> None:
        """The peer's people type SMTP at port 25, all of it at once."""
        lot = self.lot
        server = self.mail.host.services[25]
        lines = [
            "EHLO peer.example",
            f"MAIL FROM:<{odd.address(lot)}>",
            *(f"RCPT TO:<{odd.address(lot)}>" for _ in range(3)),
            "DATA",
        ]
        lines += [odd.text(lot) for _ in range(lot.randint(0, 2))]

        def visit() -> None:
            if self.mail.host.up and server.takes_connections():
                now, names = self.world.env.now, (self.peer.name, self.mail.name)
                call = self.world.recorder.connect(now, *names, ACCEPTED, 0.0)
                far_end = server.accept(self.peer.host)
                far_end.server.greet()
                for line in lines:
                    far_end.server.command(parse(line))
                far_end.close()
                call.closed = now

        self._later(visit)

    def _kills(self) -> None:
        """Somebody looks for processes with ps, and kills one."""
        lot, host = self.lot, self.lot.choice((self.mail, self.mail, *self.world.systems))
        signal, which = lot.choice(SIGNALS), lot.random()

        def kill() -> None:
            root = self.world.shell(host)
            numbers = [line.split()[0] for line in root("ps ax").splitlines()[1:]]
            if numbers:
                root(f"kill {signal}{numbers[int(which * len(numbers))]}")

        self._later(kill)
        self._later(lambda: self.world.shell(host)("sendmail -bd -q10m"))

    def _restarts(self) -> None:
        lot, host = self.lot, self.lot.choice((self.mail, self.mail, *self.world.systems))
        cf = cf_lines(lot)
        act = lot.choice((host.restart, host.restart, host.stop, host.start))
        if act == host.stop:
            host.stop(at=self._time())
        else:
            act(at=self._time(), cf=cf)

    def _rewrites(self) -> None:
        """Somebody edits a file while mail flows."""
        lot = self.lot
        path = lot.choice(
            (
                "/etc/mail/aliases",
                "/lists/l1",
                "/home/u1/.forward",
                "/etc/mail/sendmail.cf",
                "/etc/hosts",
                "/etc/resolv.conf",
            )
        )
        text = (
            odd.aliases(lot)
            if path.endswith("aliases")
            else cf_lines(lot)
            if path.endswith("cf")
            else odd.lines(lot, odd.addresses)
        )
        what = lot.choice(("newaliases", "sendmail -bd", "mailq"))

        def write() -> None:
            self.world.file(self.mail, path, text, owner=lot.choice(("root", "u1")))
            self.world.shell(self.mail)(what)

        self._later(write)

    def _asks(self) -> None:
        node = self.lot.choice(("mx0.example", "@example", "#mqueue", "#nosuch", odd.text(self.lot) or "x"))
        if len(node.split()) == 1:  # a client says one line, and a node is one word
            self.world.etrn("peer.example", "mx0.example", node, at=self._time())

    def _later(self, act: Callable[[], object]) -> None:
        self.world.at(self._time(), lambda: act() and None)

    def _time(self) -> float:
        return self.lot.choice((0.0, 59.999, 60.0, 300.0, round(self.lot.uniform(0, END), self.lot.choice((0, 3)))))

    def _span(self) -> tuple[float, float]:
        start = self._time()
        return start, start + self.lot.choice((1, 60, 600, 3_000))
