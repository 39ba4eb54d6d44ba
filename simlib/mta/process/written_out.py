"""How a mailer writes a message's addresses: those of the envelope, and those of the header [deliver.c, headers.c]."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from simlib.cf import Cf, Mailer
from simlib.message.address_list import LONGEST_LINE, OF_RECIPIENTS, OF_SENDERS, addresses, joined, with_domain
from simlib.message.comments import addresses_only
from simlib.message.envelope import MAILER_DAEMON, Message, domain_of
from simlib.message.header import Headers
from simlib.message.masquerade import masquerade
from simlib.mta.installation import Installation
from simlib.mta.policy.class_files import words_of
from simlib.mta.policy.own_headers import own_headers
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.mta.process.rules import write
from simlib.site.steps import Steps


class WrittenOut(NamedTuple):
    """The envelope's ``sender`` as a mailer writes him, and what it does to a header."""

    sender: str
    header: Callable[[Message], Message]


def as_it_is(entry: QueueEntry) -> WrittenOut:
    """What is not rewritten at all."""
    return WrittenOut(entry.sender, _unchanged)


def _unchanged(message: Message) -> Message:
    return message


def written_out(mta: Installation, entry: QueueEntry, mailer: Mailer) -> Steps[WrittenOut]:
    """Ask the rules how ``mailer`` writes the addresses of a message; it takes the time of what they look up.

    A cf without rules masks senders (macro M), and knows F=c. Both only where mail goes to another host.
    """
    written = yield from _addresses_written(mta, entry, mailer)
    short, _, domain = mta.name.partition(".")
    macros = {"j": mta.name, "w": short, "m": domain, "f": entry.sender, "g": written.sender, **mta.cf.macros}
    return written._replace(header=lambda message: _with_own(written.header(message), mta.cf, mailer, macros))


def _with_own(message: Message, cf: Cf, mailer: Mailer, macros: Mapping[str, str]) -> Message:
    own = own_headers(cf, mailer, message.headers, macros)
    return _with_headers(message, (*own, *message.headers), message.sender) if own else message


def _addresses_written(mta: Installation, entry: QueueEntry, mailer: Mailer) -> Steps[WrittenOut]:
    domain = _domain_of_sender(mta, entry)
    if mta.ways.rewriting is None:
        if mailer.is_local:
            return WrittenOut(entry.sender, lambda message: _completed(message, domain))
        return WrittenOut(entry.sender, lambda message: _masked(mta, mailer, _completed(message, domain)))
    sender, own = entry.sender, entry.message.sender
    if not sender and mailer.wants_return_path:
        sender = yield from write(mta, MAILER_DAEMON, mailer, entry.macros, sender=True, header=False)
    elif sender:
        sender = (yield from write(mta, entry.sender_shown, mailer, entry.macros, sender=True, header=False)).strip(
            "<>"
        )
    if own:
        own = yield from write(mta, own, mailer, entry.macros, sender=True, header=True)
    fields: dict[tuple[str, str], str] = {}
    for name, value in entry.message.headers:
        of_sender = name.lower() in OF_SENDERS
        if (name, value) in fields or not (of_sender or name.lower() in OF_RECIPIENTS):
            continue
        written: list[str] = []
        for one in addresses(value):
            one = with_domain(one, domain) if domain else one
            written += filter(None, [(yield from write(mta, one, mailer, entry.macros, sender=of_sender, header=True))])
        if written or value.strip():  # nothing is left of what can be no address
            fields[name, value] = joined(name, written, _line(mailer)) if written else " "
    return WrittenOut(sender, lambda message: _with_fields(message, fields, own))


def _domain_of_sender(mta: Installation, entry: QueueEntry) -> str:
    """The domain that addresses in the header get which have none: where the sender's own mailer has F=C."""
    sender = mta.ways.destination(entry.sender).mailer if entry.sender else ""
    mailer = mta.cf.mailers.get(sender)
    return domain_of(entry.sender) if mailer is not None and mailer.completes_addresses else ""


def _completed(message: Message, domain: str) -> Message:
    if not domain:
        return message
    fields = {
        (name, value): joined(name, [with_domain(one, domain) for one in addresses(value)])
        for name, value in message.headers
        if name.lower() in OF_SENDERS | OF_RECIPIENTS and value.strip()
    }
    return _with_fields(message, fields, message.sender)


def _line(mailer: Mailer) -> int:
    limit = mailer.line_limit - 2
    return LONGEST_LINE if limit < 0 or limit > LONGEST_LINE else limit


def _with_fields(message: Message, fields: Mapping[tuple[str, str], str], sender: str) -> Message:
    headers = tuple((name, fields.get((name, value), value)) for name, value in message.headers)
    if headers == message.headers and sender == message.sender:
        return message
    return _with_headers(message, headers, sender)


def _with_headers(message: Message, headers: Headers, sender: str) -> Message:
    written = replace(message, headers=headers, sender=sender)
    return replace(written, size=message.size - len(message.head) + len(written.head))


def _masked(mta: Installation, mailer: Mailer, message: Message) -> Message:
    cf, files = mta.cf, mta.host.files
    mask = cf.macros.get("M", "")
    if mask:
        hidden = {*mta.own_names, *(name.lower() for name in words_of(cf, "M", files))}
        message = masquerade(message, mask, hidden, ("root", *words_of(cf, "E", files)))
    return addresses_only(message) if mailer.strips_comments else message
