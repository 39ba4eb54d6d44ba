"""Mailboxes as holes that a delivery program drops copies into: first ones, further ones (claims 01.5 to 01.7)."""

from bisect import bisect_right
from collections import Counter, defaultdict
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from simlib.lab.charts_of_letters import copies
from simlib.lab.numbers import Number
from simlib.lab.pictures.common import at, first_of, how_many, moment
from simlib.lab.pictures.drawing import BAD, FURTHER, GOOD, INK, LIGHT, OTHER, PALE, WAITS, Drawing, time_span
from simlib.lab.pictures.lanes import Band, Lane, Lanes, Mark
from simlib.language import phrase

if TYPE_CHECKING:
    from simlib.trace.record import Trace
    from simlib.trace.row_types import AgentRow

FIRST, AGAIN, SHUT_OUT, LOST = "first copy", "another copy", "not let in", phrase("lost")
ENDS_0, ENDS_OTHERWISE, ANSWERS = "exit status 0", "another exit status", "answers for each"
SHUT = "no room"
KEY = {
    FIRST: GOOD,
    AGAIN: FURTHER,
    SHUT_OUT: WAITS,
    LOST: BAD,
    ENDS_0: INK,
    ENDS_OTHERWISE: LIGHT,
    ANSWERS: OTHER,
    SHUT: PALE,
}
MOST_HOLES, MOST_RUNS = 8, 150  # lanes and runs of a program that have room
LONG = 600  # s; what a run of a program drops is then one moment, to the second
SAME = 1e-6  # s: what comes so soon after the end of a run came in it

Hole = tuple[str, str]  # host, mailbox


class Copy(NamedTuple):
    """A copy that was to come into a mailbox."""

    hole: Hole
    time: float
    kind: str
    message: int


def pigeonholes(trace: "Trace") -> Drawing:
    """Each copy that came into each mailbox, and what was not let in; above, the runs of the delivery program.

    A mailbox has no room from what it did not let in until something comes in. At the right stands what is there.
    """
    dropped = [*_arrived(trace), *_missing(trace)]
    if trace.until > LONG:
        dropped = [one._replace(time=round(one.time)) for one in dropped]
    piles = Counter(one.hole for one in dropped if one.kind in (FIRST, AGAIN))
    weight = Counter(one.hole for one in dropped)
    found = list(dict.fromkeys(one.hole for one in dropped))
    fullest = sorted(found, key=lambda hole: -weight[hole])[:MOST_HOLES]
    holes = [hole for hole in found if hole in fullest]
    lane = {hole: n for n, hole in enumerate(holes, 1)}
    several = len({host for host, _ in holes}) > 1
    shown, cut = first_of(sorted(one for one in dropped if one.hole in lane), phrase("copies"))
    runs, _ = first_of(list(trace.agents), phrase("runs"), MOST_RUNS)
    trouble = {one.status for one in trace.agents if one.status}
    otherwise = phrase("exit status {status}", status=trouble.pop()) if len(trouble) == 1 else ENDS_OTHERWISE
    marks = [_run(one, otherwise, _answers(trace, n) if one.status is None else "") for n, one in enumerate(runs, 1)]
    marks += [
        Mark(
            lane[one.hole],
            one.time,
            one.kind,
            phrase(
                "letter {message} for {hole}: {kind} {when}",
                message=one.message,
                hole=one.hole[1],
                kind=one.kind,
                when=at(one.time),
            ),
        )
        for one in shown
    ]
    bands = [
        Band(
            lane[hole],
            lane[hole],
            begin,
            end,
            SHUT,
            phrase("{hole}: nothing gets in from {begin} to {end}", hole=hole[1], begin=moment(begin), end=moment(end)),
        )
        for hole in holes
        for begin, end in _shut([one for one in shown if one.hole == hole], trace.until)
    ]
    lanes = [Lane("program started", f"{len(trace.agents):,} ×")] + [
        Lane(
            phrase("{mailbox} on {host}", mailbox=mailbox, host=host) if several else mailbox,
            how_many(piles[host, mailbox], "copy"),
        )
        for host, mailbox in holes
    ]
    numbers = copies(trace).numbers | {SHUT_OUT: Number(sum(one.kind == SHUT_OUT for one in dropped))}
    key = {otherwise if kind == ENDS_OTHERWISE else kind: tone for kind, tone in KEY.items()}
    part = Lanes(time_span(trace.until), lanes, marks=marks, bands=bands)
    title = phrase("What is put into the mailboxes{cut}", cut=cut)
    return Drawing(
        title if len(found) <= MOST_HOLES else phrase("{title}, the fullest of {many:,}", title=title, many=len(found)),
        part,
        key,
        numbers,
    )


