"""A letter from host to host with its wish to hear of it, as far as that rides, and what comes back (claim 08.2)."""

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from simlib.lab import charts_of_letters
from simlib.lab.numbers import Number
from simlib.lab.pictures.common import at, first_of, moment
from simlib.lab.pictures.drawing import BAD, FURTHER, GOOD, INK, LIGHT, OTHER, PALE, WAITS, Drawing, Span
from simlib.lab.pictures.lanes import Arrow, Lane, Lanes
from simlib.language import phrase, sentences

if TYPE_CHECKING:
    from simlib.trace.record import Trace
    from simlib.trace.row_types import MessageRow

WISH, PLAIN, VAIN = "letter with the wish", "letter without a wish", "tried in vain"
LOST = "wish falls off"
ON_THE_WAY = ("told delivered", "told relayed")  # who is told so has asked for it
NAME = "events in their order"
KEY = {
    WISH: GOOD,
    PLAIN: PALE,
    VAIN: BAD,
    "told delivered": OTHER,
    "told relayed": WAITS,
    "told delayed": LIGHT,
    "told failed": FURTHER,
    "notice that does not come": INK,
}
MOST, FEW = 24, 8  # events, one beside the other; so few that there is room for words beside them


class Event(NamedTuple):
    """Something that went from one place to another; ``rank`` orders what happens at the same time."""

    time: float
    rank: int
    start: str
    end: str
    kind: str
    told: str
    text: str = ""


def wish(trace: "Trace") -> Drawing:
    """The first letter from host to host, with NOTIFY= or without, and each notice back, in the order of events.

    At the right stand what its sender was told and what is true. An event takes the same room however long it took.
    """
    rows = [one for one in trace.messages if not one.notice]
    letters = [one for one in rows if one.message == rows[0].message]
    numbers = charts_of_letters.told(trace).numbers
    if not letters:
        axis = Span(0, 1, NAME, timed=False)
        return Drawing("No letter was sent", Lanes(axis, [Lane(phrase("nobody"))]), KEY, numbers)
    first, number = letters[0], letters[0].message
    box = phrase("mailbox of {local}", local=_local(first.recipient)) if len(letters) == 1 else phrase("mailboxes")
    told, heard = _notices(trace, number)
    asked = _asked(trace, first) or any(one.start == first.host and one.kind in ON_THE_WAY for one in told)
    calls, has_wish = _calls(trace, number, {first.host} if asked else set())
    kind = WISH if first.host in has_wish else PLAIN
    sent = Event(
        first.submitted,
        0,
        first.sender,
        first.host,
        kind,
        phrase("letter {number} is sent {when}", number=number, when=at(first.submitted)),
    )
    copies = list(trace.deliveries.where(message=number))
    came = [
        Event(
            one.time,
            2,
            one.host,
            box,
            WISH if one.host in has_wish else PLAIN,
            phrase("it is in a mailbox {when}", when=at(one.time)),
        )
        for one in copies
    ]
    events, cut = first_of(sorted([sent, *calls, *came, *told]), phrase("events"), MOST)
    hosts = dict.fromkeys([first.host, *(place for one in [*calls, *told] for place in (one.start, one.end))])
    hosts |= dict.fromkeys(one.start for one in came)  # also what was called by its address only
    people = dict.fromkeys([first.sender, *(one.end for one in told)])
    notes = {
        person: phrase("told: {them}", them=sentences(heard[person], ", ")) if person in heard else ""
        for person in people
    }
    notes[first.sender] = notes[first.sender] or "told nothing"
    boxes = len({one.mailbox for one in copies})
    notes[box] = "has nothing" if not boxes else "has it" if len(letters) == 1 else phrase("{n} have it", n=boxes)
    places = [*people, *(host for host in hosts if host not in people), box]
    arrows = [
        Arrow(
            places.index(one.start),
            n,
            places.index(one.end),
            n + 1,
            one.kind,
            one.told,
            one.text if len(events) <= FEW else "",
        )
        for n, one in enumerate(events)
    ]
    lanes = [Lane(_local(place) if place in people else place, notes.get(place, "")) for place in places]
    numbers |= {"hosts that got the wish": Number(sum(one.kind == WISH for one in calls))}
    part = Lanes(Span(0, max(len(events), 1), NAME), lanes, arrows=arrows)
    return Drawing(phrase("How far the wish rides, and what is told{cut}", cut=cut), part, KEY, numbers)


