"""What became of a recipient at a host: what log, mailq and notice say, made of what was said there."""

import pytest

from simlib.cf import stock
from simlib.message.status import Exit
from simlib.mta.policy.host_status import ECONNREFUSED, HostStatus
from simlib.mta.policy.routing import NoRoute
from simlib.mta.process.process import NoConnection
from simlib.mta.sending.outcomes import of_no_connection, of_no_route, of_result, transcript_of_no_route
from simlib.smtp.phases import Phase
from simlib.smtp.replies import Reply, lost
from simlib.smtp.session import Result
from simlib.trace.recorder import ConnectionRecord
from tests.mta.entry import recipient

MX, ADDRESS = "mx.far.example", "10.0.0.9"
ESMTP = stock().mailers["esmtp"]
RECORD = ConnectionRecord(1, 0.0, "here", MX, "accepted", 0.1)
DOWN = HostStatus(Exit.TEMPFAIL, "4.4.1", f"Connection refused by {MX}.", 0, ECONNREFUSED)


def result(phase: Phase, reply: Reply, exit: Exit = Exit.UNAVAILABLE) -> Result:
    return Result(exit, "5.0.0", reply, phase=phase, words=reply.text)


def made(phase: Phase, reply: Reply, exit: Exit = Exit.UNAVAILABLE, forgot: bool = False) -> tuple[object, ...]:
    """Relay, reply, host and reason of a notice, and whether it has a line of its own."""
    one = of_result(result(phase, reply, exit), MX, ADDRESS, "esmtp", forgot)
    return one.relay, one.reply, one.remote, one.reason, one.own_line


AT, NO = f"{MX}. [{ADDRESS}]", Reply(550, "5.7.1 no")


def test_a_refusal_is_told_with_what_was_said_and_by_whom() -> None:
    assert made(Phase.RCPT, NO) == (AT, "550 5.7.1 no", MX, "550 5.7.1 no", True)
    assert made(Phase.DATAFINAL, NO) == (AT, "550 5.7.1 no", MX, "550 5.7.1 no", False)


def test_of_a_reply_to_mail_a_notice_does_not_name_the_host() -> None:
    assert made(Phase.MAIL, NO) == (AT, "550 5.7.1 no", "", "550 5.7.1 no", False)
    assert made(Phase.MAIL, NO, forgot=True)[0] == f"{MX}.", "where it was forgotten the log has no address"
    assert made(Phase.RCPT, NO, forgot=True)[0] == AT


def test_of_a_reply_to_data_sendmail_takes_no_note_and_has_a_status_of_its_own() -> None:
    assert made(Phase.DATAINIT, NO)[3] is None
    assert of_result(result(Phase.DATAINIT, NO), MX, ADDRESS, "esmtp", False).in_notice == Exit.UNAVAILABLE.enhanced
    assert of_result(result(Phase.RCPT, NO), MX, ADDRESS, "esmtp", False).in_notice == "5.0.0"


def test_of_a_421_the_words_are_not_kept_and_of_all_well_there_is_nothing_to_say() -> None:
    assert made(Phase.RCPT, Reply(421, "4.3.2 closing"), Exit.TEMPFAIL)[3] == ""
    assert made(Phase.DATAFINAL, Reply(250, "2.0.0 ok"), Exit.OK)[1:4] == ("", MX, None)


@pytest.mark.parametrize(("phase", "says"), [(Phase.RCPT, True), (Phase.DATAFINAL, True), (Phase.MAIL, False)])
def test_mailq_tells_of_a_connection_that_broke_once_mail_was_answered(phase: Phase, says: bool) -> None:
    one = of_result(result(phase, lost(MX), Exit.TEMPFAIL), MX, ADDRESS, "esmtp", False)
    assert (one.in_mailq == f"reply: read error from {MX}.") is says
    assert (one.reply, one.reason) == ("", None), "nobody has said anything"


def test_without_a_connection_the_reason_is_the_system_s() -> None:
    one = of_no_connection(NoConnection(DOWN, RECORD, ADDRESS), MX, "esmtp")
    assert (one.stat, one.relay, one.remote, one.reason) == (f"Deferred: Connection refused by {MX}.", AT, MX, None)
    known = of_no_connection(NoConnection(DOWN, remembered=True), MX, "esmtp")
    assert known.relay == f"{MX}.", "nobody was called"


def test_a_bad_greeting_is_told_and_its_host_stands_in_no_notice() -> None:
    greeting = Result(Exit.TEMPFAIL, "4.0.0", Reply(450, "4.0.0 busy"), True, True, Phase.INITIAL, "450 4.0.0 busy")
    status = HostStatus(Exit.TEMPFAIL, "4.0.0", "", 0, reply="450 4.0.0 busy")
    one = of_no_connection(NoConnection(status, RECORD, ADDRESS, greeting), MX, "esmtp")
    assert (one.reply, one.remote, one.reason) == ("450 4.0.0 busy", "", "450 4.0.0 busy")


def test_a_loop_is_sendmail_s_own_word() -> None:
    status = HostStatus(Exit.CONFIG, "5.3.5", "", 0, reply="553 5.3.5 system config error")
    one = of_no_connection(NoConnection(status, remembered=True), MX, "esmtp")
    assert (one.remote, one.reason) == ("", "553 5.3.5 system config error")


@pytest.mark.parametrize(
    ("route", "relay", "reason", "logged"),
    [
        (NoRoute(Exit.NOHOST, "5.1.2", "Host unknown", host_exists=False), "far.example", "550 Host unknown", True),
        (NoRoute(Exit.UNAVAILABLE, "5.1.10", "no mail"), "far.example.", "556 no mail", True),
        (NoRoute(Exit.CONFIG, "5.3.5", "loops back"), "far.example.", None, True),
        (NoRoute(Exit.TEMPFAIL, "4.4.3", "lookup failure"), "far.example.", None, False),
    ],
    ids=["unknown", "null MX", "loop", "name server"],
)
def test_a_domain_without_a_way(route: NoRoute, relay: str, reason: str | None, logged: bool) -> None:
    one = of_no_route(route, ESMTP, "far.example")
    assert (one.relay, one.reason, one.logged) == (relay, reason, logged)
    people = [recipient("hana@far.example"), recipient("jiro@far.example")]
    said = transcript_of_no_route(route, one, "far.example", people)
    wanted = {
        Exit.TEMPFAIL: ("451 far.example: Name server timeout",) * 2,
        Exit.CONFIG: ("554 5.0.0 loops back", Exit.CONFIG.message),
        Exit.UNAVAILABLE: (Exit.UNAVAILABLE.message,),
        Exit.NOHOST: ("550 5.1.2 <hana@far.example>,<jiro@far.example>... Host unknown",),
    }
    assert said == wanted[route.exit]
