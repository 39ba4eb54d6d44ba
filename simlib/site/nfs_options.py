"""Options of an NFS mount, as fstab has them: ``hard,intr,wsize=8192`` [nfs(5)]."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from simlib.errors import WorkbookError
from simlib.units import seconds

DIGITS = 10  # more than these no number here has
FOR_EVER = 60  # time-outs that double so often outlast the world


class MountOptions(NamedTuple):
    """What a client does when the server is silent, and for how long it believes what it has heard.

    ``soft``: give up after ``retrans`` time-outs, of which the first is ``timeo`` seconds and each further one twice as
    long; else (hard) ask for ever. ``intr``: a signal, such as that of an alarm, ends the wait of a hard mount.
    ``cto``: ask for a file's attributes anew at each open (close-to-open); else they are believed for ``acregmin``
    seconds, and for twice as long each time that they have not changed, up to ``acregmax``. ``wsize``: bytes in one
    write.
    """

    soft: bool = False
    intr: bool = True
    cto: bool = True
    acregmin: float = 3.0
    acregmax: float = 60.0
    timeo: float = 0.7
    retrans: int = 3
    wsize: int = 8192

    @property
    def gives_up_after(self) -> float:
        """Seconds until a soft mount gives up."""
        return self.timeo * (2.0 ** min(self.retrans, FOR_EVER) - 1)

    @classmethod
    def parse(cls, text: str) -> "MountOptions":
        """Read them from the fourth column of fstab; raises WorkbookError for a word that is not known here."""
        held = cls()
        for word in filter(None, (part.strip() for part in text.split(","))):
            name, given, value = word.partition("=")
            if not given and name in _WORDS:
                held = held._replace(**_WORDS[name])
            elif given and name in _NUMBERS:
                held = held._replace(**{name: _number(name, value, text)})
            else:
                raise WorkbookError(
                    "options={text!r}: {word!r} is not known; there are {them}, {them2}",
                    text=text,
                    word=word,
                    them=", ".join(_WORDS),
                    them2=", ".join(f"{name}=" for name in _NUMBERS),
                )
        return held


_WORDS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "hard": {"soft": False},
        "soft": {"soft": True},
        "intr": {"intr": True},
        "nointr": {"intr": False},
        "cto": {"cto": True},
        "nocto": {"cto": False},
        "noac": {"acregmin": 0.0, "acregmax": 0.0},
        "bg": {},  # as all mounts are here: the boot goes on without them
        "rw": {},
    }
)
_NUMBERS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        "acregmin": seconds,
        "acregmax": seconds,
        "timeo": lambda tenths: _whole(tenths) / 10,  # fstab counts it in tenths of a second
        "retrans": lambda text: _whole(text),
        "wsize": lambda text: _whole(text),
    }
)


def _whole(text: str) -> int:
    """A whole number that a kernel of 32 bits can hold."""
    if not (text.isascii() and text.isdecimal() and len(text) < DIGITS):
        raise ValueError(text)
    return int(text)


def _number(name: str, value: str, text: str) -> Any:
    try:
        number = _NUMBERS[name](value)
    except (ValueError, WorkbookError):
        number = -1
    if number < 0 or (number == 0 and not name.startswith("ac")):
        raise WorkbookError(
            "options={text!r}: {name}={value} is no number that makes sense: write it like {name}=10",
            text=text,
            name=name,
            value=value,
        )
    return number
