"""A message to several: who shares a transaction, and what becomes of those who are refused."""

from simlib.smtp import Quirks, Reply
from tests.against_sendmail.case import EVERYTHING, Case, Letter, Run, Type, Wait
from tests.against_sendmail.cases.site import BUSY, FINE, GOING, NO_USER, ZONE

UP = {"mx1.test": FINE, "mx2.test": FINE, "mx3.test": FINE}
THREE = (Letter(("u1@one.test", "u2@one.test", "u3@one.test")),)
NO_PIPELINING = frozenset({"ENHANCEDSTATUSCODES", "DSN"})
NUMBERS = ("number of connections", "deliveries", "queue without addresses", "notices")
UNO = f"{ZONE}\nuno MX 10 mx1"
AB = f"{ZONE}\nab MX 10 mx1\nab MX 20 mx2"
CD, AA = f"{AB}\ncd MX 10 mx1\ncd MX 20 mx3", f"{AB}\naa MX 10 mx1"
SAME, GUEST, HOST_ALONE = (
    (Letter(to),) for to in (("u@ab.test", "v@ba.test"), ("u@ab.test", "v@one.test"), ("u@aa.test", "v@ab.test"))
)
LATER = Reply(451, "4.3.0 Later")
PUT_OFF, FIRST_DOWN = {**UP, "mx1.test": Quirks(replies={"RCPT": LATER})}, {"mx1.test": "refusing"}

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
    Case("two domains with one mail host", (Letter(("u@one.test", "v@uno.test")),), UP, UNO),
    Case("two domains with one mail host, and one between them", (Letter(("u@one.test", "x@two.test", "v@uno.test")),),
         UP, UNO),
    Case("three domains with one mail host", (Letter(("u@one.test", "v@uno.test", "w@ein.test", "x@one.test")),), UP,
         f"{UNO}\nein MX 5 mx1"),
    Case("a domain, and its mail host by name", (Letter(("u@mx1.test", "v@one.test")),), UP, ZONE),
    Case("two domains with one mail host, one recipient refused", (Letter(("u@one.test", "v@uno.test")),),
         {"mx1.test": Quirks(refused_characters="v")}, UNO),
    Case("two domains with one mail host, a mailer that takes one at a time", (Letter(("u@one.test", "v@uno.test")),), UP,
         UNO, m4="MODIFY_MAILER_FLAGS(`ESMTP', `-m')"),
    Case("two domains with the same two mail hosts, the first down", SAME, UP, f"{AB}\nba MX 10 mx1\nba MX 20 mx2",
         states=FIRST_DOWN),
    Case("two domains with the same two mail hosts, the first puts all off", SAME, PUT_OFF, f"{AB}\nba MX 10 mx1\nba MX 20 mx2"),
    Case("two domains with two mail hosts in different order", SAME, UP, f"{AB}\nba MX 10 mx2\nba MX 20 mx1"),
    Case("a second mail host for the first domain only", GUEST, UP, AB),
    Case("a second mail host for the first domain only, the best one down", GUEST, UP, AB, states=FIRST_DOWN),
    *(Case(f"a second mail host for the first domain only, the best one answers 451 to {place}", GUEST,
           {**UP, "mx1.test": Quirks(replies={place: LATER})}, AB) for place in ("MAIL", "RCPT", "DATA", ".")),
    Case("a second mail host for the first domain only, the best one hangs up", GUEST,
         {**UP, "mx1.test": Quirks(close_after="MAIL")}, AB),
    Case("different second mail hosts, the best one down", (Letter(("u@ab.test", "v@cd.test")),), UP, CD, states=FIRST_DOWN),
    Case("different second mail hosts, the best one puts all off", (Letter(("u@ab.test", "v@cd.test")),), PUT_OFF, CD),
    Case("a second mail host for the second domain only, the best one down", HOST_ALONE, UP, AA, states=FIRST_DOWN),
    *(Case(f"a second mail host for the second domain only, the best one answers {reply} to {place}", HOST_ALONE,
           {**UP, "mx1.test": Quirks(replies={place: reply})}, AA)
      for place, reply in (("MAIL", LATER), ("MAIL", Reply(550, "5.7.1 No")), ("RCPT", LATER), (".", LATER))),
    Case("domains go in order of their names", (Letter(("v@two.test", "x@three.test", "u@one.test")),), UP, ZONE),
    Case("all down, in order of their names", (Letter(("v@two.test", "u@one.test")),), UP, ZONE,
         states={"mx1.test": "refusing", "mx2.test": "refusing"}, steps=(Run(), Type("mailq"))),
    *(Case(f"{mx} is down, the other says {reply}: what mailq says", (Letter(("u@one.test", "v@two.test")),),
           {**UP, other: Quirks(replies={"RCPT": reply})}, ZONE, states={mx: "refusing"}, steps=(Run(), Type("mailq -v")))
      for mx, other in (("mx1.test", "mx2.test"), ("mx2.test", "mx1.test"))
      for reply in (LATER, Reply(550, "5.1.1 No such user"))),
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
