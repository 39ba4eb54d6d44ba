"""What the log says of each attempt: read by people, so worded as sendmail words it (held against the real one)."""

import pytest

from simlib import Quirks, Reply, World

QUEUED = "O DeliveryMode=queueonly"


def log(quirks: Quirks, *recipients: str, headers: dict[str, str] | None = None) -> str:
    """The log of a host that queues one message for a peer, and runs its queue."""
    world = World()
    mail = world.sendmail("mail.here.example", cf=QUEUED)
    world.peer("mx.there.example", domain="there.example", quirks=quirks)
    mail.submit("taro@mail.here.example", *recipients, headers=headers)
    mail.queue_run(at="1m")
    return world.run(until="1h").syslog("mail.here.example")


def test_what_is_only_queued_is_told_at_once() -> None:
    first = next(line for line in log(Quirks(), "u@there.example").splitlines() if "to=<u@" in line)
    assert first.endswith("to=<u@there.example>, delay=00:00:00, mailer=esmtp, pri=31000, stat=queued")


def test_a_negative_priority_is_shown_as_the_largest_number() -> None:
    text = log(Quirks(), "u@there.example", headers={"Precedence": "special-delivery"})
    assert "pri=9223372036854775807, stat=queued" in text


def test_refusals_by_name_get_a_line_each_and_the_reply() -> None:
    text = log(Quirks(replies={"RCPT": Reply(451, "4.3.2 busy")}), "u@there.example", "v@there.example")
    for name in ("u", "v"):
        (line,) = [line for line in text.splitlines() if f"to=<{name}@" in line and "Deferred" in line]
        assert line.endswith("dsn=4.3.2, reply=451 4.3.2 busy, stat=Deferred: 451 4.3.2 busy")


def test_those_who_fare_alike_share_a_line() -> None:
    assert "to=<u@there.example>,<v@there.example>, " in log(Quirks(), "u@there.example", "v@there.example")


def test_to_the_enhanced_code_of_a_refused_data_no_heed_is_paid() -> None:
    text = log(Quirks(replies={"DATA": Reply(451, "4.3.2 busy")}), "u@there.example")
    assert "dsn=4.0.0, reply=451 4.3.2 busy, stat=Deferred: 451 4.3.2 busy" in text


@pytest.mark.parametrize(
    ("quirks", "down", "told"),
    [
        (Quirks(), True, "dsn=4.4.1, stat=Deferred: Connection refused by mx.there.example."),
        (Quirks(greeting=Reply(451, "4.3.2 busy")), False, "dsn=4.5.0, stat=Deferred"),
        (Quirks(close_after="greeting"), False, "dsn=4.4.2, stat=Deferred: Connection reset by mx.there.example."),
    ],
)
def test_of_a_host_known_to_be_bad_only_the_reason_is_left_and_no_address(
    quirks: Quirks, down: bool, told: str
) -> None:
    world = World()
    mail = world.sendmail("mail.here.example", cf=QUEUED)
    peer = world.peer("mx.there.example", domain="there.example", quirks=quirks)
    if down:
        world.outage(peer, 0, "1d")
    for n in range(2):
        mail.submit("taro@mail.here.example", f"u{n}@there.example")
    mail.queue_run(at="1m")
    lines = world.run(until="1h").syslog("mail.here.example").splitlines()
    assert lines[-1].endswith(f"relay=mx.there.example., {told}")
