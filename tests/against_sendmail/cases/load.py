"""Load average: QueueLA, RefuseLA and DelayLA, at, under and over (slide claim 02.1)."""

from simlib.smtp import Quirks
from tests.against_sendmail.case import Case, Letter, Visit

ZONE = "one MX 10 mx1\nmx1 A 10.99.1.11"
PEERS = {"mx1.test": Quirks()}
AT_ONCE = "O DeliveryMode=background\n"
MESSAGE = ("EHLO client.test", "MAIL FROM:<a@client.test>", "RCPT TO:<u@one.test>", "DATA", 500, "QUIT")
RELAY = "Cw client.test\nCR one.test\n"


def arriving(name: str, load: float, cf: str) -> Case:
    return Case(name, (), PEERS, ZONE, cf=AT_ONCE + RELAY + cf, load=load, steps=(Visit(MESSAGE),))


def run(name: str, load: float, cf: str) -> Case:
    letters = tuple(Letter((f"u{n}@one.test",), size=1000 * n) for n in (1, 40, 90))
    return Case(name, letters, PEERS, ZONE, cf=cf, load=load)


CASES = (
    *(
        arriving(
            f"QueueLA=8, QueueFactor {factor}, load {load}", load, f"O QueueLA=8\nO RefuseLA=20\nO QueueFactor={factor}"
        )
        for load, factor in (
            (7, 1),
            (8, 30000),
            (8, 31000),
            (9, 60000),
            (9, 62000),
            (11, 120000),
            (11, 600000),
            (7.4, 1),
            (7.6, 30000),
        )
    ),
    Case(
        "QueueLA=8, QueueFactor 1, load 9, a local recipient",
        (),
        PEERS,
        ZONE,
        load=9,
        cf=AT_ONCE + "O QueueLA=8\nO QueueFactor=1",
        steps=(Visit((*MESSAGE[:2], "RCPT TO:<taro@snd.test>", *MESSAGE[3:])),),
    ),
    *(arriving(f"RefuseLA=12, load {load}", load, "O QueueLA=30\nO RefuseLA=12") for load in (11, 11.4, 11.6, 12, 13)),
    arriving("RefuseLA=0, load 50", 50, "O QueueLA=60\nO RefuseLA=0"),
    *(arriving(f"DelayLA=3, load {load}", load, "O QueueLA=30\nO RefuseLA=30\nO DelayLA=3") for load in (2, 3, 5)),
    *(
        run(f"a queue run at QueueLA=8, load {load}, order {order}", load, f"O QueueLA=8\nO QueueSortOrder={order}")
        for load in (7, 12, 14, 30)
        for order in ("priority", "time")
    ),
)
