"""What the trace shows is what sendmail itself would print."""

import re

import pytest

from simlib import Quirks, Reply, Trace, WorkbookError, World, read_maillog
from simlib.trace.clock import Clock


@pytest.fixture(scope="module")
def trace() -> Trace:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example", cf="O DeliveryMode=queueonly")
    mx = world.sendmail("mx.dead.example", domain="dead.example")
    world.peer(
        "mx.picky.example", domain="picky.example", quirks=Quirks(replies={"RCPT": Reply(550, "5.1.1 no such user")})
    )
    world.outage(mx.daemon, "0s", "5h")
    mail.submit("taro@here.example", "hana@dead.example", size=1234, headers={"Precedence": "list"}, at="5s")
    mail.submit("taro@here.example", "nobody@picky.example", at="6s")
    mail.queue_run(at="31m 12s")
    return world.run(until="2h")


def test_the_clock_reads_as_syslog_mailq_and_headers_write_it() -> None:
    clock = Clock.starting("1998-07-01T09:00+09:00")
    assert clock.syslog(0) == "Jul  1 09:00:00"
    assert clock.ctime(86_400 * 10) == "Sat Jul 11 09:00:00 1998"
    assert clock.rfc822(1.9) == "Wed, 1 Jul 1998 09:00:01 +0900"
    assert clock.unix(0) == 899_251_200


def test_a_log_line_for_a_message_that_came(trace: Trace) -> None:
    line = trace.syslog("mail.here.example").splitlines()[0]
    assert re.fullmatch(
        r"Jul  1 09:00:05 mail sendmail\[\d+\]: \w{14}: from=<taro@here\.example>, size=1234, class=-30, nrcpts=1, "
        r"msgid=<199807010000\.\w{14}@mail\.here\.example>, relay=root@localhost",
        line,
    )


def test_a_log_line_for_a_delivery_that_was_put_off(trace: Trace) -> None:
    (line,) = [line for line in trace.syslog("mail.here.example").splitlines() if "stat=Deferred" in line]
    assert re.fullmatch(
        r"Jul  1 09:31:12 mail sendmail\[\d+\]: \w{14}: to=<hana@dead\.example>, delay=00:31:07, xdelay=00:00:00, "
        r"mailer=esmtp, pri=175234, relay=mx\.dead\.example\. \[10\.0\.0\.2\], dsn=4\.4\.1, "
        r"stat=Deferred: Connection refused by mx\.dead\.example\.",
        line,
    )


def test_a_log_line_for_a_delivery_that_failed(trace: Trace) -> None:
    (line,) = [line for line in trace.syslog("mail.here.example").splitlines() if "stat=User unknown" in line]
    assert "to=<nobody@picky.example>" in line
    assert "dsn=5.1.1" in line


def test_mailq(trace: Trace) -> None:
    head, titles, entry, reason, recipient, total = trace.mailq("mail.here.example").splitlines()
    assert head == "\t\t/var/spool/mqueue (1 request)"
    assert titles == "-----Q-ID----- --Size-- -----Q-Time----- ------------Sender/Recipient-----------"
    assert re.fullmatch(r"\w{14}    1216 Wed Jul  1 09:00 <taro@here\.example>", entry[:14] + entry[15:])
    assert reason == f"{'':17}(Deferred: Connection refused by mx.dead.example.)"
    assert recipient == "\t\t\t\t\t <hana@dead.example>"
    assert total == "\t\tTotal requests: 1"
    assert trace.mailq("mx.dead.example") == "/var/spool/mqueue is empty\n\t\tTotal requests: 0\n"


def test_the_queue_length_is_a_step_at_each_change(trace: Trace) -> None:
    steps = list(trace.queue_length("mail.here.example").rows())
    assert [length for _, length in steps] == [0, 1, 2, 1]
    assert [time for time, _ in steps][:3] == [0, 5, 6]


def test_the_bytes_are_those_of_the_dialogue_and_the_message() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    world.peer("mx.there.example")
    mail.submit("taro@mail.here.example", "hana@mx.there.example", size=5_000)
    trace = world.run(until="1m")
    said = [line[4:] for line in trace.dialogue(1).splitlines()]
    assert trace.connections["bytes"] == [5_000 + sum(len(line) + 2 for line in said)]


def test_a_return_goes_to_the_sender_and_is_counted_apart(trace: Trace) -> None:
    (notice,) = trace.notices
    assert (notice.kind, notice.to) == ("return", "taro@here.example")
    totals = trace.totals()
    assert (totals["submitted"], totals["bounced"], totals["queued"], totals["notices"]) == (2, 1, 1, 1)
    assert trace.deliveries["mailbox"] == ["taro"]


def test_what_is_not_there_is_named(trace: Trace) -> None:
    with pytest.raises(WorkbookError, match=r"no connection 9: there are 1 to 2"):
        trace.dialogue(9)
    with pytest.raises(WorkbookError, match="no column 'relais'"):
        trace.attempts["relais"]


def test_two_worlds_of_one_instant_and_two_zones_have_their_own_times() -> None:
    ids = []
    for start, zone in (("1998-07-01T09:00+09:00", "+0900"), ("1998-07-01T00:00+00:00", "GMT")):
        world = World(seed=1, start=start)
        world.sendmail("mail.here.example", domain="here.example").submit("taro@here.example", "hana@here.example")
        trace = world.run(until="1m")
        ids.append(read_maillog(trace.syslog("mail.here.example"))["qid"][0])
        assert f"; Wed, 1 Jul 1998 {start[11:16]}:00 {zone}" in trace.received(1)
    assert [qid[3] for qid in ids] == ["9", "0"]  # the hour
