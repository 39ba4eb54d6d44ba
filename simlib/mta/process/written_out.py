"""How a mailer writes a message's addresses: those of the envelope, and those of the header [deliver.c, headers.c]."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from simlib.cf import Mailer
from simlib.message.address_list import LONGEST_LINE, OF_RECIPIENTS, OF_SENDERS, addresses, joined
from simlib.message.comments import addresses_only
from simlib.message.envelope import Message
from simlib.message.masquerade import masquerade
from simlib.mta.installation import Installation
from simlib.mta.policy.class_files import words_of
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.mta.process.rules import write
from simlib.site.steps import Steps


class WrittenOut(NamedTuple):
    """The envelope's ``sender`` as a mailer writes him, and what it does to a header."""

    sender: str
    header: Callable[[Message], Message]


def as_it_is(entry: QueueEntry) -> WrittenOut:
    """What is not rewritten at all."""
    return WrittenOut(entry.sender, lambda message: message)


def written_out(mta: Installation, entry: QueueEntry, mailer: Mailer) -> Steps[WrittenOut]:
    """Ask the rules how ``mailer`` writes the addresses of a message; it takes the time of what they look up.

    A cf without rules masks senders (macro M), and knows F=c. Both only where mail goes to another host.
    """
    if mta.ways.rewriting is None:
        return WrittenOut(entry.sender, lambda message: message if mailer.is_local else _masked(mta, mailer, message))
    sender, own = entry.sender, entry.message.sender
    if sender:
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
            written += filter(None, [(yield from write(mta, one, mailer, entry.macros, sender=of_sender, header=True))])
        if written:
            fields[name, value] = joined(name, written, _line(mailer))
    return WrittenOut(sender, lambda message: _with_fields(message, fields, own))


def _line(mailer: Mailer) -> int:
    limit = mailer.line_limit - 2
    return LONGEST_LINE if limit < 0 or limit > LONGEST_LINE else limit


def _with_fields(message: Message, fields: Mapping[tuple[str, str], str], sender: str) -> Message:
    headers = tuple((name, fields.get((name, value), value)) for name, value in message.headers)
    if headers == message.headers and sender == message.sender:
        return message
    written = replace(message, headers=headers, sender=sender)
    return replace(written, size=message.size - len(message.head) + len(written.head))


def _masked(mta: Installation, mailer: Mailer, message: Message) -> Message:
    cf, files = mta.cf, mta.host.files
    mask = cf.macros.get("M", "")
    if mask:
        hidden = {*mta.own_names, *(name.lower() for name in words_of(cf, "M", files))}
        message = masquerade(message, mask, hidden, ("root", *words_of(cf, "E", files)))
    return addresses_only(message) if mailer.strips_comments else message
