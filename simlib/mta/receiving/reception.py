"""What the sendmail daemon decides about mail that others bring."""

from collections.abc import Sequence

from simlib.cf.macros import expanded
from simlib.message.copy import made_message_id
from simlib.message.envelope import Message, domain_of
from simlib.message.precedence import precedence_class
from simlib.message.received import Received, first, way
from simlib.mta.installation import Installation
from simlib.mta.policy import log_lines
from simlib.mta.policy.checks import header_questions
from simlib.mta.policy.client_name import ClientName
from simlib.mta.policy.conversion import as_queued, refusal
from simlib.mta.policy.load_control import RECEIPT_SHARE, no_run_at_all, reply_pause
from simlib.mta.policy.log_lines import Said, Worded
from simlib.mta.policy.queue_entry import priority
from simlib.mta.policy.queue_order import Selection
from simlib.mta.policy.relaying import relays_for
from simlib.mta.policy.routing import Destination
from simlib.mta.policy.version import greets_in_two_lines
from simlib.mta.policy.written import SYNTAX, read, read_recipient
from simlib.mta.process.far_end import Content, FarEnd
from simlib.mta.queue.intake import receive
from simlib.mta.receiving.inquiry import expand, verify
from simlib.mta.receiving.named import Named
from simlib.mta.receiving.noise import Noise
from simlib.mta.receiving.rcpt import refused_address, refused_user
from simlib.mta.receiving.rulings import CHECK_RELAY, NOT_FOR_STRANGERS, OUTSIDE_TRANSACTION, Rulings
from simlib.mta.sending.children import deliver_by_mode
from simlib.mta.sending.runner import run_now
from simlib.site.host import Host
from simlib.smtp.commands import Mail, Rcpt
from simlib.smtp.parameters import shown
from simlib.smtp.receiver import Receiver
from simlib.smtp.replies import Reply, timed_out
from simlib.smtp.server import NOBODY

NO_SPACE = Reply(452, "4.4.5 Insufficient disk space; try again later")
TOO_MANY = Reply(452, "4.5.3 Too many recipients")
DEFAULT_GROUP = "mqueue"  # the queue group that is always there
WORK = ("MAIL", "RCPT", "DATA", "VRFY", "EXPN", "VERB", "HELP")  # what a null server does not do; ETRN it still serves
NAME_ADDRESS = ("check_mail", "check_rcpt")  # replies of theirs say whom they are about
CLOSING = 421  # with it the greeting ends the session
SLOWED_DOWN = ("HELO", "EHLO", "MAIL", "RCPT", "DATA")  # commands whose replies DelayLA holds back


