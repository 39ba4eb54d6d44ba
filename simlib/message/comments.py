"""Comments in the addresses of a header (RFC 822 §3.4.3), and a header without them (mailer flag F=c)."""

import re
from dataclasses import replace

from simlib.message.envelope import Message
from simlib.message.header import Headers

_NAMES = ("from", "sender", "reply-to", "to", "cc", "bcc")
OF_ADDRESSES = frozenset(
    (*_NAMES, *(f"resent-{name}" for name in _NAMES), "apparently-to", "errors-to", "return-receipt-to")
)  # the header fields that hold addresses
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


def has_comments(headers: Headers) -> bool:
    """Whether there is a comment in parentheses in some address."""
    return any("(" in _QUOTED.sub("", value) for name, value in headers if name.lower() in OF_ADDRESSES)


def addresses_only(message: Message) -> Message:
    """The message with bare addresses in its header: no comments, no names of people, no groups.

    >>> old = Message(1, 100, (("To", " Hana Suzuki <hana@one.example>, jiro@two.example (Jiro)"),))
    >>> addresses_only(old).header("To")
    'hana@one.example, jiro@two.example'
    """
    headers = tuple((name, _bare(value) if name.lower() in OF_ADDRESSES else value) for name, value in message.headers)
    bare = replace(message, headers=headers)
    return replace(bare, size=message.size - len(message.head) + len(bare.head))


def _bare(value: str) -> str:
    from email.policy import default  # a large package, and few mailers are F=c

    parsed = default.header_factory("To", value)
    addresses = [one.addr_spec for one in parsed.addresses if one.addr_spec]
    return " " + ", ".join(addresses) if addresses else value
