"""SimPy, as its manual has it: a process for each message, a resource for the workers."""

from collections import Counter
from collections.abc import Generator, Sequence
from typing import Any

import simpy

from relay.traffic import LIFE, LOOKUP, RETRY, TIMEOUT, WORKERS, Cache, Ends, Message


def run(messages: Sequence[Message]) -> Ends:
    """Play the traffic to its end."""
    env = simpy.Environment()
    workers, cache, ends = simpy.Resource(env, WORKERS), Cache(), Counter[str]()

    def life(one: Message) -> Generator[simpy.Event, Any, None]:
        while True:
            with workers.request() as turn:
                yield turn
                yield env.timeout(LOOKUP)
                if not one.down:
                    yield env.timeout(cache.setup(one.destination))
                    yield env.timeout(one.transfer)
                    ends["delivered"] += 1
                    return
                yield env.timeout(TIMEOUT)
            if env.now - one.at > LIFE:
                ends["returned"] += 1
                return
            yield env.timeout(RETRY)

    def arrivals() -> Generator[simpy.Event, Any, None]:
        for one in messages:
            yield env.timeout(one.at - env.now)
            env.process(life(one))

    env.process(arrivals())
    env.run()
    return Ends(ends["delivered"], ends["returned"])
