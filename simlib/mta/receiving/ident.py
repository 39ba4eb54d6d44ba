"""Ident as sendmail asks it: after accept, before the greeting, with one time-out for all of it (slide topic 06)."""

from typing import NamedTuple, Protocol, runtime_checkable

from simlib.mta.installation import Installation
from simlib.site.filters import aborts_all
from simlib.site.host import Host
from simlib.site.network import ACCEPTED, REFUSED, TIMED_OUT, UNREACHABLE
from simlib.smtp.ident import IDENT_PORT, user_in

_HEARD = {REFUSED: "reset", UNREACHABLE: "no route"}  # where no filter has spoken


@runtime_checkable
class AnswersIdent(Protocol):
    """What an Ident server is asked for. ``delay`` in seconds until it answers."""

    delay: float

    def accept(self, client: Host) -> str:
        """What it answers to a query."""


class Identity(NamedTuple):
    """What came of asking: after so many seconds, a user or None; ``aborted`` if the SMTP connection is dead of it.

    ``answer`` is what was heard, in a word.
    """

    seconds: float
    user: str | None = None
    aborted: bool = False
    answer: str = "not asked"


def ask(mta: Installation, client: Host) -> Identity:
    """Who is behind a connection from ``client``; at most Timeout.ident, and 0 asks nothing."""
    limit = mta.settings.ident
    if limit <= 0 or client is mta.host:
        return Identity(0.0)
    tried = mta.site.network.connect(mta.host, client, IDENT_PORT)
    if tried.outcome != ACCEPTED:
        heard = (
            "nothing" if tried.seconds > limit or tried.outcome == TIMED_OUT else tried.action or _HEARD[tried.outcome]
        )
        return Identity(min(tried.seconds, limit), None, aborts_all(tried.action, mta.host.stack), heard)
    identd = client.services[IDENT_PORT]
    assert isinstance(identd, AnswersIdent)  # nothing else listens there
    seconds = 2 * tried.seconds + identd.delay
    if seconds > limit:
        return Identity(limit, answer="too late")
    user = user_in(identd.accept(mta.host))
    return Identity(seconds, user, answer="no such user" if user is None else "a user")
