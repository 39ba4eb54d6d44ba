from random import Random

import pytest

from simlib.message.envelope import Message
from simlib.mta.policy.queue_entry import QueueEntry, Recipient, priority
from simlib.mta.policy.queue_order import Selection, SelectionError, sort_queue, too_young
from simlib.trace.ledger import Account


def entry(
    qid: str, *to: str, sender: str = "taro@a.example", created: int = 0, p: int = 0, **more: object
) -> QueueEntry:
    recipients = tuple(Recipient(address, Account(1, sender, address, 1, "a", 0)) for address in to or ("x@b.example",))
    return QueueEntry(qid, Message(1, 1), sender, recipients, created, p, 0, "normal", **more)  # type: ignore[arg-type]  # fields of the entry


@pytest.mark.parametrize(
    ("size", "precedence", "recipients", "expected"),
    [
        # as seen in qf files of the real one
        (174, 100, 1, -149_826),
        (145, 0, 1, 30_145),
        (162, -30, 1, 84_162),
        (162, -60, 1, 138_162),
        (162, -100, 1, 210_162),
        (145, 0, 3, 90_145),
        (60_062, -60, 5, 318_062),
    ],
)
def test_priority_is_size_less_class_plus_recipients(
    size: int, precedence: int, recipients: int, expected: int
) -> None:
    assert priority(size, precedence, recipients, class_factor=1800, recipient_factor=30_000) == expected


def order(queue: list[QueueEntry], how: str) -> list[str]:
    return [each.qid for each in sort_queue(queue, how, Random(1))]


def test_each_order_has_its_key() -> None:
    queue = [
        entry("c", "u@zz.test", created=3, p=10, modified=1),
        entry("a", "u@b.aa.test", created=2, p=30, modified=3),
        entry("b", "u@mm.test", created=1, p=20, modified=2),
    ]
    assert order(queue, "priority") == ["c", "b", "a"]
    assert order(queue, "time") == ["b", "a", "c"]
    assert order(queue, "filename") == ["a", "b", "c"]
    assert order(queue, "modification") == ["c", "b", "a"]
    assert order(queue, "none") == ["c", "a", "b"]
    assert order(queue, "Time") == order(queue, "t"), "only the first letter counts"


def test_host_order_reads_names_backwards_so_that_one_domain_stands_together() -> None:
    hosts = ["a.zz.test", "m.mm.test", "z.aa.test", "aa.test", "b.aa.test"]
    queue = [entry(host, f"u@{host}") for host in hosts]
    assert order(queue, "host") == ["aa.test", "b.aa.test", "z.aa.test", "m.mm.test", "a.zz.test"]


def test_host_order_puts_the_hosts_that_are_being_served_last() -> None:
    queue = [entry("1", "u@a.test", locked=True), entry("2", "u@a.test"), entry("3", "u@b.test")]
    assert order(queue, "host") == ["3", "1", "2"]


def test_random_order_differs_from_run_to_run_and_loses_nothing() -> None:
    queue = [entry(f"k619A{n:02d}xy{n * 7919 % 1000:06d}") for n in range(30)]
    random = Random(1)
    orders = {tuple(each.qid for each in sort_queue(queue, "random", random)) for _ in range(10)}
    assert len(orders) > 1
    assert all(sorted(one) == sorted(each.qid for each in queue) for one in orders)


def test_never_tried_is_never_too_young() -> None:
    assert not too_young(entry("a"), now=0, min_age=1800)


def test_a_message_rests_for_min_queue_age_after_a_try() -> None:
    tried = entry("a", tries=1, last_try=1000)
    assert too_young(tried, now=2799, min_age=1800)
    assert not too_young(tried, now=2800, min_age=1800)


def test_max_queue_age_doubles_the_wait_up_to_itself() -> None:
    tried = entry("a", tries=3, last_try=600)
    assert too_young(tried, now=1199, min_age=0, max_age=86_400)
    assert not too_young(tried, now=1200, min_age=0, max_age=86_400)
    assert not too_young(entry("b", tries=9, last_try=100_000), now=100_900, min_age=0, max_age=900)


QUEUE = [
    entry("k1", "u1@one.test", sender="alice@a.test"),
    entry("k2", "u2@two.test", sender="bob@a.test"),
    entry("k12", "u1@one.test", "u2@two.test", sender="dave@a.test"),
]


@pytest.mark.parametrize(
    ("select", "picked"),
    [
        (None, ["k1", "k2", "k12"]),
        ("-qIk1", ["k1", "k12"]),
        ("-qIK2", []),
        ("-qIk2", ["k2"]),
        ("-qSALICE", ["k1"]),
        ("-qRone.test", ["k1", "k12"]),
        ("-q!Rone.test", ["k2", "k12"]),  # whoever has a recipient elsewhere
        ("-qRone.test -qSdave", ["k12"]),
        ("-qSalice -qSbob", ["k1", "k2"]),
        ("-qRnobody", []),
    ],
)
def test_selections_are_substrings_and_only_those_of_ids_mind_the_case(select: str | None, picked: list[str]) -> None:
    selection = Selection.parse(select)
    assert [each.qid for each in QUEUE if selection.matches(each)] == picked


@pytest.mark.parametrize("text", ["-q", "-qX1", "one.test", "-qR", "-q!"])
def test_what_sendmail_would_not_take_is_refused(text: str) -> None:
    with pytest.raises(SelectionError, match="selects nothing"):
        Selection.parse(text)
