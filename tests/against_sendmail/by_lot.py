"""Cases drawn by lot: mail hosts that fail in odd ways, domains that share them, letters to several, some runs."""

from random import Random

from simlib.smtp import Quirks, Reply
from tests.against_sendmail.case import EVERYTHING, Case, Letter, Run, Type, Wait
from tests.against_sendmail.cases.site import AWAY, BUSY, FINE, GOING, NO_USER, ZONE

DOMAINS = f"""{ZONE}
uno MX 10 mx1
dos MX 5 mx2
ab MX 10 mx1
ab MX 20 mx2
ba MX 10 mx2
ba MX 20 mx1
abc MX 10 mx1
abc MX 20 mx2
abc MX 30 mx3
"""
NAMES = ("one", "two", "three", "ab", "ba", "abc", "nosuch")
FULL, LONG = Reply(452, "4.2.2 mailbox full"), Reply(552, "5.3.4 too long")
PLACES = ("MAIL", "RCPT", "DATA", ".")
OPTIONS = {
    "ConnectionCacheSize": ("0", "1", "2", "4"),
    "QueueSortOrder": ("priority", "host", "time"),
    "HostStatusDirectory": ("", ".hoststat"),
    "CheckpointInterval": ("", "1", "10"),
    "Timeout.hoststatus": ("", "1m"),
    "PostmasterCopy": ("", "", "taro"),
    "Timeout.queuewarn": ("", "2m"),
    "Timeout.queuereturn": ("", "3m"),
}


def drawn(seed: int) -> Case:
    """The case of a seed."""
    lot = Random(seed)
    cf = {name: lot.choice(values) for name, values in OPTIONS.items()}
    hosts = [f"mx{n}.test" for n in (1, 2, 3, 4)]
    letters = [_letter(lot) for _ in range(lot.randint(1, 4))]
    steps = [Run(), *(step for _ in range(lot.randint(0, 2)) for step in (Wait(lot.choice((30, 100, 2000))), Run()))]
    listings = [Type("hoststat")] if cf["HostStatusDirectory"] else []
    return Case(
        f"number {seed}",
        tuple(letters),
        {host: _quirks(lot) for host in hosts},
        DOMAINS,
        cf="\n".join(f"O {name}={value}" for name, value in cf.items() if value),
        states={host: "refusing" for host in hosts if lot.random() < 0.2},
        steps=(*steps, *listings),
        observe=EVERYTHING,
    )


def _letter(lot: Random) -> Letter:
    to = [f"{lot.choice('uvwx')}@{lot.choice(NAMES)}.test" for _ in range(lot.choice((1, 1, 1, 2)))]
    precedence = lot.choice(("", "", "list", "first-class"))
    return Letter(
        tuple(dict.fromkeys(to)),
        sender=lot.choice(("taro@snd.test", "taro@snd.test", "")),
        headers={"Precedence": precedence} if precedence else {},
        notify=lot.choice(("", "", "", "NEVER", "FAILURE")),
    )


def _quirks(lot: Random) -> Quirks:
    if lot.random() < 0.4:
        return FINE
    kind = lot.randrange(6)
    if kind == 0:
        return Quirks(greeting=lot.choice((AWAY, BUSY, GOING)))
    if kind == 1:
        return Quirks(close_after=lot.choice(("connect", "greeting", "EHLO", "MAIL", "RCPT", "DATA")))
    if kind == 2:
        return Quirks(extensions=frozenset(lot.sample(["PIPELINING", "SIZE", "DSN", "8BITMIME"], lot.randint(0, 3))))
    replies = (None, BUSY, GOING, NO_USER, AWAY, FULL, LONG)
    place = lot.choice(PLACES)
    return Quirks(replies={place: [lot.choice(replies) for _ in range(lot.randint(1, 3))]})
