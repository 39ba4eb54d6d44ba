"""What every program at the site can reach: the clock, the network, name service, the record of what happens."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import simpy

from simlib.site.dns import NameService
from simlib.site.network import Network
from simlib.trace.clock import Clock
from simlib.trace.recorder import Recorder


@dataclass(slots=True)
class Site:
    """One simulated site. ``random`` gives the stream of random numbers for a purpose."""

    env: simpy.Environment
    clock: Clock
    network: Network
    names: NameService
    recorder: Recorder
    random: Callable[[str], Random]
    at: Callable[[str | float, Callable[[], None]], None]  # have something done at a time
    unchecked: list[str] = field(default_factory=list)  # addresses that were submitted and not yet looked at
