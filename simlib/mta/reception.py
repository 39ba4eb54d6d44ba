"""What the sendmail daemon decides about mail that others bring."""

import re
from typing import TYPE_CHECKING

from simlib.message.envelope import domain_of, parse_address
from simlib.mta.conversion import refusal, taken_in
from simlib.mta.far_end import Content, FarEnd
from simlib.mta.inquiry import expand, verify
from simlib.mta.load_control import RECEIPT_SHARE, enough_disk_space, no_run_at_all, reply_pause
from simlib.mta.queue_order import Selection
from simlib.mta.verify import refused_recipient
from simlib.mta.version import greets_in_two_lines
from simlib.site.host import Host
from simlib.smtp.commands import Mail, Rcpt
from simlib.smtp.receiver import Receiver
from simlib.smtp.replies import Reply, timed_out

if TYPE_CHECKING:
    from simlib.mta.sendmail import Sendmail


NO_SPACE = Reply(452, "4.4.5 Insufficient disk space; try again later")
TOO_MANY = Reply(452, "4.5.3 Too many recipients")
DEFAULT_GROUP = "mqueue"  # the queue group that is always there
WORK = ("MAIL", "RCPT", "DATA", "VRFY", "EXPN", "VERB", "HELP")  # what a null server does not do; ETRN it still serves
CURIOUS = ("VRFY", "EXPN")
MANY_QUESTIONS, LONGEST_PAUSE = 6, 240  # the question from which on it takes longer; seconds
SLOWED_DOWN = ("HELO", "EHLO", "MAIL", "RCPT", "DATA")  # commands whose replies DelayLA holds back


class Reception(Receiver):
    """One child of the daemon, as far as it decides."""

    def __init__(self, mta: "Sendmail", client: Host) -> None:
        self.mta = mta
        self.client = client
        self.far_end: FarEnd
        self.pid = mta.host.new_pid()
        self._mail: Mail | None = None
        self._recipients: list[Rcpt] = []
        self._refused_before = False
        self._asked = 0  # VRFY and EXPN so far
        self._qid = ""  # of the message under way, as soon as something is to be logged of it
        self._null_server = not enough_disk_space(mta.host.disk, mta.queue.bytes, 0, mta.settings)

    def nothing_doing(self, verb: str) -> Reply | None:
        """MinFreeBlocks is looked at before a child is forked, too: it does nothing else then than say so."""
        return NO_SPACE if self._null_server and verb in WORK else None

    def pause(self, verb: str) -> float:
        if verb in CURIOUS:
            return self._patience(verb)
        if not self.mta.settings.delay_la or verb not in SLOWED_DOWN:
            return 0.0
        return reply_pause(self.mta.load, self.mta.settings)

    def _patience(self, verb: str) -> float:
        """Who asks for many addresses is answered more and more slowly: after 1, 2, 4 … seconds, 4 minutes at most."""
        self._asked += 1
        if self._asked < MANY_QUESTIONS:
            return 0.0
        if self._asked == MANY_QUESTIONS:
            client, count = self.far_end.server.client, self._asked
            self._log(f"{client}: possible SMTP attack: command={verb}, count={count}")
        return float(min(2 ** (self._asked - MANY_QUESTIONS), LONGEST_PAUSE))

    def greeting(self, host: str) -> str:
        date = self.mta.site.clock.rfc822(self.mta.site.env.now)
        if greets_in_two_lines(self.mta.version):
            return f"{host} Sendmail {self.mta.version} ready at {date}\nESMTP spoken here"
        macros = {"j": host, "v": self.mta.version, "b": date, **self.mta.cf.macros}
        return re.sub(r"\$(\w)", lambda name: macros.get(name[1], ""), self.mta.cf["SmtpGreetingMessage"])

    def mail(self, mail: Mail) -> Reply | None:
        if not enough_disk_space(self.mta.host.disk, self.mta.queue.bytes, mail.size, self.mta.settings):
            return NO_SPACE
        self._mail, self._recipients, self._qid = mail, [], ""
        return None

    def rcpt(self, rcpt: Rcpt) -> Reply | None:
        if 0 < self.mta.settings.max_recipients <= len(self._recipients):
            return TOO_MANY
        address = parse_address(rcpt.recipient) if rcpt.recipient else ""
        refused = refused_recipient(self.mta, address) if address else None
        if refused is not None:
            return refused
        domain = domain_of(address)
        known = self.mta.may_relay_until.get(self.client.address, 0.0) > self.mta.site.env.now
        if domain and not known and not self.mta.relays_for(domain, self.client.name):
            return self._refuse("check_rcpt", f"<{rcpt.recipient}>", "Relaying denied")
        self._recipients.append(rcpt)
        return None

    def vrfy(self, address: str) -> Reply | None:
        self._log(f"{self.far_end.server.client}: VRFY {address}")
        return verify(self.mta, address)

    def expn(self, address: str) -> Reply | None:
        self._log(f"{self.far_end.server.client}: EXPN {address}")
        return expand(self.mta, address)

    def etrn(self, node: str) -> Reply | None:
        """Run the queue for a node, or for a queue group (``#group``; only here MinQueueAge and host status count).

        At a load that is too high for a queue run sendmail gives no answer at all, not even the 458 of RFC 1985.
        """
        self.mta.log(f"{self.mta.new_qid(self.pid)}: {self.far_end.server.client}: ETRN {node}", self.pid)
        if node.startswith("#") and node[1:].lower() not in (DEFAULT_GROUP, *map(str.lower, self.mta.cf.queue_groups)):
            return Reply(459, f"4.5.4 Queue {node[1:]} unknown")
        self.mta.run_now(Selection() if node.startswith("#") else Selection.of_node(node))
        if no_run_at_all(self.mta.load, self.mta.settings):
            self.far_end.server.silent = True
            return timed_out(self.mta.name)
        return None

    def accept(self, content: object) -> Reply | None:
        assert isinstance(content, Content)  # simulated clients bring nothing else
        assert self._mail is not None  # the server's state table sees to it
        refused = refusal(*taken_in(content.message, self._mail.body, self.mta.settings), self.mta.settings)
        if refused is not None:
            return refused
        entry = self.mta.receive(self._mail, self._recipients, content, self.far_end.server, self.pid, self._qid)
        delivered = self.mta.deliver_by_mode(entry, self.pid)
        received = self.mta.work(RECEIPT_SHARE) if self.mta.message_cost > 0 else None
        waits = [event for event in (received, delivered) if event is not None]
        self.far_end.pending = self.mta.site.env.all_of(waits) if waits else None
        return Reply(250, f"2.0.0 {entry.qid} Message accepted for delivery")

    def _refuse(self, rule_set: str, argument: str, why: str) -> Reply:
        """A rule set says no: that is logged each time, and counted once a session."""
        assert self._mail is not None  # the server's state table sees to it
        reply = Reply(550, f"5.7.1 {argument}... {why}")
        relay = self.far_end.server.client
        self._log(f"ruleset={rule_set}, arg1={argument}, relay={relay}, reject={reply}")
        if not self._refused_before:
            self.mta.count_rejection(self._mail.sender)
        self._refused_before = True
        return reply

    def reset(self) -> None:
        if self._mail is not None:
            server = self.far_end.server
            source = f"proto={server.protocol}, daemon=MTA, relay={server.client}"
            self._log(f"from=<{self._mail.sender}>, size=0, class=0, nrcpts={len(self._recipients)}, {source}")
        self._mail, self._recipients = None, []

    def _log(self, text: str) -> None:
        self._qid = self._qid or self.mta.new_qid(self.pid)
        self.mta.log(f"{self._qid}: {text}", self.pid)
