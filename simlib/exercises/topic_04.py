"""04 Delivery efficiency."""

from simlib.cf import stock
from simlib.exercises.exercise import Exercise, WrongAnswer, another_way, exactly
from simlib.exercises.slips import taken_for
from simlib.language import phrase
from simlib.trace.record import Trace
from simlib.world import World

ROUNDS = 10
LARGEST_CACHE = 250  # a process of the time had 256 files, some of them in use
MODEL = "O HostStatusDirectory=.hoststat\nO Timeout.hoststatus=30m"
ORDER_FREE = "O DeliveryMode=queueonly\n"


def _run(cf: str, sites: int, messages: int, seed: int = 4) -> Trace:
    """One queue run over mail for several sites, mixed."""
    world = World(seed=seed)
    mail = world.sendmail("mail.here.example", cf=cf + "\n" + ORDER_FREE)
    for n in range(sites):
        world.sendmail(f"mx.site{n}.example", domain=f"site{n}.example", latency="80ms")
    for n in range(messages):
        mail.submit("taro@here.example", f"user@site{n % sites}.example", size=4_000, at="0s")
    mail.queue_run(at="10m")
    return world.run(until="1h")


def _by_turns() -> float:
    """Connections of a run with a cache of two, over mail for mx1, mx2, mx1, mx3 and so on."""
    world = World(seed=4)
    mail = world.sendmail("mail.here.example", cf=f"O ConnectionCacheSize=2\n{ORDER_FREE}")
    for n in (1, 2, 3):
        world.sendmail(f"mx.site{n}.example", domain=f"site{n}.example", latency="300ms")
    for second, n in enumerate((1, 2, 1, 3) * ROUNDS):
        mail.submit("taro@here.example", f"user@site{n}.example", size=4_000, at=second)
    mail.queue_run(at="10m")
    return len(world.run(until="1h").connections)


def _connections(cf: str) -> str:
    size = stock().with_lines(cf)["ConnectionCacheSize"]
    if size > LARGEST_CACHE:
        raise WrongAnswer(
            "{size} open connections are more files than one process may have. And is it enough?", size=size
        )
    for sites in (3, 12, 40, size + 1):
        opened = len(_run(cf, sites, 2 * sites).connections)
        if opened > sites:
            order = taken_for(cf, "QueueSortOrder")
            raise WrongAnswer(
                "{messages} messages to {sites} sites: {opened} connections, where {sites} would do. Which of them were closed only to be opened again?{order}",
                messages=2 * sites,
                sites=sites,
                opened=opened,
                order=order,
            )
    return "One connection a site, for 3, 12 and 40 of them."


def _set(cf: str) -> list[str]:
    """Which of the options of host status the lines set."""
    lines = stock().with_lines(cf)
    return [name for name in ("HostStatusDirectory", "Timeout.hoststatus") if lines.is_set(name)]


def _dead_host(cf: str) -> str:
    for hours in (3, 4):
        tried, late = _dead_for(hours, cf)
    model = _dead_for(hours, MODEL)[1]
    other = another_way(late / 60, model / 60, "has all mail within {number:.0f} minutes")
    return phrase(
        "{tried} connects to the dead host, and all mail within {late:.0f} minutes of its return.{other}",
        tried=tried,
        late=late / 60,
        other=other,
    )


def _dead_for(hours: int, cf: str) -> tuple[int, float]:
    """How often it is tried, and the longest that mail takes once it is back (s)."""
    world = World(seed=4)
    mail = world.sendmail("mail.here.example", cf=cf + "\n" + ORDER_FREE)
    dead = world.sendmail("mx.dead.example", domain="dead.example")
    world.outage(dead, "0s", hours * 3600)
    for n in range(20):
        mail.submit("taro@here.example", f"user{n}@dead.example", size=4_000, at="0s")
    mail.queue_run(every="5m")
    trace = world.run(until="8h")
    tried = len(trace.connections.where(lambda one: one.outcome != "accepted"))
    if tried > 12:
        if "HostStatusDirectory" not in _set(cf) and "Timeout.hoststatus" in _set(cf):
            raise WrongAnswer(
                "What one queue run knows of the host, the next one does not. Where would it be written down?"
            )
        raise WrongAnswer(
            "{tried} connects to the dead host in {hours} hours, with a queue run each 5 minutes.",
            tried=tried,
            hours=hours,
        )
    if trace.totals()["delivered"] < 20:
        raise WrongAnswer(
            "Only {delivered} of 20 messages were delivered within 8 hours.", delivered=trace.totals()["delivered"]
        )
    late = max(delay for delay in trace.messages["delay"] if delay is not None) - hours * 3600
    if late > 45 * 60:
        raise WrongAnswer(
            "The host is back after {hours} hours, but some mail came {late:.0f} minutes after that.",
            hours=hours,
            late=late / 60,
        )
    return tried, late


EXERCISES = (
    Exercise(
        "04.a",
        "A queue run has 40 messages: 20 for mx1, 10 for mx2 and 10 for mx3. They come by turns: 1 2 1 3 1 2 1 3. "
        "ConnectionCacheSize is 2, and every message takes more than a second. How many connections does the run open?",
        "number",
        exactly(_by_turns, "mx1 is used every second time, so it stays. mx2 and mx3 evict each other each time.",
                {3: "Three hosts do not fit into a cache of two.", 40: "That is without a cache. Who is used again before he has to leave?",
                 30: "Which connection leaves when mx3 comes: that of mx1 or that of mx2? Who was used last?",
                 20: "You have counted mx2 and mx3. The connection of mx1 was opened, too.",
                 2: "That is how many stay open. How many are opened?",
                 10: "Four messages are a round. Count what one round opens.",
                 22: "Is mx1 ever opened a second time?"},
                "Follow it on paper: who is in the cache after each message, and who was used least recently?"),
        solution="21",
        hints=("Which connection has to leave when the third host comes?", "The one that was used least recently. That is not mx1."),
        mistakes=("3", "40", "2"),
    ),
    Exercise(
        "04.b",
        "Write sendmail.cf lines for a queue run over mixed mail. It is to open no more than one connection a site, "
        "however many sites there are.",
        "cf",
        _connections,
        solution="O ConnectionCacheSize=1\nO QueueSortOrder=host",
        hints=("A larger cache helps only up to its size.", "What if all mail for a site came one after the other?", "QueueSortOrder"),
        mistakes=("O ConnectionCacheSize=0", "O ConnectionCacheSize=4", "O QueueSortOrder=time", "O ConnectionCacheSize=two"),
        given="O ConnectionCacheSize=2",
    ),
    Exercise(
        "04.c",
        "A host is dead for some hours. 20 messages wait for it, and the queue is run each 5 minutes. Write sendmail.cf "
        "lines: the host is to be tried at most 12 times in 4 hours. All mail is to be there within 45 minutes of its "
        "return.",
        "cf",
        _dead_host,
        solution=MODEL,
        hints=("Within one run the host is tried once anyway. What of the next run?", "HostStatusDirectory remembers from run to run.", "For how long should it remember?"),
        mistakes=("O Timeout.hoststatus=30m", "O HostStatusDirectory=.hoststat\nO Timeout.hoststatus=6h", "O MinQueueAge=2h"),
        given="O Timeout.hoststatus=30m",
    ),
)  # fmt: skip
