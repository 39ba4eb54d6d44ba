"""Delivering one message to recipients of one mailer and host."""

from collections.abc import Collection, Generator, Sequence
from functools import lru_cache
from typing import Any

import simpy

from simlib.cf import Mailer
from simlib.message.comments import addresses_only
from simlib.message.envelope import Message
from simlib.message.masquerade import masquerade
from simlib.message.status import Exit, answer, stat
from simlib.mta.installation import Installation
from simlib.mta.local.local import deliver_locally
from simlib.mta.policy.class_files import words_of
from simlib.mta.policy.conversion import NO_EIGHT_BITS, body_parameter, gate_out, outgoing, sendable
from simlib.mta.policy.host_status import HostStatus
from simlib.mta.policy.outcome import DEFERRED, SENT, Outcome
from simlib.mta.policy.queue_entry import QueueEntry, Recipient
from simlib.mta.policy.routing import (
    NoRoute,
    fallback_hosts,
    is_address,
    is_literal,
    mailer_named,
    mx_hosts,
    unknown_host,
)
from simlib.mta.policy.version import mishandles_what_is_too_large
from simlib.mta.process.connection import Connection
from simlib.mta.process.dead_ends import DeadEnd
from simlib.mta.process.far_end import Content
from simlib.mta.process.process import AFTER_MAIL, NoConnection, SendmailProcess, held_against
from simlib.mta.queue.together import Part
from simlib.mta.sending.alike import Outcomes, alike
from simlib.mta.sending.tried import note_host
from simlib.site.dns import NODATA, NXDOMAIN, Answer
from simlib.smtp import client
from simlib.smtp.client import Result
from simlib.smtp.commands import Mail, Rcpt
from simlib.smtp.phases import Phase
from simlib.smtp.replies import NoReply

TOO_LARGE = 552  # "exceeded storage allocation"

Delivery = Generator[simpy.Event, Any, list[tuple[Recipient, Outcome]]]


def deliver(process: SendmailProcess, entry: QueueEntry, part: Part) -> Delivery:
    """Deliver to those of a part; gives what became of each, but of the guests who have to go on by themselves."""
    destination, recipients = part.destination, part.recipients
    begun, asked = process.env.now, process.mta.host.resolver.queries
    mailer = mailer_named(process.mta.cf, destination.mailer)
    if mailer.max_size and entry.message.size > mailer.max_size:
        entry.too_large = True
        told = (f"552 5.3.4 Message is too large; {mailer.max_size} bytes max", Exit.UNAVAILABLE.message)
        entry.note(*told * len(recipients))
        return _all(recipients, _too_large(process.mta.version, mailer, destination.host))
    if not sendable(entry, mailer, process.mta.settings):
        entry.note(f"554 5.6.3 {NO_EIGHT_BITS}")
        return _all(recipients, Outcome(Exit.DATAERR, "5.6.3", NO_EIGHT_BITS, mailer.name))
    if "l" in mailer.flags:
        return (yield from deliver_locally(process, entry, mailer, recipients))
    route = yield from _route(process, mailer, destination.host, part.answer)
    if isinstance(route, NoRoute):
        outcome = _nowhere(route, mailer, destination.host)
        entry.note(*_without_route(route, outcome, destination.host, recipients))
        return _all(recipients, outcome)
    walk = _Walk(process, entry, mailer, part)
    outcomes = yield from walk.along(route)
    nobody_asked = (process.env.now, process.mta.host.resolver.queries) == (begun, asked)
    if walk.remembered and len(route) == 1 and nobody_asked and outcomes[0][1].kind == DEFERRED:
        end = DeadEnd(route[0], outcomes[0][1], mailer, walk.remembered, process.mta.cf)
        process.dead_ends.add(
            begun, [recipient.address for recipient in recipients if recipient not in part.guests], end
        )
    return outcomes


