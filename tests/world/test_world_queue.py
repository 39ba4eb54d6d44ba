"""Slide claims 05.1, 05.2, 05.4 and 05.5: what a queue run takes, in which order, and what that makes of priorities."""

import pytest

from simlib import Quirks, Reply, Trace, World
from simlib.mta.sendmail import Sendmail

HOST = "mail.here.example"
BUSY = Quirks(replies={"RCPT": Reply(451, "4.3.2 busy")})


def here(world: World, cf: str = "") -> Sendmail:
    return world.sendmail(HOST, domain="here.example", cf=f"O DeliveryMode=queueonly\n{cf}")


def defer(*runs: str, cf: str = "", until: str = "2h") -> Trace:
    """A list message of 162 bytes for a host that is always busy, with some queue runs."""
    world = World(seed=1)
    mail = here(world, cf)
    world.peer("mx.busy.example", domain="busy.example", quirks=BUSY)
    mail.submit("taro@here.example", "hana@busy.example", size=162, headers={"Precedence": "list"})
    for run in runs:
        mail.queue_run(at=run)
    return world.run(until=until)


@pytest.mark.parametrize(("runs", "number"), [((), 84_162), (("1m",), 174_162), (("1m", "2m"), 264_162)])
def test_the_priority_of_a_list_message_grows_by_retry_factor(runs: tuple[str, ...], number: int) -> None:
    trace = defer(*runs)
    assert trace.queue(HOST)["priority"] == [number]
    (qid,) = trace.queue(HOST)["qid"]
    assert f"\nN{len(runs)}\nP{number}\n" in trace.qf(HOST, qid)


def test_the_factors_are_options() -> None:
    cf = "O RecipientFactor=1000\nO ClassFactor=10\nO RetryFactor=7\nPlist=-50"
    assert defer("1m", cf=cf).queue(HOST)["priority"] == [162 + 500 + 1000 + 7]


def ordered(order: str) -> list[str]:
    """The readers of six messages in the order in which one run delivers them: sizes, ages and hosts all differ."""
    world = World(seed=1)
    mail = here(world, f"O QueueSortOrder={order}")
    for n, domain in enumerate(("b.aa", "m.mm", "a.zz", "aa", "z.aa", "aa.b")):
        world.peer(f"mx.{domain}.test", domain=f"{domain}.test")
        mail.submit("taro@here.example", f"{domain}@{domain}.test", size=3000 - 400 * (n * 5 % 6), at=n)
    mail.queue_run(at="1m")
    return world.run(until="5m").deliveries["mailbox"]


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("priority", ["m.mm", "a.zz", "aa", "z.aa", "aa.b", "b.aa"]),
        ("host", ["aa", "b.aa", "z.aa", "aa.b", "m.mm", "a.zz"]),
        ("time", ["b.aa", "m.mm", "a.zz", "aa", "z.aa", "aa.b"]),
        ("modification", ["b.aa", "m.mm", "a.zz", "aa", "z.aa", "aa.b"]),
        ("filename", ["b.aa", "m.mm", "a.zz", "aa", "z.aa", "aa.b"]),
        ("none", ["b.aa", "m.mm", "a.zz", "aa", "z.aa", "aa.b"]),
    ],
)
def test_one_run_delivers_in_queue_sort_order(order: str, names: list[str]) -> None:
    assert ordered(order) == names


def test_random_order_is_an_order_of_the_same_messages() -> None:
    assert sorted(ordered("random")) == sorted(ordered("time"))


def test_modification_order_puts_what_was_tried_last_behind() -> None:
    world = World(seed=1)
    mail = here(world, "O QueueSortOrder=modification")
    peer = world.peer("mx.there.example", domain="there.example")
    world.outage(peer, "0s", "10m")
    for n in range(3):
        mail.submit("taro@here.example", f"user{n}@there.example", at=n)
    mail.queue_run(at="1m", select="-qRuser0")
    mail.queue_run(at="20m")
    assert world.run(until="1h").deliveries["mailbox"] == ["user1", "user2", "user0"]


def test_the_morning_after_priority_delivers_what_waited_longest_last() -> None:
    def read(order: str) -> list[str]:
        world = World(seed=1)
        mail = here(world, f"O QueueSortOrder={order}")
        world.peer("mx.there.example", domain="there.example")
        world.outage("mx.there.example", "0s", "4h")
        for n in range(8):
            mail.submit("taro@here.example", f"{n}@there.example", size=1000, at=1800 * n + 60)
        mail.queue_run(every="30m")
        return world.run(until="6h").deliveries["mailbox"]

    assert read("time") == list("01234567")
    assert read("priority") == list("76543210")


