"""Hiding the names of hosts inside: the sender in a header becomes one of the whole domain (slide claim 17.7)."""

import re
from collections.abc import Collection
from dataclasses import replace

from simlib.message.envelope import Message

OF_SENDERS = frozenset(("from", "sender", "reply-to", "resent-from", "resent-sender", "resent-reply-to", "errors-to"))
_DOMAIN = re.compile(r"([^\s<>@,;:\"()]+)@(\[[0-9.]+\]|[A-Za-z0-9.-]+)")


def masquerade(message: Message, name: str, hidden: Collection[str], exposed: Collection[str]) -> Message:
    """The message with ``name`` in place of the ``hidden`` hosts in its senders' addresses (macro ``M``).

    Users in ``exposed`` (class ``E``) stay as they are.

    >>> one = Message(1, 100, (("From", " taro@pc1.here.example (Taro)"),))
    >>> masquerade(one, "here.example", {"pc1.here.example"}, ()).header("From")
    'taro@here.example (Taro)'
    """

    def outside(found: re.Match[str]) -> str:
        user, domain = found.groups()
        return f"{user}@{name}" if domain.lower() in hidden and user not in exposed else found[0]

    headers = tuple(
        (field, _DOMAIN.sub(outside, value) if field.lower() in OF_SENDERS else value)
        for field, value in message.headers
    )
    masked = replace(message, headers=headers, sender=_DOMAIN.sub(outside, message.sender))
    return replace(masked, size=message.size - len(message.head) + len(masked.head))
