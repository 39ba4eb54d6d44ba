"""What a notebook shows: ``explore`` makes a scenario interactive, the charts draw its trace."""

from simlib.lab.charts import attempts, bytes_on_the_wire, connections, delays, load, queue_length, reading_order
from simlib.lab.console import console
from simlib.lab.explore import explore
from simlib.lab.flow import flow

__all__ = [
    "attempts",
    "bytes_on_the_wire",
    "connections",
    "console",
    "delays",
    "explore",
    "flow",
    "load",
    "queue_length",
    "reading_order",
]
