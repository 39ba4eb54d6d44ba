"""A site with everything that draws lots; prints its whole trace, for test_properties_determinism."""

import sys

from simlib import Quirks, Reply, Trace, World, traffic


def run(seed: int) -> Trace:
    world = World(seed)
    mail = world.sendmail(
        "mail.example",
        domain="here.example",
        cf="O QueueSortOrder=random\nO HostStatusDirectory=.hoststat\nO Timeout.queuereturn=3h",
    )
    for n in range(3):
        world.sendmail(f"mx{n}.example", bandwidth="256kbps")
    odd = Quirks(delays={".": 2}, replies={"RCPT": [None, Reply(452, "4.5.3 one at a time")]})
    world.peer("peer.example", quirks=odd, workers=2)
    world.zone("@ 10m MX 10 mx0.example.\n@ MX 10 mx1.example.\n@ MX 10 mx2.example.", origin="site.example.")
    arrivals, sizes, places = (world.random(purpose) for purpose in ("arrivals", "sizes", "places"))
    targets = ["a@site.example", "b@peer.example", "c@nobody.invalid", "d@here.example"]
    for at in traffic.poisson(arrivals, every="40s", until="2h"):
        to = {traffic.zipf(places, targets): None, places.choice(targets): None}
        mail.submit("taro@here.example", *to, size=traffic.lognormal_size(sizes, median=3_000), at=at)
    mail.queue_run(every="15m")
    world.outage("mx1.example", "20m", "1h")
    world.outage("mail.example", "70m", "80m")
    world.outage(world.dns, "90m", "95m")
    return world.run(until="6h")


def everything(trace: Trace) -> str:
    tables = (
        *(trace.messages, trace.attempts, trace.connections, trace.deliveries, trace.agents, trace.losses),
        *(trace.notices, trace.told, trace.idents, trace.closed, trace.outages, trace.services, trace.steps),
    )
    parts = [repr(list(table.rows())) for table in tables]
    parts.append(repr(trace.totals()))
    for host in trace.hosts:
        parts += [trace.syslog(host), trace.mailq(host), trace.hoststat(host), trace.mailstats(host)]
    parts += [trace.dialogue(number) for number in trace.connections["connection"]]
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a real stdout has it
    print(everything(run(int(sys.argv[1]))))
