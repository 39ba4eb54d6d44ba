"""02 Refusing mail for a while."""

from simlib import traffic
from simlib.cf import stock
from simlib.exercises.exercise import Exercise, WrongAnswer, another_way, as_number, some
from simlib.language import phrase
from simlib.trace.record import Trace
from simlib.world import World

BLOCKS, KEPT_FREE, MOST_KEPT_FREE = 1_000, 250, 320
BLOCK = 4_096  # bytes
MODEL = "O RefuseLA=6"
LONGEST, AT_FIRST = 35, 0.30  # s that a message may wait; share of the burst that the first MX has to take


def _taken(answer: str) -> str:
    blocks = as_number(answer, "blocks")
    if not 1 <= blocks <= BLOCKS or blocks != int(blocks):
        raise WrongAnswer("The disk has {blocks:,} blocks: a whole number of them.", blocks=BLOCKS)
    if _put_off(int(blocks)) or not _put_off(int(blocks) + 1):
        raise WrongAnswer(_MISSED.get(blocks, "Three things share the disk. Count each of them in blocks of 4 KB."))
    return "100 have to stay free, and 20,000 bytes are 5 blocks of 4 KB more."


_MISSED = {
    900.0: "With 900 blocks taken the message hears 452. MinFreeBlocks have to be free when it is in, too.",
    905.0: "With 905 blocks taken the message hears 452. Is its own room added, or taken off?",
    880.0: "20,000 bytes are not 20 blocks: a block has 4 KB.",
    100.0: "100 blocks are what has to stay free. How many are left for the others?",
    105.0: "That is what has to be free. How many blocks are left for the others?",
    896.0: "20,000 bytes fill four blocks and a part of one more. That one is taken whole.",
}


def _put_off(taken: int) -> bool:
    world = World(seed=2)
    mail = world.sendmail("mail.here.example")
    mx = world.sendmail("mx.univ.example", domain="univ.example", cf="O MinFreeBlocks=100")
    world.disk(mx, blocks=BLOCKS)
    world.fill(mx, taken, "1s", "1h")
    mail.submit("taro@mail.here.example", "hana@univ.example", size=20_000, at="1m")
    return len(world.run(until="2m").attempts.where(outcome="deferred")) > 0


def _room(cf: str) -> str:
    for size in (12_000, 40_000, 120_000):
        free = _left(cf, size)
        if free < KEPT_FREE or free > MOST_KEPT_FREE:
            _misread(cf)
        if free < KEPT_FREE:
            raise WrongAnswer(
                "With messages of {size:,} bytes only {free} blocks are left: the night's log does not fit.",
                size=size,
                free=free,
            )
        if free > MOST_KEPT_FREE:
            raise WrongAnswer(
                "With messages of {size:,} bytes mail is put off while {free} blocks are free.", size=size, free=free
            )
    return phrase(
        "At least {kept_free} blocks stay free, with small messages and with large ones.", kept_free=KEPT_FREE
    )


def _misread(cf: str) -> None:
    """Whether another quantity was meant than the option counts."""
    lines = stock().with_lines(cf)
    blocks = lines["MinFreeBlocks"]
    if blocks >= BLOCKS:
        raise WrongAnswer(
            "MinFreeBlocks counts blocks, not bytes: {blocks:,} of them are more than the disk has.", blocks=blocks
        )
    if blocks > BLOCKS // 2:
        raise WrongAnswer(
            "{blocks} blocks are what the mail may take. MinFreeBlocks is what stays free.", blocks=blocks
        )
    if lines["MaxMessageSize"]:
        raise WrongAnswer("MaxMessageSize limits one letter, not all of them together.")


