"""MaxMimeHeaderLength: MIME headers that are cut as a message is sent."""

import pytest

from simlib import World
from simlib.message.envelope import Message
from simlib.mta.policy.mime_header import Limits, limits, shortened

LIMITS = Limits(30, 12)


@pytest.mark.parametrize(
    ("name", "value", "cut"),
    [
        ("Content-Description", " " + "a" * 30, " " + "a" * 30),
        ("Content-Description", " " + "a" * 31, " " + "a" * 29),
        ("Content-Id", " <" + "a" * 40 + ">", " <" + "a" * 29),
        ("Content-Type", " text/plain; name=aaaaaaaaaa", " text/plain; name=aaaaaaa"),
        ("Content-Type", ' text/plain; name="aaaaaaaaaa"', ' text/plain; name="aaaaa"'),
        ("Content-Type", " text (aaaaaaaaaa)", " text (aaaaa)"),
        ("Content-Type", ' a/b; c="d;eeeeeeeee"; f', ' a/b; c="d;eeeeee"; f'),
        ("Mime-Version", " 1.0 (" + "a" * 30 + ")", " 1.0 (" + "a" * 24 + ")"),
        ("Subject", " " + "a" * 99, " " + "a" * 99),
    ],
)
def test_how_a_header_is_cut(name: str, value: str, cut: str) -> None:
    whole = Message(1, 500, ((name, value),))
    short, cuts = shortened(whole, LIMITS)
    assert short.headers == ((name, cut),)
    assert bool(cuts) is (cut != value)
    assert short.body_size == whole.body_size


def test_nothing_is_cut_without_limits() -> None:
    assert limits("0") == limits("-1") == limits("") == (0, 0)
    long = Message(1, 9000, (("Content-Type", " text/plain; name=" + "a" * 5000),))
    assert shortened(long, limits("0")) == (long, [])


@pytest.mark.parametrize("to", ["jiro", "hana@far.example"])
def test_what_arrives_has_a_short_header_and_the_log_tells_of_it(to: str) -> None:
    world = World(seed=1)
    here = world.sendmail("mail.here.example", cf="O MaxMimeHeaderLength=128/40")
    world.sendmail("mx.far.example", domain="far.example")
    here.submit("taro", to, size=900, headers={"Content-Type": "text/plain; name=" + "a" * 100})
    trace = world.run(until="1h")
    (row,) = trace.deliveries
    assert b"name=" + b"a" * 35 + b"\n" in trace.content(row.message, row.mailbox)
    told = "Truncated MIME Content-Type header due to field size (length = 106) (possible attack)"
    assert told in trace.syslog(here)
