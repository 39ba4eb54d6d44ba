"""Who goes together in one transaction: in the order of the queue, and as far as one mail host takes them all."""

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from simlib.cf import Mailer
from simlib.mta.installation import Installation
from simlib.mta.policy.queue_entry import Recipient
from simlib.mta.policy.routing import Destination, is_literal, mail_hosts, mailer_named
from simlib.mta.policy.ways import Ways
from simlib.site.dns import Answer
from simlib.site.steps import Steps


class Part(NamedTuple):
    """Those whom one transaction is to serve. ``answer``: what name service has said of the host's MX already.

    ``guests`` ride along to the best mail host of the others, which is theirs too; behind it they have others, or none.
    """

    destination: Destination
    recipients: tuple[Recipient, ...]
    guests: frozenset[Recipient] = frozenset()
    answer: Answer | None = None


def in_order(recipients: Iterable[Recipient], ways: Ways) -> tuple[Recipient, ...]:
    """The recipients by the names of their hosts, as they stand in the queue; local ones have none and come first."""
    held = tuple(recipients)
    if len(held) < 2:
        return held
    return tuple(sorted(held, key=lambda one: ways.of(one).host.lower()))


def parts(recipients: Sequence[Recipient], ways: Ways) -> deque[Part]:
    """Those of one mailer and host together, as many as one transaction holds."""
    if len(recipients) == 1:
        return deque([Part(ways.of(recipients[0]), tuple(recipients))])
    groups: dict[tuple[str, str], tuple[Destination, list[Recipient]]] = {}
    for recipient in recipients:
        destination = ways.of(recipient)
        local = mailer_named(ways.cf, destination.mailer).is_local  # for which a host is no more than a word of the log
        key = (destination.mailer, "" if local else destination.host)
        groups.setdefault(key, (destination, []))[1].append(recipient)
    found: deque[Part] = deque()
    for destination, together in groups.values():
        size = most_at_once(mailer_named(ways.cf, destination.mailer))
        found += (Part(destination, tuple(together[n : n + size])) for n in range(0, len(together), size))
    return found


def with_neighbours(mta: Installation, part: Part, rest: deque[Part]) -> Steps[Part]:
    """A part with those who follow in the queue and have the same best mail host; they are taken from ``rest``.

    So does sendmail since 8.12. Simplified: older ones are taken to do the same.
    """
    mailer = mailer_named(mta.cf, part.destination.mailer)
    most = most_at_once(mailer)
    ours: tuple[tuple[str, ...], ...] = ()
    while rest and not mailer.is_local and rest[0].destination.mailer == part.destination.mailer:
        if len(part.recipients) + len(rest[0].recipients) > most:
            break
        if not ours:
            part = yield from _asked(mta, mailer, part)
            ours = _hosts(part, mta.own_names)
        rest[0] = yield from _asked(mta, mailer, rest[0])
        theirs = _hosts(rest[0], mta.own_names)
        if not ours or ours[:1] != theirs[:1]:
            break
        joined = rest.popleft().recipients
        guests = part.guests.union(joined) if ours != theirs else part.guests
        part = part._replace(recipients=part.recipients + joined, guests=guests)
    return part


def set_aside(part: Part, dealt_with: Iterable[Recipient], ways: Ways) -> deque[Part]:
    """The guests of a part who have to go on by their own way."""
    known = set(dealt_with)
    return parts(left, ways) if (left := [one for one in part.recipients if one not in known]) else deque()


def most_at_once(mailer: Mailer) -> int:
    """How many recipients one transaction with a mailer holds (``r=``; one without F=m)."""
    return mailer.max_recipients if mailer.takes_many else 1


def _asked(mta: Installation, mailer: Mailer, part: Part) -> Steps[Part]:
    host = part.destination.host
    if part.answer is not None or is_literal(host) or ":" in host or mailer.looks_for_no_mx:
        return part
    answer = yield from mta.host.resolver.resolve(host, "MX", mta.settings.patience)
    return part._replace(answer=answer)


def _hosts(part: Part, own_names: Collection[str]) -> tuple[tuple[str, ...], ...]:
    host = part.destination.host
    return ((host.strip("[]"),),) if part.answer is None else mail_hosts(host, part.answer, own_names)
