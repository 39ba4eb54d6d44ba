"""A foreign SMTP server, with quirks if wanted: it takes mail and asks nothing of the rest of the site."""

from functools import partial

import simpy

from simlib.message.copy import Copy
from simlib.message.envelope import Message, parse_address
from simlib.mta.policy.wishes import SubmissionError
from simlib.mta.process.far_end import SMTP_PORT, Content, FarEnd
from simlib.mta.receiving.submission import LARGEST
from simlib.neighbours.peer_client import send
from simlib.site.breakable import Breakable
from simlib.site.host import Host
from simlib.site.site import Site
from simlib.smtp.commands import Mail, Rcpt
from simlib.smtp.quirks import NONE, Quirks, server_with
from simlib.smtp.receiver import Receiver
from simlib.smtp.replies import Reply
from simlib.smtp.settings import ServerSettings
from simlib.units import seconds

GREYLISTED = Reply(450, "4.7.1 Greylisted, please come again later")


class Peer(Breakable):
    """A server that puts what it accepts into mailboxes at once; it can send mail, too.

    ``workers`` limits how many connections it serves at a time; others wait for their greeting, in order of arrival
    (None: no limit).
    """

    def __init__(self, site: Site, host: Host, quirks: Quirks, workers: int | None) -> None:
        super().__init__(site.env)
        self.site = site
        self.host = host
        self.quirks = quirks
        self.workers = None if workers is None else simpy.Resource(site.env, capacity=workers)
        self._settings = ServerSettings(host=host.name)
        self._met: dict[tuple[str, str, str], float] = {}  # client, sender, recipient -> when they first came
        host.services[SMTP_PORT] = self

    def __repr__(self) -> str:
        odd = "" if self.quirks == NONE else f" with {self.quirks!r}"
        few = "" if self.workers is None else f", {self.workers.capacity} at a time"
        return f"<peer {self.name}{odd}{few}>"

    @property
    def name(self) -> str:
        """Its host name."""
        return self.host.name

    def submit(self, sender: str, *recipients: str, size: int = 1_000, at: str | float | None = None) -> None:
        """Send a message, to each recipient one, to the mail host of the first one's domain, on one connection.

        ``size`` in bytes; ``at`` when, from the world's start; now if not given.
        """
        recorder, to = self.site.recorder, [parse_address(recipient) for recipient in recipients]
        if not to or not 1 <= size <= LARGEST:
            raise SubmissionError(
                "submit(…, size={size!r}): to at least one recipient, of 1 to {largest} bytes",
                size=size,
                largest=LARGEST,
            )
        self.site.unchecked += to

        def begin() -> None:
            messages = [Message(recorder.new_message(), size) for _ in to]
            enter = partial(recorder.ledger.enter, host=self.name, now=self.site.env.now)
            accounts = [enter(message.number, sender, one, size) for message, one in zip(messages, to, strict=True)]
            whole = [(message, sender, account) for message, account in zip(messages, accounts, strict=True)]
            self.host.spawn(send(self.site, self.host, whole, self.quirks.one_line_replies))

        self.site.at(self.site.env.now if at is None else at, begin)

    def takes_connections(self) -> bool:
        """Whether port 25 is open; an outage of the peer itself closes it."""
        return self.up

    def accept(self, client: Host) -> FarEnd:
        """Take a connection."""
        server = server_with(self.quirks, self._settings, _Acceptor(self, client), f"{client.name} [{client.address}]")
        if self.workers is None:
            return FarEnd(server)
        place = self.workers.request()

        def leave() -> None:
            if place.triggered:
                place.resource.release(place)
            else:
                place.cancel()

        return FarEnd(server, ready=place, on_close=leave)

    def is_too_early(self, client: str, sender: str, recipient: str) -> bool:
        """Whether greylisting puts these three off, which are met for the first time or were not long ago."""
        now = self.site.env.now
        first = self._met.setdefault((client, sender.lower(), recipient.lower()), now)
        return now - first < seconds(self.quirks.greylisting)


class Mailboxes(Receiver):
    """Remembers for whom a message is."""

    def __init__(self) -> None:
        self.sender = ""
        self.recipients: list[str] = []

    def mail(self, mail: Mail) -> Reply | None:
        self.sender, self.recipients = mail.sender, []
        return None

    def rcpt(self, rcpt: Rcpt) -> Reply | None:
        self.recipients.append(rcpt.recipient)
        return None


class _Acceptor(Mailboxes):
    def __init__(self, peer: Peer, client: Host) -> None:
        super().__init__()
        self.peer = peer
        self.client = client

    def rcpt(self, rcpt: Rcpt) -> Reply | None:
        if self.peer.is_too_early(self.client.address, self.sender, rcpt.recipient):
            return GREYLISTED
        return super().rcpt(rcpt)

    def accept(self, content: object) -> Reply | None:
        assert isinstance(content, Content)  # simulated clients bring nothing else
        now, recorder = self.peer.site.env.now, self.peer.site.recorder
        for recipient in self.recipients:
            mailbox = recipient.rpartition("@")[0]
            recorder.arrive(now, self.peer.name, mailbox, Copy(content.message, content.received), self.sender)
            content.accounts[recipient].deliver(now)
        return None
