"""Receipts along a chain of hosts, new and old (slide claims 08.1-08.4)."""

import email

import pytest

from simlib import Trace, World
from simlib.errors import WorkbookError

OLD, NEW = "8.6.12", "8.18"


def chain(*versions: str, **letter: object) -> Trace:
    """A letter from ``taro@a.example`` along hosts a, b, c … to the last of them."""
    world = World(seed=1)
    hosts = [
        world.sendmail(f"{'abcd'[n]}.example", version=version, cf="CR example" if n else "")
        for n, version in enumerate(versions)
    ]
    for n in range(1, len(hosts) - 1):  # all but the last pass everything on
        hosts[n].restart(cf=world.systems[n].cf.with_lines(f"DS[{hosts[n + 1].name}]"))
    hosts[0].restart(cf=world.systems[0].cf.with_lines("DS[b.example]"))
    hosts[0].submit("taro@a.example", f"hana@{hosts[-1].name}", at=1, **letter)  # type: ignore[arg-type]  # for brevity
    return world.run(until="5m")


def told(trace: Trace) -> list[tuple[str, str]]:
    """Who told what."""
    rows = []
    for host, number in zip(trace.notices["host"], trace.notices["message"], strict=True):
        parts = email.message_from_bytes(trace.content(number))
        rows.append((host, parts.get_payload()[1].get_payload()[1]["Action"] if parts.is_multipart() else "plain text"))
    return rows


def test_a_receipt_comes_from_the_last_host_if_all_know_of_dsn() -> None:
    trace = chain(NEW, "8.8.5", NEW, notify=["success"], envid="e1", orcpt="rfc822;h@old.example", ret="hdrs")
    assert told(trace) == [("c.example", "delivered (to mailbox)")]
    notice = email.message_from_bytes(trace.content(trace.notices["message"][0]))
    message, recipient = notice.get_payload()[1].get_payload()
    assert message["Original-Envelope-Id"] == "e1"
    assert recipient["Original-Recipient"] == "rfc822;h@old.example"
    assert message["Received-From-MTA"] == "DNS; b.example"


def test_an_old_host_in_the_middle_ends_the_trail() -> None:
    trace = chain(NEW, OLD, NEW, notify=["success"])
    assert told(trace) == [("a.example", "relayed (to non-DSN-aware mailer)")]
    assert trace.totals()["delivered"] == 1


def test_what_an_old_host_returns_is_plain_text() -> None:
    world = World(seed=1)
    old = world.sendmail("old.example", version=OLD)
    old.submit("taro@old.example", "hana@nowhere.invalid")
    assert told(world.run(until="1m")) == [("old.example", "plain text")]


@pytest.mark.parametrize(("version", "receipts"), [(OLD, 1), ("8.7", 0), (NEW, 0)])
def test_return_receipt_to_moves_only_old_hosts(version: str, receipts: int) -> None:
    trace = chain(NEW, version, headers={"Return-Receipt-To": "Jiro <jiro@a.example>"})
    assert trace.notices["kind"] == ["receipt"] * receipts
    assert trace.notices["to"] == ["jiro@a.example"] * receipts


def test_the_command_line_option_is_not_there_before_8_7() -> None:
    world = World(seed=1)
    old = world.sendmail("old.example", version=OLD)
    with pytest.raises(WorkbookError, match="has no -N"):
        old.submit("taro@old.example", "hana@old.example", notify=["success"])


@pytest.mark.parametrize(
    "wrong", [{"notify": ["never", "success"]}, {"ret": "body"}, {"envid": "a b"}, {"orcpt": "hana"}, {"body": "9bit"}]
)
def test_wishes_that_cannot_be_said(wrong: "dict[str, object]") -> None:
    with pytest.raises(WorkbookError):
        chain(NEW, NEW, **wrong)
