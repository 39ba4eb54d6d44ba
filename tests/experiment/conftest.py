"""A scenario as it stands in a notebook's cell: in ``__main__``, known to no file that other processes could load."""

import pytest

CELL = """
from simlib import World, traffic

def queue_run(cache_size=2, sites=3, seed=1):
    world = World(seed=seed)
    mail = world.sendmail("mail.here.example", cf=f"O ConnectionCacheSize={cache_size}\\nO DeliveryMode=queueonly")
    for n in range(sites):
        world.sendmail(f"mx.site{n}.example", domain=f"site{n}.example")
    draw = world.random("destinations")
    for at in traffic.poisson(world.random("arrivals"), every="20s", until="3m"):
        mail.submit("taro@here.example", f"user@site{draw.randrange(sites)}.example", at=at)
    mail.queue_run(at="5m")
    return world.run(until="10m")

def summary(trace):
    return {"connections": len(trace.connections), **trace.totals()}
"""


@pytest.fixture(scope="session")
def cell():
    names = {"__name__": "__main__"}
    exec(CELL, names)
    return names
