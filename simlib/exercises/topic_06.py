"""06 Ident and the firewall."""

from simlib.exercises.exercise import Exercise, WrongAnswer, exactly, some
from simlib.site.filters import ACTIONS, MODERN, ULTRIX, Action, Stack
from simlib.trace.record import Trace
from simlib.world import World

ANSWERS = ("drop", "host-unreachable", "port-unreachable")
CONNECTION, ALLOWED = 1.0, 3.0  # s that an attempt takes without Ident, at most; s that Ident may add
HONEST_DELAY = "1.5s"


def _filter(answer: str) -> str:
    chosen = next((one for one in ACTIONS if one == answer and one in ANSWERS), None)
    if chosen is None:
        raise WrongAnswer(f"{answer!r} is none of the choices.")
    for stack in (ULTRIX, MODERN):
        trace = _through(chosen, stack=stack)
        if trace.totals()["queued"]:
            raise WrongAnswer(
                f"With the {stack} stack at the server {trace.totals()['queued']} messages never get through."
            )
        took = max(some(trace.attempts["seconds"], "No attempt is made at all."))
        if took > CONNECTION:
            raise WrongAnswer(f"All mail arrives, but each connection takes {took:.1f} s.")
    return f"It harms nobody, with either stack: {took:.1f} s a connection."


def _through(action: Action, cf: str = "", stack: Stack = MODERN, messages: int = 5, wait: str = "1m") -> Trace:
    """Messages for a host that asks Ident, from behind a filter."""
    world = World(seed=6)
    mail = world.sendmail("mail.here.example", cf="O DeliveryMode=queueonly", latency="40ms")
    world.sendmail("mx.there.example", domain="there.example", cf=cf, stack=stack)
    world.filter("mail.here.example", action, 113)
    for n in range(messages):
        mail.submit("taro@mail.here.example", f"hana{n}@there.example")
    mail.queue_run(every=wait)
    return world.run(until="10m")


def _lost() -> float:
    """Whole seconds that a queue run of 40 messages loses to Ident."""
    spans = [
        _through("drop", f"O Timeout.ident={ident}s", messages=40, wait="5m").attempts["seconds"] for ident in (5, 0)
    ]
    lost: float = sum(spans[0]) - sum(spans[1])
    return round(lost)


def _timeout(cf: str) -> str:
    for latency in ("5ms", "60ms"):
        world = World(seed=6)
        honest = world.sendmail("mail.honest.example", latency=latency)
        silent = world.sendmail("mail.silent.example", latency=latency)
        world.sendmail("mx.there.example", domain="there.example", cf=cf)
        world.identd(honest, "taro", delay=HONEST_DELAY)
        world.filter(silent, "drop", 113)
        for mail in (honest, silent):
            mail.submit(f"taro@{mail.name}", "hana@there.example")
        trace = world.run(until="10m")
        if "taro@mail.honest.example" not in trace.received(1):
            raise WrongAnswer(
                f"An honest identd answers after {HONEST_DELAY}, but no user stands in the Received: line."
            )
        took = some(trace.attempts.where(host=silent.name)["seconds"], "From behind the filter nothing is sent.")[0]
        if took > ALLOWED + CONNECTION:
            raise WrongAnswer(f"A connection from behind a filter that drops takes {took:.1f} s.")
    return f"The slow identd is heard, and silence costs {took:.1f} s a connection."


EXERCISES = (
    Exercise(
        "06.a",
        "Your users' mail host stands behind a packet filter that is to let nothing in to port 113. Which answer leaves "
        "neither delay nor stuck mail, whatever TCP the other side has?",
        "choice",
        _filter,
        solution="port-unreachable",
        hints=("What does a client conclude from silence, and when?", "Which of the messages speaks of the whole host?"),
        mistakes=("drop", "host-unreachable"),
        choices=ANSWERS,
    ),
    Exercise(
        "06.b",
        "A queue run brings 40 messages to your host from a client with ConnectionCacheSize=2, behind a filter that drops. "
        "Your Timeout.ident is 5 s. How many seconds does the run lose to Ident?",
        "number",
        exactly(_lost, "Once a connection, and all 40 messages come on one.",
                {200: "Is a message the same as a connection?", 0: "Somebody waits before the first 220.", 10: "One host, one connection."}),
        solution="5",
        hints=("When does the server ask?", "How many connections does the run open?"),
        mistakes=("200", "0", "10"),
    ),
    Exercise(
        "06.c",
        "Some of your peers have an honest but slow identd, which takes 1.5 s; others sit behind a filter that drops. Write "
        "the line for your host with which the honest user stands in Received:, and silence costs no more than 3 s a connection.",
        "cf",
        _timeout,
        solution="O Timeout.ident=2s",
        hints=("One alarm is for connect, question and answer together.", "It has to be longer than 1.5 s and some round trips."),
        mistakes=("O Timeout.ident=0s", "O Timeout.ident=1s", "O Timeout.ident=30s", "O Timeout.initial=2s"),
        given="O Timeout.ident=5s",
    ),
)  # fmt: skip
