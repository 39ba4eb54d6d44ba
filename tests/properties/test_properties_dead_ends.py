"""Mail for a dead host is put off without going all the way again: that changes nothing but the time it takes here."""

from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simlib import Quirks, World
from simlib.mta.sending import runner
from tests.properties.test_properties_balance import END, Mail, Outage, build, mails, options, outages, quirks

# many messages for few hosts that are down for long, so that most of a run is put off
alone = st.sampled_from([("a@mx0.example",), ("b@mx0.example",), ("c@mx1.example",), ("e@peer.example",)])
letters = st.lists(
    st.builds(
        Mail,
        at=st.integers(0, 1_000),
        size=st.just(1_000),
        recipients=alone,
        precedence=st.sampled_from(["", "list"]),
        sender=st.sampled_from(["taro@mail.example", ""]),
    )
    | mails,
    min_size=3,
    max_size=14,
)
down = st.builds(
    Outage,
    thing=st.sampled_from(["mx0", "daemon mx0", "mx1", "link mx1", "peer"]),
    start=st.just(0),
    length=st.integers(1_000, END),
)
long_outages = st.lists(down | outages, max_size=4)


def written_down(world: World) -> list[object]:
    """All that there is to see after each of some runs."""
    return [seen for until in (601, 1_201, END, 8 * 86_400) for seen in _seen(world, until)]


def _seen(world: World, until: int) -> list[object]:
    trace = world.run(until=until)
    return [
        trace.messages.columns,
        trace.attempts.columns,
        trace.connections.columns,
        trace.notices.columns,
        [trace.syslog(host) for host in trace.hosts],
        [trace.queue(host).columns for host in trace.hosts],
        [trace.hoststat(host) for host in trace.hosts],
        [trace.qf(host, qid) for host in trace.hosts for qid in trace.queue(host)["qid"]],
        [(host.resolver.queries, host.name) for host in world.network.hosts.values()],
    ]


@pytest.mark.filterwarnings("ignore::simlib.CfWarning")  # options that stand in each other's way are drawn as well
@settings(max_examples=150, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(options, quirks, letters, long_outages, st.integers(0, 99))
def test_all_fares_as_if_each_message_went_all_the_way(
    option: dict[str, object], odd: Quirks, posts: list[Mail], broken: list[Outage], seed: int
) -> None:
    short = written_down(build(option, odd, posts, broken, seed))
    with patch.object(runner, "defer", lambda process, entry: False):
        whole = written_down(build(option, odd, posts, broken, seed))
    assert short == whole
