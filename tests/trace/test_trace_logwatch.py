"""Debian's own log tool reads the simulated mail log without complaint and counts the same (slide claim 11.1)."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from simlib import Quirks, Reply, Trace, World, read_maillog, traffic
from simlib.mta.receiving.start_up import hang_up

HOME = Path("/usr/share/logwatch")
SCRIPT = HOME / "scripts/services/sendmail"
pytestmark = pytest.mark.skipif(
    not SCRIPT.exists() or shutil.which("perl") is None, reason="logwatch or perl is not installed here"
)
HOST = "mail.here.example"


@pytest.fixture(scope="module")
def trace() -> Trace:
    """A day with all that a log tells of: sent, put off, refused, returned, warned of, a limit, a restart."""
    world = World(seed=3)
    mail = world.sendmail(HOST, domain="here.example", cf="O MaxMessageSize=60000\nO Timeout.queuewarn=1h")
    far = world.sendmail("mx.far.example", domain="far.example")
    there = world.sendmail("mx.there.example", domain="there.example")
    no_user = Quirks(replies={"RCPT": [Reply(550, "5.1.1 no such user"), Reply(451, "4.3.2 busy"), None]})
    world.peer("mx.odd.example", domain="odd.example", quirks=no_user)
    world.outage(there.daemon, "0s", "3h")
    world.zone(f"@ 60 MX 10 {HOST}.", origin="victim.example")
    random = world.random("arrivals")
    for at in traffic.poisson(random, every="10m", until="8h"):
        mail.submit(
            "taro@here.example", "hana@there.example", "jiro@far.example", size=int(random.uniform(500, 70_000)), at=at
        )
        far.submit("hana@far.example", "taro@here.example", size=int(random.uniform(500, 50_000)), at=at)
    mail.submit("taro@here.example", "a@odd.example", "b@odd.example", "c@odd.example")
    mail.submit("taro@here.example", "a@nosuch.invalid")
    far.submit("spam@far.example", "u@victim.example", at="1h")
    mail.queue_run(every="30m")
    world.at("3h", lambda: hang_up(mail.daemon))
    return world.run(until="10h")


@pytest.fixture(scope="module")
def report(trace: Trace) -> str:
    without_heads = re.sub(r"(?m)^.*?\[\d+\]: ", "", trace.syslog(HOST))  # logwatch's own filters take them off
    environment = {**os.environ, "LOGWATCH_DETAIL_LEVEL": "10", "PERL5LIB": str(HOME / "lib")}
    done = subprocess.run(
        ["perl", str(SCRIPT)],
        input=without_heads,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env=environment,
    )
    assert done.stderr == ""
    return done.stdout


def number(report: str, pattern: str) -> int:
    found = re.search(pattern, report)
    assert found is not None, pattern
    return int(found[1])


def test_it_knows_every_line(report: str) -> None:
    assert "nmatched" not in report


def test_it_counts_the_messages_and_their_bytes(trace: Trace, report: str) -> None:
    came = read_maillog(trace.syslog(HOST)).where(lambda row: row.kind == "came" and row.recipients > 0)
    assert number(report, r"Messages To Recipients: +(\d+)") == len(came)
    assert number(report, r"Addressed Recipients: +(\d+)") == sum(came["recipients"])
    assert number(report, r"Bytes Transferred: +(\d+)") == sum(came["size"])


def test_it_counts_what_each_mailer_sent(trace: Trace, report: str) -> None:
    assert number(report, r"local +(\d+)\n") == len(trace.deliveries.where(host=HOST))
    sent = trace.attempts.where(host=HOST, outcome="sent")
    assert number(report, r"esmtp +(\d+)\n") == sum(len(row.split(",")) for row in sent["recipients"])


def test_it_counts_what_was_put_off_and_what_was_refused(trace: Trace, report: str) -> None:
    deferred = trace.attempts.where(host=HOST, outcome="deferred")
    assert number(report, r"Mail Deferred:(?s:.*?)Total: +(\d+)") == len(deferred)
    assert number(report, r"Relaying denied(?s:.*?)Total: +(\d+)") == 1
