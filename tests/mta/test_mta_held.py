"""What is held against a host after a transaction or a refusal."""

import pytest

from simlib.message.status import Exit
from simlib.mta.policy.host_status import ECONNRESET, ETIMEDOUT, HostStatus
from simlib.mta.process.held import held_against, status_after
from simlib.smtp.phases import Phase
from simlib.smtp.replies import Reply, lost, timed_out
from simlib.smtp.session import Result

MX, NOW = "mx.far.example", 100
SENT = Result(Exit.OK, "2.0.0", Reply(250, "2.0.0 taken"), phase=Phase.DATAFINAL)
LATER = Result(Exit.TEMPFAIL, "4.3.0", Reply(451, "4.3.0 busy"), sticky=True, next_mx=True, phase=Phase.DATAFINAL)


def refused(phase: Phase, reply: Reply) -> Result:
    return Result(Exit.UNAVAILABLE, "5.0.0", reply, phase=phase, words="no")


def test_a_message_taken_is_a_good_host_and_its_last_reply_is_known() -> None:
    assert status_after([SENT], MX, NOW) == HostStatus(Exit.OK, "2.0.0", "", NOW, reply="250 2.0.0 taken")


@pytest.mark.parametrize("phase", [Phase.RCPT, Phase.DATAINIT])
def test_a_reply_that_says_something_of_a_recipient_says_nothing_of_the_host(phase: Phase) -> None:
    assert status_after([refused(phase, Reply(550, "5.1.1 no"))], MX, NOW) == HostStatus(Exit.OK, "", "", NOW)


def test_nor_does_a_host_that_closes_just_now() -> None:
    closing = refused(Phase.MAIL, Reply(421, "4.3.2 closing"))
    assert status_after([closing], MX, NOW) == HostStatus(Exit.OK, "", "", NOW)


def test_of_several_the_one_that_is_held_against_it_decides_else_the_last() -> None:
    held = HostStatus(Exit.TEMPFAIL, "4.3.0", "", NOW, reply="451 4.3.0 busy")
    assert status_after([LATER, SENT], MX, NOW) == held
    assert status_after([refused(Phase.MAIL, Reply(550, "5.7.1 no")), SENT], MX, NOW).dsn == "2.0.0"


def test_a_refusal_is_remembered_without_its_words_and_a_421_without_its_reply() -> None:
    assert held_against(LATER, MX, NOW) == HostStatus(Exit.TEMPFAIL, "4.3.0", "", NOW, reply="451 4.3.0 busy")
    closing = LATER._replace(reply=Reply(421, "4.3.2 closing"))
    assert held_against(closing, MX, NOW).reply == ""


@pytest.mark.parametrize(
    ("reply", "errno"), [(lost(MX), ECONNRESET), (timed_out(MX), ETIMEDOUT)], ids=["lost", "timed out"]
)
def test_a_lost_connection_is_remembered_with_its_words(reply: Reply, errno: int) -> None:
    early = held_against(LATER._replace(reply=reply, phase=Phase.HELO, words="lost"), MX, NOW)
    assert (early.text, early.errno, early.reply) == ("lost", errno, None)
    late = held_against(LATER._replace(reply=reply, phase=Phase.RCPT, words="lost"), MX, NOW)
    assert late.reply == f"451 4.4.1 reply: read error from {MX}."


def test_a_loop_is_remembered_in_sendmail_s_own_words() -> None:
    loop = LATER._replace(exit=Exit.CONFIG, dsn="5.3.5", reply=Reply(553, "5.3.5 mail loops back"))
    assert held_against(loop, MX, NOW).reply == "553 5.3.5 system config error"
