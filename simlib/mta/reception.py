"""What the sendmail daemon decides about mail that others bring."""

from typing import TYPE_CHECKING

from simlib.message.envelope import domain_of, parse_address
from simlib.mta.far_end import Content, FarEnd
from simlib.mta.load_control import RECEIPT_SHARE, enough_disk_space, reply_pause
from simlib.site.host import Host
from simlib.smtp.commands import Mail, Rcpt
from simlib.smtp.receiver import Receiver
from simlib.smtp.replies import Reply

if TYPE_CHECKING:
    from simlib.mta.sendmail import Sendmail


NO_SPACE = Reply(452, "4.4.5 Insufficient disk space; try again later")
SLOWED_DOWN = ("HELO", "EHLO", "MAIL", "RCPT", "DATA")  # commands whose replies DelayLA holds back


class Reception(Receiver):
    """One child of the daemon, as far as it decides."""

    def __init__(self, mta: "Sendmail", client: Host) -> None:
        self.mta = mta
        self.client = client
        self.far_end: FarEnd
        self._pid = mta.host.new_pid()
        self._mail: Mail | None = None
        self._recipients: list[Rcpt] = []

    def pause(self, verb: str) -> float:
        if not self.mta.settings.delay_la or verb not in SLOWED_DOWN:
            return 0.0
        return reply_pause(self.mta.load, self.mta.settings)

    def greeting(self, host: str) -> str:
        return f"{host} Sendmail {self.mta.version}; {self.mta.site.clock.rfc822(self.mta.site.env.now)}"

    def mail(self, mail: Mail) -> Reply | None:
        if not enough_disk_space(self.mta.host.disk, self.mta.queue.bytes, mail.size, self.mta.settings):
            return NO_SPACE
        self._mail, self._recipients = mail, []
        return None

    def rcpt(self, rcpt: Rcpt) -> Reply | None:
        domain = domain_of(parse_address(rcpt.recipient)) if rcpt.recipient else ""
        if domain and not self.mta.relays_for(domain, self.client.name):
            return Reply(550, f"5.7.1 <{rcpt.recipient}>... Relaying denied")
        self._recipients.append(rcpt)
        return None

    def accept(self, content: object) -> Reply | None:
        assert isinstance(content, Content)  # simulated clients bring nothing else
        assert self._mail is not None  # the server's state table sees to it
        entry = self.mta.receive(self._mail, self._recipients, content, self.far_end.server, self._pid)
        delivered = self.mta.deliver_by_mode(entry, self._pid)
        received = self.mta.work(RECEIPT_SHARE) if self.mta.message_cost > 0 else None
        waits = [event for event in (received, delivered) if event is not None]
        self.far_end.pending = self.mta.site.env.all_of(waits) if waits else None
        return Reply(250, f"2.0.0 {entry.qid} Message accepted for delivery")

    def reset(self) -> None:
        self._mail, self._recipients = None, []
