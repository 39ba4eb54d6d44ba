"""The same case in the simulator."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from simlib import World
from simlib.mta.installation import CONFIGURATION
from simlib.mta.policy.start_checks import missing_class_files
from simlib.mta.sendmail import Sendmail
from simlib.site.breakable import Breakable
from simlib.site.network import ACCEPTED, BACKBONE, UNREACHABLE
from simlib.smtp import Quirks, Reply
from simlib.smtp.ident import IDENT_PORT
from simlib.trace.load_average import LoadAverage
from simlib.trace.places import QUEUE_DIRECTORY
from simlib.trace.recorder import ConnectionRecord
from simlib.trace.spool import qf
from tests.against_sendmail.case import (
    CLIENT,
    CLIENT_ADDRESS,
    SENDER,
    Case,
    Interval,
    Letter,
    Run,
    Turn,
    Type,
    Visit,
    Wait,
    brought,
    ended,
    named,
    text_of,
    with_ids,
)
from tests.against_sendmail.configuration import SPOOL, configuration
from tests.against_sendmail.furniture import BEFORE, furnish, house, inhabit
from tests.against_sendmail.name_server import REVERSE
from tests.against_sendmail.observation import (
    ACCEPTED_AS,
    NO_ANSWER,
    TYPED,
    Observation,
    Seen,
    arrived,
    by_line,
    control_files,
    counted,
    dialogue,
    in_any_order,
    log_lines,
    printed,
    replies,
    report_lines,
    saved,
    session_log,
    whole_log,
    without_times,
)

KINDS = {"double bounce": "postmaster", "postmaster copy": "postmaster"}  # by the Subject, as the real one's are told
AGENT = f"{SPOOL}/deliver"  # of the local mailer
LATENCY = 0.0001  # s, as between namespaces of one machine


def play(case: Case) -> Observation:
    """Play a case; gives what was seen in each queue run."""
    return _Play(case).play()


class _Play:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.world = World(start=_now_after(BEFORE))
        self.world.dns.round_trip = LATENCY
        agent = case.household.agent if case.household else None
        cf = configuration(case.m4, f"{case.cf}\n{agent.line if agent else ''}", case.mc)
        self.mta: Sendmail = self.world.sendmail(SENDER, cf=cf, latency=LATENCY, version=_version(cf))
        if case.mc:
            furnish(self.mta, case.mc)
        self.is_refused = any(missing_class_files(self.mta.cf, self.mta.host.files))
        if self.is_refused:  # sendmail looks at it each time it begins
            self.mta.host.files.write(CONFIGURATION, str(self.mta.cf))
        if case.household:
            house(self.world, self.mta, case.household)
        self.peers = {
            name: self.world.peer(name, quirks=quirks, latency=LATENCY) for name, quirks in case.peers.items()
        }
        if case.aliases:
            self.world.user(self.mta, "taro", "hana")
            self.world.agent(self.mta, AGENT)
            self.mta.aliases = case.aliases
        if case.known_as != SENDER:
            self.mta.installation.knows_its_name = False
            self.mta.installation.configure(self.mta.cf)
        self.states = dict.fromkeys(case.peers, "up")
        self.delivered: list[str] = []
        self.kept = 0  # arrivals at this host in earlier runs
        self.shown = [0, 0, 0, 0]  # connections, deliveries, log lines and notices of earlier runs
        inhabit(self.world, case.zone, {SENDER, *self.peers}, LATENCY)
        clients = [CLIENT, *(step.client for step in case.steps if isinstance(step, Visit))]
        hosts = self.world.network.hosts
        self.clients = {
            name: hosts[name] if name in hosts else self.world.host(name, latency=LATENCY)
            for name in dict.fromkeys(clients)
        }
        self.world.zone(f"$TTL 60\n{case.zone}\nclient A {CLIENT_ADDRESS}", origin="test.")
        if case.reverse:
            self.world.zone(f"$TTL 60\n{case.reverse}", origin=REVERSE)
        if case.load:
            self.mta.host.processors.load = _Steady(case.load)
        if case.disk:
            self.world.disk(self.mta, case.disk)
        for name in case.directories:
            self.world.directory(self.mta, f"{QUEUE_DIRECTORY}/{name}")
        self.qids: dict[str, str] = {}  # queue id -> name of the letter
        self.names: dict[int, str] = {}  # number of the message -> name of the letter
        for domain in case.failing:
            self.world.zone("@ 60 A 192.0.2.1", origin=domain).go_down()
        if case.dns_silent:
            self.world.dns.go_down()

    def play(self) -> Observation:
        for peer, state in self.case.states.items():
            self._turn(peer, state)
        self._post(self.case.letters, BEFORE)
        self.world.run(until=BEFORE)
        self._let_happen_now()
        self.shown[2] = len(self.world.recorder.log)  # how it came into the queue is not looked at
        observation = []
        for step in self.case.steps:
            if isinstance(step, Run):
                observation.append(self._run(step))
            elif isinstance(step, Interval):
                observation.append(self._interval(step))
            elif isinstance(step, Type):
                observation.append({f"$ {step.line}": self._typed(step)})
            elif isinstance(step, Visit):
                observation.append(self._visit(step))
            elif isinstance(step, Wait):
                self.world.run(until=self.world.env.now + step.seconds)
            elif isinstance(step, Turn):
                self._turn(step.peer, step.state)
            else:
                self._post(step.letters, self.world.env.now, fresh=True)
                self._let_happen_now()
        return observation

    def _turn(self, peer: str, state: str) -> None:
        if self.states[peer] != "up":
            self._port_or_way(peer, self.states[peer]).come_back()
        if state != "up":
            self._port_or_way(peer, state).go_down()
        self.states[peer] = state

    def _port_or_way(self, peer: str, state: str) -> Breakable:
        """What is broken in a state."""
        if state == "refusing":
            return self.peers[peer]
        return self.peers[peer].host if state == "dark" else self.world.network.link_between(peer, BACKBONE)

    def _post(self, letters: Sequence[Letter], now: float, fresh: bool = False) -> None:
        for name, letter, size, age in named(letters, len(self.names), fresh):
            self.names[self.world.recorder.messages + 1] = name
            notify = letter.notify.split(",") if letter.notify else None
            said = _said(name, letter, size) | _wishes(letter.parameters)
            self.mta.submit(letter.sender, *letter.to, notify=notify, orcpt=letter.orcpt, at=now - age, **said)

    def _typed(self, what: Type) -> list[str]:
        self.qids |= self._names_by_qid()
        before = self.world.recorder.messages
        shell = self.world.shell(SENDER, user=what.user)
        text = shell(with_ids(what.line, self.qids), what.stdin)
        self._let_all_end()
        self.names |= dict.fromkeys(range(before + 1, self.world.recorder.messages + 1), TYPED)
        return printed(text, self.qids) + ended(what, shell.status)

    def _names_by_qid(self) -> dict[str, str]:
        return {one.qid: self.names[one.message.number] for one in self.mta.queue if one.message.number in self.names}

    def _let_all_end(self) -> None:
        self._let_happen_now()
        refusing = self._refusing()
        while self.mta.host.running > refusing:
            self.world.env.step()

    def _run(self, run: Run) -> Seen:
        env, directory = self.world.env, [entry.message.number for entry in self.mta.queue]
        self.qids |= self._names_by_qid()
        by_name = [entry.message.number for entry in sorted(self.mta.queue, key=lambda entry: entry.qid)]
        if self.case.within_a_second:
            self.world.run(until=math.ceil(env.now))
        begun = env.now
        for _ in range(run.runners):
            if self.is_refused:
                self.world.shell(SENDER)("sendmail -qf")
                continue
            self.mta.queue_run(select=with_ids(run.select, self.qids) or None)
        return self._seen(run.observe or self.case.observe, begun, directory, by_name)

    def _interval(self, interval: Interval) -> Seen:
        begun = len(self.world.recorder.connections)
        self.mta.queue_run(every=f"{interval.seconds}s")
        self.world.run(until=self.world.env.now + interval.seconds * (interval.times + 0.5))
        self.mta.host.end_processes()
        return {"number of connections": [str(len(self.world.recorder.connections) - begun)]}

    def _visit(self, visit: Visit) -> Seen:
        begun, answers = self.world.env.now, []
        client = self.clients[visit.client]
        self.qids |= self._names_by_qid()
        earlier = tuple(self.qids)
        if visit.ident == "silent":
            self.world.identd(client, "nobody", delay=10_000)
        elif visit.ident.endswith(("unreachable", "prohibited")) or visit.ident in ("drop", "reset"):
            self.world.filter(client, visit.ident, port=IDENT_PORT)
        elif visit.ident != "closed":
            self.world.identd(client, visit.ident)
        telnet = self.world.telnet(client, self.mta)
        answers.append(("connect", telnet.greeting.rpartition("host: ")[2], telnet.seconds))
        self.world.env.run(until=self.world.env.now + LATENCY)  # so that what comes has a time of its own
        for line in visit.says if telnet.is_open else ():
            if not isinstance(line, str) and not answers[-1][1].startswith("354"):
                continue
            before = self.world.recorder.messages
            if not isinstance(line, str):
                text = brought(f"v{len(self.names):02d}", line)
                for typed in text.decode("utf-8", "surrogateescape").splitlines():
                    telnet(typed)
            answer = telnet(line if isinstance(line, str) else ".")
            if accepted := ACCEPTED_AS.match(answer):
                self.names[before + 1] = self.qids[accepted[1]] = f"v{len(self.names):02d}"
            answers.append((str(line), answer, telnet.seconds))
            if not answer:
                break
        telnet.close()
        client.filters.clear()
        own = {
            "replies": replies((said, answer) for said, answer, _ in answers),
            "waits": [f"{said}: {int(took / visit.unit)}" for said, _, took in answers if took >= visit.unit],
        }
        return own | self._seen(visit.observe or self.case.observe, begun, [], [], earlier)

    def _seen(
        self, observe: tuple[str, ...], begun: float, directory: list[int], by_name: list[int],
        earlier: Sequence[str] = (),
    ) -> Seen:  # fmt: skip
        """What there is to see once everything has come to rest."""
        env = self.world.env
        self._let_all_end()
        connections, deliveries, log, notices = self._new()
        delivered = [message for _, _, _, message, *_ in deliveries]
        self.delivered += map(self._name, delivered)
        sent = self._sent(deliveries)
        queued, kept = sorted(self._queued()), self._kept_here()
        seen = {
            "connections": [f"{self._host(one.server)}: {self._said(one)}" for one in connections],
            "number of connections": [str(len(connections))],
            "most at once": _most_at_once([one for one in connections if one.outcome == ACCEPTED]),
            "deliveries": [f"{host} {self._name(message)}" for _, host, _, message, *_ in deliveries],
            "delivered so far": sorted(self.delivered),
            "delivered": sorted(map(self._name, delivered)),
            "rank by file name": _rank(delivered, by_name),
            "rank in directory": _rank(delivered, directory),
            "log": log_lines((one.text for one in log), self.qids),
            "saved": saved(one.text for one in log),
            "session log": session_log((one.text for one in log), earlier),
            "whole log": whole_log((one.text for one in log), self.qids),
            "queue": queued,
            "queue without addresses": counted(queued),
            "control files": control_files(qf(one, self.world.clock) for one in self.mta.queue),
            "host status": self._host_status(),
            "notices": sorted(
                f"{KINDS.get(kind, kind)} about {self._letter(about)} to {to.partition('@')[0]}"
                for _, _, kind, _, about, to in notices
                if to.partition("@")[2] in ("", SENDER)
            ),
            "mailboxes": sorted(f"{mailbox} {self.names[message]}" for mailbox, message in kept),
            "in mailboxes": by_line((f"for {to}", self._content(message, to)) for to, message in kept),
            "reports": (reports := self._reports(notices)),
            "reports in any order": in_any_order(reports),
            "arrived": sorted(arrived(where, content) for where, content in sent),
            "arrived by line": by_line(sent),
            "seconds": [str(int(env.now - begun))],
        }
        return {what: seen[what] for what in observe}

    def _refusing(self) -> int:
        """Processes that go on for ever: a daemon that refuses looks again and again whether it still must."""
        return 0 if self.mta.daemon.takes_connections() else 1

    def _kept_here(self) -> list[tuple[str, int]]:
        """The mailboxes of users here that have got letters, with those."""
        arrivals = [row for row in self.world.recorder.deliveries if row[1] == SENDER]
        new, self.kept = arrivals[self.kept :], len(arrivals)
        return [(mailbox, message) for _, _, mailbox, message, *_ in new
                if not mailbox.startswith(("|", "/")) and message in self.names]  # fmt: skip

    def _content(self, message: int, mailbox: str) -> bytes:
        """A message as it reached a mailbox."""
        return self.world.run(until=self.world.env.now).content(message, mailbox)

    def _reports(self, notices: Sequence[tuple[Any, ...]]) -> list[str]:
        """The notices to people here, in the order of what they are about; as the real ones."""
        trace = self.world.run(until=self.world.env.now)
        kinds = [(f"{KINDS.get(kind, kind)} about {self._letter(about)} to {to}", number, to)
                 for _, _, kind, number, about, to in notices]  # fmt: skip
        here = [one for one in kinds if one[2].partition("@")[2] in ("", SENDER) and self._is_here(one[1], one[2])]
        return report_lines(
            (line.partition("@")[0], trace.content(number, to.partition("@")[0])) for line, number, to in here
        )

    def _is_here(self, number: int, to: str) -> bool:
        """Whether a notice reached the mailbox that it was for."""
        return any(mailbox == to.partition("@")[0] for mailbox, _ in self.world.recorder.arrived(number))

    def _sent(self, deliveries: Sequence[tuple[Any, ...]]) -> list[tuple[str, bytes]]:
        """What peers were sent, a message each."""
        first = {(host, message): mailbox for _, host, mailbox, message, *_ in reversed(deliveries)}
        return [(f"to {host}", self._content(message, mailbox)) for (host, message), mailbox in first.items()
                if message in self.names]  # fmt: skip

    def _name(self, message: int) -> str:
        """What a message that reached a peer is called."""
        return self.names.get(message, "notice")

    def _letter(self, number: int) -> str:
        """The letter that a message is, or that a notice is about in the end."""
        about = {notice: of for _, _, _, notice, of, _ in self.world.recorder.notices}
        while number not in self.names:
            number = about[number]
        return self.names[number]

    def _let_happen_now(self) -> None:
        env = self.world.env
        while env.peek() <= env.now:
            env.step()

    def _new(self) -> list[list[Any]]:
        """What was written down in this run: connections, deliveries, log lines, notices."""
        recorder = self.world.recorder
        kept = (recorder.connections, recorder.deliveries, recorder.log, recorder.notices)
        lists: list[list[Any]] = [list(held) for held in kept]
        new = [held[shown:] for held, shown in zip(lists, self.shown, strict=True)]
        self.shown = [len(held) for held in lists]
        new[0] = [one for one in new[0] if one.client == SENDER and one.outcome != UNREACHABLE]  # a packet was sent
        new[1] = [delivery for delivery in new[1] if delivery[1] != SENDER]  # notices to people here are seen apart
        return new

    def _host(self, server: str) -> str:
        """A host by name, also where it was called by a bracketed name or address."""
        name = server.strip("[]")
        known = self.world.dns.answer(name, "A").addresses
        at = self.world.network.host_at(known[0] if known else name)
        return name if at is None else at.name

    def _said(self, connection: ConnectionRecord) -> str:
        """What a client said, as far as the peer heard it."""
        if connection.outcome != ACCEPTED:
            return NO_ANSWER
        lines = [("S" if isinstance(said, Reply) else "C", str(said)) for said in connection.said]
        quirks = self.case.peers.get(self._host(connection.server), Quirks())
        silent = quirks.silent_at or quirks.hangs_after
        while not silent and lines and lines[-1][0] == "C":  # it had hung up before it heard that
            lines.pop()
        return dialogue([said for side, said in lines if side == "C"])

    def _queued(self) -> list[str]:
        return [
            f"{self._name(entry.message.number)}: P={entry.priority} N={entry.tries} "
            f"to {' '.join(sorted(recipient.address for recipient in entry.recipients))}"
            for entry in self.mta.queue
        ]

    def _host_status(self) -> list[str]:
        files = self.world.run(until=self.world.env.now).host_status_files(SENDER)
        return [f"{path}: {without_times(text)}" for path, text in files.items()]


def _version(cf: str) -> str:
    """That of the real one, which m4 writes into the cf (DZ): lines with it are as long as there."""
    written = re.search(r"(?m)^DZ([\d.]+)$", cf)
    return written[1] if written else "8.18"


def _now_after(seconds: int) -> str:
    """A start of the world from which so many seconds lead to the time of the real one: dates are as long as there."""
    return (datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=seconds)).isoformat()


def _rank(delivered: Sequence[int], order: Sequence[int]) -> list[str]:
    return [str(order.index(message)) for message in delivered if message in order]


class _Steady(LoadAverage):
    """A load average that stays as it is."""

    def __init__(self, load: float) -> None:
        super().__init__()
        self._load = load

    def at(self, now: float) -> tuple[float, float, float]:
        return self._load, self._load, self._load


def _said(name: str, letter: Letter, size: int) -> dict[str, Any]:
    """What is handed in: real bytes where the letter has any."""
    if letter.content:
        return {"message": text_of(name, letter, size)}
    return {"size": size, "headers": {"Subject": name, **letter.headers}}


def _wishes(parameters: str) -> dict[str, str]:
    """The parameters of MAIL, as ``submit`` takes them."""
    pairs = (item.split("=") for item in parameters.split())
    return {key.lower(): value for key, value in pairs}


def _most_at_once(connections: Sequence[ConnectionRecord]) -> list[str]:
    """The largest number of connections to each host that stood at one time."""
    most: Counter[str] = Counter()
    for one in connections:
        open_then = [
            other
            for other in connections
            if other.server == one.server and other.opened <= one.opened and (other.closed or math.inf) > one.opened
        ]
        most[one.server] = max(most[one.server], len(open_then))
    return [f"{host}: {count}" for host, count in sorted(most.items())]
