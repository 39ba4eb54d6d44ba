"""The queue as an administrator sees it: mailq's order and marks, qf files, and the table."""

import re

import pytest

from simlib import Trace, WorkbookError, World

HOST = "mail.here.example"


@pytest.fixture(scope="module")
def trace() -> Trace:
    """A list message that was tried, one that came later, and one that another host brought."""
    world = World(seed=1)
    mail = world.sendmail(
        HOST, domain="here.example", cf="CR there.example\nO DeliveryMode=queueonly\nO MinQueueAge=30m"
    )
    other = world.sendmail("mail.other.example", domain="other.example")
    mx = world.sendmail("mx.there.example", domain="there.example")
    world.outage(mx.daemon, "0s", "9h")
    world.zone(f"@ 1h MX 10 mx.there.example.\n@ 1h MX 20 {HOST}.", origin="there.example.")
    headers = {"Precedence": "list", "Subject": "m00"}
    mail.submit("taro@here.example", "a@there.example", "b@there.example", size=162, headers=headers, notify=["never"])
    mail.queue_run(at="1m")
    mail.submit("taro@here.example", "c@there.example", size=50_000, at="5m")
    other.submit("jiro@other.example", "d@there.example", size=1_000, at="6m")
    return world.run(until="10m")


def test_mailq_lists_in_queue_order_with_marks(trace: Trace) -> None:
    lines = [line for line in trace.mailq(HOST).splitlines() if re.match(r"\w{14}", line)]
    assert [(line[14], line.split()[-1]) for line in lines] == [
        (" ", "<jiro@other.example>"),
        (" ", "<taro@here.example>"),
        ("-", "<taro@here.example>"),
    ]


def test_the_table_has_a_row_for_each_in_the_same_order(trace: Trace) -> None:
    columns = ("mark", "recipients", "size", "precedence", "created", "last_try", "tries", "priority")
    assert list(trace.queue(HOST).select(*columns).rows()) == [
        (" ", "d@there.example", 1_000, 0, 360, None, 0, 31_000),
        (" ", "c@there.example", 50_000, 0, 300, None, 0, 80_000),
        ("-", "a@there.example,b@there.example", 162, -30, 0, 60, 1, 204_162),
    ]


def test_a_qf_file_of_what_was_handed_in(trace: Trace) -> None:
    qid = trace.queue(HOST)["qid"][2]
    assert trace.qf(HOST, qid).splitlines() == [
        "V8",
        "T899251200",
        "K899251260",
        "N1",
        "P204162",
        "MDeferred: Connection refused by mx.there.example.",
        "Fns",
        "$_root@localhost",
        "$rESMTP",
        "$slocalhost",
        "${daemon_flags}c u",
        "S<taro@here.example>",
        "rRFC822; a@there.example",
        "RPN:<a@there.example>",
        "rRFC822; b@there.example",
        "RPN:<b@there.example>",
        "H?P?Return-Path: <$g>",
        "H??Received: from localhost (root@localhost)",
        f"\tby mail.here.example (8.18/8.18) with ESMTP id {qid};",
        "\tWed, 1 Jul 1998 09:00:00 +0900",
        "H?D?Date: Wed, 1 Jul 1998 09:00:00 +0900",
        "H?F?From: taro@here.example",
        f"H?M?Message-Id: <199807010000.{qid}@mail.here.example>",
        "H??Precedence: list",
        "H??Subject: m00",
        ".",
    ]


def test_a_qf_file_of_what_came_by_smtp(trace: Trace) -> None:
    text = trace.qf(HOST, trace.queue(HOST)["qid"][0])
    assert "\nK0\nN0\nP31000\nFs\n$_mail.other.example [10.0.0.2]\n$rESMTP\n$smail.other.example\n" in text
    assert "\nRPFD:<d@there.example>\nH?P?Return-Path: <$g>\nH??Received: from mail.other.example (mail" in text


def test_under_load_mailq_marks_what_is_not_urgent_enough() -> None:
    world = World(seed=1)
    mail = world.sendmail(HOST, cf="O DeliveryMode=queueonly\nO QueueLA=8\nO QueueFactor=500000")
    world.sendmail("mx.there.example", domain="there.example")
    world.busy(mail, 12, "0s", "1h")
    mail.submit(f"taro@{HOST}", "a@there.example", size=1_000)
    mail.submit(f"taro@{HOST}", "b@there.example", size=100_000)
    assert world.run(until="30m").queue(HOST)["mark"] == [" ", "X"]


def test_no_such_message(trace: Trace) -> None:
    with pytest.raises(WorkbookError, match="no kAAA in the queue of mail.here.example; there are: "):
        trace.qf(HOST, "kAAA")
