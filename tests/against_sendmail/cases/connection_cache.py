"""ConnectionCacheSize and ConnectionCacheTimeout: who is kept, who has to go (slide claim 04.1)."""

from simlib.smtp import Quirks, Reply
from tests.against_sendmail.case import Case
from tests.against_sendmail.cases.site import FINE, HOSTS, ZONE, by_turns

SIZES = [
    Case(
        f"cache {cache}, {sites} hosts, order {order}",
        by_turns(20, sites),
        dict.fromkeys(HOSTS[:sites], FINE),
        ZONE,
        cf=f"O ConnectionCacheSize={cache}\nO QueueSortOrder={order}",
        within_a_second=True,
    )
    for cache in (0, 1, 2, 4)
    for sites in (1, 3)
    for order in ("time", "host", "priority")
    if sites == 3 or order == "time"
]
EVICTION = [
    Case(
        f"hosts 1, 2, 3, 1, 2 with a cache of 2, {pace}",
        by_turns(5, 3),
        dict.fromkeys(HOSTS, quirks),
        ZONE,
        cf="O ConnectionCacheSize=2",
        within_a_second=True,
    )
    for pace, quirks in {"within a second": FINE, "1.1 s each": Quirks(delays={".": 1.1})}.items()
]
PEERS = [
    Case(name, by_turns(4, 1), {"mx1.test": quirks}, ZONE, cf=f"O ConnectionCacheSize=2\n{cf}")
    for name, quirks, cf in (
        ("two-line greeting", Quirks(greeting=Reply(220, "mx1.test", "ESMTP spoken here")), ""),
        ("421 after RSET", Quirks(replies={"RSET": Reply(421, "4.3.2 enough")}), ""),
        ("500 after RSET", Quirks(replies={"RSET": Reply(500, "5.5.1 what?")}), ""),
        ("HELO only", Quirks(hello_only=True), ""),
        ("no extensions", Quirks(extensions=frozenset()), ""),
        ("hangs up after the message", Quirks(close_after="."), ""),
        ("ConnectionCacheTimeout=0s", FINE, "O ConnectionCacheTimeout=0s"),
        ("ConnectionCacheTimeout=1s, 2 s each", Quirks(delays={".": 2}), "O ConnectionCacheTimeout=1s"),
    )
]
FORKED = [
    Case(
        f"ForkEachJob, {state}",
        by_turns(4, 1),
        {"mx1.test": Quirks(delays={".": 0.3})},
        ZONE,
        cf="O ConnectionCacheSize=2\nO ForkEachJob=True",
        states={"mx1.test": state},
        observe=("delivered", "number of connections", "most at once", "queue"),
    )
    for state in ("up", "refusing")
]
CASES = SIZES + EVICTION + PEERS + FORKED