class _Walk:
    """The way along the MXs with what one transaction can hold."""

    def __init__(self, process: SendmailProcess, entry: QueueEntry, mailer: Mailer, part: Part) -> None:
        self.process = process
        self.mta = process.mta
        self.entry = entry
        self.mailer = mailer
        self.waiting = list(part.recipients)
        self.guests = part.guests  # as long as they are with the others
        self.last: dict[Recipient, Outcome] = {}
        self.deferred_somewhere = False
        self.remembered: HostStatus | None = None  # why the last host was not even called, if it was not
        self.named: dict[Recipient, Outcome] = {}  # whose RCPT was put off, of which the log has told, and who went on
        self.heard = ""  # the last bad reply, which the log repeats of the hosts behind that say nothing

    def along(self, route: Sequence[str]) -> Delivery:
        outcomes: list[tuple[Recipient, Outcome]] = []
        for number, mx in enumerate(route, 1):
            others = number < len(route)
            if self.last:
                outcomes += self._put_off_by_name()
            begun = self.process.env.now
            opened = yield from self.process.connection(self.mailer, mx, first_try=self.entry.tries == 0)
            if isinstance(opened, NoConnection):
                self._part_with_guests(others)
                self._no_connection(mx, opened, begun)
                continue
            connection, cached = opened
            outcomes += yield from self._transaction(mx, connection, cached, begun, others)
            if not self.waiting:
                break
        left = [(one, self._final(self.last[one])) for one in self.waiting if self.last[one] is not self.named.get(one)]
        self._answer(left)
        return outcomes + left

    def _put_off_by_name(self) -> Outcomes:
        """Those whose RCPT the last host has put off: the log tells of it before they go on to the next."""
        new = {one: self.last[one] for one in self.waiting if self.last[one].own_line}
        new = {one: outcome for one, outcome in new.items() if outcome is not self.named.get(one)}
        self.named |= new
        return list(new.items())

    def _is_left_behind(self, recipient: Recipient, result: Result) -> bool:
        """A guest whose RCPT was put off is not tried any further now, not even at other mail hosts of his own."""
        return recipient in self.guests and result.phase == Phase.RCPT

    def _part_with_guests(self, others: bool) -> None:
        """Where there are ``others`` to go on to, those who have only the best mail host in common go their own way."""
        if others and self.guests:
            self.waiting = [one for one in self.waiting if one not in self.guests]
            self.guests = frozenset()

    def _answer(self, told: Outcomes) -> None:
        """Put into the transcript what became of recipients, a line for all that fared alike."""
        for one, recipients in alike(told):
            if one.kind != SENT and not one.own_line:
                self.entry.note(answer(one.exit, one.stat, [recipient.shown for recipient in recipients]))

    def _no_connection(self, mx: str, why: NoConnection, begun: float) -> None:
        outcome = _without_connection(why, mx, self.mailer.name)
        self.remembered = why.status if why.remembered else None
        if outcome.reply:
            self.heard = outcome.reply
        elif self.heard:
            outcome = outcome._replace(reply=self.heard)
        self.entry.note(*why.transcript)
        self._note(dict.fromkeys(self.waiting, outcome), mx, begun, why.record.number if why.record else None, False)
        self.last |= self.named  # for them nothing has changed

    def _transaction(self, mx: str, connection: Connection, cached: bool, begun: float, others: bool) -> Delivery:
        connection.session.shown = {one.address: one.shown for one in self.waiting if one.alias.original}
        results = yield from connection.transaction(
            client.transaction(connection.session, self._mail(), [_rcpt(r) for r in self.waiting]),
            self._content(connection.session.extensions),
        )
        if results[0].phase == Phase.MAIL and results[0].reply.code == TOO_LARGE:
            announced = "SIZE" in connection.session.extensions
            self.entry.too_large = announced and not mishandles_what_is_too_large(self.mta.version)
        pairs = dict(zip(self.waiting, results, strict=True))
        self.entry.note(*connection.session.transcript)
        for recipient in self.waiting if connection.session.accepted else ():
            recipient.accepted = connection.session.accepted.get(recipient.address)
        address = self.mta.site.network.hosts[connection.far_end.server.settings.host].address
        told = {recipient: self._outcome(result, mx, address, cached) for recipient, result in pairs.items()}
        self.heard = next((one.reply for one in told.values() if one.reply), self.heard)
        self._note(told, mx, begun, connection.record.number, cached)
        going_on = others and any(result.next_mx for result in results)
        yield from self.process.done_with(connection, mx, self._status(results, mx), going_on)
        outcomes = [(recipient, told[recipient]) for recipient in self._settled(pairs)]
        self._part_with_guests(others)
        self._answer(outcomes)
        return outcomes

    def _settled(self, pairs: dict[Recipient, Result]) -> list[Recipient]:
        """Those who wait no more after a transaction, and of whom something was said in it."""
        if next(iter(pairs.values())).phase == Phase.MAIL:  # nothing was said of those who were put off by name before
            self.last |= self.named
            if not next(iter(pairs.values())).next_mx:
                self.waiting = [one for one in self.waiting if one not in self.named]
        for one, result in pairs.items():
            if result.phase in (Phase.DATAINIT, Phase.DATAFINAL):  # his RCPT was taken
                self.named.pop(one, None)
        settled = [one for one in self.waiting if not pairs[one].next_mx or self._is_left_behind(one, pairs[one])]
        self.waiting = [one for one in self.waiting if one not in settled]
        return settled

    def _outcome(self, result: Result, mx: str, address: str, cached: bool) -> Outcome:
        # on a connection that was kept, sendmail knows the address again only once MAIL is answered well
        relay = _shown(mx) if cached and result.phase == Phase.MAIL else _at(mx, address)
        said, by_name = stat(result.exit, result.words), result.phase == Phase.RCPT
        return Outcome(
            result.exit,
            result.dsn,
            said,
            self.mailer.name,
            relay,
            _reply(result),
            by_name,
            remote="" if result.phase == Phase.MAIL else mx,
            reason=_reason(result),
            status=result.exit.enhanced if result.phase == Phase.DATAINIT else "",
            remark=f"reply: read error from {_shown(mx)}" if _broke_off(result) else "",
        )

    def _status(self, results: Sequence[Result], mx: str) -> HostStatus:
        decisive = next((result for result in results if result.sticky), results[-1])
        if decisive.sticky:
            return held_against(decisive, mx, self.process.now)
        # a reply to RCPT or DATA says something of recipient and message, a 421 of this hour: nothing of the host
        if decisive.phase in (Phase.RCPT, Phase.DATAINIT) or decisive.reply.code == client.CLOSING:
            return HostStatus(Exit.OK, "", "", self.process.now)
        return HostStatus(Exit.OK, decisive.dsn, "", self.process.now, reply=str(decisive.reply))

    def _note(
        self, told: dict[Recipient, Outcome], mx: str, begun: float, connection: int | None, cached: bool
    ) -> None:
        """Write the attempt down, a row for all that fared alike."""
        self.last.update(told)
        for outcome, recipients in alike(list(told.items())):
            self.deferred_somewhere |= outcome.exit.transient
            addresses = ",".join([recipient.address for recipient in recipients])
            note_host(self.process, self.entry, addresses, mx, outcome, begun, connection, cached)

    def _final(self, outcome: Outcome) -> Outcome:
        """An MX whose name is unknown bounces nothing as long as another was only out of reach."""
        if outcome.exit == Exit.NOHOST and self.deferred_somewhere:
            return outcome._replace(exit=Exit.TEMPFAIL, stat="Deferred")
        return outcome

    def _mail(self) -> Mail:
        entry, body = self.entry, body_parameter(self.entry, self.mailer, self.mta.settings)
        return Mail(entry.sender, size=entry.message.size, body=body, ret=entry.asked.ret, envid=entry.asked.envid)

    def _content(self, offers: Collection[str]) -> Content:
        accounts = {recipient.address: recipient.account for recipient in self.waiting}
        message = outgoing(self.entry, self.mailer, self.mta.settings, self.mta.name, offers)
        how = gate_out(self.entry.message, message, self.mailer.flags)
        self.mta.site.recorder.form(self.mta.site.env.now, self.mta.name, how, self.entry.message, message)
        return Content(self._header_as_sent(message), accounts, self.entry.received)

    def _header_as_sent(self, message: Message) -> Message:
        """The header as this mailer sends it: with masked senders (macro M), with bare addresses (F=c)."""
        cf = self.mta.cf
        mask = cf.macros.get("M", "")
        if mask:
            files = self.mta.host.files
            hidden = {*self.mta.own_names, *(name.lower() for name in words_of(cf, "M", files))}
            message = masquerade(message, mask, hidden, words_of(cf, "E", files) or ("root",))
        return addresses_only(message) if "c" in self.mailer.flags else message


