"""The mail proxy of the TIS Firewall Toolkit: smap on port 25, smapd behind it (slide claims 12.5 and 12.6).

smap takes everything from anybody into a spool directory. smapd looks there every so often and hands each message to
sendmail, as ``sendmail -odi -f sender recipient…``, and waits; what sendmail does not take with exit status 0 stays for
the next time. Uncertain: this is told by the lecture and from memory, no source was at hand. That it waits is inferred
(with ``-odb`` the real sendmail ends with 0 whatever comes), and so are the texts of smap's replies.
"""

from typing import NamedTuple

import simpy

from simlib.mta.installation import Installation
from simlib.mta.policy.queue_entry import Recipient
from simlib.mta.policy.written import read
from simlib.mta.process.far_end import SMTP_PORT, Content, FarEnd
from simlib.mta.process.process import KILLED, SendmailProcess
from simlib.mta.queue.intake import take_from
from simlib.mta.sending.attempt import attempt
from simlib.neighbours.peer import Mailboxes
from simlib.site.breakable import Breakable
from simlib.site.host import Host
from simlib.site.steps import Steps
from simlib.smtp.quirks import OddServer, Quirks
from simlib.smtp.replies import Reply
from simlib.smtp.settings import ServerSettings
from simlib.trace.ledger import Account

SMAP = Quirks(hello_only=True, refused_characters="/")
ALWAYS_ZERO = "e"  # the ErrorMode that mails errors and ends with 0 whatever happens; manuals give it no word


class Spooled(NamedTuple):
    """A file in smap's spool directory."""

    content: Content
    sender: str
    accounts: dict[str, Account]  # by recipient


class Smap(Breakable):
    """smap and smapd in front of a host's sendmail. ``every``: seconds from one look of smapd to the next."""

    def __init__(self, mta: Installation, every: float) -> None:
        super().__init__(mta.site.env)
        self.mta = mta
        self.every = every
        self.spool: list[Spooled] = []
        mta.host.services[SMTP_PORT] = self
        mta.host.on_boot.append(self._start)
        self._start()

    def takes_connections(self) -> bool:
        """Whether port 25 is open."""
        return self.up

    def accept(self, client: Host) -> FarEnd:
        """smap takes a connection."""
        settings = ServerSettings(host=self.mta.name)
        return FarEnd(OddServer(SMAP, settings, _Spooler(self), f"{client.name} [{client.address}]"))

    def _start(self) -> None:
        self.mta.host.spawn(self._smapd())

    def _smapd(self) -> Steps[None]:
        while True:
            yield self.env.timeout(self.every)
            for file in list(self.spool):
                try:
                    yield from self._hand_over(file)
                except simpy.Interrupt as end:  # a sendmail that is killed leaves smapd behind
                    if end.cause != KILLED:
                        raise

    def _hand_over(self, file: Spooled) -> Steps[None]:
        """Call sendmail for one file; remove the file if it says that all is well."""
        process = SendmailProcess(self.mta)
        returned = sum(account.bounced for account in file.accounts.values())
        try:
            entry = take_from(self.mta, file.content, file.sender, self._recipients(file), process.pid)
            yield from attempt(process, entry)
            yield from process.finish()
        finally:
            process.end()
        refused = sum(account.bounced for account in file.accounts.values()) > returned
        if not refused or self.mta.settings.error_mode == ALWAYS_ZERO:
            self.spool.remove(file)
            for account in file.accounts.values():
                account.hand_over(self.env.now)

    def _recipients(self, file: Spooled) -> list[Recipient]:
        """Its recipients, of whom sendmail has a copy of its own now."""
        for account in file.accounts.values():
            account.hold()
        return [Recipient(read(address).address, account) for address, account in file.accounts.items()]


class _Spooler(Mailboxes):
    """One smap: what it is told is written to the spool directory."""

    def __init__(self, smap: Smap) -> None:
        super().__init__()
        self.smap = smap

    def accept(self, content: object) -> Reply | None:
        assert isinstance(content, Content)  # simulated clients bring nothing else
        accounts = {recipient: content.accounts[recipient] for recipient in self.recipients}
        for account in accounts.values():
            account.hold()
        self.smap.spool.append(Spooled(content, self.sender, accounts))
        return None
