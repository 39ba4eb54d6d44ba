"""Who names many recipients that are refused is answered slowly (BadRcptThrottle)."""

from tests.against_sendmail.case import Case, Visit
from tests.against_sendmail.cases.reception import PEERS, ZONE
from tests.against_sendmail.cases.session import EHLO, MAIL, OPEN, RCPT, UNKNOWN


def session(name: str, *says: str | int, most: int = 2) -> Case:
    """One visit by somebody who says this."""
    visit = Visit((EHLO, *says, "QUIT"), observe=("session log", "queue"))
    return Case(f"{name}, BadRcptThrottle={most}", (), PEERS, ZONE, cf=f"O BadRcptThrottle={most}", m4=OPEN,
                aliases="staff: taro, hana\n", steps=(visit,))  # fmt: skip


RELAY, SYNTAX, PROGRAM, NOBODY = "RCPT TO:<u@one.test>", "RCPT TO:<a@b@", "RCPT TO:<|/bin/true>", "RCPT TO:<>"
CASES = [
    *(session("four who are nobody", MAIL, *[UNKNOWN] * 4, RCPT, RCPT, most=most) for most in (0, 1, 2, 4, 5)),
    session("good ones between", MAIL, UNKNOWN, RCPT, UNKNOWN, RCPT, "DATA", 300),
    session("then another transaction", MAIL, UNKNOWN, UNKNOWN, UNKNOWN, "RSET", MAIL, UNKNOWN, UNKNOWN, RCPT),
    session("then a message, and another", MAIL, UNKNOWN, RCPT, "DATA", 300, MAIL, UNKNOWN, RCPT, UNKNOWN, RCPT),
    session("EHLO between", MAIL, UNKNOWN, UNKNOWN, EHLO, MAIL, RCPT, UNKNOWN, RCPT),
    session("other refusals", MAIL, RELAY, SYNTAX, RCPT, PROGRAM, NOBODY, RCPT),
    session("no address", MAIL, NOBODY, "RCPT TO:", f"{RCPT} XX=1", RCPT, most=1),
    session("out of order", UNKNOWN, UNKNOWN, MAIL, RCPT, "DATA", 300, most=1),
    session("a RCPT that says nothing", MAIL, UNKNOWN, "RCPT", "NOOP", RCPT, most=1),
]  # fmt: skip
