"""Rules that name several hosts, ``[a]:[b]``: they are tried in turn; and two mailers to one host."""

import pytest

from simlib import Trace
from tests.mta.ruled import HERE, ruled

RULES = """
SParseLocal
R$* < @ far.invalid >  $#esmtp $@ [a.example]:[b.example] $: $1 < @ far.invalid >
R$* < @ other.invalid >  $#smtp $@ [b.example] $: $1 < @ other.invalid >
R$* < @ third.invalid >  $#esmtp $@ [b.example] $: $1 < @ third.invalid >
"""


def sent(*recipients: str, down: str = "") -> Trace:
    world, mail = ruled(RULES)
    peers = {name: world.peer(name) for name in ("a.example", "b.example")}
    if down:
        world.outage(peers[down], "0s", "1d")
    mail.submit("hana@here.example", *recipients, at="1m")
    return world.run(until="1h")


@pytest.mark.parametrize(("down", "hosts"), [("", ["a.example"]), ("a.example", ["a.example", "b.example"])])
def test_the_next_is_tried_where_the_first_is_not_there(down: str, hosts: list[str]) -> None:
    trace = sent("x@far.invalid", down=down)
    assert list(trace.connections["server"]) == hosts
    assert f"relay={hosts[-1]}. [" in trace.syslog(HERE)
    assert trace.totals()["delivered"] == 1


@pytest.mark.parametrize(("domain", "connections"), [("third", 1), ("other", 2)])
def test_a_connection_is_kept_for_the_mailer_that_opened_it(domain: str, connections: int) -> None:
    trace = sent("x@far.invalid", f"y@{domain}.invalid", down="a.example")
    assert list(trace.connections["server"]).count("b.example") == connections
