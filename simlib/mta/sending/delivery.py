"""Delivering one message to recipients of one mailer and host."""

from collections.abc import Sequence

from simlib.cf import Mailer
from simlib.message.status import Exit
from simlib.mta.installation import Installation
from simlib.mta.local.local import deliver_locally
from simlib.mta.policy.checks import has_check
from simlib.mta.policy.outcome import DEFERRED, Outcome
from simlib.mta.policy.queue_entry import Outcomes, QueueEntry, Recipient
from simlib.mta.policy.routing import (
    Destination,
    InBrackets,
    NoRoute,
    fallback_hosts,
    is_address,
    is_literal,
    mailer_named,
    mx_hosts,
    smart_host,
    unknown_host,
)
from simlib.mta.process.dead_ends import DeadEnd
from simlib.mta.process.process import SendmailProcess
from simlib.mta.process.written_out import as_it_is, written_out
from simlib.mta.queue.together import Part
from simlib.mta.sending.compat import CHECK_COMPAT, incompatible
from simlib.mta.sending.obstacles import at_mailer
from simlib.mta.sending.outcomes import of_no_route, transcript_of_no_route
from simlib.mta.sending.walk import Walk
from simlib.site.dns import NODATA, NXDOMAIN, Answer
from simlib.site.steps import Steps

LISTED = ":"  # between hosts that the rules list


def deliver(process: SendmailProcess, entry: QueueEntry, part: Part, checked: bool = False) -> Steps[Outcomes]:
    """Deliver to those of a part; gives what became of each, but not of guests, who go on by themselves.

    ``checked``: the rules let them go together with the sender.
    """
    destination, recipients = part.destination, part.recipients
    begun, asked = process.env.now, process.mta.host.resolver.queries
    mailer = mailer_named(process.mta.cf, destination.mailer)
    settings, version = process.mta.settings, process.mta.version
    obstacle = at_mailer(entry, mailer, destination.host, settings, version, len(recipients))
    if obstacle is not None:
        entry.too_large |= obstacle.too_large
        entry.transcribe(*obstacle.said)
        return _all(recipients, obstacle.outcome)
    if not checked and has_check(process.mta.ways, CHECK_COMPAT):
        refused = yield from incompatible(process, entry, mailer, destination, recipients)
        kept = tuple(one for one in recipients if one not in dict(refused))
        rest = (yield from deliver(process, entry, part._replace(recipients=kept), checked=True)) if kept else []
        return refused + rest
    plainly = process.mta.writes_plainly and not mailer.strips_comments
    if mailer.is_local:
        written = as_it_is(entry) if plainly else (yield from written_out(process.mta, entry, mailer))
        return (yield from deliver_locally(process, entry, mailer, recipients, written))
    route = yield from _route(process, mailer, destination, part.answer)
    if isinstance(route, NoRoute):
        outcome = of_no_route(route, mailer, destination.host, destination.called)
        if route.exit == Exit.CONFIG:
            process.complain_of(route.text, entry.qid)
        entry.transcribe(*transcript_of_no_route(route, outcome, destination.host, recipients))
        return _all(recipients, outcome)
    written = as_it_is(entry) if plainly else (yield from written_out(process.mta, entry, mailer))
    walk = Walk(process, entry, mailer, part, written)
    outcomes = yield from walk.along(route)
    nobody_asked = (process.env.now, process.mta.host.resolver.queries) == (begun, asked)
    if walk.remembered and len(route) == 1 and nobody_asked and outcomes[0][1].kind == DEFERRED:
        end = DeadEnd(route[0], outcomes[0][1], mailer, walk.remembered, process.mta.cf)
        process.dead_ends.add(
            begun, [recipient.address for recipient in recipients if recipient not in part.guests], end
        )
    return outcomes


def _route(
    process: SendmailProcess, mailer: Mailer, destination: Destination, answer: Answer | None
) -> Steps[list[str] | NoRoute]:
    """The hosts to try, FallbackMXhost behind them; ``answer``: what is known of its MX, if it was asked already."""
    mta = process.mta
    resolver, settings, host = mta.host.resolver, mta.settings, destination.host
    if LISTED in host:
        return (yield from _routes_in_turn(process, mailer, destination))
    if is_literal(host) or mailer.looks_for_no_mx:
        name = host.strip("[]")
        return [host if is_address(name) else InBrackets(name) if is_literal(host) else name]
    if answer is None:
        answer = yield from resolver.resolve(host, "MX", settings.patience)
    route = mx_hosts(
        host,
        answer,
        mta.own_names,
        mta.name,
        lambda mx: _rank(process, mailer, mx),
        settings.try_null_mx,
        destination.called,
    )
    if answer.status == NODATA:  # no MX: the domain is its own mail host, if it has an address
        address = yield from resolver.resolve(host, "A", settings.patience)
        if address.status in (NODATA, NXDOMAIN):
            route = NoRoute(Exit.NOHOST, "5.1.2", unknown_host(destination.called or host, address), host_exists=False)
    smart = smart_host(settings.smart_host, mta.own_names)
    if smart and isinstance(route, NoRoute) and route.exit == Exit.NOHOST:
        route = [*smart]
    fallback = (yield from _fallback(mta)) if settings.fallback_mx else []
    if not fallback or (isinstance(route, NoRoute) and route.exit in (Exit.CONFIG, Exit.UNAVAILABLE)):
        return route
    return [*(route if isinstance(route, list) else []), *fallback]


def _routes_in_turn(process: SendmailProcess, mailer: Mailer, destination: Destination) -> Steps[list[str] | NoRoute]:
    """The way to hosts that the rules list, ``[a]:[b]``: the hosts of the one, and then those of the next."""
    route: list[str] = []
    no_way: NoRoute | None = None
    for host in destination.host.split(LISTED):
        found = yield from _route(process, mailer, destination._replace(host=host.removesuffix(".")), None)
        if isinstance(found, NoRoute):
            no_way = no_way or found
        else:
            route += found
    return route or no_way or []


def _fallback(mta: Installation) -> Steps[list[str]]:
    name = mta.settings.fallback_mx
    answer: Answer | None = None
    if not is_literal(name):
        answer = yield from mta.host.resolver.resolve(name, "MX", mta.settings.patience)
    return fallback_hosts(name, answer, mta.own_names)


def _rank(process: SendmailProcess, mailer: Mailer, mx: str) -> float:
    """Among equals: one to which a connection is kept comes first, the others by chance, anew for each message."""
    return -1.0 if process.cache.find(mx, mailer.name) is not None else process.mta.mx_random.random()


def _all(recipients: Sequence[Recipient], outcome: Outcome) -> Outcomes:
    return [(recipient, outcome) for recipient in recipients]
