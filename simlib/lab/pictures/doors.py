"""What VRFY, EXPN and RCPT tell of the names that somebody tries: a door each, and what is behind it (claim 09.3)."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from simlib.lab.numbers import Number
from simlib.lab.pictures.boxes import Box, Boxes
from simlib.lab.pictures.common import at, first_of, how_many, lasting
from simlib.lab.pictures.drawing import BAD, GOOD, PALE, WAITS, Drawing, time_span
from simlib.language import phrase, sentences

if TYPE_CHECKING:
    from simlib.trace.record import Trace

HERE, ELSEWHERE = "told: an address here", "told: an address at another site"
UNKNOWN, KEPT = "no such name", "not told"
KEY = {HERE: WAITS, ELSEWHERE: BAD, UNKNOWN: PALE, KEPT: GOOD}

MOST_CALLS, MOST_DOORS = 200, 36
COLUMNS = 6
QUESTION = re.compile(r"(VRFY|EXPN|RCPT) (?:To:)?<?([^>]*)", re.IGNORECASE)
TELLS = re.compile(r"(?:25[01]|551).*<(.+?)>")
NO_SUCH = ("550", "553")


class Knock(NamedTuple):
    """A question and what came of it: ``told`` are addresses, times are in seconds."""

    verb: str
    name: str
    time: float
    waited: float
    call: int
    code: str
    told: tuple[str, ...]
    host: str


def doors(trace: "Trace") -> Drawing:
    """Each name that was asked for by ``VRFY``, ``EXPN`` or ``RCPT`` is a box, and in it what the host told, and when.

    Behind them each address that was told and is none of those names. An address is here if it is of the host or of a
    domain that the host is in.
    """
    calls = [row for row in trace.connections if row.outcome == "accepted"]
    looked_at, cut = first_of(calls, phrase("calls"), MOST_CALLS)
    knocks: list[Knock] = []
    asked_on = []
    for number, row in enumerate(looked_at, 1):
        asked = list(_knocks(trace, row.connection, number, row.server))
        knocks += asked
        asked_on += [row] if asked else []
    found = list(dict.fromkeys(address for one in knocks for address in one.told))
    away = {address for one in knocks for address in one.told if not _is_here(address, one.host)}
    verbs = list(dict.fromkeys(one.verb for one in knocks))
    boxes = _asked(knocks, verbs) + _behind(knocks)
    shown, more = first_of(boxes, phrase("doors"), MOST_DOORS)
    ends = [trace.until if row.closed is None else row.closed for row in asked_on]
    numbers = {
        "addresses found": Number(len(found)),
        "of other sites": Number(len(away)),
        "names asked for": Number(len({one.name for one in knocks})),
        "calls": Number(len(asked_on)),
        "seconds taken": Number(round(max(ends, default=0.0), 1)),
        "longest wait for an answer": Number(round(max((one.waited for one in knocks), default=0.0), 1), "s"),
    }
    title = "Nobody asked for a name"
    if knocks:
        names, times = how_many(len({one.name for one in knocks}), "name"), how_many(len(asked_on), "call")
        tells = phrase("What {them} tells of {names}", them=sentences(verbs, " and "), names=names)
        many = how_many(len(found), "address")
        title = phrase(
            "{tells}: {many} in {times} and {span}{cut}{more}",
            tells=tells,
            many=many,
            times=times,
            span=lasting(round(max(ends), 1)),
            cut=cut,
            more=more,
        )
    axis = time_span(max((one.time for one in knocks), default=trace.until))
    return Drawing(title, Boxes(axis, shown, COLUMNS), KEY, numbers)


def _knocks(trace: "Trace", connection: int, call: int, host: str) -> "Iterator[Knock]":
    """The questions on a connection that were answered, in order."""
    before = 0.0
    for row in trace.answers(connection):
        asked = QUESTION.match(row.says)
        if row.time is None:
            continue
        if asked:
            verb, name = asked[1].upper(), asked[2].strip()
            code = row.true[:3]
            told = tuple(match[1] for line in row.true.split("\n") if (match := TELLS.match(line)))
            local = name.rpartition("@")[0]
            name = local if local and _is_here(name, host) else name
            yield Knock(verb, name, row.time, row.time - before, call, code, told, host)
        before = row.time


def _is_here(address: str, host: str) -> bool:
    domain = address.rpartition("@")[2].lower()
    return f".{host}".endswith(f".{domain}")


def _kind(knock: Knock) -> str:
    if not knock.told:
        return UNKNOWN if knock.code in NO_SUCH else KEPT
    return HERE if all(_is_here(address, knock.host) for address in knock.told) else ELSEWHERE


def _asked(knocks: list[Knock], verbs: list[str]) -> list[Box]:
    """A box for each name and each way to ask for it."""
    of: dict[str, list[Knock]] = {}
    for one in knocks:
        of.setdefault(f"{one.verb} {one.name}" if len(verbs) > 1 else one.name, []).append(one)
    return [_box(name, held) for name, held in of.items()]


def _box(name: str, knocks: list[Knock]) -> Box:
    steps: list[tuple[float, str, str]] = []
    for one in knocks:
        state = _kind(one), _inside(one)
        if not steps or steps[-1][1:] != state:
            steps.append((one.time, *state))
    first = knocks[0]
    told = sentences(first.told, ", ") if first.told else phrase("{kind} ({code})", kind=_kind(first), code=first.code)
    waited = phrase(", after {span}", span=lasting(round(first.waited))) if first.waited >= 1 else ""
    sentence = phrase(
        "{verb} {name} in call {call}, answered {when}{waited}: {told}",
        verb=first.verb,
        name=first.name,
        call=first.call,
        when=at(first.time),
        waited=waited,
        told=told,
    )
    return Box(name, sentence, steps, phrase("call {call}{waited}", call=first.call, waited=waited))


def _inside(knock: Knock) -> str:
    """What stands in the box: the address, or how many there are."""
    if not knock.told:
        kind = _kind(knock)
        return phrase("{kind} ({code})", kind=kind, code=knock.code) if kind == KEPT else kind
    if len(knock.told) == 1:
        return knock.told[0]
    away = sum(not _is_here(address, knock.host) for address in knock.told)
    return (
        phrase("{many} addresses, {away} elsewhere", many=len(knock.told), away=away)
        if away
        else how_many(len(knock.told), "address")
    )


def _behind(knocks: list[Knock]) -> list[Box]:
    """A box for each address that was told and that no name stands for which was asked for."""
    names = {one.name.lower() for one in knocks}
    boxes: dict[str, Box] = {}
    for one in knocks:
        for address in one.told:
            here = _is_here(address, one.host)
            known = address.rpartition("@")[0].lower() in names if here else address.lower() in names
            if not known and address not in boxes:
                kind = HERE if here else ELSEWHERE
                sentence = phrase(
                    "{address} was not asked for: {verb} {name} told it {when}",
                    address=address,
                    verb=one.verb,
                    name=one.name,
                    when=at(one.time),
                )
                boxes[address] = Box(
                    address,
                    sentence,
                    [(one.time, kind, "not among the guesses")],
                    phrase("behind {name}", name=one.name),
                )
    return list(boxes.values())
