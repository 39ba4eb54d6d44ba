"""What the log tells of a session, and what is answered to commands at odd moments (slide claims 05.3, 09.3)."""

from tests.against_sendmail.case import Case, Visit
from tests.against_sendmail.cases.reception import PEERS, QUEUED, ZONE

ALIASES = """\
staff: taro, hana
prog: "|/bin/true"
file: /tmp/x
mixed: taro, "|/bin/true", /tmp/x, hana
gone: new@far.test.REDIRECT
bad: nosuch
"""
EHLO, MAIL, RCPT = "EHLO client.test", "MAIL FROM:<a@client.test>", "RCPT TO:<taro@snd.test>"
UNKNOWN = "RCPT TO:<nosuch@snd.test>"
OPEN = "define(`confPRIVACY_FLAGS', `')"
REDIRECT = "FEATURE(`redirect')"
LONGEST = 2046  # bytes of a command without its line end


def session(name: str, *says: str | int | bytes, cf: str = "", m4: str = OPEN) -> Case:
    """One visit by somebody who says this."""
    visit = Visit(says, observe=("session log", "queue"))
    return Case(name, (), PEERS, ZONE, cf=cf, m4=m4, aliases=ALIASES, steps=(visit,))


def etrn(node: str) -> Case:
    """ETRN, with mail in the queue."""
    visit = Visit((EHLO, f"ETRN {node}", "ETRN elsewhere.test", "QUIT"), observe=("session log", "deliveries"))
    return Case(f"ETRN {node}, and another", QUEUED, PEERS, ZONE, steps=(visit,))


