"""A simulator of a sendmail site, for notebooks: ``from simlib import World, lab``."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from simlib import traffic
from simlib.cf import CfError, CfWarning
from simlib.errors import WorkbookError
from simlib.holes import known_holes
from simlib.mta.sendmail import Sendmail
from simlib.smtp.quirks import Quirks
from simlib.smtp.replies import Reply
from simlib.trace.log_report import read_maillog
from simlib.trace.record import Trace
from simlib.trace.table import Table
from simlib.world import World

if TYPE_CHECKING:
    from simlib import experiment, lab

__all__ = [
    "CfError",
    "CfWarning",
    "Quirks",
    "Reply",
    "Sendmail",
    "Table",
    "Trace",
    "WorkbookError",
    "World",
    "experiment",
    "known_holes",
    "lab",
    "read_maillog",
    "traffic",
]


def __getattr__(name: str) -> Any:
    """What is loaded when it is asked for: only notebooks need Jupyter, only sweeps need executors."""
    if name in ("lab", "experiment"):
        return import_module(f"simlib.{name}")
    raise AttributeError(f"module 'simlib' has no attribute {name!r}")


def __dir__() -> list[str]:
    """What is there, and what is loaded when it is asked for."""
    return sorted({*globals(), *__all__})
