"""X-Authentication-Warning: what sendmail writes into a message whose sender nobody vouches for (slide claim 09.2)."""

from dataclasses import replace

from simlib.message.envelope import Message
from simlib.mta.installation import Installation

HEADER = "X-Authentication-Warning"


def of_session(mta: Installation, hello_name: str, client: str) -> str:
    """Of a client that did not introduce itself. Today a wrong name is no reason; older ones warned of it."""
    return "" if hello_name or not _asked_for(mta) else f"{client} didn't use HELO protocol"


def of_user(mta: Installation, user: str, sender: str) -> str:
    """Of a user who named another sender (``-f``) and is not in class ``t``."""
    named_himself = sender in (user, f"{user}@{mta.name}")
    if named_himself or user in mta.cf.trusted or not _asked_for(mta):
        return ""
    return f"{user} set sender to {sender or '<>'} using -f"


def with_warning(message: Message, host: str, text: str) -> Message:
    """The message with a warning above its header."""
    headers = ((HEADER, f" {host}: {text}"), *message.headers)
    warned = replace(message, headers=headers)
    return replace(warned, size=message.size - len(message.head) + len(warned.head))


def _asked_for(mta: Installation) -> bool:
    return not {"authwarnings", "goaway"}.isdisjoint(mta.settings.privacy)
