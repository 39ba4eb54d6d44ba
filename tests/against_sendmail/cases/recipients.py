"""A message to several: who shares a transaction, and what becomes of those who are refused."""

from simlib.smtp import Quirks, Reply
from tests.against_sendmail.case import EVERYTHING, Case, Letter, Run, Wait
from tests.against_sendmail.cases.site import BUSY, FINE, GOING, NO_USER, ZONE

UP = {"mx1.test": FINE, "mx2.test": FINE, "mx3.test": FINE}
THREE = (Letter(("u1@one.test", "u2@one.test", "u3@one.test")),)
NO_PIPELINING = frozenset({"ENHANCEDSTATUSCODES", "DSN"})
NUMBERS = ("number of connections", "deliveries", "queue without addresses", "notices")

TOGETHER = [
    Case("three of one domain", THREE, UP, ZONE),
    Case("one named twice", (Letter(("u1@one.test", "u2@one.test", "u1@one.test")),), UP, ZONE),
    Case("two of one domain, one of another", (Letter(("u@one.test", "v@two.test", "w@one.test")),), UP, ZONE),
    Case("two domains, one of them down", (Letter(("u@one.test", "v@two.test")),), UP, ZONE,
         states={"mx1.test": "refusing"}, steps=(Run(), Wait(60), Run())),
    Case("two domains, one unknown", (Letter(("u@one.test", "v@nosuch.test")),), UP, ZONE),
    Case("a hundred and one of one domain", (Letter(tuple(f"u{n:03}@one.test" for n in range(101))),), UP, ZONE,
         observe=("number of connections", "delivered", "queue")),
    Case("a mailer that takes one at a time", THREE, UP, ZONE, m4="MODIFY_MAILER_FLAGS(`ESMTP', `-m')"),
    Case("two domains with one mail host", (Letter(("u@one.test", "v@uno.test")),), UP, f"{ZONE}\nuno MX 10 mx1",
         simplified="each domain has a transaction of its own, also where the mail host is the same"),
]  # fmt: skip
REFUSED = [
    Case(
        f"{name}, {'with' if extensions is None else 'without'} PIPELINING",
        THREE,
        {"mx1.test": Quirks(replies={"RCPT": replies}, extensions=extensions)},
        ZONE,
        observe=observe,
    )
    for name, replies, observe in (
        ("all 451", [BUSY], EVERYTHING),
        ("all 550", [NO_USER], EVERYTHING),
        ("one 451", [BUSY, None], NUMBERS),
        ("two 451", [BUSY, BUSY, None], NUMBERS),
        ("one 550", [NO_USER, None], NUMBERS),
        ("one 550, one 451", [NO_USER, BUSY, None], NUMBERS),
        ("421 to the second", [None, GOING], NUMBERS),
        ("452 after the first", [None, Reply(452, "4.5.3 one at a time")], NUMBERS),
    )
    for extensions in (None, NO_PIPELINING)
]
CASES = TOGETHER + REFUSED
