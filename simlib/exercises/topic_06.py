"""06 Ident and the firewall."""

from simlib.exercises.exercise import Exercise, WrongAnswer, another_way, exactly, some
from simlib.language import phrase
from simlib.site.filters import HOST_UNREACHABLE, MODERN, ULTRIX, Stack
from simlib.trace.record import Trace
from simlib.world import World

OPEN = "the filter lets port 113 through, and no program listens there"
UNREACHABLE = "the filter answers with “host unreachable”"
SLOW = "the filter lets port 113 through to an identd that takes 8 s"
OWN = "the filter stays, and your own host has O Timeout.ident=0s"
ANSWERS = (UNREACHABLE, OWN, OPEN, SLOW)
MODEL = "O Timeout.ident=2s"
RUNS, MESSAGES = 3, 12  # queue runs, an hour apart, and messages in each
CONNECTION, ALLOWED = 1.0, 3.0  # s that an attempt takes without Ident, at most; s that Ident may add
SILENT = "mail.silent.example"
HONEST_DELAY = "1.5s"


def _filter(answer: str) -> str:
    if answer not in ANSWERS:
        raise WrongAnswer("{answer!r} is none of the choices.", answer=answer)
    for stack in (ULTRIX, MODERN):
        trace = _with(answer, stack)
        if trace.totals()["queued"]:
            raise WrongAnswer(
                "With the {stack} stack at the server {queued} messages never get through.",
                stack=stack,
                queued=trace.totals()["queued"],
            )
        took = max(some(trace.attempts["seconds"], "No attempt is made at all."))
        if took > CONNECTION:
            why = (
                "Your Timeout.ident is for those who call you; here others ask."
                if answer == OWN
                else "They wait for it."
            )
            raise WrongAnswer("All mail arrives, but each connection takes {took:.1f} s. {why}", took=took, why=why)
    return phrase(
        "Your host's own kernel sends a reset. It harms nobody, with either stack: {took:.1f} s a connection.",
        took=took,
    )


def _with(answer: str, stack: Stack) -> Trace:
    """Messages for a host that asks Ident, with what was done about the filter."""
    world = World(seed=6)
    own = "O DeliveryMode=queueonly" + ("\nO Timeout.ident=0s" if answer == OWN else "")
    mail = world.sendmail("mail.here.example", cf=own, latency="40ms")
    world.sendmail("mx.there.example", domain="there.example", stack=stack)
    if answer in (UNREACHABLE, OWN):
        world.filter("mail.here.example", HOST_UNREACHABLE if answer == UNREACHABLE else "drop", 113)
    if answer == SLOW:
        world.identd(mail, "taro", delay="8s")
    for n in range(5):
        mail.submit("taro@mail.here.example", f"hana{n}@there.example")
    mail.queue_run(every="1m")
    return world.run(until="10m")


def _lost() -> float:
    """Whole seconds that ``RUNS`` queue runs lose to Ident."""
    spans = [sum(_hourly(ident).attempts["seconds"]) for ident in (5, 0)]
    return float(round(spans[0] - spans[1]))


def _hourly(ident: int) -> Trace:
    """``MESSAGES`` messages in each of ``RUNS`` queue runs, from behind a filter that drops."""
    world = World(seed=6)
    mail = world.sendmail("mail.here.example", cf="O DeliveryMode=queueonly\nO ConnectionCacheSize=2")
    world.sendmail("mx.there.example", domain="there.example", cf=f"O Timeout.ident={ident}s")
    world.filter("mail.here.example", "drop", 113)
    for run in range(RUNS):
        for n in range(MESSAGES):
            mail.submit("taro@mail.here.example", f"hana{n}@there.example", at=run * 3600 + 60 + n)
    mail.queue_run(at="30m", every="1h")
    return world.run(until=RUNS * 3600)


def _timeout(cf: str) -> str:
    for latency in ("5ms", "60ms"):
        trace = _slow_and_silent(cf, latency)
        if "taro@mail.honest.example" not in trace.received(1):
            raise WrongAnswer(
                "An honest identd answers after {honest_delay}, but no user stands in the Received: line.",
                honest_delay=HONEST_DELAY,
            )
        costs = _silence(trace, latency)
        if costs > ALLOWED:
            raise WrongAnswer("Silence from behind a filter that drops costs {costs:.1f} s a connection.", costs=costs)
    other = another_way(costs, _silence(_slow_and_silent(MODEL, latency), latency), "waits {number:.1f} s")
    return phrase(
        "The slow identd is heard, and silence costs {costs:.1f} s a connection.{other}", costs=costs, other=other
    )


def _silence(trace: Trace, latency: str) -> float:
    """Seconds that Ident adds to an attempt from behind the filter."""
    took, without = (some(one.attempts.where(host=SILENT)["seconds"], "From behind the filter nothing is sent.")[0]
                     for one in (trace, _slow_and_silent("O Timeout.ident=0s", latency)))  # fmt: skip
    return float(took - without)


def _slow_and_silent(cf: str, latency: str) -> Trace:
    """A letter from a host with a slow identd, and one from behind a filter that drops."""
    world = World(seed=6)
    honest = world.sendmail("mail.honest.example", latency=latency)
    silent = world.sendmail(SILENT, latency=latency)
    world.sendmail("mx.there.example", domain="there.example", cf=cf)
    world.identd(honest, "taro", delay=HONEST_DELAY)
    world.filter(silent, "drop", 113)
    for mail in (honest, silent):
        mail.submit(f"taro@{mail.name}", "hana@there.example")
    return world.run(until="10m")


EXERCISES = (
    Exercise(
        "06.a",
        "Your mail host stands behind a filter that drops what comes to port 113. The filter cannot send a reset. "
        "What leaves neither delay nor stuck mail, whatever TCP the other sides have?",
        "choice",
        _filter,
        solution=OPEN,
        hints=("Who asks, and who waits for the answer?", "What does a kernel say where no program listens?"),
        mistakes=(UNREACHABLE, OWN, SLOW),
        choices=ANSWERS,
    ),
    Exercise(
        "06.b",
        "A client behind a filter that drops has 12 messages for your host in each of three queue runs. The runs are an hour "
        "apart, and its ConnectionCacheSize is 2. Your Timeout.ident is 5 s. How many seconds do the runs lose to Ident?",
        "number",
        exactly(_lost, "Once a connection: all 12 messages of a run come on one, and after an hour it is closed.",
                {180: "Is a message the same as a connection?", 0: "Somebody waits before the first 220.",
                 30: "One host, one connection: the cache has room for two, and one is used.",
                 5: "Is the connection of the first run still open an hour later?",
                 60: "That is for one run, with a connection for each message.",
                 10: "How many connections do three runs open?",
                 3: "That is the number of connections. What does each of them wait for?",
                 36: "That is the number of messages."},
                "Seconds for a connection, times connections: when is one opened?", "seconds"),
        solution="15",
        hints=("When does the server ask?", "How many connections does a run open? And the next run?"),
        mistakes=("180", "0", "5"),
    ),
    Exercise(
        "06.c",
        "Some of your peers have an honest but slow identd: it takes 1.5 s. Others sit behind a filter that drops. Write "
        "the line for your host: the honest user is to stand in Received:. Silence may cost no more than 3 s a connection.",
        "cf",
        _timeout,
        solution=MODEL,
        hints=("One alarm is for connect, question and answer together.", "It has to be longer than 1.5 s and some round trips."),
        mistakes=("O Timeout.ident=0s", "O Timeout.ident=1s", "O Timeout.ident=30s", "O Timeout.initial=2s"),
        given="O Timeout.ident=5s",
    ),
)  # fmt: skip
