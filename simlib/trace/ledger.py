"""The balance: where each recipient of each message is, and where it ended."""

from collections.abc import Iterable
from dataclasses import dataclass, field

DELIVERED, QUEUED, BOUNCED, LOST = "delivered", "queued", "bounced", "lost"
EXPANDED = "expanded"  # an alias: those that it stands for are counted in its place
STATES = (DELIVERED, BOUNCED, QUEUED, LOST)


@dataclass(slots=True, eq=False)
class Account:
    """One recipient of one message, from submission on, over all hosts that the message passes.

    Copies of it may exist in several queues at a time: a host that accepted it and one that has not yet heard so.
    That is how mail is doubled (RFC 1047), and why the states are counted here and not in the queues.
    """

    message: int
    sender: str
    recipient: str
    size: int  # bytes
    host: str
    submitted: float  # s
    notice: bool = False  # a return or a warning, not somebody's mail
    held: int = 0  # copies in queues
    delivered: int = 0
    bounced: int = 0
    lost: int = 0
    expanded: bool = False
    finished: float | None = None  # s: when it first reached the state that it is in

    @property
    def state(self) -> str:
        """The one state: what reached a mailbox is delivered, whatever became of other copies."""
        if self.delivered:
            return DELIVERED
        if self.held:
            return QUEUED
        if self.expanded:
            return EXPANDED
        return BOUNCED if self.bounced else LOST

    def hold(self) -> None:
        """A copy enters a queue."""
        self.held += 1

    def hand_over(self, now: float) -> None:
        """A copy leaves a queue because somebody else took it."""
        self._drop(now)

    def deliver(self, now: float) -> None:
        """A copy reaches a mailbox."""
        self.delivered += 1
        if self.delivered == 1:
            self.finished = now

    def bounce(self, now: float) -> None:
        """A copy leaves a queue to be returned, or to be given up because nobody wants to hear of it."""
        self.bounced += 1
        self._drop(now)

    def expand(self, now: float) -> None:
        """A copy is replaced by one for each of those that the address stands for."""
        self.expanded = True
        self._drop(now)

    def merge(self) -> None:
        """Another recipient of the message turns out to be the same one; his account counts for both."""
        self.expanded = True

    def spoil(self, now: float) -> None:
        """A copy that had reached a mailbox is destroyed there."""
        self.delivered -= 1
        self.lost += 1
        self.finished = self.finished if self.delivered else now

    def lose(self, now: float) -> None:
        """A copy is gone for good without a word to anyone."""
        self.lost += 1
        self._drop(now)

    def _drop(self, now: float) -> None:
        self.held -= 1
        if not (self.held or self.delivered):
            self.finished = now


def between(accounts: Iterable[Account], start: float, end: float) -> tuple[int, int, int]:
    """How many letters were delivered and bounced from ``start`` to before ``end``, and how many waited then.

    Letters are recipients of messages, without notices and aliases.
    """
    delivered = bounced = waiting = 0
    for one in accounts:
        if one.notice or one.state == EXPANDED or one.submitted >= end:
            continue
        if one.finished is None or one.finished >= end:
            waiting += 1
        elif one.finished >= start:
            delivered += one.state == DELIVERED
            bounced += one.state == BOUNCED
    return delivered, bounced, waiting


@dataclass(slots=True)
class Ledger:
    """All accounts, in order of submission."""

    accounts: list[Account] = field(default_factory=list)

    def enter(
        self, message: int, sender: str, recipient: str, size: int, host: str, now: float, notice: bool = False
    ) -> Account:
        """Open an account for one recipient of a new message; its first copy is in the queue of ``host``."""
        account = Account(message, sender, recipient, size, host, now, notice, held=1)
        self.accounts.append(account)
        return account

    def totals(self) -> dict[str, int]:
        """How many recipients were entered and how many are in each state; ``copies`` counts deliveries.

        Recipients of notices are counted apart. An alias for several counts as those that it stands for.
        """
        mine = [account for account in self.accounts if account.state != EXPANDED]
        mail = [account for account in mine if not account.notice]
        count = dict.fromkeys(STATES, 0)
        for account in mail:
            count[account.state] += 1
        copies = sum(account.delivered for account in mail)
        return {"submitted": len(mail), **count, "copies": copies, "notices": len(mine) - len(mail)}
