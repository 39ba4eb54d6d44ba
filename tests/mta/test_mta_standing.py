"""What a bad reply does: the table of the walk along mail hosts."""

import pytest

from simlib.message.status import Exit
from simlib.mta.policy.outcome import Outcome
from simlib.mta.sending.standing import Next, Standing, after_no_connection, after_reply, at_the_end, by_name
from simlib.smtp.phases import Phase

BY_NAME = Outcome(Exit.TEMPFAIL, "4.5.3", "Deferred: 452 4.5.3 later", "esmtp", own_line=True)
OUT_OF_REACH = Outcome(Exit.TEMPFAIL, "4.4.1", "Deferred: Connection refused by mx.", "esmtp")
UNKNOWN = Outcome(Exit.NOHOST, "5.1.2", "Host unknown (Name server: mx.: host not found)", "esmtp")


@pytest.mark.parametrize("phase", [Phase.MAIL, Phase.RCPT, Phase.DATAINIT, Phase.DATAFINAL])
def test_who_is_put_off_goes_on_and_who_is_refused_or_taken_is_done_with(phase: Phase) -> None:
    assert after_reply(phase, next_mx=True) is Next.GOES_ON
    assert after_reply(phase, next_mx=False) is Next.DONE


@pytest.mark.parametrize("phase", [Phase.RCPT, Phase.DATAINIT, Phase.DATAFINAL])
def test_what_a_host_says_of_him_counts_whatever_was_told_before(phase: Phase) -> None:
    assert after_reply(phase, next_mx=True, told=True) is Next.GOES_ON
    assert after_reply(phase, next_mx=False, told=True) is Next.DONE


def test_a_host_that_says_nothing_of_him_changes_nothing_of_what_was_told() -> None:
    assert after_reply(Phase.MAIL, next_mx=True, told=True) is Next.GOES_ON_AS_TOLD
    assert after_reply(Phase.MAIL, next_mx=False, told=True) is Next.DONE_AS_TOLD
    assert after_no_connection(told=True) is Next.GOES_ON_AS_TOLD
    assert after_no_connection() is Next.GOES_ON


def test_a_guest_whose_rcpt_was_put_off_is_tried_no_further() -> None:
    assert after_reply(Phase.RCPT, next_mx=True, guest=True) is Next.DONE
    assert after_reply(Phase.RCPT, next_mx=True, told=True, guest=True) is Next.DONE
    assert after_reply(Phase.DATAFINAL, next_mx=True, guest=True) is Next.GOES_ON
    assert after_reply(Phase.MAIL, next_mx=True, guest=True) is Next.GOES_ON


def test_the_log_tells_once_of_those_whose_rcpt_was_put_off() -> None:
    standings = {"a": Standing(BY_NAME), "b": Standing(BY_NAME, told=True), "c": Standing(OUT_OF_REACH)}
    assert by_name(standings) == ["a"]


def test_an_unknown_mail_host_bounces_nothing_while_another_was_out_of_reach() -> None:
    left = at_the_end(UNKNOWN, deferred_somewhere=True)
    assert (left.kind, left.stat, left.dsn) == ("deferred", "Deferred", "5.1.2")
    assert at_the_end(UNKNOWN, deferred_somewhere=False) == UNKNOWN
    assert at_the_end(OUT_OF_REACH, deferred_somewhere=True) == OUT_OF_REACH
    refused = Outcome(Exit.UNAVAILABLE, "5.0.0", "Service unavailable", "esmtp")
    assert at_the_end(refused, deferred_somewhere=True) == refused
