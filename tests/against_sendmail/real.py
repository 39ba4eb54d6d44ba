"""A case played by the real sendmail."""

import os
import re
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from simlib.mta.process.far_end import SMTP_PORT
from simlib.smtp.channel import stuffed
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
from tests.against_sendmail.configuration import HOST_STATUS, INBOX, SPOOL, configuration
from tests.against_sendmail.namespace import PATIENCE
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
from tests.against_sendmail.peers import Heard, subject
from tests.against_sendmail.stage import SENDER_ADDRESS, Stage
from tests.against_sendmail.watch import Attempt


def play(stage: Stage, case: Case) -> Observation:
    """Play a case; gives what was seen in each queue run."""
    return _Play(stage, case).play()


class _Play:
    def __init__(self, stage: Stage, case: Case) -> None:
        self.stage = stage
        self.case = case
        self.names: dict[str, str] = {}  # queue id -> name of the letter
        self.delivered: list[str] = []
        self.queue = stage.host.path(f"{SPOOL}/mqueue")
        self.host_status = self.queue / HOST_STATUS
        self.inbox = stage.host.path(INBOX)
        self.addresses = {CLIENT.removesuffix(".test"): CLIENT_ADDRESS} | dict(
            re.findall(r"^(\S+)\s+(?:IN\s+)?A\s+(\S+)$", case.zone, re.MULTILINE)
        )
        self.hosts = {address: f"{name}.test" for name, address in self.addresses.items()}
        self.hosts |= {self.addresses[peer.removesuffix(".test")]: peer for peer in case.peers}

    def play(self) -> Observation:
        case = self.case
        agent = case.household.agent if case.household else None
        cf = configuration(case.m4, f"{case.cf}\n{agent.line if agent else ''}", case.mc)
        self.stage.clear(cf, case.load, case.disk, case.known_as)
        if case.mc:
            self.stage.furnish(case.mc)
        if case.household:
            self.stage.house(case.household)
        if case.aliases:
            self.stage.host.path(f"{SPOOL}/aliases").write_text(case.aliases)
            self.stage.typed("newaliases", "", "root")
        for name in case.directories:
            (self.queue / name).mkdir(mode=0o700)
        if f"HostStatusDirectory={HOST_STATUS}" in case.cf:
            self.host_status.mkdir(mode=0o700)
        self.stage.names.load(case.zone, case.failing, case.dns_silent, reverse=case.reverse)
        for peer in case.peers:
            self._turn(peer, case.states.get(peer, "up"))
        self._post(case.letters)
        self.stage.log.take()  # of how they came into the queue; what is simulated has them there
        observation = []
        for step in case.steps:
            if isinstance(step, Run):
                observation.append(self._run(step))
            elif isinstance(step, Interval):
                observation.append(self._interval(step))
            elif isinstance(step, Type):
                observation.append({f"$ {step.line}": self._typed(step)})
            elif isinstance(step, Visit):
                observation.append(self._visit(step))
            elif isinstance(step, Wait):
                self._age(step.seconds)
            elif isinstance(step, Turn):
                self._turn(step.peer, step.state)
            else:
                self._post(step.letters, fresh=True)
        return observation

    def _turn(self, peer: str, state: str) -> None:
        address = self.addresses[peer.removesuffix(".test")]
        self.stage.peers.close(peer)
        self.stage.route(address, "up" if state == "refusing" else state)
        if state == "up":
            self.stage.peers.open(peer, address, self.case.peers[peer])

    def _post(self, letters: Sequence[Letter], fresh: bool = False) -> None:
        """Hand letters in by SMTP on standard input, and set their times."""
        if not letters:
            return
        now = int(time.time())
        session = _Session(self.stage.sendmail("-bs"))
        for name, letter, size, age in named(letters, len(self.names), fresh):
            reply = session.send(letter, text_of(name, letter, size))
            qid = reply.split()[2]
            self.names[qid] = name
            (control,) = (one for one in self._controls() if one.name == f"qf{qid}")
            control.write_text(re.sub(r"(?m)^T\d+$", f"T{now - age}", control.read_text("latin-1"), count=1), "latin-1")
            os.utime(control, (now - age, now - age))
        session.end()

    def _typed(self, what: Type) -> list[str]:
        text, status = self.stage.typed(with_ids(what.line, self.names), what.stdin, what.user)
        self.stage.wait_for_children()
        return printed(text, self.names) + ended(what, status)

    def _run(self, run: Run) -> Seen:
        # the names of the files in the order in which a runner reads the directory
        directory = [control.name[2:] for control in self._controls()]
        if self.case.within_a_second:
            time.sleep(1 - time.time() % 1)
        begun = time.time()
        command = self.stage.sendmail("-qf", *with_ids(run.select, self.names).split())
        runners = [
            subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for _ in range(run.runners)
        ]
        for runner in runners:
            runner.wait(PATIENCE)
        return self._seen(run.observe or self.case.observe, begun, directory)

    def _interval(self, interval: Interval) -> Seen:
        daemon = subprocess.Popen(
            self.stage.sendmail("-bD", f"-q{interval.seconds}s"), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(interval.seconds * (interval.times + 0.5))
        connections = self._connections(self.stage.watch.take(), self.stage.peers.take())
        self.stage.end_all()
        daemon.wait(PATIENCE)
        return {"number of connections": [str(len(connections))]}

    def _visit(self, visit: Visit) -> Seen:
        self.stage.start_daemon()
        begun, earlier = time.time(), tuple(self.names)
        with self.stage.port_113(visit.ident):
            answers = self._dialogue(visit.says, self.addresses[visit.client.removesuffix(".test")])
        own = {
            "replies": replies((said, answer.replace(self.case.known_as, SENDER)) for said, answer, _ in answers),
            "waits": [f"{said}: {int(took / visit.unit)}" for said, _, took in answers if took >= visit.unit],
        }
        return own | self._seen(visit.observe or self.case.observe, begun, [], earlier)

    def _dialogue(self, says: Sequence[str | int | bytes], client: str) -> list[tuple[str, str, float]]:
        """What is answered to the connection itself and to each line, and after how many seconds."""
        with self.stage.net.network():
            connection = socket.socket()
        connection.bind((client, 0))
        connection.settimeout(PATIENCE)
        with connection, connection.makefile("rwb") as stream:
            begun = time.time()
            try:
                connection.connect((SENDER_ADDRESS, SMTP_PORT))
            except ConnectionRefusedError:
                return [("connect", "Connection refused", 0)]
            answers = [("connect", _reply(stream), time.time() - begun)]
            for line in says:
                if not isinstance(line, str) and not answers[-1][1].startswith("354"):
                    continue
                name = f"v{len(self.names):02d}"
                text = line.encode() if isinstance(line, str) else stuffed(brought(name, line)) + b"."
                begun = time.time()
                connection.settimeout(1 if text.startswith(b"ETRN") else PATIENCE)  # that may get no answer
                stream.write(text + b"\r\n")
                stream.flush()
                try:
                    answer = _reply(stream)
                except TimeoutError:
                    answer = ""
                answers.append((str(line), answer, time.time() - begun if answer else 0))
                if accepted := ACCEPTED_AS.match(answer):
                    self.names[accepted[1]] = name
                if not answer:
                    break
        return answers

    def _seen(self, observe: tuple[str, ...], begun: float, directory: list[str], earlier: Sequence[str] = ()) -> Seen:
        """What there is to see once everything has come to rest."""
        self.stage.wait_for_children()
        letters = self._letters()
        notices = self._notices()
        took = time.time() - begun
        heard = self.stage.peers.take()
        sent = [(f"to {host}", content) for host, content in heard.contents if b"multipart/report" not in content]
        delivered = [name for _, name in heard.deliveries]
        self.delivered += delivered
        log = [line.replace(self.case.known_as, SENDER) for line in self.stage.log.take()]
        queued, connections = self._queued(), self._connections(self.stage.watch.take(), heard)
        seen = {
            "connections": connections,
            "number of connections": [str(len(connections))],
            "most at once": [f"{host}: {most}" for host, most in sorted(heard.most.items())],
            "deliveries": [f"{host} {name}" for host, name in heard.deliveries],
            "delivered": sorted(delivered),
            "delivered so far": sorted(self.delivered),
            "rank by file name": self._rank(delivered, sorted(directory)),
            "rank in directory": self._rank(delivered, directory),
            "log": log_lines(log, self.names),
            "saved": saved(log),
            "session log": session_log(log, earlier),
            "whole log": whole_log(log, self.names),
            "queue": queued,
            "queue without addresses": counted(queued),
            "control files": control_files(one.read_text("latin-1") for one in self._controls()),
            "host status": self._host_status(),
            "arrived": sorted(arrived(where, content) for where, content in sent),
            "arrived by line": by_line(sent),
            "notices": sorted(line for line, _ in notices),
            "mailboxes": sorted(f"{user} {subject(content)}" for user, content in letters),
            "in mailboxes": by_line((f"for {user}", content) for user, content in letters),
            "reports": (reports := report_lines(notices)),
            "reports in any order": in_any_order(reports),
            "seconds": [str(int(took))],
        }
        return {what: seen[what] for what in observe}

    def _connections(self, attempts: Sequence[Attempt], heard: Heard) -> list[str]:
        """All TCP connects in order, and what was said on those that were accepted."""
        said = {(one.host, one.client[1]): dialogue(one.said) for one in heard.dialogues}
        tried = [(self.hosts.get(one.server, one.server), one.client_port) for one in attempts if one.port == SMTP_PORT]
        return [f"{host}: {said.get((host, port), NO_ANSWER)}" for host, port in tried]

    def _rank(self, delivered: Sequence[str], order: Sequence[str]) -> list[str]:
        rank = {self.names[qid]: n for n, qid in enumerate(order) if qid in self.names}
        return [str(rank[name]) for name in delivered if name in rank]

    def _controls(self) -> list[Path]:
        """The control files of the queue, in the order in which its directories have them."""
        places = [self.queue, *(self.queue / name for name in self.case.directories)]
        return [place / name for place in places for name in os.listdir(place) if name.startswith("qf")]

    def _queued(self) -> list[str]:
        lines = []
        for control in self._controls():
            text = control.read_text("latin-1")
            held = {letter: re.search(rf"(?m)^{letter}(-?\d+)$", text) for letter in "PN"}
            recipients = re.findall(r"(?m)^R[A-Z]*:?<?([^>\n]*)>?$", text)
            numbers = " ".join(f"{letter}={match[1]}" for letter, match in held.items() if match)
            other = TYPED if f"?Subject: {TYPED}\n" in text else "notice"
            lines.append(f"{self.names.get(control.name[2:], other)}: {numbers} to {' '.join(sorted(recipients))}")
        return sorted(lines)

    def _host_status(self) -> list[str]:
        files = sorted(path for path in self.host_status.rglob("*") if path.is_file())
        return [f"{path.relative_to(self.host_status)}: {without_times(path.read_text())}" for path in files]

    def _letters(self) -> list[tuple[str, bytes]]:
        """The letters that users have got, and what programs and files have."""
        held = [(path.name.partition(".")[0], path.read_bytes()) for path in self.inbox.iterdir()]
        return [(user, content) for user, content in held if b"Auto-Submitted: auto-generated" not in content]

    def _notices(self) -> list[tuple[str, bytes]]:
        """The notices that reached somebody here: kind, about what, to whom; and their bytes."""
        lines = []
        for path in self.inbox.iterdir():
            content = path.read_bytes()
            about = re.findall(rb"(?m)^Subject: ([mv]\d\d|typed)", content)
            if b"Auto-Submitted: auto-generated" in content:
                line = f"{_kind(subject(content))} about {about[-1].decode()} to {path.name.partition('.')[0]}"
                lines.append((line, content))
            path.unlink()
        return lines

    def _age(self, seconds: int) -> None:
        """Set everything back that says when something was."""
        for control in self._controls():
            mtime = control.stat().st_mtime
            text = control.read_text("latin-1")
            control.write_text(
                re.sub(r"(?m)^([TK])([1-9]\d*)$", lambda m: f"{m[1]}{int(m[2]) - seconds}", text), "latin-1"
            )
            os.utime(control, (mtime - seconds, mtime - seconds))
        for status in (path for path in self.host_status.rglob("*") if path.is_file()):
            mtime = status.stat().st_mtime
            text = status.read_text()
            status.write_text(re.sub(r"(?m)^U(\d+)$", lambda m: f"U{int(m[1]) - seconds}", text))
            os.utime(status, (mtime - seconds, mtime - seconds))


def _reply(stream: BinaryIO) -> str:
    """One reply, whole."""
    lines = [stream.readline().decode()]
    while lines[-1][3:4] == "-":
        lines.append(stream.readline().decode())
    return "".join(lines).replace("\r\n", "\n").rstrip()


def _kind(title: str) -> str:
    for start, kind in (
        ("Returned mail", "return"),
        ("Warning", "warning"),
        ("Postmaster notify", "postmaster"),
        ("Return receipt", "receipt"),
    ):
        if title.startswith(start):
            return kind
    return title


class _Session:
    """SMTP with ``sendmail -bs``, one command at a time."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._reply()
        self._say("EHLO localhost")

    def send(self, letter: Letter, text: bytes) -> str:
        """Hand in one letter; gives the last reply."""
        wishes = "".join(
            f" {key}={value}" for key, value in (("NOTIFY", letter.notify), ("ORCPT", letter.orcpt)) if value
        )
        self._say(f"MAIL FROM:<{letter.sender}> {letter.parameters}".rstrip())
        for address in letter.to:
            self._say(f"RCPT TO:<{address}>{wishes}")
        self._say("DATA")
        return self._write(stuffed(text) + b".\r\n")

    def end(self) -> None:
        """Take leave."""
        self._say("QUIT")
        self._process.communicate(timeout=PATIENCE)

    def _say(self, text: str) -> str:
        return self._write(f"{text}\r\n".encode())

    def _write(self, data: bytes) -> str:
        assert self._process.stdin is not None  # a pipe was asked for
        self._process.stdin.write(data)
        self._process.stdin.flush()
        reply = self._reply()
        if reply[0] in "45":
            raise RuntimeError(f"the real sendmail answers {reply!r} to {data[:60]!r}")
        return reply

    def _reply(self) -> str:
        assert self._process.stdout is not None  # a pipe was asked for
        while True:
            line = self._process.stdout.readline().decode()
            if not line or (line[:3].isdigit() and line[3:4] != "-"):  # before the first there may be a warning
                return line.rstrip()
