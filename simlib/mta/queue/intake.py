"""What comes into the queue: by SMTP, from programs on this host, from sendmail itself."""

from collections.abc import Iterable, Mapping, Sequence
from math import floor
from types import MappingProxyType
from typing import NamedTuple

from simlib.message.envelope import MAILER_DAEMON, Message, compared
from simlib.message.precedence import precedence_class, timeout_class
from simlib.message.received import HANDED_IN_BY, Received, way
from simlib.mta.installation import Installation
from simlib.mta.policy import log_lines
from simlib.mta.policy.conversion import as_queued, gate_in
from simlib.mta.policy.no_recipient import NO_ACTION, with_recipients
from simlib.mta.policy.notices import Notice
from simlib.mta.policy.queue_entry import NO_ALIAS, Alias, Asked, QueueEntry, Recipient, Wish, priority
from simlib.mta.policy.wishes import Wishes
from simlib.mta.policy.written import read_recipient
from simlib.mta.process.far_end import Content
from simlib.mta.queue import warning
from simlib.mta.queue.notice_mail import message_of, notice_priority, report_of, shown
from simlib.mta.queue.together import in_order
from simlib.smtp.commands import Mail, Rcpt
from simlib.smtp.server import Server


class Typed(NamedTuple):
    """A sender and recipients, these by their whole addresses, as a command named them; ``named`` were so many.

    ``in_header``: no recipient was known before the header was read (``-t``).
    """

    sender: str = ""
    to: Mapping[str, str] = MappingProxyType({})
    named: int = 1
    in_header: bool = False


NOT_TYPED = Typed()
OF_THIS_HOST = "c u"  # {daemon_flags}: canonify names, and take addresses without a domain [main.c]


def receive(
    mta: Installation, mail: Mail, rcpts: Iterable[Rcpt], content: Content, server: Server, pid: int, qid: str = "",
    looked_up: int = 0, others: bool = False,
) -> QueueEntry:  # fmt: skip
    """Put into the queue what came by SMTP, under ``qid`` if it has one; ``looked_up`` addresses weigh, too.

    ``others`` were named who are nobody here, or somebody twice.
    """
    recipients = []
    for rcpt in rcpts:
        account = content.accounts[rcpt.recipient]
        account.hold()
        address = read_recipient(rcpt.recipient, mta.ways.rewriting is not None).address
        alias = NO_ALIAS if address == rcpt.recipient else Alias(as_written=f"<{rcpt.recipient}>")
        recipients.append(Recipient(address, account, Wish.of(rcpt.notify or None, rcpt.orcpt), alias=alias))
    message, body = take_in(mta, content.message, mail.body)
    entry = _entry(mta, message, mail.sender, recipients, qid or mta.new_qid(pid))
    hello = server.hello_name or server.client.partition(" [")[0].rpartition("@")[2]
    daemon = server.settings.daemon
    entry.received = _hop(mta, entry, hello, server.client, server.protocol, content.received, daemon, others)
    entry.asked = Asked.of(mail.ret, mail.envid, body)
    entry.priority += looked_up * mta.settings.recipient_factor
    unvouched = warning.of_session(mta, server.hello_name, server.client)
    if unvouched:
        mta.log(log_lines.authentication_warning(entry.qid, mta.name, unvouched), pid)
    log_receipt(mta, entry, message, pid, mail.body, looked_up)
    _name_recipients(mta, entry)
    warn(mta, entry, unvouched, pid, logged=False)
    return entry


def take_from(
    mta: Installation, content: Content, sender: str, recipients: list[Recipient], pid: int
) -> QueueEntry:  # fmt: skip
    """Put into the queue what another program on this host brought, with the recipients' accounts held already."""
    entry = _entry(mta, content.message, sender, recipients, mta.new_qid(pid))
    entry.received = _hop(mta, entry, "localhost", HANDED_IN_BY, "", content.received)
    log_receipt(mta, entry, content.message, pid)
    _name_recipients(mta, entry)
    return entry


def enqueue_notice(mta: Installation, notice: Notice, about: QueueEntry, from_queue: bool) -> QueueEntry:
    """Put a notice about ``about`` into the queue. ``from_queue``: a queue run had read that."""
    now, pid = mta.site.env.now, mta.host.new_pid()
    report = report_of(notice, about, mta, mta.new_qid(pid), from_queue)
    message = message_of(report, notice, about, mta)
    both = {"message": message.number, "about": about.message.number}
    for to in notice.to:
        mta.site.recorder.notices.add(time=now, host=mta.name, kind=notice.kind, **both, to=to)
    for one in notice.told:
        action = one.action.split()[0]
        mta.site.recorder.told.add(
            time=now, host=mta.name, kind=notice.kind, **both, recipient=compared(one.address), action=action
        )
    to_all = {mta.qualified(to): shown(to, about) for to in notice.to}
    entry = enqueue(mta, message, "", list(to_all), Wishes(), pid, report.qid, typed=Typed(MAILER_DAEMON, to_all))
    _count_receipt(mta, entry, message.size)
    entry.priority = notice_priority(notice, about.known_size(mta.site.clock, from_queue), mta.settings)
    entry.notice = notice.kind
    return entry