CASES = [
    session("EXPN and VRFY under noexpn, novrfy", EHLO, "EXPN staff", "VRFY taro", "VRFY nosuch", "QUIT",
            cf="O PrivacyOptions=noexpn,novrfy"),
    session("EXPN and VRFY under goaway", "EXPN staff", "VRFY taro", "VERB", MAIL, "QUIT", cf="O PrivacyOptions=goaway"),
    session("EXPN and VRFY without HELO", "EXPN staff", "VRFY taro", EHLO, "EXPN staff", "EXPN", "VRFY", "QUIT",
            cf="O PrivacyOptions=needexpnhelo,needvrfyhelo"),
    session("EXPN where nobody is found", EHLO, "EXPN bad", "EXPN gone", "EXPN nosuch", "EXPN hana@SND.test", "QUIT",
            m4=f"{REDIRECT}\n{OPEN}"),
    session("who was asked for counts as a recipient", EHLO, "VRFY staff", "EXPN mixed", "VRFY nosuch",
            "VRFY u@one.test", MAIL, RCPT, "DATA", 300, MAIL, "EXPN staff", "RSET", MAIL, RCPT, "DATA", 300, "QUIT"),
    session("EXPN of programs and files", EHLO, "EXPN prog", "EXPN file", "EXPN mixed", "EXPN staff", "QUIT"),
    *(session(f"nobody of that name, DeliveryMode={mode}", EHLO, MAIL, UNKNOWN, RCPT, "RCPT TO:<bad@snd.test>", "QUIT",
              cf=f"O DeliveryMode={mode}") for mode in ("queueonly", "interactive")),
    session("nobody of that name, and DATA", EHLO, MAIL, UNKNOWN, "DATA", "QUIT"),
    session("one of two is nobody", EHLO, MAIL, UNKNOWN, RCPT, "DATA", 300, "QUIT"),
    session("other refusals of RCPT", EHLO, MAIL, "RCPT TO:<|/bin/true>", "RCPT TO:</tmp/x>", "RCPT TO:<u@one.test>",
            "RCPT TO:<>", f"{RCPT} XX=1", f"{RCPT} NOTIFY=NEVER,SUCCESS", "RCPT FROM:<x>", "QUIT"),
    *(session(f"moved, DeliveryMode={mode}", EHLO, MAIL, "RCPT TO:<gone@snd.test>", "RCPT TO:<x@y.test.REDIRECT>",
              "QUIT", m4=f"{REDIRECT}\n{OPEN}", cf=f"CR client.test\nO DeliveryMode={mode}")
      for mode in ("queueonly", "interactive")),
    session("too many recipients", EHLO, MAIL, RCPT, "RCPT TO:<hana@snd.test>", "QUIT", cf="O MaxRecipientsPerMessage=1"),
    session("one recipient in several spellings", EHLO, MAIL, RCPT, RCPT, "RCPT TO:<TARO@snd.test>", "RCPT TO:<taro>",
            "DATA", 300, "QUIT"),
    *(session(f"SendMimeErrors={value}", EHLO, f"{MAIL} RET=HDRS ENVID=x", MAIL, f"{RCPT} NOTIFY=SUCCESS", RCPT, "QUIT",
              cf=f"O SendMimeErrors={value}") for value in ("True", "False")),
    *(session(f"{mail} is refused, then {' '.join(more) or 'QUIT'}", EHLO, mail, *more, "QUIT", cf="O MaxMessageSize=2000")
      for mail in (f"{MAIL} SIZE=3000", f"{MAIL} RET=BODY", f"{MAIL} XX=1", "MAIL TO:<a>", "MAIL FROM:")
      for more in ((), ("RSET", "NOOP"), (EHLO,), ("MAIL FROM:<b@client.test>", RCPT))),
    session("MAIL without HELO", MAIL, "QUIT", cf="O PrivacyOptions=needmailhelo"),
    session("the size and the body that MAIL names", EHLO, f"{MAIL} SIZE=280 BODY=8BITMIME", RCPT, "RSET",
            f"{MAIL} BODY=7BIT", RCPT, "DATA", 300, "QUIT"),
    session("too large at the dot", EHLO, MAIL, RCPT, "RCPT TO:<hana@snd.test>", "DATA", 3000, MAIL, RCPT, "DATA", 300,
            "QUIT", cf="O MaxMessageSize=2000"),
    session("eight bits at the dot", EHLO, MAIL, RCPT, "RCPT TO:<hana@snd.test>", "DATA", b"Subject: x\n\ncaf\xe9\n", MAIL, RCPT,
            "DATA", 300, "QUIT", cf="O EightBitMode=strict"),
    session("in a transaction", EHLO, MAIL, RCPT, "HELP XYZZY", "NOOP", "NOOP x", "XYZZY", "MAIL FROM:<b@client.test>",
            "HELP NOSUCH", "DATA", 300, "QUIT"),
    session("VERB in a transaction", EHLO, MAIL, "VERB", RCPT, "RSET", "QUIT"),
    session("out of order", RCPT, "DATA", "HELO client.test", RCPT, MAIL, "DATA", "MAIL FROM:<b@client.test>", "QUIT"),
    session("RSET, HELO and QUIT give a transaction up", EHLO, MAIL, RCPT, "RSET", RCPT, "MAIL FROM:<b@client.test>",
            "RSET", "RSET", "MAIL FROM:<>", RCPT, "HELO client.test", RCPT, MAIL, "QUIT"),
    session("questions, a refusal and a message under one id", EHLO, "VRFY nosuch", MAIL, UNKNOWN, "RSET", "EXPN nosuch",
            "QUIT"),
    *(session(f"a session about nothing: {' '.join(says) or 'silence'}", *says)
      for says in ((), ("QUIT",), (EHLO,), (EHLO, "NOOP", "XYZZY", "RSET", "QUIT"), (EHLO, "ETRN", "QUIT"))),
    *(session(f"a connection lost after {says[-1]}", EHLO, MAIL, *says)
      for says in ((RCPT,), (RCPT, "NOOP"), (RCPT, "XYZZY"), (RCPT, "DATA"), ("DATA",))),
    *(session(f"a line of {length} bytes{' in a transaction' if more else ''}", EHLO, *more, "NOOP " + "x" * (length - 5))
      for length, more in ((LONGEST, ()), (LONGEST + 1, ()), (LONGEST + 1, (MAIL,)), (5000, ()))),
    session("25 unknown commands and one more", EHLO, *["XYZZY"] * 26),
    session("21 times NOOP", EHLO, *["NOOP"] * 15, MAIL, "RSET", *["NOOP"] * 6, "QUIT"),
    *(session(f"MaxNOOPCommands={most}", EHLO, "NOOP", "NOOP", "NOOP", "QUIT", cf=f"O MaxNOOPCommands={most}")
      for most in (0, 2)),
    session("three times EHLO", EHLO, EHLO, MAIL, RCPT, EHLO, "QUIT"),
    session("six questions that are not answered", EHLO, *["EXPN x"] * 6, "QUIT", cf="O PrivacyOptions=noexpn"),
    session("nine times ETRN, not allowed", EHLO, *["ETRN x"] * 9, "QUIT", cf="O PrivacyOptions=noetrn"),
    *(etrn(node) for node in ("nowhere.test", "one.test", "#nosuch", "#mqueue")),
]  # fmt: skip
