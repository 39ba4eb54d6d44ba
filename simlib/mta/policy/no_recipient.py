"""What the header of a message gets that names nobody it is for (NoRecipientAction) [collect.c, collect]."""

from collections.abc import Sequence
from dataclasses import replace

from simlib.message.envelope import Message
from simlib.message.header import Headers

NO_ACTION = "none"
NAMING = ("to", "cc", "apparently-to", "bcc")  # who has one of these needs no other; without Bcc RFC 822 §4.1 wants one
ONE_EACH = {"add-to": "To", "add-apparently-to": "Apparently-To"}
ONCE: dict[str, Headers] = {
    "add-bcc": (("Bcc", ""),),
    "add-to-undisclosed": (("To", " undisclosed-recipients:;"),),
}


def with_recipients(message: Message, named: Sequence[str], action: str) -> Message:
    """The message with what ``action`` adds below its header, if anything.

    ``named``: its recipients as they were written, in the order of the queue. The last comes first: a field is put
    before those of its name.
    """
    if action == NO_ACTION or any(name.lower() in NAMING for name, _ in message.headers):
        return message
    field = ONE_EACH.get(action)
    added = ONCE[action] if field is None else tuple((field, f" {one}") for one in reversed(named))
    headers = (*message.headers, *added)
    longer = replace(message, headers=headers)
    return replace(longer, size=message.size - len(message.head) + len(longer.head))
