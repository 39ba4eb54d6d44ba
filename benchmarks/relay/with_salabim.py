"""salabim: a component for each message, a resource for the workers."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import salabim as sim

from relay.traffic import LIFE, LOOKUP, RETRY, TIMEOUT, WORKERS, Cache, Ends, Message


def run(messages: Sequence[Message]) -> Ends:
    """Play the traffic to its end."""
    env = sim.Environment(yieldless=False, trace=False)
    workers, cache, ends = sim.Resource("workers", capacity=WORKERS), Cache(), Counter[str]()

    class Life(sim.Component):  # type: ignore[misc]  # salabim has no types
        def process(self, one: Message) -> Any:
            while True:
                yield self.request(workers)
                yield self.hold(LOOKUP)
                if not one.down:
                    yield self.hold(cache.setup(one.destination))
                    yield self.hold(one.transfer)
                    ends["delivered"] += 1
                    return
                yield self.hold(TIMEOUT)
                self.release(workers)
                if self.env.now() - one.at > LIFE:
                    ends["returned"] += 1
                    return
                yield self.hold(RETRY)

    class Arrivals(sim.Component):  # type: ignore[misc]  # nor here
        def process(self) -> Any:
            for one in messages:
                yield self.hold(till=one.at)
                Life(one=one)

    Arrivals()
    env.run()
    return Ends(ends["delivered"], ends["returned"])
