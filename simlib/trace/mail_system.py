"""What a trace looks at in a mail system: the seam by which another MTA than sendmail could stand in the world.

What it says and does on the net is another seam: :class:`simlib.site.host.Service` (ARCHITECTURE.md, "Another MTA").
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from simlib.trace.statistics import Statistics


class MailSystem(Protocol):
    """An MTA of a host, as far as a trace shows it."""

    @property
    def name(self) -> str:
        """The full name of its host."""

    @property
    def host(self) -> Any:
        """The machine: its files."""

    @property
    def site(self) -> Any:
        """The net: its name service."""

    @property
    def settings(self) -> Any:
        """From which load averages it queues and refuses: ``queue_la``, ``refuse_la``."""

    @property
    def queue(self) -> Any:
        """Its queue: the entries, which ``mailq`` and ``qf`` show, and in which ``directories`` they lie."""

    def listing(self) -> Sequence[tuple[Any, str]]:
        """The same in the order of a run, each with its mark."""

    @property
    def host_status(self) -> Any:
        """What it remembers of other hosts: ``files``, ``locks``, ``tree()``."""

    @property
    def statistics(self) -> Statistics:
        """What it has counted."""

    @property
    def mailer_names(self) -> Sequence[str]:
        """By which numbers it is counted."""


MailSystems = Mapping[str, MailSystem]  # by name of the host