def _asked(trace: "Trace", letter: "MessageRow") -> bool:
    """Whether a letter that is in its first queue says there what its sender wants to hear."""
    if letter.host not in trace.hosts:
        return False
    queued = next((one.qid for one in trace.queue(letter.host) if one.message == letter.message), "")
    lines = trace.qf(letter.host, queued).splitlines() if queued else []
    return any(line.startswith("R") and "N" in line.partition(":")[0] for line in lines)


def _calls(trace: "Trace", number: int, has_wish: set[str]) -> tuple[list[Event], set[str]]:
    """Each call of a host for the letter, and the hosts that had its wish; calls in vain to the same host are one."""
    servers = dict(zip(trace.connections["connection"], trace.connections["server"], strict=True))
    tries = [one for one in trace.attempts.where(message=number) if one.connection is not None]
    said = {one.connection: _rcpt(trace, one.connection) for one in tries}
    has_wish = has_wish | {one.host for one in tries if "NOTIFY=" in said[one.connection]}
    calls: list[Event] = []
    vain: dict[tuple[str, str], int] = {}  # hosts → the place of their call in vain
    count: Counter[int] = Counter()
    for one in tries:
        server, asks = servers[one.connection], said[one.connection]
        if one.outcome == "sent":
            wished = "NOTIFY=" in asks
            text = asks.partition(" NOTIFY=")[2].partition(" ")[0] if wished else LOST if one.host in has_wish else ""
            has_wish |= {server} if wished else set()
            told = phrase(
                "{host} hands it to {server} {when}: {asks}", host=one.host, server=server, when=at(one.time), asks=asks
            )
            calls.append(Event(one.time, 1, one.host, server, WISH if wished else PLAIN, told, text))
            continue
        pair = (one.host, server)
        if pair not in vain:
            vain[pair] = len(calls)
            calls.append(Event(one.time, 1, one.host, server, VAIN, ""))
        place = vain[pair]
        count[place] += 1
        times = (
            phrase(", {count} times from {when} on", count=count[place], when=moment(calls[place].time))
            if count[place] > 1
            else phrase(" {when}", when=at(one.time))
        )
        text = f"{count[place]} ×" if count[place] > 1 else ""
        told = phrase(
            "{host} calls {server} in vain{times}: {stat}", host=one.host, server=server, times=times, stat=one.stat
        )
        calls[place] = calls[place]._replace(told=told, text=text)
    return calls, has_wish


def _rcpt(trace: "Trace", connection: int | None) -> str:
    """How the recipient was named on a connection; of several the first."""
    lines = trace.dialogue(connection).splitlines() if connection is not None else []
    return next((line.removeprefix(">>> ") for line in lines if line.startswith(">>> RCPT")), "")


def _notices(trace: "Trace", number: int) -> tuple[list[Event], dict[str, list[str]]]:
    """The notices about the letter, and what each of those hears that they come to."""
    notices = {one.message: one.to for one in trace.notices.where(about=number)}
    states = dict(zip(trace.messages["message"], trace.messages["state"], strict=True))
    events: list[Event] = []
    heard: dict[str, list[str]] = defaultdict(list)
    for one in trace.told.where(about=number):
        to, came = notices.get(one.message, ""), states.get(one.message) == "delivered"
        if to:
            kind = phrase("told {action}", action=one.action) if came else "notice that does not come"
            says = phrase(
                "{host} tells {to} {when}: {action}, of {recipient}",
                host=one.host,
                to=to,
                when=at(one.time),
                action=one.action,
                recipient=one.recipient or "<>",
            )
            events.append(Event(one.time, 3, one.host, to, kind, says, one.action))
            if came and one.action not in heard[to]:
                heard[to].append(one.action)
    return events, dict(heard)


def _local(address: str) -> str:
    return address.partition("@")[0] or "nobody"
