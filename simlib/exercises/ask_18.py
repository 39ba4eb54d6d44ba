"""What lesson 18 asks before its runs."""

from itertools import accumulate
from typing import Any

from simlib.exercises.question import Point, Question, among
from simlib.trace.record import Trace
from simlib.world import World


def _spread(table: Any) -> int:
    """Connections between the best and the worst morning: up to three, up to nine, or more."""
    opened = table["connections"]
    return among(max(opened) - min(opened), 4, 10)


def _most_open(trace: Trace) -> int:
    """How many connections stood open at one time, at the most."""
    changes = [(row.opened, 1) for row in trace.connections]
    changes += [(row.closed, -1) for row in trace.connections if row.closed is not None]
    return max(accumulate(change for _, change in sorted(changes)))


def _narrower(table: Any) -> int:
    """± of forty runs by that of ten: a quarter, a half, the same."""
    ten, forty = table["±"]
    return among(forty / ten, 0.33, 0.8)


def _stops(sizes: Any) -> int:
    """The size from which on a larger cache spares less than one connection; 12 where that is nowhere."""
    places, opened = sizes["cache_size"], sizes["connections"]
    idle = [size for size, here, then in zip(places, opened, opened[1:], strict=False) if here - then < 1]
    return int(min(idle, default=places[-1]))


def _fewer(table: Any) -> int:
    """On how many of ten mornings the larger cache opened fewer: about five, about seven, all."""
    return among(sum(saved > 0 for saved in table["saved"]), 7, 10)


def _width(table: Any) -> int:
    """The interval of the difference by that of one of the two: narrower, as wide, wider."""
    width = dict(zip(table["of ten mornings"], table["±"], strict=True))
    return among(width["saved, the same morning"] / width["cache 4"], 0.8, 1.25)


def _as_it_arrives() -> Trace:
    """Ten letters for one host, each sent as it arrives, with a cache of four."""
    world = World(seed=4)
    mail = world.sendmail("mail.here.example", cf="O ConnectionCacheSize=4")
    world.sendmail("mx.there.example", domain="there.example")
    for n in range(10):
        mail.submit("taro@mail.here.example", "hana@there.example", at=n)
    return world.run(until="1h")


def _to_two() -> Trace:
    """A letter to two people at one host."""
    world = World(seed=4)
    mail = world.sendmail("mail.here.example")
    world.sendmail("mx.there.example", domain="there.example")
    mail.submit("taro@mail.here.example", "hana@there.example", "ken@there.example")
    return world.run(until="1h")


