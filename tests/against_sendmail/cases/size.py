"""Limits of size: MaxMessageSize and a mailer's M= (slide claims 03.5 and 03.6)."""

from simlib.smtp import Quirks, Reply
from tests.against_sendmail.case import Case, Letter
from tests.against_sendmail.cases.site import FINE, ZONE

PAIR = (Letter(("u@one.test",), size=5000), Letter(("v@one.test",), size=500))
CASES = [
    Case("mailer M=1000", PAIR, {"mx1.test": FINE}, ZONE, m4="define(`SMTP_MAILER_MAX', `1000')"),
    Case("mailer M=-1", PAIR, {"mx1.test": FINE}, ZONE, m4="define(`SMTP_MAILER_MAX', `-1')"),
    Case("552 at MAIL", PAIR, {"mx1.test": Quirks(replies={"MAIL": Reply(552, "5.3.4 too big")})}, ZONE),
]
