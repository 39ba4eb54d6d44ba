"""The steps of replacing a system, the sendmail that answers meanwhile, and the letters (claims 16.2, 16.4)."""

from itertools import pairwise
from typing import TYPE_CHECKING

from simlib.lab.charts_of_letters import LATE
from simlib.lab.numbers import Number, text_of
from simlib.lab.pictures import drawing, falling
from simlib.lab.pictures.common import at
from simlib.lab.pictures.drawing import Drawing, time_span
from simlib.lab.pictures.falling import Rules
from simlib.lab.pictures.lanes import Lane, Lanes, Stretch
from simlib.lab.pictures.services import Times, not_ready
from simlib.language import phrase
from simlib.units import seconds

if TYPE_CHECKING:
    from simlib.trace.record import Trace

STEP, OFF, OWN, OTHER, NONE = "a step", "off the net", "its own sendmail.cf", "another sendmail.cf", "no sendmail"
KEY = {STEP: drawing.OTHER, OFF: drawing.PALE, OWN: drawing.GOOD, OTHER: drawing.BAD, NONE: drawing.PALE, **falling.KEY}
STEPS, NETWORK, SENDMAIL, LETTERS = range(4)
MOST_STEPS, LOW = 12, 0.65  # in rows; rows of steps are low
LAST = 60.0  # s for which the last step is drawn where nothing tells when it was done


def replacement(trace: "Trace") -> Drawing:
    """The steps as they were taken, whether the host was on the net, which sendmail answered, and the letters.

    They are those of the host of the first step. Late is a letter that took more than an hour.
    """
    steps = list(trace.steps)
    host = steps[0].host if steps else next(iter(trace.hosts), "")
    found = not_ready(trace, host)
    gone = {phrase("network"): found.get("network", []), "sendmail": found.get("sendmail", found.get(host, []))}
    fallen = falling.falling(trace, LETTERS, Rules(seconds(LATE), 0.0, {}), gone)
    spans = _steps(trace)
    spans += [
        Stretch(
            NETWORK,
            begin,
            end,
            OFF,
            phrase(
                "{host} is off the net from {begin} to {end}", host=host, begin=text_of(_s(begin)), end=text_of(_s(end))
            ),
            OFF,
        )
        for begin, end in gone["network"]
    ]
    answering = _sendmail(trace, host, gone["sendmail"])
    spans += [*answering, *fallen.spans]
    wrong = sum(one.end - one.begin for one in answering if one.kind == OTHER)
    numbers = {**fallen.numbers, "steps": Number(len(steps)), "another sendmail.cf for": Number(round(wrong, 1), "s")}
    lanes = [
        Lane(phrase("steps"), "", max(min(len(steps), MOST_STEPS) * LOW, 1)),
        Lane(phrase("network")),
        Lane("sendmail"),
        fallen.lane,
    ]
    cut = fallen.cut + (
        ""
        if len(steps) <= MOST_STEPS
        else phrase(", the first {most_steps} of {many} steps", most_steps=MOST_STEPS, many=len(steps))
    )
    title = (
        phrase("The steps on {host}, its sendmail, and {letters}{cut}", host=host, letters=fallen.letters, cut=cut)
        if host
        else "No host was replaced"
    )
    ends = [one for one in spans if one.lane not in (NETWORK, SENDMAIL)]
    end = falling.until(ends, trace.until, 1.25)
    shown = [one._replace(end=min(one.end, end)) for one in spans if one.begin < end]
    return Drawing(title, Lanes(time_span(end), lanes, shown, fallen.marks), KEY, numbers)


def _s(time: float) -> Number:
    return Number(round(time), "s")


def _steps(trace: "Trace") -> list[Stretch]:
    """Each step in a row of its own, until the next one."""
    steps = list(trace.steps)[:MOST_STEPS]
    ends = [one.time for one in steps[1:]]
    for one in steps[-1:]:  # done when something has changed on the host
        changes = [row.time for row in trace.services if row.host == one.host and row.time > one.time]
        ends.append(min(changes, default=min(one.time + LAST, trace.until)))
    made = []
    for n, (one, end) in enumerate(zip(steps, ends, strict=True)):
        text = phrase("{step}: {remark}", step=phrase(one.step), remark=one.remark) if one.remark else phrase(one.step)
        returned = phrase(", {bounced} letters returned until the next one", bounced=one.bounced) if one.bounced else ""
        told = phrase("step {n} {when}: {text}{returned}", n=n + 1, when=at(one.time), text=text, returned=returned)
        made.append(Stretch(STEPS, one.time, end, STEP, told, row=n * LOW, high=LOW, after=text))
    return made


def _sendmail(trace: "Trace", host: str, gone: "Times") -> list[Stretch]:
    """Which sendmail answered from when to when: one with the first sendmail.cf, with another one, or none."""
    heeds = [(row.time, OWN if row.number == 1 else OTHER) for row in trace.configurations if row.host == host]
    moments = sorted({0.0, trace.until, *(time for time, _ in heeds), *(time for pair in gone for time in pair)})
    made: list[Stretch] = []
    heeded = OWN
    for begin, end in pairwise(moments):
        heeded = next((kind for time, kind in reversed(heeds) if time <= begin), heeded)
        kind = NONE if any(start <= begin < over for start, over in gone) else heeded
        first = made.pop().begin if made and made[-1].kind == kind else begin
        what = kind if kind == NONE else phrase("the sendmail that runs has {kind}", kind=kind)
        told = phrase("{what} from {first} to {end}", what=what, first=text_of(_s(first)), end=text_of(_s(end)))
        made.append(Stretch(SENDMAIL, first, end, kind, told, kind))
    return made if heeds else []