class Reception(Receiver):
    """One child of the daemon, as far as it decides."""

    def __init__(self, mta: Installation, client: Host, named: ClientName) -> None:
        self.mta = mta
        self.client = client
        self.client_name = named
        self.far_end: FarEnd
        self.pid = mta.host.new_pid()
        self.rulings = Rulings(mta, named)
        self._client_verdict = self.rulings.ask(CHECK_RELAY, named.name or f"[{named.address}]", named.address)
        refusal = self._client_verdict.refusal
        self._not_welcome = None if refusal is None else refusal.reply("")
        self._discards = self._client_verdict.discards  # rules have it that what comes is taken and thrown away
        self._quarantine = ""  # or held back, for this reason
        self._mail: Mail | None = None
        self._breaks = mta.host.breaks
        self._named: tuple[str, int, str] | None = None  # sender, SIZE and BODY of the last MAIL, taken or not
        self._named_to = Named()
        self._refused_before = False
        self._noise = Noise(mta.settings, self._log)
        self._bad_recipients = 0  # refused in this transaction
        self._looked_up = 0  # addresses told since the last transaction, which sendmail counts among the recipients
        self._qid = ""  # of the message under way, as soon as something is to be logged of it
        self._null_server = not mta.queue.has_space(0)

    def nothing_doing(self, verb: str) -> Reply | None:
        """MinFreeBlocks is looked at before a child is forked, too. Simplified: the log does not tell of it."""
        if self._not_welcome is not None and verb in NOT_FOR_STRANGERS:
            return self._not_welcome
        return NO_SPACE if self._null_server and verb in WORK else None

    def turned_away(self) -> Reply | None:
        refused = self._not_welcome
        return refused if refused is not None and refused.code == CLOSING else None

    def pause(self, verb: str) -> float:
        noise = self._patience(verb)
        if not self.mta.settings.delay_la or verb not in SLOWED_DOWN:
            return noise
        return noise + reply_pause(self.mta.load, self.mta.settings)

    def _patience(self, verb: str) -> float:
        server = self.far_end.server
        if verb == "RCPT":
            return self._noise.throttle(self._bad_recipients, server.client)
        return 0.0 if verb == "ETRN" and verb not in server.settings.offered else self._noise.pause(verb, server.client)

    def greeting(self, host: str) -> str:
        date = self.mta.site.clock.rfc822(self.mta.site.env.now)
        if greets_in_two_lines(self.mta.version):
            return f"{host} Sendmail {self.mta.version} ready at {date}\nESMTP spoken here"
        macros = {"j": host, "w": host.partition(".")[0], "v": self.mta.version, "b": date, **self.mta.cf.macros}
        return expanded(self.mta.settings.greeting, macros)

    def sender_named(self, sender: str, size: int, body: str) -> None:
        self._named = (sender, size, body)

    def mail(self, mail: Mail) -> Reply | None:
        if not self.mta.queue.has_space(mail.size):
            return NO_SPACE
        refused = self._refused_sender(mail) if self.rulings.decide else None
        self._mail = mail if refused is None else None
        return refused

    def _refused_sender(self, mail: Mail) -> Reply | None:
        """What the rules say of a sender: is it an address, and may he send?"""
        written, destination = f"<{mail.sender}>", self._destination(mail.sender, "e s")
        said = read(mail.sender, in_list=False).said
        refused = Reply.parse(said[0]) if said else None
        if refused is not None or destination.refusal is not None:
            self._named = None  # nobody is
        if refused is not None:
            return Reply(refused.code, f"{shown(written)}... {refused.text}", enhanced=refused.enhanced)
        if destination.refusal is not None:
            return destination.refusal.reply(shown(written))
        self.rulings.note(mail_addr=mail.sender, mail_host=destination.host, mail_mailer=destination.mailer,
                          f=mail.sender, msg_size=str(mail.size), nrcpts="0")  # fmt: skip
        self._mail = mail
        return self._ruled("check_mail", written)

    def _destination(self, address: str, kind: str) -> Destination:
        """Where an address leads; ``kind`` is the ``{addr_type}`` that rules may ask for."""
        self.rulings.note(addr_type=kind)
        found, seconds = self.mta.ways.found(address, self.rulings.macros(self.far_end.server))
        self.far_end.server.delay += seconds
        self._complain()
        return found

    def _complain(self) -> None:
        """Log what rules and maps of this host complain of."""
        for fault in self.rulings.faults():
            self._write(log_lines.syserr(fault, log_lines.NO_QUEUE if self._named is None else self._transaction()))

    def _ruled(self, ruleset: str, *words: str) -> Reply | None:
        """The reply with which a ruleset refuses something about the first of the ``words``; None where it does not."""
        server = self.far_end.server
        verdict = self.rulings.ask(ruleset, *words, server=server)
        server.delay += self.rulings.took()
        self._complain()
        self._discards |= verdict.discards
        self._quarantine = verdict.quarantine or self._quarantine
        if verdict.mark:
            self._log(log_lines.ruleset_says(ruleset, words, server.client, verdict.mark))
        if verdict.refusal is None:
            return None
        about = words[0] if ruleset in NAME_ADDRESS else ""
        return self._refuse(ruleset, words, verdict.refusal.reply(about))

    def introduced(self) -> None:
        """Log what check_relay has said of the client, now that is known as what it is shown."""
        self._complain()
        verdict, named = self._client_verdict, self.client_name
        reply = self._not_welcome
        said = f"reject={reply}" if reply is not None else verdict.mark
        if said:
            arguments = (named.trusted or f"[{named.address}]", verdict.address or named.address)
            self._write(log_lines.ruleset_says(CHECK_RELAY, arguments, self.far_end.server.client, said))

    def hello(self, name: str) -> Reply | None:
        if self._not_welcome is None:
            return None
        server = self.far_end.server
        return Reply(250, f"{server.settings.host} Hello {server.client}, pleased to meet you", "ENHANCEDSTATUSCODES")

    def rcpt(self, rcpt: Rcpt) -> Reply | None:
        refused = self._refused_recipient(rcpt)
        self._bad_recipients += refused is not None
        return refused

    def _refused_recipient(self, rcpt: Rcpt) -> Reply | None:
        if not rcpt.recipient:
            return self._refuse("check_rcpt", (f"<{rcpt.recipient}>",), NOBODY)
        written = read_recipient(rcpt.recipient, self.rulings.decide)
        if written.refused:
            named = "" if written.code == SYNTAX else f"<{shown(rcpt.recipient)}>... "
            refusal = Reply(written.code, f"{written.dsn} {named}{written.words}")
            self._log_refused(refusal)
            return refusal
        address = written.address
        full = 0 < self.mta.settings.max_recipients <= len(self.far_end.server.recipients)
        refused = TOO_MANY if full else refused_address(self.mta, address, self._destination(address, "e r"))
        if refused is not None:
            self._log_refused(refused)
            return refused
        refused = self._not_relayed(rcpt, address)
        if refused is not None:
            return refused
        refused = None if self._discards else refused_user(self.mta, address)
        if refused is not None:
            self._named_to.others = True
            self._log_refused(refused)
        return refused

    def _not_relayed(self, rcpt: Rcpt, address: str) -> Reply | None:
        """The reply where mail for an address would have to be passed on for a stranger, or the rules refuse it."""
        mta = self.mta
        if mta.may_relay_until.get(self.client.address, 0.0) > mta.site.env.now:
            return None
        written = f"<{rcpt.recipient}>"
        if self.rulings.decide:
            to = mta.ways.destination(address)
            count = str(len(self.far_end.server.recipients))
            self.rulings.note(nbadrcpts=str(self._bad_recipients))
            self.rulings.note(rcpt_addr=address, rcpt_host=to.host, rcpt_mailer=to.mailer, nrcpts=count)
            refused = self._ruled("check_rcpt", written)
            self.rulings.drop("rcpt_addr", "rcpt_host", "rcpt_mailer")
            return refused
        domain, client = domain_of(address), self.client_name.trusted
        if not domain or relays_for(domain, client, mta.own_names, mta.relay_domains, mta.version):
            return None
        return self._refuse("check_rcpt", (written,), self.client_name.relaying_denied(shown(rcpt.recipient)))

    def data(self) -> Reply | None:
        count = str(len(self.far_end.server.recipients))
        self.rulings.note(nrcpts=count)
        return self._ruled("check_data", count) if self.rulings.has("check_data") else None

    def twin(self, rcpt: Rcpt) -> Rcpt | None:
        return self._named_to.twin(self.mta, read_recipient(rcpt.recipient, self.rulings.decide).address, rcpt)

    def malformed(self, refusal: Reply) -> None:
        self._bad_recipients += 1
        self._log_refused(refusal)

    def _log_refused(self, refusal: Reply) -> None:
        self._log(log_lines.refused_command(refusal.text))

    def asked(self, verb: str, argument: str) -> Reply | None:
        return self._ruled(f"check_{verb.lower()}", argument)

    def inquired(self, command: str, allowed: bool = True) -> None:
        self._log(log_lines.inquiry(self.far_end.server.client, command, allowed))

    def vrfy(self, address: str) -> Reply | None:
        return self._counted(verify(self.mta, address))

    def expn(self, address: str) -> Reply | None:
        return self._counted(expand(self.mta, address))

    def _counted(self, reply: Reply) -> Reply:
        if reply.positive:
            self._looked_up += len(reply.lines)
        return reply

    def etrn(self, node: str) -> Reply | None:
        """Run the queue for a node, or for a queue group (``#group``; only here MinQueueAge and host status count).

        At a load that is too high for a queue run sendmail gives no answer at all, not even the 458 of RFC 1985.
        """
        if node.startswith("#") and node[1:].lower() not in (DEFAULT_GROUP, *map(str.lower, self.mta.cf.queue_groups)):
            return Reply(459, f"4.5.4 Queue {shown(node[1:])} unknown")
        run_now(self.mta, Selection() if node.startswith("#") else Selection.of_node(node))
        if no_run_at_all(self.mta.load, self.mta.settings):
            self.far_end.server.silent = True
            return timed_out(self.mta.name)
        return None

    def accept(self, content: object) -> Reply | None:
        assert isinstance(content, Content)  # simulated clients bring nothing else
        assert self._mail is not None  # the server's state table sees to it
        refused = refusal(*as_queued(content.message, self._mail.body, self.mta.settings), self.mta.settings)
        if refused is None and self.rulings.decide:
            refused = self._refused_header(content.message)
        if refused is not None:
            self._log_not_taken(content, refused)
            self._forget()
            return refused
        server = self.far_end.server
        if self._discards:
            return self._thrown_away(content)
        looked_up = self._looked_up
        for double in self._named_to.doubles:
            if double in content.accounts:  # who types by hand counts the recipients as they were taken
                content.accounts[double].merge()
        entry = receive(self.mta, self._mail, server.recipients, content, server, self.pid, self._qid, looked_up,
                        others=self._named_to.others)  # fmt: skip
        entry.quarantined = self._quarantine
        self._forget()
        delivered = None if entry.quarantined else deliver_by_mode(self.mta, entry, self.pid)
        received = self.mta.work(RECEIPT_SHARE) if self.mta.message_cost > 0 else None
        waits = [event for event in (received, delivered) if event is not None]
        self.far_end.pending = self.mta.site.env.all_of(waits) if waits else None
        return Reply(250, f"2.0.0 {entry.qid} Message accepted for delivery")

    def _refused_header(self, message: Message) -> Reply | None:
        """What the rules say of header lines: the last refusal counts."""
        refused: Reply | None = None
        for ruleset, words, macros in header_questions(self.mta.cf, message.headers):
            self.rulings.note(**macros)
            refused = self._ruled(ruleset, *words) or refused
        return refused

    def _thrown_away(self, content: Content) -> Reply:
        """The message is taken, as far as the client hears, and nobody gets it."""
        self._log_came(content)
        self._log(log_lines.DISCARDED)
        for rcpt in self.far_end.server.recipients:
            account = content.accounts[rcpt.recipient]
            account.hold()
            account.lose(self.mta.site.env.now)
        qid = self._qid
        self._forget()
        return Reply(250, f"2.0.0 {qid} Message accepted for delivery")

    def too_large(self, content: object, refusal: Reply) -> None:
        assert isinstance(content, Content)  # simulated clients bring nothing else
        limit, size = self.mta.settings.max_message_size, content.size
        self._log_not_taken(content, refusal, log_lines.too_large(size, limit))
        self._forget()

    def _log_not_taken(self, content: Content, refusal: Reply, why: Said | None = None) -> None:
        """Of a message that has come and is refused: from whom, ``why`` if there is a line for that, and to whom."""
        self._log_came(content)
        if why is not None:
            self._log(why)
        settings, count = self.mta.settings, len(self.far_end.server.recipients) + self._looked_up
        number = precedence_class(content.message.header("Precedence"), self.mta.cf.precedences)
        urgency = priority(content.size, number, count, settings.class_factor, settings.recipient_factor)
        for rcpt in self.far_end.server.recipients:
            self._write(log_lines.Refused(self._qid, f"<{rcpt.recipient}>", urgency, refusal.text))

    def _log_came(self, content: Content) -> None:
        """Of a message that has come: from whom."""
        assert self._mail is not None  # the server's state table sees to it
        mta, server, message = self.mta, self.far_end.server, content.message
        self._qid = self._qid or mta.new_qid(self.pid)
        by = way(server.hello_name, server.client, mta.name, mta.version, server.protocol, server.settings.daemon)
        here = Received(by, self._qid, "", mta.site.env.now, content.received)
        message_id = message.header("Message-Id") or made_message_id(first(here), mta.site.clock)
        number = precedence_class(message.header("Precedence"), mta.cf.precedences)
        count = len(server.recipients) + self._looked_up
        source, body = log_lines.by_smtp(server.protocol, server.client, server.settings.daemon), self._mail.body
        self._log(
            log_lines.named_sender(f"<{self._mail.sender}>", message.size, number, count, source, body, message_id)
        )

    def _refuse(self, rule_set: str, words: Sequence[str], reply: Reply) -> Reply:
        """A rule set says no: that is logged each time, and counted once a session."""
        said = f"reject={reply} " if str(reply).endswith("...") else f"reject={reply}"  # words may be none
        line = log_lines.ruleset_says(rule_set, words, self.far_end.server.client, said)
        if rule_set in OUTSIDE_TRANSACTION:
            self._write(line)
        else:
            self._log(line)
        if not self._refused_before:
            self.mta.count_rejection("" if self._mail is None else self._mail.sender)
        self._refused_before = True
        return reply

    def reset(self) -> None:
        if self._named is not None:
            sender, size, body = self._named
            server = self.far_end.server
            source = log_lines.by_smtp(server.protocol, server.client, server.settings.daemon)
            count = len(server.recipients) + self._looked_up
            self._log(log_lines.named_sender(f"<{sender}>", size, 0, count, source, body=body))
        self._forget()

    def _forget(self) -> None:
        self._mail, self._named, self._qid, self._looked_up = None, None, "", 0
        self._bad_recipients, self._named_to = 0, Named()
        self._noise.next_transaction()
        self.rulings.forget()
        self._discards, self._quarantine = self._client_verdict.discards, ""

    def lost(self, after: str, in_message: bool) -> None:
        if in_message:
            assert self._mail is not None  # the server's state table sees to it
            relay = self.client_name.name or self.client_name.trusted
            for line in log_lines.lost_message(relay, self._mail.sender):
                self._log(line)
        else:
            server = self.far_end.server
            self._log(log_lines.lost_input(server.client, server.settings.daemon, after))

    def too_long(self, length: int) -> None:
        self._log(log_lines.input_too_long(self.far_end.server.client, length))

    def nothing_asked(self) -> None:
        server = self.far_end.server
        self._log(log_lines.nothing_asked(server.client, server.settings.daemon))

    def _log(self, said: Said) -> None:
        self._write(log_lines.of_message(self._transaction(), said))

    def _transaction(self) -> str:
        self._qid = self._qid or self.mta.new_qid(self.pid)
        return self._qid

    def _write(self, line: Worded) -> None:
        if self.mta.host.breaks == self._breaks:  # else it died with its host
            self.mta.log(line, self.pid)
