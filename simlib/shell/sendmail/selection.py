"""What ``-q`` options say: when the queue is run, and which of it [main.c, case 'q']."""

from typing import NamedTuple

from simlib.message.status import Exit
from simlib.mta.policy.queue_order import Selection
from simlib.mta.receiving.reception import DEFAULT_GROUP
from simlib.shell.answer import Failed
from simlib.units import convtime

SELECTS = "IRSQ"  # by id, recipient, sender, reason of a quarantine
LONGEST_INTERVAL = 2**31 - 1  # s, of a C int


class Wanted(NamedTuple):
    """What is wanted of the queue.

    ``every``: an interval in seconds; None: one run. ``foreground``: it is waited for. ``lost``: what sendmail has
    given up instead. ``persistent``: a runner that never ends. ``group``: of a queue group alone. ``nothing``: no run
    at all.
    """

    selection: Selection = Selection()
    every: float | None = None
    foreground: bool = False
    lost: bool = False
    persistent: bool = False
    group: str = ""
    nothing: bool = False


def wanted(options: list[str], groups: tuple[str, ...] = ()) -> Wanted:
    """Read them. Raises :class:`~simlib.shell.answer.Failed` for a queue group or an interval that is none."""
    found, chosen = Wanted(), []
    for option in options:
        kind, rest = option.removeprefix("!")[:1], option[1:]
        if kind and kind in SELECTS:
            chosen.append(option)
        elif option == "!":
            found = found._replace(nothing=True)
        elif kind == "f":
            found = found._replace(foreground=True)
        elif kind == "L":
            found = found._replace(lost=True)
        elif kind == "p":
            found = found._replace(persistent=True)
        elif kind == "G":
            found = found._replace(group=_group(rest, groups))
        elif option:
            found = found._replace(every=_interval(option.removeprefix("!")) or None)
    return found._replace(selection=Selection.typed(chosen))


def _group(name: str, groups: tuple[str, ...]) -> str:
    if name.lower() not in (DEFAULT_GROUP, *map(str.lower, groups)):
        raise Failed(f"Queue group {name} unknown", Exit.OK)
    return name


def _interval(text: str) -> float:
    """The seconds of an interval."""
    total, rejected = convtime(text)
    if text.startswith("-") or total > LONGEST_INTERVAL:
        raise Failed("Invalid -q value", Exit.USAGE)
    if rejected:
        raise Failed("\n".join(f"Invalid time unit `{letter}'" for letter in rejected), Exit.USAGE)
    return total
