"""Ciw: a node with the workers, and one without end where what was not delivered waits for its next try."""

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import Any

import ciw

from relay.traffic import LIFE, LOOKUP, RETRY, TIMEOUT, WORKERS, Cache, Ends, Message


def run(messages: Sequence[Message]) -> Ends:
    """Play the traffic to its end."""
    cache = Cache()

    class Service(ciw.dists.Distribution):  # type: ignore[misc]  # Ciw has no types
        def sample(self, t: float | None = None, ind: Any = None) -> float:
            one = messages[ind.id_number - 1]
            return LOOKUP + (TIMEOUT if one.down else cache.setup(one.destination) + one.transfer)

    class Next(ciw.routing.NodeRouting):  # type: ignore[misc]  # nor here
        def next_node(self, ind: Any) -> Any:
            one, nodes = messages[ind.id_number - 1], self.simulation.nodes
            again = one.down and self.simulation.current_time - one.at <= LIFE
            return nodes[2] if again else nodes[-1]

    gaps = [later.at - earlier.at for earlier, later in pairwise(messages)]
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Sequential([messages[0].at, *gaps, inf]), None],
        service_distributions=[Service(), ciw.dists.Deterministic(RETRY)],
        number_of_servers=[WORKERS, inf],
        routing=ciw.routing.NetworkRouting(routers=[Next(), ciw.routing.Direct(to=1)]),
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(len(messages), method="Finish")
    finished = {one.id_number for one in simulation.nodes[-1].all_individuals}
    down = sum(messages[number - 1].down for number in finished)
    return Ends(len(finished) - down, down)