def enqueue(
    mta: Installation,
    message: Message,
    sender: str,
    to: Sequence[str],
    wishes: Wishes,
    pid: int,
    notice: str = "",
    user: str | None = None,
    since: float | None = None,
    typed: Typed = NOT_TYPED,
) -> QueueEntry:
    """Put into the queue what begins its way here; ``notice``: the queue id of what sendmail wrote itself.

    ``user``: who typed it as a command; None: a mail program handed it in, by SMTP. ``since``: when it was, if
    that is before the world's start, of which there is no log.
    The receipt is not logged yet, nor counted.
    """
    enter, now = mta.site.recorder.ledger.enter, mta.site.env.now if since is None else since
    recipients = [
        Recipient(
            address,
            enter(message.number, sender, address, message.size, mta.name, now, bool(notice)),
            Wish.of(wishes.notify, wishes.orcpt),
            alias=Alias(as_written=typed.to[address]) if address in typed.to else NO_ALIAS,
        )
        for address in to
    ]
    entry = _entry(mta, message, sender, recipients, notice or mta.new_qid(pid, since), since)
    protocol = "" if notice or user else "ESMTP"
    entry.typed, entry.daemon_flags = typed.sender, "" if notice else OF_THIS_HOST
    client = "localhost" if notice else f"{user}@localhost" if user else HANDED_IN_BY
    others = typed.in_header or typed.named > 1
    entry.received = _hop(mta, entry, "" if user else "localhost", client, protocol, None, others=others)
    entry.asked = Asked.of(wishes.ret, wishes.envid, wishes.body)
    if not notice:
        _name_recipients(mta, entry, typed=user is not None)
    return entry


def take_in(mta: Installation, message: Message, body: str) -> tuple[Message, str]:
    """A message as it goes into the queue, and its BODY=; both forms of it are written down."""
    taken, wanted = as_queued(message, body, mta.settings)
    mta.site.recorder.form(mta.site.env.now, mta.name, gate_in(body), message, taken)
    return taken, wanted


def warn(mta: Installation, entry: QueueEntry, text: str, pid: int, logged: bool = True) -> None:
    """Write a warning into a message, if there is anything to warn of."""
    if text:
        if logged:
            mta.log(log_lines.authentication_warning(entry.qid, mta.name, text), pid)
        entry.message = warning.with_warning(entry.message, mta.name, text)


def _entry(
    mta: Installation,
    message: Message,
    sender: str,
    recipients: Sequence[Recipient],
    qid: str,
    since: float | None = None,
) -> QueueEntry:
    now, settings = mta.site.env.now if since is None else since, mta.settings
    number = precedence_class(message.header("Precedence"), mta.cf.precedences)
    entry = QueueEntry(
        qid=qid,
        message=message,
        sender=sender,
        recipients=in_order(recipients, mta.ways),
        created=floor(now),
        priority=priority(message.size, number, len(recipients), settings.class_factor, settings.recipient_factor),
        precedence=number,
        directory=mta.queue.place(message.size),
        timeouts=timeout_class(number, message.header("Priority")),
        modified=now,
    )
    mta.queue.add(entry, mta.site.env.now)
    return entry


def _name_recipients(mta: Installation, entry: QueueEntry, typed: bool = False) -> None:
    """Have its header name somebody, if it has to; who types an address writes no brackets."""
    if mta.settings.no_recipient == NO_ACTION:
        return
    to = [mta.qualified(one.address) for one in entry.recipients]
    named = to if typed else [f"<{one}>" for one in to]
    entry.message = with_recipients(entry.message, named, mta.settings.no_recipient)


def _hop(
    mta: Installation, entry: QueueEntry, hello: str, client: str, protocol: str, before: Received | None,
    daemon: str = "MTA", others: bool = False,
) -> Received:  # fmt: skip
    """How it came here; the line says for whom where he alone was named, but not in a notice."""
    to = entry.recipients
    one = to[0].shown.strip("<>") if len(to) == 1 and not others and client != "localhost" else ""
    by = way(hello, client, mta.name, mta.version, protocol, daemon)
    return Received(by, entry.qid, one, entry.modified, before)


def _count_receipt(mta: Installation, entry: QueueEntry, size: int) -> None:
    mta.statistics.message_from(mta.sender_mailer(entry.sender), size, mta.site.env.now, entry.qid)


def log_receipt(
    mta: Installation, entry: QueueEntry, came: Message, pid: int, body: str = "", looked_up: int = 0
) -> None:
    """Write into the log that a message has come, and count it, as it ``came``.

    ``looked_up``: addresses that count beside its recipients.
    """
    _count_receipt(mta, entry, came.size)
    recipients = len(entry.recipients) + looked_up
    message_id = entry.message.header("Message-Id") or ""
    assert entry.received is not None  # whatever is in a queue has come somehow
    size, received, sender, number = came.size, entry.received, entry.sender_shown, entry.precedence
    mta.log(log_lines.Taken(mta.site.clock, size, received, sender, number, recipients, message_id, body), pid)
