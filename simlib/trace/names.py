"""Hosts by name: wherever a host is asked for, its name will do, and whatever stands for it."""

from enum import Enum
from typing import Any, Protocol, TypeGuard

from simlib.errors import WorkbookError


class OnAHost(Protocol):
    """A host, or what runs on one and has its name: a sendmail, a peer, an NFS server."""

    @property
    def name(self) -> str:
        """The full name of the host."""


def has_name(thing: Any) -> TypeGuard[OnAHost]:
    """Whether it stands for a host."""
    return not isinstance(thing, (str, Enum)) and isinstance(getattr(thing, "name", None), str)


def name_of(thing: OnAHost | str) -> str:
    """The name of a host, in lower case and without a dot at its end.

    Raises WorkbookError for what has no name.
    """
    name = thing if isinstance(thing, str) else getattr(thing, "name", None)
    if not isinstance(name, str):
        raise WorkbookError(
            "{thing!r} is no host: give its name, or what world.host, .sendmail or .peer gave you", thing=thing
        )
    return name.lower().rstrip(".")
