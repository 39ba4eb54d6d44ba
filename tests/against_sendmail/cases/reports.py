"""What stands in notices: reasons, transcripts, parts and receipts (slide claims 07.4, 07.8, 07.9, 08.1-08.4, 10.1)."""

from simlib.smtp import Quirks, Reply
from tests.against_sendmail.case import Case, Letter, Run, Wait
from tests.against_sendmail.cases.site import AWAY, BUSY, FINE, NO_USER, ZONE

HOURS, DAYS = 3600, 86_400
OBSERVE = ("notices", "reports")
MANY = ("notices", "reports in any order")
LIMITS = "O Timeout.queuewarn=4h\nO Timeout.queuereturn=5d"
SMALL = "define(`SMTP_MAILER_MAX', `1000')"
NO_DSN = Quirks(extensions=frozenset({"ENHANCEDSTATUSCODES", "PIPELINING", "8BITMIME", "SIZE"}))
OLD = Quirks(hello_only=True)
ONE, TWO = ("u@one.test",), ("u@one.test", "v@one.test")
SELF = ZONE.replace("one MX 10 mx1", "one MX 10 snd\nsnd A 10.99.0.1")


def at(place: str, reply: Reply, to: tuple[str, ...] = ONE, extensions: frozenset[str] | None = None) -> Case:
    """One recipient, or two, and a peer that says something else at a place."""
    shown = f"{reply.code} to {place}, {len(to)} to tell of, {'PIPELINING' if extensions is None else 'none'}"
    quirks = Quirks(greeting=reply) if place == "greeting" else Quirks(replies={place: reply}, extensions=extensions)
    return Case(shown, (Letter(to, age=0),), {"mx1.test": quirks}, ZONE, observe=MANY if len(to) > 1 else OBSERVE)


def late(name: str, quirks: Quirks = FINE, state: str = "up", failing: tuple[str, ...] = ()) -> Case:
    """Put off for six days: a warning, then a return."""
    steps = (Run(), Wait(5 * HOURS), Run(), Wait(6 * DAYS), Run())
    return Case(f"late: {name}", (Letter(ONE, age=0),), {"mx1.test": quirks}, ZONE, cf=LIMITS,
                states={"mx1.test": state}, failing=failing, steps=steps, observe=OBSERVE)  # fmt: skip


def wish(name: str, letter: Letter, quirks: Quirks = FINE, cf: str = "") -> Case:
    """Something is asked for with the envelope."""
    return Case(f"asked for: {name}", (letter,), {"mx1.test": quirks}, ZONE, cf=cf,
                observe=("connections", *(MANY if len(letter.to) > 1 else OBSERVE)))  # fmt: skip


