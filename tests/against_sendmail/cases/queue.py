"""Order and choice in a queue run: QueueSortOrder, priorities, MinQueueAge, -qI -qS -qR (slide claims 05.1-05.7)."""

from simlib.smtp import Quirks
from tests.against_sendmail.case import Case, Letter, Post, Run, Step, Wait
from tests.against_sendmail.cases.site import BUSY, FINE, ZONE, by_turns, to

UP = {"mx1.test": FINE, "mx2.test": FINE, "mx3.test": FINE}
DEFERRING = dict.fromkeys(UP, Quirks(replies={"RCPT": BUSY}))

# sizes, ages and hosts all in different orders
MIXED = tuple(
    Letter((f"u@{domain}.test",), size=size, age=age)
    for domain, size, age in (
        ("m.mm", 3000, 30), ("z.aa", 9000, 90), ("a.zz", 1000, 50), ("b.aa", 5000, 10), ("aa", 7000, 70), ("c.aa", 2000, 20),
    )
)  # fmt: skip
MIXED_ZONE = f"{ZONE}\n" + "\n".join(f"{name} MX 10 mx1" for name in ("m.mm", "z.aa", "a.zz", "b.aa", "c.aa", "aa"))

SORT_ORDERS = [
    Case(f"order {order}", MIXED, UP, MIXED_ZONE, cf=f"O QueueSortOrder={order}")
    for order in ("priority", "host", "time", "modification")
] + [
    Case("order filename", by_turns(9, 3), UP, ZONE, cf="O QueueSortOrder=filename", observe=("rank by file name",)),
    Case("order none", by_turns(9, 3), UP, ZONE, cf="O QueueSortOrder=none", observe=("rank in directory",)),
    Case("order random", by_turns(9, 3), UP, ZONE, cf="O QueueSortOrder=random", observe=("delivered", "queue")),
]

CLASSES = ("special-delivery", "first-class", "list", "bulk", "junk", "LIST", "unheard-of", "")
GRADED = tuple(
    Letter((f"u{n}@one.test",), size=1000 + 7 * n, headers={"Precedence": name} if name else {})
    for n, name in enumerate(CLASSES)
)
CROWDED = (Letter(tuple(f"u{n}@one.test" for n in range(3))), Letter(("u@one.test",), size=60_000))
AGAIN: tuple[Step, ...] = (Run(), Wait(60), Run(), Wait(60), Run())
FACTORS = {
    "default factors": "",
    "other factors": "O RecipientFactor=1000\nO ClassFactor=10\nO RetryFactor=7",
    "no factors": "O RecipientFactor=0\nO ClassFactor=0\nO RetryFactor=0",
    "negative retry factor": "O RetryFactor=-5000",
}
PRIORITIES = [
    Case(f"priorities over three runs, {name}, {what}", letters, DEFERRING, ZONE, cf=cf, steps=AGAIN)
    for name, cf in FACTORS.items()
    for what, letters in {"by precedence": GRADED, "by recipients and size": CROWDED}.items()
] + [
    Case(
        "partial delivery does not lower the priority",
        CROWDED,
        {"mx1.test": Quirks(replies={"RCPT": [None, BUSY]})},
        ZONE,
        steps=AGAIN[:3],
        observe=("deliveries", "queue without addresses"),
    ),
    Case("priority grows without an attempt", by_turns(2, 1), UP, ZONE, states={"mx1.test": "refusing"}, steps=AGAIN),
]

MIN_QUEUE_AGE = [
    Case(
        f"MinQueueAge={age}, {name}",
        by_turns(2, 1),
        DEFERRING,
        ZONE,
        cf=f"O MinQueueAge={age}",
        steps=(Run(), Wait(wait), Post(to("new@one.test")), Run(select)),
    )
    for age, name, wait, select in (
        ("30m", "10 minutes later", 600, ""),
        ("30m", "31 minutes later", 1860, ""),
        ("30m", "with -qRone", 600, "-qRone"),
        ("30m", "with -qStaro", 600, "-qStaro"),
        ("30m", "with -q!Rtwo", 600, "-q!Rtwo"),
        ("0s", "at once", 0, ""),
    )
]

ADDRESSED = (
    Letter(("one@one.test",), sender="alice@snd.test"),
    Letter(("two@two.test",), sender="bob@snd.test"),
    Letter(("ONE@two.test",), sender="dave@snd.test"),
    Letter(("u@one.test", "v@two.test"), sender="dave@snd.test"),
    Letter(("u@three.test",), sender="carol@snd.test"),
)
SELECTIONS = [
    Case(f"selected by {select}", ADDRESSED, UP, ZONE, steps=(Run(select),))
    for select in (
        "-qRone",
        "-qRone.test",
        "-qROne.Test",
        "-q!Rone",
        "-q!Rone.test",
        "-qSALICE",
        "-q!Salice",
        "-qSalice -qSbob",
        "-qRone.test -qSdave",
        "-qRone.test -qRtwo.test",
        "-qRone.test -q!Sdave",
        "-q!Salice -q!Sbob",
        "-qRnobody",
        "-qR@two.test",
        "-qR<one",
        "-qIno-such-id",
        "-q!Ino-such-id",
        "-qI{m01}",
        "-qI{m01:swapped}",
        "-q!I{m01} -q!I{m02}",
        "-qI{m01} -qStaro",
    )
]
CASES = SORT_ORDERS + PRIORITIES + MIN_QUEUE_AGE + SELECTIONS
