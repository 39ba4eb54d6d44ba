"""What the daemon answers: MaxMessageSize and SIZE, relaying, privacy, ETRN (slide claims 03.1, 03.2, 05.3, 09.3)."""

from simlib.smtp import Quirks
from tests.against_sendmail.case import Case, Letter, Visit

ZONE = """
one MX 10 mx1
two MX 10 mx2
sub.two MX 10 mx2
mx1 A 10.99.1.11
mx2 A 10.99.1.12
"""
PEERS = {"mx1.test": Quirks(), "mx2.test": Quirks()}
PRIVACY = (
    "public", "needmailhelo", "needexpnhelo", "needvrfyhelo", "noexpn", "novrfy", "noverb", "noetrn", "authwarnings",
    "restrictmailq", "restrictqrun", "restrictexpand", "noreceipts", "nobodyreturn", "noactualrecipient", "goaway",
    "goaway,noetrn,noreceipts", "authwarnings,noexpn,novrfy",
)  # fmt: skip
CURIOUS = (
    "VRFY nobody@elsewhere.test", "EXPN nobody@elsewhere.test", "MAIL FROM:<a@client.test>", "RSET",
    "EHLO client.test", "VRFY taro@elsewhere.test", "ETRN one.test",
    "MAIL FROM:<a@client.test> RET=HDRS", "RSET", "MAIL FROM:<a@client.test>",
    "RCPT TO:<taro@snd.test> NOTIFY=SUCCESS", "RSET", "VERB",
)  # fmt: skip
QUEUED = (
    Letter(("u1@one.test",)), Letter(("u2@two.test",)), Letter(("u3@sub.two.test",)), Letter(("u1@one.test", "u4@two.test")),
)  # fmt: skip


def sized(name: str, limit: int, mail: str, size: int) -> Case:
    said = ("EHLO client.test", mail, "RCPT TO:<taro@snd.test>", "DATA", size, "QUIT")
    return Case(name, (), {}, ZONE, cf=f"O MaxMessageSize={limit}", steps=(Visit(said),))


def etrn(name: str, node: str, **more: object) -> Case:
    visit = Visit(("EHLO client.test", f"ETRN {node}"), observe=("deliveries", "queue"))
    return Case(name, QUEUED, PEERS, ZONE, steps=(visit,), **more)  # type: ignore[arg-type]  # fields of Case


CASES = (
    *(sized(f"MaxMessageSize={limit}, {mail}, {size} bytes", limit, f"MAIL FROM:<a@client.test>{mail}", size)
      for limit in (0, 2000) for mail in ("", " SIZE=2000", " SIZE=2001") for size in (2000, 2001)),
    *(Case(f"PrivacyOptions={flags}", (), {}, ZONE, cf=f"O PrivacyOptions={flags}", steps=(Visit(CURIOUS),))
      for flags in PRIVACY),
    *(etrn(f"ETRN {node}", node)
      for node in ("one.test", "two.test", "@two.test", "nowhere.test", "#mqueue", "#nosuch", "", "two", "ONE.test")),
    etrn("ETRN of a message that is too young", "one.test", cf="O MinQueueAge=1d"),
    etrn("ETRN at a load at which no queue is run", "one.test", cf="O RefuseLA=0\nO QueueLA=8", load=40),
    Case("relaying is denied", (), PEERS, ZONE, steps=(Visit((
        "EHLO client.test", "MAIL FROM:<a@client.test>", "RCPT TO:<u@one.test>", "RCPT TO:<taro@snd.test>", "DATA", 300,
        "QUIT")),)),
    Case("relaying to class R", (), PEERS, ZONE, cf="CR one.test", steps=(Visit((
        "EHLO client.test", "MAIL FROM:<a@client.test>", "RCPT TO:<u@one.test>", "RCPT TO:<u@two.test>", "DATA", 300,
        "QUIT")),)),
    Case("relaying from class R", (), PEERS, ZONE, cf="CR client.test", steps=(Visit((
        "EHLO client.test", "MAIL FROM:<a@client.test>", "RCPT TO:<u@one.test>", "RCPT TO:<u@two.test>", "DATA", 300,
        "QUIT")),)),
    Case("commands out of order", (), {}, ZONE, steps=(Visit((
        "RCPT TO:<taro@snd.test>", "DATA", "HELO client.test", "MAIL FROM:<a@client.test>", "MAIL FROM:<b@client.test>",
        "DATA", "RSET", "RCPT TO:<taro@snd.test>", "NOOP", "XYZZY", "HELO", "QUIT")),)),
    *(Case(f"MaxRecipientsPerMessage=2, {count} recipients", (), {}, ZONE, cf="O MaxRecipientsPerMessage=2",
           steps=(Visit(("EHLO client.test", "MAIL FROM:<a@client.test>",
                         *("RCPT TO:<taro@snd.test>", "RCPT TO:<hana@snd.test>", "RCPT TO:<postmaster@snd.test>")[:count],
                         "DATA", 300, "QUIT")),)) for count in (2, 3)),
)  # fmt: skip
