"""18 Many runs."""

from functools import partial
from math import sqrt

from simlib import traffic
from simlib.estimate import t_95
from simlib.exercises.exercise import Exercise, WrongAnswer, as_number, one_of
from simlib.exercises.slips import taken_for
from simlib.experiment import replicate
from simlib.language import phrase, sentences
from simlib.trace.record import Trace
from simlib.world import World

APART = "not to be said: each mean is known to ± 2 only"
FOUR, NEITHER, MORE = (
    "yes: a cache of 4 opens fewer",
    "no: the intervals of the means overlap",
    "not to be said without more runs",
)


def _morning(cf: str, sites: int, every: int, seed: int) -> Trace:
    """The queue run of a morning: mail for several sites, some of which get much more than others."""
    world = World(seed=seed)
    mail = world.sendmail("mail.here.example", cf=f"O DeliveryMode=queueonly\n{cf}")
    places = [f"site{n}.example" for n in range(sites)]
    for place in places:
        world.peer(phrase("mx.{place}", place=place), domain=place, latency="80ms")
    arrivals, draw = world.random("arrivals"), world.random("places")
    for at in traffic.poisson(arrivals, every=every, until="8m"):
        mail.submit("taro@here.example", f"hana@{traffic.zipf(draw, places)}", at=at)
    mail.queue_run(at="10m")
    return world.run(until="20m")


def _burden(trace: Trace) -> dict[str, float]:
    used = trace.connections.where(outcome="accepted")
    spans = [(one.opened, trace.until if one.closed is None else one.closed) for one in used]
    most = max((sum(opened <= moment < closed for opened, closed in spans) for moment, _ in spans), default=0)
    return {"opened": len(used), "sites": len(set(used["server"])), "most": most, "queued": trace.totals()["queued"]}


def _few_and_small(cf: str) -> str:
    _morning(cf, 3, 60, seed=1)  # lines that cannot be read are told once, as such
    for sites, every in ((12, 12), (8, 10)):
        table = replicate(partial(_morning, cf, sites, every), range(1, 5), summary=_burden, workers=1)
        opened, reached, _, queued = table["mean"]
        if queued:
            raise WrongAnswer("{queued:g} messages a morning are not sent at all.", queued=queued)
        if table["highest"][2] > 3:
            raise WrongAnswer(
                "Up to {highest:g} connections stand open at once, and 3 are allowed.", highest=table["highest"][2]
            )
        if opened > reached:
            raise WrongAnswer(
                "{opened:.1f} ± {half:.1f} connections a morning, for {reached:.1f} sites with mail on average.{order}",
                opened=opened,
                half=table["±"][0] or 0,
                reached=reached,
                order=taken_for(cf, "QueueSortOrder"),
            )
    return "One connection for each site with mail, three at once: the order does what no cache of this size can do."


def _difference() -> str:
    """Whether a cache of 4 is better than one of 3, by mornings that both of them meet."""

    def saved(seed: int) -> dict[str, float]:
        three, four = (_morning(f"O ConnectionCacheSize={size}", 12, 12, seed).connections for size in (3, 4))
        return {"saved": len(three) - len(four)}

    mean, half = next(replicate(saved, range(1, 9), workers=1).select("mean", "±").rows())
    return FOUR if mean > half else NEITHER


def _hundred_and_sixty(answer: str) -> str:
    runs = as_number(answer)
    if not NARROW <= _half_width(runs) <= WIDE:
        width = phrase(
            "With {runs:g} runs it would be about ± {half_width:.2f}.", runs=runs, half_width=_half_width(runs)
        )
        raise WrongAnswer(sentences([width, _RUNS.get(runs, "By what does ± fall when there are twice as many runs?")]))
    return phrase(
        "A quarter of the width takes sixteen times the runs: about 160. (A few less will do: with more runs Student's t falls from 2.26 to 1.98.) With {runs:g} runs it would be about ± {half_width:.2f}.",
        runs=runs,
        half_width=_half_width(runs),
    )


def _half_width(runs: float) -> float:
    """The ± that so many runs would give, where ten gave ± 4, by Student's t."""
    many = int(min(max(runs, 2), MOST_RUNS))
    return 4 * t_95(many - 1) / t_95(9) * sqrt(10 / many)


NARROW, WIDE = 0.85, 1.05  # what is about ± 1
MOST_RUNS = 10**9
_RUNS = {
    40.0: "Four times the runs halve the width: it does not fall in proportion.",
    20.0: "Twice the runs do not halve the width.",
    16.0: "Sixteen is how many times as many.",
    80.0: "You have halved the width once and a half. It is to be halved twice.",
    1000.0: "That is far more than is needed.",
}


EXERCISES = (
    Exercise(
        "18.a",
        "Ten runs gave 24 ± 4 connections. About how many runs do you need in all for ± 1?",
        "number",
        _hundred_and_sixty,
        solution="160",
        hints=("± falls with the square root of the number of runs.", "A quarter of the width: four times four."),
        mistakes=("40", "20", "1000", "many"),
    ),
    Exercise(
        "18.b",
        "Twenty mornings were run with a cache of 3 and of 4: 24.0 ± 2.5 and 20.6 ± 2.2 connections. Morning by morning, "
        "the cache of 4 saved 3.5 ± 0.9 of them. Does a cache of 4 open fewer connections on such mornings?",
        "choice",
        one_of(
            _difference,
            "0 is far outside the interval of the difference. How much mail there was differed from morning to morning, but "
            "it was the same for both.",
            {NEITHER: "They do, but for another reason: both hold how much the mornings differ from one another. Look at the difference.",
             MORE: "More runs would say more exactly how much it saves. Whether it does is settled: where is 0?",
             APART: "The question is about the difference, and that is known to ± 0.9."},
        ),
        solution=FOUR,
        hints=("Which of the three intervals is about the question?", "Is 0 in it?"),
        mistakes=(NEITHER, MORE, APART),
        choices=(NEITHER, APART, FOUR, MORE),
    ),
    Exercise(
        "18.c",
        "Other sites have complained. No more than three connections of yours may stand open at once, with the one in use. "
        "Write sendmail.cf lines for the queue run of a morning. On average it is to open no more connections than there "
        "are sites with mail.",
        "cf",
        _few_and_small,
        solution="O ConnectionCacheSize=2\nO QueueSortOrder=host",
        hints=("Sweep over cache_size and order, both parameters of morning().", "A cache is not the only way to have the mail for a site together.",
               "QueueSortOrder."),
        mistakes=("O ConnectionCacheSize=2", "O ConnectionCacheSize=12", "O ConnectionCacheSize=2\nO QueueSortOrder=time", "O QueueSortOrder=sites",
                  "O ConnectionCacheSize=0\nO QueueSortOrder=host", "O ConnectionCacheSize=8\nO QueueSortOrder=host"),
        given="O ConnectionCacheSize=2",
    ),
)  # fmt: skip
