"""Slide claim 05.6: FallbackMXhost gathers what could not be sent."""

import pytest

from simlib import Quirks, Reply, Trace, World

SITES = [f"mail.site{n}.example" for n in range(3)]
CITY = "relay.city.example"


def outage(fallback: bool, quirks: Quirks | None = None, down: bool = True) -> Trace:
    """Three senders, a host far away that is down for three hours, and a host in the city to fall back on."""
    world = World(seed=1)
    world.sendmail(CITY, cf="CR " + " ".join(SITES))
    world.peer("mx.far.example", domain="far.example", quirks=quirks)
    if down:
        world.outage("mx.far.example", "0s", "3h")
    for name in SITES:
        mail = world.sendmail(name, cf=f"O FallbackMXhost={CITY}" if fallback else "")
        for n in range(5):
            mail.submit(f"taro@{name}", f"user{n}@far.example", at=600 * n)
    for system in world.systems:
        system.queue_run(every="30m")
    return world.run(until="5h")


def longest(trace: Trace) -> list[int]:
    return [max(trace.queue_length(host)["length"]) for host in (CITY, *SITES)]


def test_it_gathers_the_queues_of_a_city() -> None:
    with_it, without = outage(fallback=True), outage(fallback=False)
    assert longest(without) == [0, 5, 5, 5]
    assert longest(with_it) == [15, 1, 1, 1]
    assert with_it.totals()["delivered"] == without.totals()["delivered"] == 15


@pytest.mark.parametrize(
    "place", [{"greeting": Reply(554, "5.3.2 go away")}, {"replies": {"RCPT": Reply(451, "4.3.2 busy")}}]
)
def test_it_takes_what_is_put_off(place: dict[str, object]) -> None:
    trace = outage(fallback=True, quirks=Quirks(**place), down=False)  # type: ignore[arg-type]  # one of its fields
    assert sum(trace.connections.where(server=CITY)["messages"]) == 15


def test_what_is_refused_for_good_is_returned_by_the_sender() -> None:
    trace = outage(fallback=True, quirks=Quirks(replies={"RCPT": Reply(550, "5.1.1 no such user")}), down=False)
    assert len(trace.connections.where(server=CITY)) == 0
    assert trace.totals()["bounced"] == 15


def test_it_is_tried_last_and_all_down_the_log_names_it() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", cf=f"O FallbackMXhost={CITY}")
    for name in ("mx1.far.example", "mx2.far.example", CITY):
        world.outage(world.peer(name), "0s", "1h")
    world.zone("@ 1h MX 10 mx1\n@ 1h MX 20 mx2", origin="far.example.")
    mail.submit("taro@mail.here.example", "hana@far.example")
    trace = world.run(until="10m")
    assert trace.connections["server"] == ["mx1.far.example", "mx2.far.example", CITY]
    assert f"stat=Deferred: Connection refused by {CITY}." in trace.syslog("mail.here.example")
