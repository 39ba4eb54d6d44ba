"""04 Delivery efficiency."""

from simlib.exercises.exercise import Exercise, WrongAnswer, exactly
from simlib.trace.record import Trace
from simlib.world import World

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


def _connections(cf: str) -> str:
    for sites, messages in ((3, 30), (5, 20), (8, 40)):
        opened = len(_run(cf, sites, messages).connections)
        if opened > sites:
            raise WrongAnswer(
                f"{messages} messages to {sites} sites: {opened} connections, where {sites} would do. Which of them "
                "were closed only to be opened again?"
            )
    return "One connection a site, for 3, 5 and 8 of them."


def _dead_host(cf: str) -> str:
    return [_dead_for(hours, cf) for hours in (3, 4)][-1]


def _dead_for(hours: int, cf: str) -> str:
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
        raise WrongAnswer(f"{tried} connects to the dead host in {hours} hours, with a queue run each 5 minutes.")
    if trace.totals()["delivered"] < 20:
        raise WrongAnswer(f"only {trace.totals()['delivered']} of 20 messages were delivered within 8 hours.")
    late = max(delay for delay in trace.messages["delay"] if delay is not None) - hours * 3600
    if late > 45 * 60:
        raise WrongAnswer(
            f"the host is back after {hours} hours, but some mail came {late / 60:.0f} minutes after that."
        )
    return f"{tried} connects to the dead host, and all mail within {late / 60:.0f} minutes of its return."


EXERCISES = (
    Exercise(
        "04.a",
        "A queue run has 12 messages for mx1, 12 for mx2 and 12 for mx3, in turn: 1 2 3 1 2 3 … How many connections does "
        "it open with ConnectionCacheSize=2, if every message takes more than a second?",
        "number",
        exactly(36, "Each host is evicted just before it is needed again.",
                {3: "Three hosts do not fit into a cache of two.", 18: "Follow it: 1 2 in the cache; 3 evicts 1; then 1 comes."}),
        solution="36",
        hints=("Which connection has to leave when the third host comes?", "The one that was used least recently: mx1. And who comes next?"),
        mistakes=("3", "18", "2"),
    ),
    Exercise(
        "04.b",
        "Write sendmail.cf lines with which one queue run over mixed mail opens no more than one connection a site, "
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
        "A host is dead for some hours, 20 messages wait for it, and the queue is run each 5 minutes. Write sendmail.cf lines "
        "with which it is tried at most 12 times in 4 hours, and all mail is there within 45 minutes of its return.",
        "cf",
        _dead_host,
        solution="O HostStatusDirectory=.hoststat\nO Timeout.hoststatus=30m",
        hints=("Within one run the host is tried once anyway. What of the next run?", "HostStatusDirectory remembers from run to run.", "For how long should it remember?"),
        mistakes=("O Timeout.hoststatus=30m", "O HostStatusDirectory=.hoststat\nO Timeout.hoststatus=6h", "O MinQueueAge=2h"),
        given="O Timeout.hoststatus=30m",
    ),
)  # fmt: skip
