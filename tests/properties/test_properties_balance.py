"""Whatever happens, each recipient of each message ends in exactly one state."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simlib import Quirks, Reply, Trace, World

HOSTS = ("mx0", "mx1", "mx2")
END = 7_200
RUNS = [*range(0, END, 600), 301, *(day * 86_400 for day in range(1, 8))]  # s; the last ones are past any time-out


@dataclass(frozen=True)
class Outage:
    thing: str
    start: int
    length: int


@dataclass(frozen=True)
class Mail:
    at: int
    size: int
    recipients: tuple[str, ...]
    precedence: str
    sender: str


times = st.integers(0, 5_000)
outages = st.builds(
    Outage,
    thing=st.sampled_from([*HOSTS, "mail", "daemon mx0", "daemon mx1", "link mx0", "link mail", "dns", "peer"]),
    start=times,
    length=st.integers(1, 3_000),
)
addresses = st.sampled_from(
    [
        "a@mx0.example",
        "b@mx0.example",
        "c@mx1.example",
        "d@both.example",
        "e@peer.example",
        "f@nobody.invalid",
        "root",
        "g@loop.example",
    ]
)
mails = st.builds(
    Mail,
    at=times,
    size=st.one_of(st.integers(1, 50_000), st.just(3_000_000)),
    recipients=st.lists(addresses, min_size=1, max_size=4, unique=True).map(tuple),
    precedence=st.sampled_from(["", "list", "bulk", "special-delivery"]),
    sender=st.sampled_from(["taro@mail.example", "ghost@nobody.invalid", ""]),
)
options = st.fixed_dictionaries(
    {
        "ConnectionCacheSize": st.integers(0, 3),
        "ConnectionCacheTimeout": st.sampled_from(["0s", "5m"]),
        "DeliveryMode": st.sampled_from(["background", "interactive", "queueonly"]),
        "QueueSortOrder": st.sampled_from(["priority", "host", "time", "filename", "random", "modification", "none"]),
        "Timeout.hoststatus": st.sampled_from(["0s", "30m"]),
        "Timeout.queuereturn": st.sampled_from(["5d", "20m", "now"]),
        "Timeout.queuewarn": st.sampled_from(["0", "5m"]),
        "Timeout.initial": st.sampled_from(["5m", "10s"]),
        "Timeout.datafinal": st.sampled_from(["1h", "1m"]),
        "HostStatusDirectory": st.sampled_from(["", ".hoststat"]),
        "SingleThreadDelivery": st.booleans(),
        "MinQueueAge": st.sampled_from(["0", "10m"]),
        "MaxQueueRunSize": st.sampled_from([0, 2]),
        "ForkEachJob": st.booleans(),
        "CheckpointInterval": st.integers(0, 3),
        "FallbackMXhost": st.sampled_from(["", "mx2.example"]),
        "PostmasterCopy": st.sampled_from(["", "postmaster"]),
        "DoubleBounceAddress": st.sampled_from(["", "postmaster", "boss@nobody.invalid"]),
    }
)
quirks = st.sampled_from(
    [
        Quirks(),
        Quirks(greeting=Reply(554, "5.3.2 go away")),
        Quirks(greeting=Reply(421, "4.3.2 busy")),
        Quirks(close_after="connect"),
        Quirks(close_after="RCPT"),
        Quirks(silent_at="DATA"),
        Quirks(silent_at="."),
        Quirks(close_after="."),
        Quirks(replies={"RCPT": [None, Reply(452, "4.5.3 one at a time")]}),
        Quirks(replies={"MAIL": Reply(451, "4.3.0 later")}),
        Quirks(replies={".": Reply(550, "5.7.1 spam")}),
        Quirks(replies={"RSET": Reply(421, "4.3.2 enough")}),
        Quirks(delays={".": 90, "greeting": 20}),
    ]
)


def build(option: dict[str, object], odd: Quirks, posts: list[Mail], broken: list[Outage], seed: int) -> World:
    cf = "\n".join(f"O {name}={value}" for name, value in option.items() if value != "")
    world = World(seed)
    mail = world.sendmail("mail.example", cf=cf)
    for name in HOSTS:
        world.sendmail(f"{name}.example", bandwidth="64kbps", cf="CR both.example\nO Timeout.queuereturn=1h")
    world.peer("peer.example", quirks=odd, workers=1)
    # loop.example has an MX that takes the mail for it to be elsewhere: back here
    world.sendmail("loop-mx.example", cf="DSmail.example\nCR loop.example")
    world.zone(
        """
        $TTL 1h
        @ MX 10 mx0.example.
          MX 10 mx1.example.
          MX 20 mx2.example.
        """,
        origin="both.example.",
    )
    world.zone("@ 1h MX 10 loop-mx.example.", origin="loop.example.")
    for post in posts:
        headers = {"Precedence": post.precedence} if post.precedence else {}
        mail.submit(post.sender, *post.recipients, size=post.size, headers=headers, at=post.at)
    for system in world.systems:
        for at in RUNS:
            system.queue_run(at=at)
    things = {
        **{name: world.network.hosts[f"{name}.example"] for name in (*HOSTS, "mail", "peer")},
        **{f"daemon {name}": world.network.hosts[f"{name}.example"].services[25] for name in HOSTS},
        **{f"link {name}": ("internet", f"{name}.example") for name in (*HOSTS, "mail")},
        "dns": world.dns,
    }
    for each in broken:
        world.outage(things[each.thing], each.start, each.start + each.length)  # type: ignore[arg-type]  # hosts, links and services alike
    return world


def check(world: World, trace: Trace, submitted: int) -> None:
    accounts = world.recorder.ledger.accounts
    in_queues = sum(len(entry.recipients) for system in world.systems for entry in system.queue)
    assert sum(account.held for account in accounts) == in_queues
    for account in accounts:
        assert account.held >= 0
        assert account.held + account.delivered + account.bounced + account.lost >= 1, "nowhere"
        assert (account.finished is None) == (account.state == "queued")
    totals = trace.totals()
    assert totals["submitted"] == totals["delivered"] + totals["bounced"] + totals["queued"] + totals["lost"]
    assert totals["submitted"] <= submitted
    assert totals["lost"] == 0, "sendmail loses nothing by itself"
    assert len(trace.deliveries) == sum(account.delivered for account in accounts)


@pytest.mark.filterwarnings("ignore::simlib.CfWarning")  # options that stand in each other's way are drawn as well
@settings(max_examples=500, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(options, quirks, st.lists(mails, max_size=6), st.lists(outages, max_size=4), st.integers(0, 99))
def test_the_balance_holds_and_nothing_is_left_hanging(
    option: dict[str, object], odd: Quirks, posts: list[Mail], broken: list[Outage], seed: int
) -> None:
    world = build(option, odd, posts, broken, seed)
    submitted = sum(len(post.recipients) for post in posts)
    check(world, world.run(until=END), submitted)

    for each in ("attempts", "deliveries", "notices"):
        ends = [row[0] + (row[7] if each == "attempts" else 0) for row in getattr(world.recorder, each)]
        assert ends == sorted(ends), f"{each} are written as they end: time never runs back"
    for connection in world.recorder.connections:
        assert connection.closed is None or connection.closed >= connection.opened

    # all outages are over: let it run on, and nobody is at work or holds anything for ever
    trace = world.run(until=8 * 86_400)
    check(world, trace, submitted)
    for system in world.systems:
        for entry in system.queue:
            starved = option["MaxQueueRunSize"] != 0  # the first ones in the directory may block all others for ever
            assert entry.tries > 0 or starved, "never tried in a week of queue runs"
        assert not system.daemon.children
        assert not any(entry.locked for entry in system.queue)
        assert not system.host_status.locks
    assert all(c.closed is not None for c in world.recorder.connections if c.outcome == "accepted")