def test_min_queue_age_spares_what_was_tried_but_not_what_is_new() -> None:
    def tries(cf: str) -> list[int]:
        world = World(seed=1)
        mail = here(world, cf)
        world.peer("mx.busy.example", domain="busy.example", quirks=BUSY)
        mail.submit("taro@here.example", "old@busy.example")
        mail.submit("taro@here.example", "new@busy.example", at="12m")
        mail.queue_run(every="5m", at="1m")
        mail.queue_run(at="13m", select="-qRold")
        trace = world.run(until="1h 1m")
        return [len(trace.attempts.where(recipients=f"{name}@busy.example")) for name in ("old", "new")]

    assert tries("") == [13, 9]
    assert tries("O MinQueueAge=30m") == [3, 2]


def test_a_queue_run_has_at_most_max_queue_run_size_messages_chosen_before_sorting() -> None:
    world = World(seed=1)
    mail = here(world, "O MaxQueueRunSize=3\nO QueueSortOrder=priority")
    world.peer("mx.there.example", domain="there.example")
    for n in range(5):
        mail.submit("taro@here.example", f"user{n}@there.example", size=5000 - n, at=n)
    mail.queue_run(at="1m")
    trace = world.run(until="5m")
    assert trace.deliveries["mailbox"] == ["user2", "user1", "user0"]
    assert "WorkList for /var/spool/mqueue maxed out at 3\n" in trace.syslog(HOST)


def test_several_runners_never_try_one_message_at_once() -> None:
    world = World(seed=1)
    mail = here(world)
    world.peer("mx.slow.example", domain="slow.example", quirks=Quirks(delays={".": 30}))
    for n in range(12):
        mail.submit("taro@here.example", f"user{n}@slow.example", at=n)
    for run in ("1m", "1m", "1m", "90s"):
        mail.queue_run(at=run)
    trace = world.run(until="1h")
    assert len(trace.attempts) == trace.totals()["copies"] == trace.totals()["delivered"] == 12
    assert max(trace.deliveries["time"]) < 60 + 12 * 30 / 2, "they share the work"


@pytest.fixture
def selected() -> World:
    world = World(seed=1)
    mail = here(world)
    for name in ("one", "two"):
        world.peer(f"mx.{name}.test", domain=f"{name}.test")
    mail.submit("alice@here.example", "u1@one.test")
    mail.submit("bob@here.example", "u2@two.test")
    mail.submit("dave@here.example", "u3@one.test", "u4@two.test")
    return world


@pytest.mark.parametrize(
    ("select", "delivered"),
    [
        ("-qRone.test", ["u1", "u3", "u4"]),  # the message, with all its recipients
        ("-qSBOB", ["u2"]),
        ("-q!Salice", ["u2", "u3", "u4"]),
        ("-qRone.test -qSdave", ["u3", "u4"]),
        ("-qSalice -qSbob", ["u1", "u2"]),
        ("-qRnobody", []),
    ],
)
def test_a_selected_run_tries_exactly_what_matches(selected: World, select: str, delivered: list[str]) -> None:
    selected.systems[0].queue_run(at="1m", select=select)
    assert sorted(selected.run(until="5m").deliveries["mailbox"]) == delivered


def test_one_message_is_selected_by_its_queue_id(selected: World) -> None:
    (second,) = selected.run(until="30s").queue(HOST).where(message=2)["qid"]
    selected.systems[0].queue_run(select=f"-qI{second}")
    assert selected.run(until="5m").deliveries["mailbox"] == ["u2"]


def test_a_queue_of_2000_messages_for_dead_hosts_is_gone_through_in_one_run() -> None:
    world = World(seed=1)
    mail = here(world)
    for n in range(10):
        world.outage(world.peer(f"mx.dead{n}.example", domain=f"dead{n}.example"), "0s", "9h")
    for n in range(2_000):
        mail.submit("taro@here.example", f"user@dead{n % 10}.example")
    mail.queue_run(at="1m")
    trace = world.run(until="1h")
    assert (len(trace.attempts), len(trace.connections)) == (2_000, 10)


def test_a_second_interval_takes_the_place_of_the_first() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.sendmail("mx.far.example", domain="far.example")
    world.filter("mx.far.example", "port-unreachable")
    mail.submit("taro", "a@far.example")
    mail.queue_run(every="10m", at="1m")
    mail.queue_run(every="10m", at="5m")
    before = len(world.run(until="64m").connections)
    mail.daemon.interval.stop()
    assert before == 1 + 1 + 6  # at once, at 1 min, and from the fifth minute on
    assert len(world.run(until="3h").connections) == before