def _run(one: "AgentRow", otherwise: str, answers: str) -> Mark:
    """A run of the program, with how it ended."""
    kind = ANSWERS if one.status is None else otherwise if one.status else ENDS_0
    says = (
        phrase("answers after the dot: {answers}", answers=answers)
        if one.status is None
        else phrase("ends with {status}", status=one.status)
    )
    return Mark(
        0,
        one.time,
        kind,
        phrase("{command}: started {when}, {says}", command=one.command, when=at(one.time), says=says),
    )


def _answers(trace: "Trace", run: int) -> str:
    """The codes with which a run that spoke LMTP answered after the dot, in order."""
    after = trace.lmtp(run).partition("\n>>> .\n")[2].partition("\n>>>")[0]
    return ", ".join(line[4:7] for line in after.splitlines() if line.startswith("<<<"))


def _arrived(trace: "Trace") -> list[Copy]:
    """Every copy of a letter that came into a mailbox."""
    letters = set(trace.messages.where(notice=False)["message"])
    seen: set[tuple[str, str, int]] = set()
    came = []
    for one in trace.deliveries:
        if one.message in letters:
            letter = (one.host, one.mailbox, one.message)
            came.append(Copy((one.host, one.mailbox), one.time, AGAIN if letter in seen else FIRST, one.message))
            seen.add(letter)
    return came


def _missing(trace: "Trace") -> list[Copy]:
    """What a run of the program was to bring into a mailbox and did not; where it ended with 0 that is lost."""
    names: dict[int, list[str]] = defaultdict(list)  # message → whose mailboxes it is for
    for row in trace.messages:
        if not row.notice and row.state != "expanded":
            names[row.message].append(row.recipient.partition("@")[0])
    came: dict[tuple[str, int], list[tuple[float, str]]] = defaultdict(list)
    first: dict[tuple[str, int, str], float] = {}
    for arrival in trace.deliveries:
        came[arrival.host, arrival.message].append((arrival.time, arrival.mailbox))
        first.setdefault((arrival.host, arrival.message, arrival.mailbox), arrival.time)
    missing = []
    for one in trace.agents:
        there, end = came[one.host, one.message], one.time + one.seconds
        during = slice(bisect_right(there, one.time, key=_when), bisect_right(there, end + SAME, key=_when))
        now = {mailbox for _, mailbox in there[during]}
        words = set(one.command.split())
        for name in names[one.message]:
            # in LMTP those are not named that it is for: it is for all that nothing has come to before
            lacks = first.get((one.host, one.message, name), inf) > end + SAME
            if name not in now and (lacks if one.status is None else name in words):
                missing.append(Copy((one.host, name), end, LOST if one.status == 0 else SHUT_OUT, one.message))
    return missing


def _when(arrival: tuple[float, str]) -> float:
    return arrival[0]


def _shut(copies: list[Copy], until: float) -> list[tuple[float, float]]:
    """From when until when a mailbox let nothing in, as far as it was tried."""
    spans: list[tuple[float, float]] = []
    since: float | None = None
    for one in sorted(copies, key=lambda one: one.time):
        if one.kind == SHUT_OUT:
            since = one.time if since is None else since
        elif since is not None:
            spans.append((since, one.time))
            since = None
    return spans if since is None else [*spans, (since, until)]