def _route(
    process: SendmailProcess, mailer: Mailer, host: str, answer: Answer | None
) -> Generator[simpy.Event, Any, list[str] | NoRoute]:
    """The hosts to try, FallbackMXhost behind them; ``answer``: what is known of its MX, if it was asked already."""
    mta = process.mta
    resolver, settings = mta.host.resolver, mta.settings
    if is_literal(host) or "0" in mailer.flags:
        name = host.strip("[]")
        return [host if is_address(name) else name]
    if answer is None:
        answer = yield from resolver.resolve(host, "MX", settings.patience)
    route = mx_hosts(host, answer, mta.own_names, mta.name, lambda mx: _rank(process, mx), settings.try_null_mx)
    if answer.status == NODATA:  # no MX: the domain is its own mail host, if it has an address
        address = yield from resolver.resolve(host, "A", settings.patience)
        if address.status in (NODATA, NXDOMAIN):
            route = NoRoute(Exit.NOHOST, "5.1.2", unknown_host(host, address), host_exists=False)
    fallback = (yield from _fallback(mta)) if settings.fallback_mx else []
    if not fallback or (isinstance(route, NoRoute) and route.exit in (Exit.CONFIG, Exit.UNAVAILABLE)):
        return route
    return [*(route if isinstance(route, list) else []), *fallback]


