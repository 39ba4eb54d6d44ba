"""Ident and what a firewall makes of it: how long the greeting takes, and who the client is said to be (slide 06)."""

from tests.against_sendmail.case import Case, Visit

SAID = ("EHLO client.test", "MAIL FROM:<a@client.test>", "RCPT TO:<taro@snd.test>", "DATA", 300, "QUIT")
ANSWERS = (
    "closed", "drop", "reset", "port-unreachable", "host-unreachable", "net-unreachable", "admin-prohibited", "silent",
    "joe",
)  # fmt: skip
LIMIT = 3  # s; more than the second that a lost ICMP costs between namespaces, where the SYN is sent anew


CASES = tuple(
    Case(f"Timeout.ident={limit}s, {ident}", (), {}, "one A 10.99.1.11", cf=f"O Timeout.ident={limit}s",
         steps=(Visit(SAID, ident=ident, unit=LIMIT, observe=("queue",)),))
    for limit in (LIMIT, 0) for ident in ANSWERS
)  # fmt: skip
