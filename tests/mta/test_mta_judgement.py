"""Who stays, who is given up, who is told, when an attempt has ended."""

import pytest

from simlib.cf import stock
from simlib.message.status import Exit
from simlib.mta.policy.judgement import Judgement, checkpoint_due, judge
from simlib.mta.policy.outcome import Outcome
from simlib.mta.policy.queue_entry import QueueEntry, Recipient
from simlib.mta.policy.settings import Settings
from tests.mta.entry import entry, recipient

DAY, HOUR = 86_400, 3_600
SETTINGS = Settings.of(stock())  # returned after 5 days, warned of after 4 hours
LATER = Outcome(Exit.TEMPFAIL, "4.4.1", "Deferred: Connection refused by mx.", "esmtp")
REFUSED = Outcome(Exit.NOUSER, "5.1.1", "User unknown", "esmtp")
SENT = Outcome(Exit.OK, "2.0.0", "Sent (ok)", "esmtp", "mx.")


def tried(address: str, outcome: Outcome = LATER, notify: tuple[str, ...] | None = None) -> Recipient:
    one = recipient(address, notify)
    one.outcome = outcome
    return one


def judged(held: QueueEntry, now: int, *failed: Recipient, misconfigured: bool = False) -> Judgement:
    return judge(held, failed, (), (), now, SETTINGS, misconfigured)


def actions(found: Judgement) -> list[tuple[str, str]]:
    return [(one.address, one.action) for one in found.told]


def test_who_was_put_off_stays_and_nobody_is_told() -> None:
    one = tried("hana@b.example")
    assert judged(entry(one), HOUR) == Judgement((one,))


def test_who_was_refused_is_given_up_and_the_sender_told() -> None:
    one, other = tried("hana@b.example", REFUSED), tried("jiro@c.example")
    found = judged(entry(one, other), HOUR, one)
    assert (found.waiting, found.given_up, found.done) == ((other,), (one,), False)
    assert actions(found) == [("hana@b.example", "failed")]
    assert [(notice.kind, notice.to) for notice in found.to_send] == [("return", ("taro@a.example",))]


def test_with_the_last_of_its_recipients_it_leaves_the_queue() -> None:
    one = tried("hana@b.example", REFUSED)
    assert judged(entry(one), HOUR, one).done
    assert judged(entry(), HOUR).done, "all have got it"


@pytest.mark.parametrize(("now", "old"), [(5 * DAY - 1, False), (5 * DAY, True)])
def test_all_of_it_comes_back_at_its_age_and_not_a_second_before(now: int, old: bool) -> None:
    one, other = tried("hana@b.example"), tried("jiro@c.example", REFUSED)
    found = judged(entry(one, other, warned=True), now, other)
    assert found.too_old is old
    assert found.given_up == ((other, one) if old else (other,))
    assert found.waiting == (() if old else (one,))
    assert found.done is old


def test_nobody_who_waits_is_too_old_where_nobody_waits() -> None:
    one = tried("hana@b.example", REFUSED)
    found = judged(entry(one), 6 * DAY, one)
    assert not found.too_old
    assert [one.status for one in found.told] == ["5.1.1"], "he was refused, his time was not over"


def test_what_expires_without_a_word_stays_until_the_next_run() -> None:
    one = tried("hana@b.example", notify=("NEVER",))
    found = judged(entry(one), 5 * DAY)
    assert (found.given_up, found.to_send, found.done) == ((one,), (), False)
    double = judged(entry(tried("boss@b.example"), sender="", notice="double bounce"), 5 * DAY)
    assert (double.to_send, double.done) == ((), True), "of a double bounce nobody is told anyway"


@pytest.mark.parametrize(
    ("now", "warned", "warns"), [(4 * HOUR - 1, False, False), (4 * HOUR, False, True), (4 * HOUR, True, False)]
)
def test_the_sender_is_warned_once(now: int, warned: bool, warns: bool) -> None:
    one = tried("hana@b.example")
    found = judged(entry(one, warned=warned), now)
    assert (found.warns, found.waiting, found.given_up, found.done) == (warns, (one,), (), False)
    assert actions(found) == ([("hana@b.example", "delayed")] if warns else [])
    assert [notice.kind for notice in found.to_send] == (["warning"] if warns else [])


def test_nobody_is_warned_who_does_not_want_to_hear() -> None:
    found = judged(entry(tried("hana@b.example", notify=("NEVER",))), 4 * HOUR)
    assert (found.warns, found.told, found.to_send) == (False, (), ())


def test_what_is_too_old_is_not_warned_of() -> None:
    assert not judged(entry(tried("hana@b.example")), 5 * DAY).warns


def test_a_fault_of_this_host_is_told_to_its_postmaster_too() -> None:
    one = tried("hana@b.example", Outcome(Exit.CONFIG, "5.3.5", "Local configuration error", "esmtp"))
    (notice,) = judged(entry(one), HOUR, one, misconfigured=True).to_send
    assert notice.to == ("postmaster", "taro@a.example")


@pytest.mark.parametrize(
    ("outcomes", "every", "due"),
    [
        ([SENT, SENT], 2, True),
        ([SENT], 2, False),
        ([SENT, LATER], 2, False),
        ([LATER, SENT, REFUSED, SENT], 2, True),
        ([SENT, SENT, SENT], 2, True),
        ([SENT], 0, False),
        ([], 0, False),
    ],
)
def test_a_checkpoint_counts_what_was_sent(outcomes: list[Outcome], every: int, due: bool) -> None:
    unwritten = [(recipient(f"u{n}@b.example"), outcome) for n, outcome in enumerate(outcomes)]
    assert checkpoint_due(unwritten, every) is due