def _fallback(mta: Installation) -> Generator[simpy.Event, Any, list[str]]:
    name = mta.settings.fallback_mx
    answer: Answer | None = None
    if not is_literal(name):
        answer = yield from mta.host.resolver.resolve(name, "MX", mta.settings.patience)
    return fallback_hosts(name, answer, mta.own_names)


def _rank(process: SendmailProcess, mx: str) -> float:
    """Among equals: one to which a connection is kept comes first, the others by chance, anew for each message."""
    return -1.0 if process.cache.find(mx) is not None else process.mta.mx_random.random()


def _rcpt(recipient: Recipient) -> Rcpt:
    return Rcpt(recipient.address, notify=recipient.wish.notify or (), orcpt=recipient.wish.orcpt)


def _shown(mx: str) -> str:
    """A host as the log shows it."""
    return mx if is_literal(mx) else f"{mx}."


def _broke_off(result: Result) -> bool:
    """Whether the connection was lost once MAIL had been answered."""
    return isinstance(result.reply, NoReply) and result.phase in AFTER_MAIL


@lru_cache
def _at(mx: str, address: str) -> str:
    """A host and its address, as the log shows them."""
    return f"{_shown(mx)} [{address}]"


def _reason(result: Result) -> str | None:
    """What was said, as Diagnostic-Code has it; of a reply to DATA sendmail takes no note, of a 421 not the words."""
    if result.exit == Exit.OK or result.phase == Phase.DATAINIT or isinstance(result.reply, NoReply):
        return None
    return "" if result.reply.code == client.CLOSING else str(result.reply).partition("\n")[0]


def _without_route(route: NoRoute, outcome: Outcome, host: str, recipients: Sequence[Recipient]) -> tuple[str, ...]:
    """What the transcript says of a domain to which there is no way."""
    if route.exit.transient:
        return (f"451 {host}: Name server timeout",) * len(recipients)
    if route.exit == Exit.CONFIG:
        return f"554 5.0.0 {route.text}", Exit.CONFIG.message
    return (answer(outcome.exit, outcome.stat, [recipient.shown for recipient in recipients]),)


def _nowhere(route: NoRoute, mailer: Mailer, host: str) -> Outcome:
    """For a domain that cannot be looked up just now there is no log line, only the reason that mailq shows."""
    relay = host if route.exit == Exit.NOHOST else f"{host}."
    if route.exit.transient:
        return Outcome(route.exit, route.dsn, route.text, mailer.name, relay, logged=False)
    reason = None
    if route.exit == Exit.UNAVAILABLE:
        reason = f"556 {route.text}"
    elif not route.host_exists:
        reason = "550 Host unknown"
    status = route.exit.enhanced if route.exit == Exit.CONFIG else ""
    told = stat(route.exit, route.text)
    return Outcome(route.exit, route.dsn, told, mailer.name, relay, remote=host, reason=reason, status=status)


@lru_cache  # in a queue run all for a dead host fare alike
def _without_connection(why: NoConnection, mx: str, mailer: str) -> Outcome:
    status = why.status
    relay = _at(mx, why.address) if why.record is not None else _shown(mx)
    words, reply = (status.text, "") if why.refusal is None else (why.refusal.words, _reply(why.refusal))
    loop = status.exit == Exit.CONFIG  # which sendmail itself has noticed: nobody said it
    return Outcome(
        status.exit,
        status.dsn,
        stat(status.exit, words),
        mailer,
        relay,
        reply,
        remote=mx if why.refusal is None and not loop else "",
        reason=None if status.reply is None or status.errno else status.reply.partition("\n")[0],
    )


def _reply(result: Result) -> str:
    """``reply=`` of the log line: what was said, unless all is well or sendmail itself has noticed a loop."""
    if result.exit in (Exit.OK, Exit.CONFIG) or isinstance(result.reply, NoReply):
        return ""
    return str(result.reply).replace("\n", " ")


def _too_large(version: str, mailer: Mailer, host: str) -> Outcome:
    """Larger than ``M=`` of the mailer: nobody is asked. That it is "too large" stands in the notice only."""
    local = "l" in mailer.flags
    dsn, relay = ("5.2.3", "") if local else ("5.3.4", f"{host}.")
    told = not mishandles_what_is_too_large(version)
    return Outcome(Exit.UNAVAILABLE, dsn, Exit.UNAVAILABLE.text, mailer.name, relay, told=told)


def _all(recipients: Sequence[Recipient], outcome: Outcome) -> list[tuple[Recipient, Outcome]]:
    return [(recipient, outcome) for recipient in recipients]
