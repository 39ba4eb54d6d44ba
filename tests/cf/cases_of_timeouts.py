"""For each time-out that is obeyed: a line that sets it, and what differs in a small world."""

from simlib import Quirks, Reply
from tests.cf.looks import LIST, URGENT, Case, broken_off, by_ident, hanging_home, no_name_service, notices
from tests.cf.small_worlds import closed, down, no_answer, silent

CASES = {
    "Timeout": Case("O Timeout=1m", lambda cf: silent(cf, "RCPT"), 3600, 60, "how long a silent RCPT is waited for"),
    "QueueTimeout": Case(
        "O QueueTimeout=1h", notices, ["warning"], ["return"], "a letter is returned, and not warned of"
    ),
    "Timeout.connect": Case(
        "O Timeout.connect=10s",
        lambda cf: no_answer(f"O Timeout.iconnect=20s\n{cf}", ("1m", "30m")),
        [20, 75],
        [20, 10],
        "how long the second try waits for a host without power",
    ),
    "Timeout.iconnect": Case(
        "O Timeout.iconnect=10s",
        lambda cf: no_answer(f"O Timeout.connect=20s\n{cf}", ("1m", "30m")),
        [20, 20],
        [10, 20],
        "how long the first try waits for a host without power",
    ),
    "Timeout.initial": Case(
        "O Timeout.initial=1m",
        lambda cf: silent(cf, "greeting"),
        300,
        60,
        "how long a greeting that does not come is waited for",
    ),
    "Timeout.helo": Case(
        "O Timeout.helo=1m", lambda cf: silent(cf, "EHLO"), 300, 60, "how long a silent EHLO is waited for"
    ),
    "Timeout.mail": Case(
        "O Timeout.mail=1m", lambda cf: silent(cf, "MAIL"), 600, 60, "how long a silent MAIL is waited for"
    ),
    "Timeout.rcpt": Case(
        "O Timeout.rcpt=1m", lambda cf: silent(cf, "RCPT"), 3600, 60, "how long a silent RCPT is waited for"
    ),
    "Timeout.datainit": Case(
        "O Timeout.datainit=1m", lambda cf: silent(cf, "DATA"), 300, 60, "how long a silent DATA is waited for"
    ),
    "Timeout.datablock": Case(
        "O Timeout.datablock=10m",
        broken_off,
        3600,
        600,
        "how long a host is waited for that loses power amid a message",
    ),
    "Timeout.datafinal": Case(
        "O Timeout.datafinal=1m", lambda cf: silent(cf, "."), 3600, 60, "how long a silent dot is waited for"
    ),
    "Timeout.rset": Case(
        "O Timeout.rset=1m",
        lambda cf: closed(cf, Quirks(silent_at="RSET", replies={"RCPT": Reply(451, "4.3.2 busy")})),
        300,
        60,
        "how long a silent RSET after a refusal is waited for",
    ),
    "Timeout.quit": Case(
        "O Timeout.quit=10s",
        lambda cf: closed(cf, Quirks(delays={"QUIT": 90})),
        90,
        10,
        "how long a slow QUIT is waited for",
    ),
    "Timeout.misc": Case(
        "O Timeout.misc=10s",
        lambda cf: closed(cf, Quirks(silent_at="RSET"), 2),
        120,
        10,
        "how long the RSET is waited for that tries a kept connection",
    ),
    "Timeout.ident": Case(
        "O Timeout.ident=2s", by_ident, 5, 2, "how long a letter waits for Ident that is dropped by a filter"
    ),
    "Timeout.fileopen": Case(
        "O Timeout.fileopen=10s", hanging_home, 120, 20, "how long a .forward file on a dead NFS server is waited for"
    ),
    "Timeout.hoststatus": Case(
        "O Timeout.hoststatus=1m",
        lambda cf: down(f"O HostStatusDirectory=.hoststat\n{cf}"),
        [60],
        [60, 1200],
        "the second run calls a host again that was down at the first",
    ),
    "Timeout.queuereturn": Case(
        "O Timeout.queuereturn=1h", notices, ["warning"], ["return"], "a letter is returned, and not warned of"
    ),
    "Timeout.queuereturn.normal": Case(
        "O Timeout.queuereturn.normal=1h", notices, ["warning"], ["return"], "a letter is returned, and not warned of"
    ),
    "Timeout.queuereturn.urgent": Case(
        "O Timeout.queuereturn.urgent=1h",
        lambda cf: notices(cf, headers=URGENT),
        ["warning"],
        ["return"],
        "the same for Precedence: special-delivery",
    ),
    "Timeout.queuereturn.non-urgent": Case(
        "O Timeout.queuereturn.non-urgent=1h",
        lambda cf: notices(cf, headers=LIST),
        [],
        ["return"],
        "a letter with Precedence: list is returned",
    ),
    "Timeout.queuewarn": Case("O Timeout.queuewarn=0", notices, ["warning"], [], "nobody is warned"),
    "Timeout.queuewarn.normal": Case("O Timeout.queuewarn.normal=0", notices, ["warning"], [], "nobody is warned"),
    "Timeout.queuewarn.urgent": Case(
        "O Timeout.queuewarn.urgent=0",
        lambda cf: notices(cf, headers=URGENT),
        ["warning"],
        [],
        "the same for Precedence: special-delivery",
    ),
    "Timeout.queuewarn.non-urgent": Case(
        "O Timeout.queuewarn.non-urgent=1h",
        lambda cf: notices(cf, until="3h", headers={"Priority": "non-urgent"}),
        [],
        ["warning"],
        "a letter with Priority: non-urgent is warned of",
    ),
    "Timeout.resolver.retrans": Case(
        "O Timeout.resolver.retrans=1s", no_name_service, 20, 4, "how long a run is held up when no name server answers"
    ),
    "Timeout.resolver.retry": Case(
        "O Timeout.resolver.retry=1", no_name_service, 20, 5, "how long a run is held up when no name server answers"
    ),
}
"""By the name of the option."""
