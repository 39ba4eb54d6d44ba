"""Peers that stumble, and flags that help them (slide claims 12.1 to 12.4)."""

from simlib.smtp import Quirks, Reply
from tests.against_sendmail.case import Case, Letter, Run, Visit, Wait
from tests.against_sendmail.cases.site import FINE, ZONE, to

UP = {"mx1.test": FINE}
PEOPLE = {
    "From": "Taro Yamada (the boss) <taro@snd.test>",
    "To": 'hana@one.test (Hana), "Jiro (2)" <jiro@one.test>',
    "Cc": "(a comment) x@y.test, group: a@b.test (A), c@d.test;",
    "Reply-To": "taro@snd.test (Taro (nested) Yamada)",
    "X-Note": "this (here) is no address",
}
LETTER = (Letter(("hana@one.test",), headers=PEOPLE),)
CHOOSY = {"mx1.test": Quirks(no_comments=True)}
ARRIVED = ("arrived",)
ONE = Quirks(replies={"RCPT": [None, Reply(550, "5.5.3 one recipient only")]})
THREE = (Letter(("u1@one.test", "u2@one.test", "u3@one.test")),)
AGAIN = Quirks(replies={"MAIL": [None, Reply(503, "5.5.1 one message only")]})
EIGHT = ("connections", "delivered", "queue", "log")


def flags(change: str) -> str:
    """The mailer for other hosts, its flags changed."""
    return f"MODIFY_MAILER_FLAGS(`ESMTP', `{change}')"


def most_messages(number: int) -> str:
    """The mailer for other hosts, with so many messages a connection (m=)."""
    return f"define(`SMTP_MAILER_MAXMSGS', `{number}')"


CASES = [
    Case("comments as they were written", LETTER, UP, ZONE, observe=ARRIVED),
    Case("F=c leaves bare addresses", LETTER, UP, ZONE, m4=flags("+c"), observe=ARRIVED),
    Case("F=C does nothing to them", LETTER, UP, ZONE, m4=flags("+C"), observe=ARRIVED),
    Case("refused for comments", LETTER, CHOOSY, ZONE, observe=EIGHT),
    Case("refused for comments in spite of F=C", LETTER, CHOOSY, ZONE, m4=flags("+C"), observe=EIGHT),
    Case("taken with F=c", LETTER, CHOOSY, ZONE, m4=flags("+c"), observe=EIGHT),
    Case("one recipient only", THREE, {"mx1.test": ONE}, ZONE, observe=("delivered", "queue without addresses")),
    Case("one recipient at a time", THREE, {"mx1.test": ONE}, ZONE, m4=flags("-m"), observe=EIGHT),
    Case("one message a connection", to(*["u@one.test"] * 4), {"mx1.test": AGAIN}, ZONE, observe=("delivered", "queue")),
    Case("one message a connection, no cache", to(*["u@one.test"] * 4), {"mx1.test": AGAIN}, ZONE,
         cf="O ConnectionCacheSize=0", observe=EIGHT),
    Case("hangs with the second message", to(*["u@one.test"] * 3), {"mx1.test": Quirks(hangs_after=1)}, ZONE,
         cf="O Timeout.mail=2s\nO Timeout.hoststatus=1m", steps=(Run(), Wait(120), Run()), observe=("connections", "delivered so far", "queue")),
    Case("hangs with the second message, no cache", to(*["u@one.test"] * 3), {"mx1.test": Quirks(hangs_after=1)}, ZONE,
         cf="O Timeout.mail=2s\nO ConnectionCacheSize=0", observe=EIGHT),
    *(Case(f"{most} messages a connection, m={most}", to(*["u@one.test"] * 5), UP, ZONE, m4=most_messages(most), observe=EIGHT)
      for most in (1, 2, 3)),
    Case("one message a connection, m=1", to(*["u@one.test"] * 4), {"mx1.test": AGAIN}, ZONE, m4=most_messages(1), observe=EIGHT),
    Case("two hosts by turns, m=2", to(*["u@one.test", "u@two.test"] * 3), {**UP, "mx2.test": FINE}, ZONE, m4=most_messages(2),
         cf="O ConnectionCacheSize=2", observe=EIGHT),
    Case("no slash in an address", to("/C=JP/ADMD=X/S=Yamada/@one.test", "hana@one.test"),
         {"mx1.test": Quirks(refused_characters="/")}, ZONE, observe=EIGHT),
    Case("a greeting of one line", (), UP, ZONE, steps=(Visit(("HELO client.test", "QUIT"), observe=()),)),
    Case("a greeting of two lines", (), UP, ZONE, cf="O SmtpGreetingMessage=$j Sendmail $v/$Z; $b\n\tno advertisements, please",
         steps=(Visit(("HELO client.test", "QUIT"), observe=()),)),
]  # fmt: skip
