"""How a foreign host sends mail: a simple client that knows only HELO, and perhaps takes each line for a reply."""

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import simpy

from simlib.cf import stock
from simlib.message.envelope import Message, domain_of
from simlib.message.status import Exit
from simlib.mta.connection import Connection
from simlib.mta.dial import dial
from simlib.mta.far_end import SMTP_PORT, Content
from simlib.mta.outcome import DEFERRED, SENT
from simlib.mta.settings import Settings
from simlib.site.network import ACCEPTED
from simlib.smtp import client
from simlib.smtp.client import Session
from simlib.smtp.commands import Mail, Rcpt
from simlib.trace.ledger import Account

if TYPE_CHECKING:
    from simlib.mta.peer import Peer

RETRY = 1800.0  # s from one attempt to the next; it never gives up

Work = Generator[simpy.Event, Any, Any]


def send(peer: "Peer", messages: list[tuple[Message, str, Account]]) -> Work:
    """Bring messages (with sender and recipient each) to the mail host of the first one's domain, one after the other
    on one connection, again and again until all are taken.
    """
    waiting = messages
    while waiting:
        waiting = yield from _one_connection(peer, waiting)
        if waiting:
            yield peer.env.timeout(RETRY)


def _one_connection(peer: "Peer", waiting: list[tuple[Message, str, Account]]) -> Work:
    """Gives what is left."""
    site, settings = peer.site, Settings.of(stock())
    domain = domain_of(waiting[0][2].recipient)
    answer = yield from peer.host.resolver.resolve(domain, "MX", settings.patience)
    mx = min(answer.mx)[1] if answer.mx else domain
    server = site.network.hosts.get(mx)
    tried, record = yield from dial(site, peer.host, server, mx, settings.connect_timeout)
    if tried.outcome != ACCEPTED:
        return waiting
    assert server is not None and tried.path is not None  # what accepts is there
    session = Session(host=mx, name=peer.name, flags=frozenset("2"))
    far_end = server.services[SMTP_PORT].accept(peer.host)
    connection = Connection(
        peer.env, settings, tried.path, far_end, session, record, line_by_line=peer.quirks.one_line_replies
    )
    left = list(waiting)
    refusal = yield from connection.hello()
    while refusal is None and left and connection.is_open:
        message, sender, account = left[0]
        begun = peer.env.now
        content = Content(message, {account.recipient: account}, None)
        steps = client.transaction(session, Mail(sender, size=message.size), [Rcpt(account.recipient)])
        (result,) = yield from connection.transaction(steps, content)
        kind = SENT if result.exit == Exit.OK else DEFERRED
        site.recorder.attempts.add(
            (begun, peer.name, "", message.number, account.recipient, mx, kind,
             peer.env.now - begun, result.dsn, result.words, record.number, False)
        )  # fmt: skip
        if kind != SENT:
            break
        account.hand_over(peer.env.now)
        left.pop(0)
    yield from connection.quit()
    return left