REFUSED = [
    *(at(place, reply) for place, reply in (
        ("RCPT", NO_USER), ("RCPT", Reply(551, "5.1.6 moved")), ("RCPT", AWAY),
        ("RCPT", Reply(550, "5.1.1 of two", "lines")), ("RCPT", Reply(550, "5.1.1 ユーザー不明")),
        ("MAIL", Reply(553, "5.1.8 whose domain?")),
        ("MAIL", Reply(501, "5.1.7 what?")), ("DATA", AWAY), (".", Reply(552, "5.3.4 no room")),
        (".", Reply(554, "5.7.1 spam")), ("greeting", AWAY),
    )),
    *(at(place, reply, TWO) for place, reply in (("RCPT", NO_USER), (".", AWAY), ("MAIL", AWAY))),
    at("RCPT", Reply(550, "no such user"), extensions=frozenset()),
    at("RCPT", NO_USER, TWO, extensions=frozenset({"ENHANCEDSTATUSCODES"})),
    Case("host unknown", (Letter(("u@nosuch.test",)),), {"mx1.test": FINE}, ZONE, observe=OBSERVE),
    Case("null MX", (Letter(ONE),), {"mx1.test": FINE}, ZONE.replace("one MX 10 mx1", "one MX 0 ."), observe=OBSERVE),
    Case("its MX is unknown", (Letter(ONE),), {"mx1.test": FINE}, ZONE.replace("one MX 10 mx1", "one MX 10 nosuch"),
         observe=OBSERVE),
    Case("its MX is this host", (Letter(ONE),), {"mx1.test": FINE}, SELF, observe=OBSERVE),
    Case("too large for the mailer", (Letter(ONE, size=5000),), {"mx1.test": FINE}, ZONE, m4=SMALL, observe=OBSERVE),
    Case("in circles", (Letter(ONE, content=b"Received: from a by b\n" * 25 + b"\nround and round\n"),),
         {"mx1.test": FINE}, ZONE, observe=OBSERVE),
    Case("25 hops", (Letter(ONE, content=b"Received: from a by b\n" * 24 + b"\nand no more\n"),),
         {"mx1.test": FINE}, ZONE, observe=("deliveries", "arrived")),
    Case("one refused, one put off", (Letter(("u@one.test", "w@two.test"), age=5 * HOURS),),
         {"mx1.test": Quirks(replies={"RCPT": NO_USER}), "mx2.test": FINE}, ZONE, cf=LIMITS,
         states={"mx2.test": "refusing"}, observe=MANY),
]  # fmt: skip
LATE = [
    late("refused", state="refusing"),
    late("no route", state="unreachable"),
    late("451 to RCPT", Quirks(replies={"RCPT": BUSY})),
    late("451 to MAIL", Quirks(replies={"MAIL": BUSY})),
    late("451 to DATA", Quirks(replies={"DATA": BUSY})),
    late("451 to the dot", Quirks(replies={".": BUSY})),
    late("451 as greeting", Quirks(greeting=BUSY)),
    late("421 as greeting", Quirks(greeting=Reply(421, "4.3.2 going down"))),
    late("SERVFAIL", failing=("one.test",)),
    Case("late: known to be down", (Letter(ONE, age=5 * HOURS), Letter(ONE, age=5 * HOURS)), {"mx1.test": FINE}, ZONE,
         cf=LIMITS, states={"mx1.test": "refusing"}, observe=OBSERVE),
    Case("late: two MXs, one refuses, one says 451", (Letter(("u@both.test",), age=5 * HOURS),),
         {"mx1.test": FINE, "mx2.test": Quirks(replies={"RCPT": BUSY})}, ZONE, cf=LIMITS,
         states={"mx1.test": "refusing"}, observe=OBSERVE),
]  # fmt: skip
PLAIN = [
    Case(f"SendMimeErrors=False, precedence {precedence or 'none'}", (Letter(ONE, headers=headers),),
         {"mx1.test": Quirks(replies={"RCPT": NO_USER})}, ZONE, cf="O SendMimeErrors=False", observe=OBSERVE)
    for precedence, headers in (("", {}), ("list", {"Precedence": "list"}))
]  # fmt: skip
ASKED_FOR = [
    wish("RET=HDRS, ENVID, ORCPT", Letter(ONE, parameters="RET=HDRS ENVID=e+2B1", orcpt="rfc822;old@a.test"),
         Quirks(replies={"RCPT": NO_USER})),
    *(wish(f"ORCPT with {what}", Letter(ONE, orcpt=f"rfc822;old{code}@a.test"), Quirks(replies={"RCPT": NO_USER}))
      for what, code in (("a line end", "+0D+0A"), ("8 bits", "+E3+81+82"))),
    wish("RET=FULL, nobodyreturn", Letter(ONE, parameters="RET=FULL"), Quirks(replies={"RCPT": NO_USER}),
         "O PrivacyOptions=nobodyreturn"),
    *(wish(f"NOTIFY={notify} of a host {what}", Letter(ONE, notify=notify, parameters="RET=FULL ENVID=e1"), quirks)
      for notify in ("SUCCESS", "SUCCESS,FAILURE", "NEVER") for what, quirks in
      (("with DSN", FINE), ("without", NO_DSN), ("of old", OLD))),
    wish("SUCCESS, delivered here", Letter(("hana@snd.test",), notify="SUCCESS", orcpt="rfc822;h@a.test")),
    wish("SUCCESS, from <>", Letter(ONE, sender="", notify="SUCCESS"), NO_DSN),
    wish("SUCCESS, precedence bulk", Letter(ONE, notify="SUCCESS", headers={"Precedence": "bulk"}), NO_DSN),
    wish("SUCCESS, noreceipts", Letter(("hana@snd.test",), headers={"Return-Receipt-To": "taro@snd.test"})),
    wish("SUCCESS of two, one refused", Letter(TWO, notify="SUCCESS,FAILURE"),
         Quirks(replies={"RCPT": [None, NO_USER]}, extensions=NO_DSN.extensions)),
    wish("SUCCESS of two", Letter(TWO, notify="SUCCESS"), NO_DSN),
    wish("Return-Receipt-To:", Letter(ONE, headers={"Return-Receipt-To": "taro@snd.test"}), NO_DSN),
]  # fmt: skip
NESTED = [
    Case("a notice that cannot be sent", (Letter(ONE, sender="nobody@two.test"),),
         {"mx1.test": Quirks(replies={"RCPT": NO_USER}), "mx2.test": Quirks(replies={"RCPT": NO_USER})}, ZONE,
         cf=cf, observe=OBSERVE)
    for cf in ("", "O DoubleBounceAddress=hana")
]  # fmt: skip
CASES = REFUSED + LATE + PLAIN + ASKED_FOR + NESTED
