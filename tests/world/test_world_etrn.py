"""Slide claim 05.3: ETRN (RFC 1985) starts a queue run from afar."""

import pytest

from simlib import Trace, WorkbookError, World

ISP, BRANCH = "mx.isp.example", "mail.branch.example"


def ask(*nodes: str, cf: str = "", before: str = "1m", busy: int = 0, until: str = "1h") -> Trace:
    """Mail waits with the provider for the branch and its subdomain; a run at ``before`` found the branch down."""
    world = World(seed=1)
    isp = world.sendmail(ISP, cf=f"CR branch.example\nO DeliveryMode=queueonly\nO RefuseLA=99\n{cf}")
    branch = world.sendmail(BRANCH, domain=["branch.example", "lab.branch.example"])
    world.sendmail("mx.other.example", domain="other.example")
    world.outage(branch.daemon, "0s", "2m")
    for n, to in enumerate(("a@branch.example", "b@lab.branch.example", "c@other.example")):
        isp.submit(f"taro@{ISP}", to, size=1_000 + n)
    isp.queue_run(at=before, select="-qRbranch")
    if busy:
        world.busy(ISP, busy, "3m", "50m")
    for n, node in enumerate(nodes):
        world.etrn(BRANCH, ISP, node, at=600 + n)
    return world.run(until=until)


def answer(trace: Trace) -> str:
    lines = trace.dialogue(trace.connections.where(client=BRANCH)["connection"][0]).splitlines()
    return lines[next(n for n, line in enumerate(lines) if line.startswith(">>> ETRN")) + 1]


@pytest.mark.parametrize(
    ("node", "reply", "delivered"),
    [
        ("branch.example", "250 2.0.0 Queuing for node branch.example started", ["a"]),
        ("BRANCH.example", "250 2.0.0 Queuing for node BRANCH.example started", ["a"]),
        ("@branch.example", "250 2.0.0 Queuing for node @branch.example started", ["a", "b"]),
        ("#mqueue", "250 2.0.0 Queuing for queue group mqueue started", ["a", "b", "c"]),
        ("nowhere.example", "250 2.0.0 Queuing for node nowhere.example started", []),
        ("#nogroup", "459 4.5.4 Queue nogroup unknown", []),
    ],
)
def test_what_is_answered_and_what_is_run(node: str, reply: str, delivered: list[str]) -> None:
    trace = ask(node)
    assert answer(trace) == f"<<< {reply}"
    assert sorted(trace.deliveries["mailbox"]) == delivered


def test_it_takes_no_heed_of_min_queue_age_and_host_status_but_a_group_does() -> None:
    careful = "O MinQueueAge=30m\nO HostStatusDirectory=.hoststat\nO Timeout.hoststatus=2h"
    assert ask("branch.example", cf=careful).deliveries["mailbox"] == ["a"]
    assert ask("#mqueue", cf=careful).deliveries["mailbox"] == ["c"]


def test_the_mail_comes_at_once_by_a_connection_of_the_server() -> None:
    trace = ask("branch.example")
    assert 600 < trace.deliveries["time"][0] < 601
    asked, brought = trace.connections.where(lambda row: row.opened >= 600)
    assert (asked.client, asked.messages) == (BRANCH, 0)
    assert (brought.client, brought.server, brought.messages) == (ISP, BRANCH, 1)
    assert f"{BRANCH} [10.0.0.2]: ETRN branch.example\n" in trace.syslog(ISP)


def test_noetrn_forbids_it_and_it_is_not_offered() -> None:
    trace = ask("branch.example", cf="O PrivacyOptions=noetrn")
    assert answer(trace) == "<<< 502 5.7.0 Sorry, we do not allow this operation"
    assert "ETRN\n" not in trace.dialogue(trace.connections.where(client=BRANCH)["connection"][0])
    assert len(trace.deliveries) == 0


def test_at_too_high_a_load_there_is_no_answer_and_no_run() -> None:
    trace = ask("branch.example", busy=60)
    connection = trace.connections.where(client=BRANCH)
    assert trace.dialogue(connection["connection"][0]).endswith(">>> ETRN branch.example")
    assert connection["closed"][0] - connection["opened"][0] > 120, "Timeout.misc"
    assert "runqueue: Skipping queue run -- load average too high" in trace.syslog(ISP)
    assert len(trace.deliveries) == 0


def test_a_server_that_does_not_answer_is_asked_in_vain() -> None:
    world = World(seed=1)
    world.sendmail(ISP)
    world.host(BRANCH)
    world.outage(ISP, "0s", "1h")
    world.etrn(BRANCH, ISP, "branch.example", at="1m")
    assert world.run(until="1h").connections["outcome"] == ["timed out"]


def test_bad_input() -> None:
    world = World(seed=1)
    world.sendmail(ISP)
    with pytest.raises(WorkbookError, match="there is no host 'mail.branch.example'; known: mx.isp.example"):
        world.etrn(BRANCH, ISP, "branch.example")
    with pytest.raises(WorkbookError, match="for which node"):
        world.etrn(ISP, ISP, " ")
