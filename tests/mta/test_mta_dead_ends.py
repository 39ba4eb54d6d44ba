"""Mail for a host that is known to be down: put off in one step, as long as the clock stands."""

from collections.abc import Callable

import pytest

from simlib import Quirks, Reply, World
from simlib.cf import stock
from simlib.message.status import Exit
from simlib.mta.policy.host_status import HostStatus
from simlib.mta.policy.outcome import Outcome
from simlib.mta.policy.queue_entry import QueueEntry
from simlib.mta.process.dead_ends import DeadEnd, DeadEnds
from simlib.mta.process.process import SendmailProcess
from simlib.mta.sending import runner

END = DeadEnd(
    "mx.there.example",
    Outcome(Exit.TEMPFAIL, "4.4.1", "Deferred", "esmtp"),
    stock().mailers["esmtp"],
    HostStatus(Exit.TEMPFAIL, "4.4.1", "", 0),
    stock(),
)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each entry of a queue run, whether it was put off in one step."""
    seen: list[bool] = []

    def watched(process: SendmailProcess, entry: QueueEntry) -> bool:
        seen.append(defer(process, entry))
        return seen[-1]

    defer = runner.defer
    monkeypatch.setattr(runner, "defer", watched)
    return seen


def letters(world: World, count: int, to: str, **wishes: list[str]) -> None:
    mail = world.sendmail("mail.here.example", cf="O DeliveryMode=queueonly")
    for n in range(count):
        mail.submit("taro@mail.here.example", f"user{n}@{to}", **wishes)  # type: ignore[arg-type]  # notify alone
    mail.queue_run(at="10m")


def test_a_dead_end_holds_for_its_domain_and_its_moment() -> None:
    ends = DeadEnds()
    ends.add(5.0, ["hana@there.example"], END)
    assert ends.find(5.0, "jiro@there.example") is END
    assert ends.find(5.0, "jiro@elsewhere.example") is None
    assert ends.find(5.0, "/var/spool/box@there.example") is None
    assert ends.find(5.1, "jiro@there.example") is None
    ends.add(6.0, ["hana@elsewhere.example"], END)
    assert ends.find(6.0, "jiro@there.example") is None


def test_of_many_letters_for_a_dead_host_two_are_tried_and_all_are_written_down(steps: list[bool]) -> None:
    world = World(seed=1)
    letters(world, 6, "there.example")
    world.host("there.example")
    world.outage("there.example", "0s", "1d")
    trace = world.run(until="1h")
    assert steps == [False, False, True, True, True, True]  # the first one waits for an answer, the second remembers
    assert len(trace.attempts) == trace.syslog("mail.here.example").count("stat=Deferred: Connection timed out") == 6
    assert set(trace.queue("mail.here.example")["tries"]) == {1}


def test_where_there_are_two_dead_mail_hosts_each_letter_asks_for_both(steps: list[bool]) -> None:
    world = World(seed=1)
    letters(world, 4, "there.example")
    world.zone("@ 1d MX 10 one.example.\n@ 1d MX 20 two.example.", origin="there.example.")
    for name in ("one.example", "two.example"):
        world.host(name)
        world.outage(name, "0s", "1d")
    trace = world.run(until="1h")
    assert steps == [False] * 4
    assert trace.attempts["relay"] == ["one.example", "two.example"] * 4


def test_what_is_refused_for_good_is_not_put_off() -> None:
    world = World(seed=1)
    letters(world, 5, "there.example", notify=["never"])
    world.peer("there.example", quirks=Quirks(greeting=Reply(554, "5.3.2 No mail here")))
    assert world.run(until="1h").totals()["bounced"] == 5


def test_letters_that_have_to_be_told_of_go_all_the_way(steps: list[bool]) -> None:
    world = World(seed=1)
    letters(world, 4, "there.example")
    world.host("there.example")
    world.outage("there.example", "0s", "9d")
    world.systems[0].queue_run(at="5h")  # past Timeout.queuewarn
    trace = world.run(until="6h")
    assert steps[4:] == [False] * 4
    assert trace.notices.count("kind") == {"warning": 4}


def before_the_third(
    monkeypatch: pytest.MonkeyPatch, steps: list[bool], act: Callable[[SendmailProcess], None]
) -> None:
    """Something happens in the moment of a run, before its third entry."""
    defer = runner.defer

    def disturbed(process: SendmailProcess, entry: QueueEntry) -> bool:
        if len(steps) == 2:
            act(process)
        return defer(process, entry)

    monkeypatch.setattr(runner, "defer", disturbed)


def dead_host() -> World:
    world = World(seed=1)
    letters(world, 4, "there.example")
    world.host("there.example")
    world.outage("there.example", "0s", "1d")
    return world


def test_what_was_found_by_another_configuration_counts_no_more(
    monkeypatch: pytest.MonkeyPatch, steps: list[bool]
) -> None:
    world = dead_host()
    before_the_third(monkeypatch, steps, lambda process: process.mta.configure(process.mta.cf.with_lines("")))
    world.run(until="1h")
    assert steps == [False, False, False, True]


def test_what_is_purged_is_asked_again(monkeypatch: pytest.MonkeyPatch, steps: list[bool]) -> None:
    world = dead_host()
    before_the_third(monkeypatch, steps, lambda process: process.memory.seen.clear())
    trace = world.run(until="1h")
    assert steps[:3] == [False, False, False]
    assert len(trace.connections) == 2
