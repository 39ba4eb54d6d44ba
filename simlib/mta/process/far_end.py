"""The far end of an SMTP connection: what a client's process talks to, and what it sends as the message."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import simpy

from simlib.message.envelope import Message
from simlib.message.header import Headers
from simlib.message.received import Received
from simlib.smtp.server import Server
from simlib.trace.ledger import Account

SMTP_PORT = 25


class Content(NamedTuple):
    """What goes over a connection after DATA: the message, and whom each address stands for in the ledger."""

    message: Message
    accounts: Mapping[str, Account]
    received: Received | None  # the last hop so far

    @property
    def size(self) -> int:
        """Bytes, for MaxMessageSize and the line."""
        return self.message.size

    @property
    def headers(self) -> Headers:
        """Of the message, without the lines that hosts put in."""
        return self.message.headers


class FarEnd:
    """One accepted connection, on the server's side.

    ``ready`` is an event that the greeting waits for (a place among the server's workers), ``pending`` one that the
    reply to the final dot waits for (interactive delivery). ``aborted``: the server's TCP stack has ended it.
    """

    def __init__(
        self, server: Server, ready: simpy.Event | None = None, on_close: Callable[[], None] | None = None
    ) -> None:
        self.server = server
        self.ready = ready
        self.pending: simpy.Event | None = None
        self.aborted = False
        self._on_close = on_close

    def close(self) -> None:
        """The connection is over, whoever ended it. Simplified: a server notices at once that a client is gone."""
        self.server.lose()
        on_close, self._on_close = self._on_close, None
        if on_close is not None:
            on_close()
