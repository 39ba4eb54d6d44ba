"""How a foreign host sends mail: a simple client that knows only HELO, and perhaps takes each line for a reply."""

from simlib.message.envelope import Message, domain_of
from simlib.message.status import Exit
from simlib.mta.policy.outcome import DEFERRED, SENT
from simlib.mta.policy.settings import stock_settings
from simlib.mta.process.connection import Connection
from simlib.mta.process.dial import NotAccepted, dial
from simlib.mta.process.far_end import Content
from simlib.site.host import Host
from simlib.site.site import Site
from simlib.site.steps import Steps
from simlib.smtp import client
from simlib.smtp.client import Session
from simlib.smtp.commands import Mail, Rcpt
from simlib.trace.ledger import Account

RETRY = 1800.0  # s from one attempt to the next; it never gives up


def send(site: Site, host: Host, messages: list[tuple[Message, str, Account]], line_by_line: bool) -> Steps[None]:
    """Bring messages (with sender and recipient each) to the mail host of the first one's domain, one after the other
    on one connection, again and again until all are taken. ``line_by_line``: it takes each line for a reply.
    """
    waiting = messages
    while waiting:
        waiting = yield from _one_connection(site, host, waiting, line_by_line)
        if waiting:
            yield site.env.timeout(RETRY)


def _one_connection(
    site: Site, host: Host, waiting: list[tuple[Message, str, Account]], line_by_line: bool
) -> Steps[list[tuple[Message, str, Account]]]:
    """Gives what is left."""
    settings = stock_settings()
    domain = domain_of(waiting[0][2].recipient)
    answer = yield from host.resolver.resolve(domain, "MX", settings.patience)
    mx = min(answer.mx)[1] if answer.mx else domain
    server = site.network.hosts.get(mx)
    called = yield from dial(site, host, server, mx, settings.connect_timeout)
    if isinstance(called, NotAccepted):
        return waiting
    session = Session(host=mx, name=host.name, flags=frozenset("2"))
    connection = Connection(site.env, settings, called, session, line_by_line=line_by_line)
    left = list(waiting)
    refusal = yield from connection.hello()
    while refusal is None and left and connection.is_open:
        message, sender, account = left[0]
        begun = site.env.now
        content = Content(message, {account.recipient: account}, None)
        steps = client.transaction(session, Mail(sender, size=message.size), [Rcpt(account.recipient)])
        (result,) = yield from connection.transaction(steps, content)
        kind = SENT if result.exit == Exit.OK else DEFERRED
        site.recorder.attempts.add(
            time=begun,
            host=host.name,
            qid="",
            message=message.number,
            recipients=account.recipient,
            relay=mx,
            outcome=kind,
            seconds=site.env.now - begun,
            dsn=result.dsn,
            stat=result.words,
            connection=called.record.number,
            cached=False,
        )
        if kind != SENT:
            break
        account.hand_over(site.env.now)
        left.pop(0)
    yield from connection.quit()
    return left
