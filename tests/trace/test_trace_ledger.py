from hypothesis import given
from hypothesis import strategies as st

from simlib.trace.ledger import Account, Ledger


def account() -> Account:
    return Ledger().enter(1, "a", "b", 100, "mail", now=0)


def test_what_was_submitted_is_queued() -> None:
    assert account().state == "queued"


def test_handing_over_moves_the_one_copy_and_leaves_the_state() -> None:
    one = account()
    one.hold()  # the next host has it
    one.hand_over(5)  # and now the first one knows
    assert (one.state, one.held, one.finished) == ("queued", 1, None)


def test_a_mailbox_counts_before_all_else() -> None:
    one = account()
    one.hold()
    one.bounce(5)
    one.deliver(7)
    one.hand_over(7)
    assert (one.state, one.finished, one.delivered, one.bounced) == ("delivered", 7, 1, 1)


def test_a_copy_that_bounces_while_another_waits_ends_nothing() -> None:
    one = account()
    one.hold()
    one.bounce(5)
    assert (one.state, one.finished) == ("queued", None)
    one.lose(9)
    assert (one.state, one.finished) == ("bounced", 9)


@given(st.lists(st.sampled_from(["deliver", "bounce", "lose", "queue"])))
def test_totals_add_up(fates: list[str]) -> None:
    ledger = Ledger()
    for n, fate in enumerate(fates):
        one = ledger.enter(n, "a", "b", 100, "mail", now=0, notice=n % 3 == 0)
        if fate == "deliver":
            one.deliver(1)
            one.hand_over(1)
        elif fate != "queue":
            getattr(one, fate)(1)
    totals = ledger.totals()
    assert totals["submitted"] == sum(totals[state] for state in ("delivered", "bounced", "queued", "lost"))
    assert totals["submitted"] + totals["notices"] == len(fates)
