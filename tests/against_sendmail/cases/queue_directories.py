"""QueueDirectory: another directory, and several of them.

In which of several a letter lies is left to chance in both, so what is compared is what does not depend on it; with one
that is empty and one alone behind the ``*`` it is all.
"""

from dataclasses import replace

from tests.against_sendmail.case import Case, Letter, Post, Run, Step, Turn, Type, Visit, Wait
from tests.against_sendmail.cases.queue import DEFERRING, MIXED, MIXED_ZONE, UP
from tests.against_sendmail.cases.site import ZONE, by_turns, to

SEVERAL, THREE = "O QueueDirectory=/var/spool/mqueue/q*", ("q1", "q2", "q3")
LISTED = (Type("mailq"), Type("mailq -v"))
TRIED = Run(observe=("queue",))
MANY = tuple(f"d{n:02d}" for n in range(12))
THERE_AND_BACK: tuple[Step, ...] = (
    Run(), Turn("mx1.test", "refusing"), Post(to("hana@one.test", "jiro@two.test")), Run(), Wait(60), Turn("mx1.test", "up"),
    Run(),
)  # fmt: skip
VISIT = Visit(
    ("EHLO client.test", "MAIL FROM:<a@client.test>", "RCPT TO:<taro@snd.test>", "DATA", 300, "QUIT"),
    observe=("session log", "queue"),
)


CASES = [
    *(
        Case(f"several, order {order}", MIXED, UP, MIXED_ZONE, cf=f"{SEVERAL}\nO QueueSortOrder={order}", directories=THREE)
        for order in ("priority", "host", "time", "modification")
    ),
    Case("several, order filename", by_turns(9, 3), UP, ZONE, cf=f"{SEVERAL}\nO QueueSortOrder=filename",
         directories=THREE, observe=("rank by file name",)),
    Case("several, order none", by_turns(9, 3), UP, ZONE, cf=f"{SEVERAL}\nO QueueSortOrder=none", directories=THREE,
         observe=("delivered", "queue")),
    Case("several, one host is down and comes back", by_turns(6, 2), UP, ZONE, cf=SEVERAL, directories=THREE,
         steps=THERE_AND_BACK),
    Case("several, deferred", by_turns(6, 2), DEFERRING, ZONE, cf=SEVERAL, directories=MANY[:2] + THREE,
         steps=(Run(), Wait(60), Run())),
    Case("several, MinQueueAge", by_turns(4, 2), DEFERRING, ZONE, cf=f"{SEVERAL}\nO MinQueueAge=30m", directories=THREE,
         steps=(Run(), Wait(600), Post(to("new@one.test")), Run(), Run("-qRone"))),
    Case("several, some are picked", by_turns(6, 2), UP, ZONE, cf=SEVERAL, directories=THREE,
         steps=(Run("-qRtwo"), Run("-qI{m02}"), Run("-q!Rtwo"))),
    Case("several, MaxQueueRunSize is of all together", tuple(Letter((f"u{n}@one.test",)) for n in range(9)), UP, ZONE,
         cf=f"{SEVERAL}\nO MaxQueueRunSize=4\nO ConnectionCacheSize=0", directories=THREE, steps=(Run(), Run(), Run()),
         observe=("number of connections",)),
    Case("several, a visitor", (), UP, ZONE, cf=SEVERAL, directories=THREE, steps=(VISIT, Run(), VISIT, VISIT, Run(observe=("mailboxes", "queue")))),
    Case("several, a full disk", (), UP, ZONE, cf=f"{SEVERAL}\nO MinFreeBlocks=300", disk=200, directories=THREE,
         steps=(replace(VISIT, observe=("queue",)),)),
    Case("several, returned", by_turns(3, 1), UP, ZONE, cf=f"{SEVERAL}\nO Timeout.queuereturn=1h", directories=THREE,
         states={"mx1.test": "refusing"}, steps=(Run(), Wait(7200), Run(), Run())),
    Case("several, and the status of hosts", by_turns(4, 2), UP, ZONE, cf=f"{SEVERAL}\nO HostStatusDirectory=.hoststat",
         directories=THREE, states={"mx1.test": "refusing"},
         steps=(Run(), Run(observe=("host status",)), Type("hoststat"))),
    Case("several, two runners", by_turns(6, 2), UP, ZONE, cf=SEVERAL, directories=THREE,
         steps=(Run(runners=2, observe=("delivered", "queue")),)),
    Case("one behind the *", by_turns(4, 2), DEFERRING, ZONE, cf=SEVERAL, directories=("q1",), steps=(*LISTED, TRIED, *LISTED)),
    Case("one among others", by_turns(4, 2), UP, ZONE, cf=SEVERAL, directories=("q1", "x", "aq"), steps=(*LISTED, Run())),
    Case("one with another name", by_turns(3, 2), DEFERRING, ZONE, cf="O QueueDirectory=/var/spool/mqueue/other",
         directories=("other", "q1"), steps=(*LISTED, TRIED, *LISTED)),
]  # fmt: skip
