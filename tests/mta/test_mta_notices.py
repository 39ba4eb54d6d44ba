"""Who is told what, and when: plain decisions (slide claims 07.1, 07.6)."""

import pytest

from simlib.cf import stock
from simlib.message.dsn import DELAYED, FAILED, RELAYED, Told
from simlib.message.envelope import Message
from simlib.mta.policy import notices
from simlib.mta.policy.queue_entry import Asked, QueueEntry, Recipient, Wish
from simlib.mta.policy.settings import Settings
from simlib.trace.ledger import Account

HOUR = 3_600
SETTINGS = Settings.of(stock().with_lines("O Timeout.queuewarn=4h\nO Timeout.queuereturn=5d\nO PostmasterCopy=pm"))


def entry(sender: str = "taro@here.example", precedence: int = 0, **more: object) -> QueueEntry:
    timeouts = "non-urgent" if precedence < 0 else "normal"
    settings = {"recipients": (), "created": 0, "priority": 0, "precedence": precedence, "timeouts": timeouts} | more
    return QueueEntry("QID", Message(1, 100), sender, **settings)  # type: ignore[arg-type]  # for brevity


def told(action: str) -> Told:
    return Told("hana@there.example", action, "5.0.0")


def test_age_counts_to_the_whole_second() -> None:
    assert not notices.expired(entry(), 5 * 24 * HOUR - 1, SETTINGS)
    assert notices.expired(entry(), 5 * 24 * HOUR, SETTINGS)
    assert not notices.warning_due(entry(), 4 * HOUR - 1, SETTINGS)
    assert notices.warning_due(entry(), 4 * HOUR, SETTINGS)


@pytest.mark.parametrize(
    "message",
    [
        entry(sender=""),
        entry(precedence=-30),
        entry(sender="owner-list@here.example"),
        entry(sender="list-request@here.example"),
        entry(warned=True),
        entry(notice="return"),
    ],
    ids=["null sender", "list", "owner", "request", "warned before", "notice"],
)
def test_who_is_never_warned(message: QueueEntry) -> None:
    assert not notices.warning_due(message, 10 * HOUR, SETTINGS)


@pytest.mark.parametrize(
    ("notify", "delay", "failure", "receipt"),
    [
        (None, True, True, False),
        (("NEVER",), False, False, False),
        (("SUCCESS",), False, False, True),
        (("FAILURE", "DELAY"), True, True, False),
    ],
)
def test_what_notify_asks_for(notify: tuple[str, ...] | None, delay: bool, failure: bool, receipt: bool) -> None:
    someone = Recipient("hana@there.example", Account(1, "", "", 1, "", 0.0), Wish(notify))
    assert notices.wants_delay(someone) == delay
    assert notices.wants_failure(someone) == failure
    assert notices.wants_receipt(someone) == receipt


def kinds(message: QueueEntry, *actions: str, misconfigured: bool = False) -> list[tuple[str, tuple[str, ...], bool]]:
    sent = notices.to_send(message, [told(action) for action in actions], SETTINGS, misconfigured)
    return [(notice.kind, notice.to, notice.with_body) for notice in sent]


def test_a_failure_goes_to_the_sender_and_its_header_to_the_postmaster() -> None:
    assert kinds(entry(), FAILED) == [("return", ("taro@here.example",), True), ("postmaster copy", ("pm",), False)]
    assert kinds(entry(precedence=-30), FAILED) == [("return", ("taro@here.example",), False)]
    assert kinds(entry(asked=Asked("HDRS")), FAILED)[0][2] is False
    assert kinds(entry(too_large=True), FAILED)[0][2] is False
    assert kinds(entry(), FAILED, misconfigured=True)[0][1] == ("postmaster", "taro@here.example")


def test_a_notice_is_never_answered() -> None:
    assert kinds(entry(sender=""), FAILED)[0] == ("double bounce", ("postmaster",), True)
    assert kinds(entry(sender="", notice="return"), FAILED) == [("double bounce", ("postmaster",), True)]
    assert kinds(entry(sender="", notice="double bounce"), FAILED) == []
    assert kinds(entry(sender=""), DELAYED) == kinds(entry(sender=""), RELAYED) == []


def test_one_notice_for_all_that_came_of_an_attempt() -> None:
    assert [kind for kind, _, _ in kinds(entry(), FAILED, DELAYED)] == ["warning", "postmaster copy"]
    assert [kind for kind, _, _ in kinds(entry(), FAILED, RELAYED)] == ["return", "postmaster copy"]
    assert kinds(entry(), RELAYED) == [("receipt", ("taro@here.example",), False)]
    assert kinds(entry()) == []