QUESTIONS = (
    Question(
        "18.1",
        "With a cache of two, the same host and the same queue run on ten different mornings. "
        "How many connections lie between the best morning and the worst?",
        choices={
            0: ("up to 3", "The average amount of mail is the same. That of a morning is not."),
            1: ("4 to 9", "So much comes of the number of letters alone. Their order adds to it."),
            2: ("10 and more", "How much mail there is, and in which order it comes, is chance."),
        },
        seen=_spread,
        because="So one run says more of its morning than of its cache.",
    ),
    Question(
        "18.1b",
        "One morning, and a cache with two places. How many connections are open at one time, at the most?",
        choices={
            1: ("1", "The others are kept open for letters to come: that is the cache."),
            2: ("2", "Two are the kept ones. The one in use has to come from somewhere."),
            3: ("3", "The new connection is opened first. Then the one that was used least recently is closed."),
            12: ("12", "That is so with twelve places or more."),
        },
        seen=_most_open,
        because="For a moment it is one more than the cache has places. The one in use is among them afterwards.",
        points=(
            Point("cache_size", "most open at once", "rises"),
            Point("cache_size", "connections opened", "falls"),
        ),
    ),
    Question(
        "18.2",
        "Ten runs give a mean with its ±. Forty runs are made instead. What becomes of the ±?",
        choices={
            2: ("about the same", "The mornings differ as before, but their mean is known better."),
            1: ("about a half", "The error of a mean falls with the square root of the number of runs."),
            0: ("about a quarter", "A quarter wants sixteen times the runs."),
        },
        seen=_narrower,
        because="± tells how well the mean is known. How far the mornings lie apart it does not tell.",
    ),
    Question(
        "18.3",
        "Twelve sites, and a cache of 0, 1, 2, 3, 4, 6 or 12 places. From which size on does a larger one "
        "spare less than one connection in a morning?",
        choices={
            2: (
                "from 2 on: that is the default",
                "The default is a compromise with those who have to hold the connections.",
            ),
            4: ("from 4 on", "sendmail's guide calls 4 a practical maximum, and not because more would not help."),
            6: ("from 6 on: half of the sites", "The other half has less mail, but has some."),
            12: (
                "from none: each of them still spares some",
                "Each further place spares less, down to one connection a site.",
            ),
        },
        seen=_stops,
        because="There is no step at which it stops. The price is paid by others, who hold what nobody uses.",
    ),
    Question(
        "18.4",
        "The intervals of a cache of 3 and of one of 4 overlap. Both have met the same ten mornings. "
        "On how many of them does the cache of 4 open fewer connections?",
        choices={
            0: ("on about 5", "That is what two means would do that do not differ at all."),
            1: ("on 7 to 9", "The intervals tell of the mornings. Two caches on one morning are much closer."),
            2: ("on all 10", "More mail means more connections for both. What differs is the cache."),
            "?": (
                "it cannot be said: the intervals overlap",
                "Of the two means, no. But each morning can be looked at.",
            ),
        },
        seen=_fewer,
        because="Whoever draws a line from dot to dot sees all of them slant the same way. The clouds of dots hide it.",
    ),
    Question(
        "18.4b",
        "So take the difference of the two caches on each morning, and its mean with its ±. "
        "Is this ± wider than that of one of the two?",
        choices={
            2: ("wider: two errors add up", "They do, where the mornings are different ones."),
            1: ("about as wide", "It would be so only if half of the chance were shared."),
            0: ("narrower", "What the two have in common drops out of the difference."),
        },
        seen=_width,
        because="That is called common random numbers. It costs nothing but the same seeds.",
    ),
    Question(
        "18.5",
        "The same runs are made by one process, by two, in batches of three, and by threads. "
        "Of the last three tables, how many differ from the first?",
        choices={
            0: ("none", "A run depends on its settings and its seed only. Results are put in order afterwards."),
            1: ("one", "Threads share no random numbers: each world has its own."),
            3: ("all", "They come in another order, and are laid down by settings and seed."),
        },
        seen=lambda table: table["equal to the first"].count(False),
        because="So a result can be made again, by anybody, on any machine.",
    ),
    Question(
        "18.r1",
        "From lesson 04. Ten letters for one host, each sent as it arrives. The cache has four places. "
        "How many connections are opened?",
        choices={
            1: ("1", "That needs one process for all of them, as in a queue run."),
            4: ("4", "A place is not a process. Nothing is kept when a process ends."),
            10: ("10", "Each letter has its own process, and the cache ends with it."),
        },
        seen=lambda trace: len(trace.connections),
        because="The cache lies in the memory of one process. It pays in a queue run.",
        run=_as_it_arrives,
    ),
    Question(
        "18.r2",
        "From lesson 11. A letter goes to two people at one other host, at the first attempt. "
        "How many lines with to= does it leave in the log here?",
        choices={
            1: ("one", "They went in one transaction: one line with both names."),
            2: ("two, one for each of them", "Only if they go in two transactions, such as without F=m."),
            3: ("three", "There is one more line, but it is from=."),
        },
        seen=lambda trace: trace.syslog("mail.here.example").count(": to="),
        because="A line is an attempt, not a person. Who counts mail in a log has to know that.",
        run=_to_two,
    ),
)
