"""Packet filters: what a firewall answers to a SYN that it does not let through (slide claims 06.2-06.4)."""

from dataclasses import dataclass
from typing import Literal, get_args

from simlib.errors import WorkbookError

Action = Literal["drop", "reset", "port-unreachable", "host-unreachable", "net-unreachable", "admin-prohibited"]
Stack = Literal["modern", "Ultrix"]
ACTIONS: tuple[Action, ...] = get_args(Action)
STACKS: tuple[Stack, ...] = get_args(Stack)
DROP, RESET, PORT_UNREACHABLE, HOST_UNREACHABLE, NET_UNREACHABLE, ADMIN_PROHIBITED = ACTIONS
ABOUT_THE_HOST = (HOST_UNREACHABLE, NET_UNREACHABLE, ADMIN_PROHIBITED)  # ICMP type 3, codes 1, 0 and 13
MODERN, ULTRIX = STACKS


@dataclass(frozen=True, slots=True)
class Filter:
    """What happens to connects to ``port`` (all ports where it is None)."""

    action: Action
    port: int | None = None

    def __post_init__(self) -> None:
        if self.action not in ACTIONS:
            raise WorkbookError(
                "action={action!r}: a filter does one of {them}", action=self.action, them=", ".join(ACTIONS)
            )
        if self.port is not None and not 0 < self.port < 65_536:
            raise WorkbookError("port={port!r}: a port is from 1 to 65535, such as 113 for Ident", port=self.port)

    def stops(self, port: int) -> bool:
        """Whether it is for that port."""
        return self.port is None or self.port == port


def aborts_all(action: str, stack: str) -> bool:
    """Whether a TCP stack that gets this answer to one SYN ends its other connections to that host too.

    The old one takes an ICMP unreachable about a *host* for all connections to it, as sendmail's manual tells of Ultrix
    [op.me, IDENTPROTO]; RFC 1122 §4.2.3.9 says that such messages are no reason to end a connection. *Uncertain:* that
    it does not do so for a port: in the sources of 4.3BSD (1986, 1988) that message, too, goes to all of them.
    """
    return stack == ULTRIX and action in ABOUT_THE_HOST
