"""What a notebook shows: ``explore`` makes a scenario interactive, the charts draw its trace."""

from simlib.lab.charts import attempts, connections, delays, load, queue_length
from simlib.lab.explore import explore

__all__ = ["attempts", "connections", "delays", "explore", "load", "queue_length"]
