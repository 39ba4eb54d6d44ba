"""A page of the manual."""

from typing import NamedTuple


class Page(NamedTuple):
    """``usage`` is how the command is called, ``purpose`` what it does, ``here`` what is special in this world."""

    usage: str
    purpose: str
    here: str = ""
