"""An agent's exit status as today's sendmail takes it: as seen with the real one, for each of ``sysexits.h``."""

import pytest

from simlib.cf import stock
from simlib.mta.local.exit_status import exit_outcome

LOCAL = stock().mailers["local"]
DEFERRED = "Deferred: local mailer (/bin/mail) exited with EX_TEMPFAIL"


@pytest.mark.parametrize(
    ("status", "kind", "dsn", "stat"),
    [
        (0, "sent", "2.0.0", "Sent"),
        (1, "failed", "5.3.0", "unknown mailer error 1"),
        (64, "failed", "5.0.0", "Command line usage error"),
        (65, "failed", "5.6.0", "Data format error"),
        (66, "failed", "5.3.0", "Cannot open input"),
        (67, "failed", "5.1.1", "User unknown"),
        (68, "failed", "5.1.2", "Host unknown"),
        (69, "failed", "5.0.0", "Service unavailable"),
        (70, "failed", "5.3.0", "Internal error"),
        (71, "deferred", "4.0.0", "Operating system error"),
        (72, "failed", "5.3.5", "System file missing"),
        (73, "failed", "5.0.0", "Can't create output"),
        (74, "deferred", "4.0.0", "I/O error"),
        (75, "deferred", "4.0.0", DEFERRED),
        (76, "failed", "5.5.0", "Remote protocol error"),
        (77, "failed", "5.0.0", "Insufficient permission"),
        (78, "failed", "5.3.5", "Local configuration error"),
        (127, "failed", "5.3.0", "unknown mailer error 127"),
    ],
)
def test_what_a_status_does(status: int, kind: str, dsn: str, stat: str) -> None:
    outcome = exit_outcome(status, LOCAL)
    assert (outcome.kind, outcome.dsn, outcome.stat) == (kind, dsn, stat)