def _left(cf: str, size: int) -> int:
    """Blocks that are free when a relay that cannot pass anything on takes no more."""
    world = World(seed=2)
    mail = world.sendmail("mail.here.example", cf="O DeliveryMode=queueonly")
    relay = world.sendmail("relay.univ.example", cf=cf + "\nO DeliveryMode=queueonly\nCRbranch.example")
    world.sendmail("mail.branch.example")
    world.zone("@ 1h MX 10 mail\n@ 1h MX 20 relay.univ.example.", origin="branch.example.")
    world.outage("mail.branch.example", "0s", "2d")
    disk = world.disk(relay, BLOCKS, BLOCK)
    for n in range(BLOCKS * BLOCK // size + 20):
        mail.submit("taro@mail.here.example", f"user{n}@branch.example", size=size)
    mail.queue_run(at="1s")
    world.run(until="1d")
    return disk.free(relay.queue.bytes)


def _overflow(cf: str) -> str:
    for seed in (4, 5):
        trace = _burst(cf, seed)
        late = _longest(trace)
        taken = some(trace.deliveries["host"], "Nothing of the burst is delivered.")
        first = taken.count("mx1.univ.example") / len(taken)
        if trace.totals()["queued"] or late > LONGEST:
            if stock().with_lines(cf).is_set("QueueLA"):
                raise WrongAnswer(
                    "Some message waits {late:.0f} s: QueueLA keeps it in the first MX's own queue.", late=late
                )
            raise WrongAnswer(
                "Some message waits {late:.0f} s. Who held it, and how loaded was that host by then?", late=late
            )
        if first < AT_FIRST:
            raise WrongAnswer(
                "Only {first:.0%} of the burst is taken by the first MX, which could have done more.", first=first
            )
    other = another_way(late, _longest(_burst(MODEL, seed)), "waits for {number:.0f} s")
    return phrase(
        "Nothing waits longer than {late:.0f} s, and the first MX does {first:.0%} of the work.{other}",
        late=late,
        first=first,
        other=other,
    )


def _longest(trace: Trace) -> float:
    """The longest delay of a letter in seconds."""
    return max((delay or 0.0 for delay in trace.messages.where(notice=False)["delay"]), default=0.0)


def _burst(cf: str, seed: int) -> Trace:
    """Two messages in three seconds for two minutes, each of two and a half seconds' work."""
    world = World(seed=seed)
    isp = [world.sendmail(f"mail.isp{n}.example", latency="30ms") for n in range(3)]
    world.sendmail("mx1.univ.example", message_cost="2.5s", cf=f"{cf}\nCwuniv.example")
    world.sendmail("mx2.univ.example", message_cost="2.5s", cpus=4, cf="Cwuniv.example")
    world.zone("@ 1h MX 10 mx1\n@ 1h MX 20 mx2", origin="univ.example.")
    for n, at in enumerate(traffic.poisson(world.random("arrivals"), every="1.5s", start="1m", until="3m")):
        isp[n % 3].submit("taro@here.invalid", f"user{n}@univ.example", at=at)
    for mail in isp:
        mail.queue_run(every="5m")
    return world.run(until="30m")


EXERCISES = (
    Exercise(
        "02.a",
        "The disk of the queue has 1,000 blocks of 4 KB, and MinFreeBlocks is 100. A message of 20,000 bytes comes, "
        "announced by SIZE=. How many blocks may other files take at most, so that it is still taken?",
        "number",
        _taken,
        solution="895",
        hints=("MinFreeBlocks are to be free when the message is in, too.", "How many blocks does the message take?"),
        mistakes=("900", "880", "905", "all"),
    ),
    Exercise(
        "02.b",
        "The queue of a relay shares its disk of 1,000 blocks (4 KB each) with a log. The log needs 250 blocks in the night. "
        "The host behind the relay is down, and mail for it piles up. Write the line with which the log always finds its "
        "room. But no mail is to be put off while more than 320 blocks are free.",
        "cf",
        _room,
        solution="O MinFreeBlocks=250",
        hints=("What is to stay free is not what the mail may take.", "MinFreeBlocks counts blocks, not bytes."),
        mistakes=("O MinFreeBlocks=100", "O MinFreeBlocks=750", "O MinFreeBlocks=1024000", "O MaxMessageSize=250"),
        given="O MinFreeBlocks=100",
    ),
    Exercise(
        "02.c",
        "The burst of this lesson: two messages in three seconds for two minutes. Each is 2.5 s of work. The second MX "
        "has four processors. Write lines for the first MX: no message may wait longer than 35 s. And the first MX has to "
        "take at least 30 % of the mail itself.",
        "cf",
        _overflow,
        solution=MODEL,
        hints=("Run the lesson's scenario with other values of RefuseLA.", "The lower RefuseLA, the sooner the second MX helps; too low, and the first is idle."),
        mistakes=("O RefuseLA=40", "O RefuseLA=1", "O RefuseLA=12"),
        given="O RefuseLA=12",
    ),
)  # fmt: skip
