"""The way of letters as a timetable: lanes are places, and a letter steps from one to the next (claims 00.1, 00.2)."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from simlib.lab.charts_of_hosts import IN_VAIN
from simlib.lab.numbers import Number, text_of
from simlib.lab.pictures.common import at, how_many
from simlib.lab.pictures.drawing import BAD, FURTHER, GOOD, INK, LIGHT, OTHER, PALE, WAITS, Drawing, Span, time_span
from simlib.lab.pictures.lanes import Arrow, Band, Lane, Lanes, Mark, Stretch
from simlib.language import phrase

if TYPE_CHECKING:
    from simlib.trace.record import Trace
    from simlib.trace.row_types import AttemptRow, DeliveryRow, MessageRow

WRITTEN, QUEUE, THERE, OUTAGE = "is sent off", "waits in a queue", "is in the mailbox", "out of order"
VAIN, TAKEN, RETURNED, LOST = "tried in vain", "is handed on", "is returned", "is lost"
KEY = {
    WRITTEN: OTHER,
    QUEUE: WAITS,
    THERE: GOOD,
    TAKEN: INK,
    VAIN: BAD,
    RETURNED: FURTHER,
    LOST: LIGHT,
    OUTAGE: PALE,
}
MOST, MOST_HOSTS, MOST_TRIES = 12, 5, 60  # letters, hosts and attempts that have room
HOURS = 6 * 3600  # s; of less the lesson asks for the minute
TALL = 3  # letters whose lines have their full height; more are drawn lower


class Stay(NamedTuple):
    """Where a letter lay, and for how long."""

    host: str
    begin: float
    end: float


class Trip(NamedTuple):
    """A message on its way: its recipients, where it lay, what was tried, and its arrivals."""

    letters: list["MessageRow"]
    stays: list[Stay]
    tries: list[tuple[str, "AttemptRow"]]  # the host that was called, and what came of it
    came: list["DeliveryRow"]

    @property
    def name(self) -> str:
        """Whom it is for."""
        first = self.letters[0].recipient
        return (
            first
            if len(self.letters) == 1
            else phrase("{first} and {others}", first=first, others=how_many(len(self.letters) - 1, "other"))
        )


def journey(trace: "Trace") -> Drawing:
    """Where each letter was at which time: with its sender, in whose queue, in the mailbox; and what was tried in vain.

    An arrow is a call from host to host. Outages lie behind the lane of their host. Only the first letters have room.
    """
    every = _trips(trace)
    trips, hosts = _with_room(every)
    places = {host: n for n, host in enumerate(hosts, 1)}
    home, many = len(hosts) + 1, max(len(trips), 1)
    flat = min(1.0, TALL / many)
    spans: list[Stretch] = []
    marks: list[Mark] = []
    arrows: list[Arrow] = []
    for n, trip in enumerate(trips):
        letter, row = phrase("letter {message} to {name}", message=trip.letters[0].message, name=trip.name), n * flat
        text = trip.name if 1 < many <= TALL else ""  # one alone needs none
        sent = trip.letters[0].submitted
        first = places[trip.letters[0].host]
        marks.append(Mark(0, sent, WRITTEN, phrase("{letter} is sent off {when}", letter=letter, when=at(sent))))
        arrows.append(
            Arrow(0, sent, first, sent, TAKEN, phrase("{letter} is handed in {when}", letter=letter, when=at(sent)))
        )
        for stay in trip.stays:
            told = phrase(
                "{letter} is in the queue of {host} {from_to}",
                letter=letter,
                host=stay.host,
                from_to=_from_to(stay.begin, stay.end, trace.until),
            )
            if stay.end - stay.begin < 1 and stay.end < trace.until:
                told = phrase(
                    "{letter} passes through {host} {when}", letter=letter, host=stay.host, when=at(stay.begin)
                )
            spans.append(Stretch(places[stay.host], stay.begin, stay.end, QUEUE, told, text, row))
        for server, one in trip.tries[:MOST_TRIES]:
            end = min(one.time + one.seconds, trace.until)
            kind = TAKEN if one.outcome == "sent" else VAIN
            told = phrase(
                "{letter}: {host} calls {server} {when}: {stat}",
                letter=letter,
                host=one.host,
                server=server,
                when=at(one.time),
                stat=one.stat,
            )
            arrows.append(Arrow(places[one.host], one.time, places[server], end, kind, told))
            if kind == VAIN:
                marks.append(Mark(places[server], end, VAIN, told, row=many * flat / 2 - 0.5))
        if trip.came:
            came = min(one.time for one in trip.came)
            begin = trip.stays[-1].host
            arrows.append(
                Arrow(
                    places[begin],
                    came,
                    home,
                    came,
                    TAKEN,
                    phrase("{letter} is delivered {when}", letter=letter, when=at(came)),
                )
            )
            told = phrase(
                "{letter} is in the mailbox {from_to}", letter=letter, from_to=_from_to(came, trace.until, trace.until)
            )
            spans.append(Stretch(home, came, trace.until, THERE, told, text, row))
        for gone in trip.letters:
            if gone.finished is not None and gone.state in ("bounced", "lost"):
                lane = places[trip.stays[-1].host]
                if gone.state == "lost":
                    told = phrase("{letter} is lost {when}", letter=letter, when=at(gone.finished))
                    marks.append(Mark(lane, gone.finished, LOST, told, row=row))
                else:
                    told = phrase("{letter} is returned to its sender {when}", letter=letter, when=at(gone.finished))
                    arrows.append(Arrow(lane, gone.finished, 0, gone.finished, RETURNED, told))
    lanes = [
        Lane(_of("mail program", [trip.letters[0].sender for trip in trips], "mail programs")),
        *(
            Lane(phrase("queue of {host}", host=host), _how_many_at(spans, n, trace.until), many * flat)
            for host, n in places.items()
        ),
        Lane(
            _of(phrase("mailbox"), [one.recipient for trip in trips for one in trip.letters], phrase("mailboxes")),
            _how_many_at(spans, home, trace.until),
            many * flat,
        ),
    ]
    mail = [one for trip in every for one in trip.letters]
    there = [one.finished for one in mail if one.state == "delivered" and one.finished is not None]
    late = [one.delay for one in mail if one.state == "delivered" and one.delay is not None]
    numbers = {
        "delivered": Number(len(there)),
        "not there at the end": Number(sum(one.state == "queued" for one in mail)),
        "the first is there at": Number(min(there, default=None), "s"),
        "longest delay": Number(max(late, default=0.0), "s"),
        "connects in vain": Number(sum(outcome in IN_VAIN for outcome in trace.connections["outcome"])),
    }
    cut = "" if len(trips) == len(every) else phrase(", {many} of {every:,}", many=len(trips), every=len(every))
    axis = Span(0.0, trace.until, unit="min", size=60.0) if 180 <= trace.until <= HOURS else time_span(trace.until)
    part = Lanes(axis, lanes, spans, marks, arrows, _bands(trace, places, trips, home))
    return Drawing(
        phrase("The way of the letter{cut}" if len(every) == 1 else "The way of each letter{cut}", cut=cut),
        part,
        KEY,
        numbers,
    )


def _trips(trace: "Trace") -> list[Trip]:
    """The messages on their way in order of number, without notices and aliases."""
    servers = dict(zip(trace.connections["connection"], trace.connections["server"], strict=True))
    letters: dict[int, list[MessageRow]] = defaultdict(list)
    tried: dict[int, list[AttemptRow]] = defaultdict(list)
    came: dict[int, list[DeliveryRow]] = defaultdict(list)
    for letter in trace.messages:
        if not letter.notice and letter.state != "expanded":
            letters[letter.message].append(letter)
    shown = set(sorted(letters)[:MOST])
    for tries in trace.attempts.where(lambda one: one.message in shown):
        tried[tries.message].append(tries)
    for copy in trace.deliveries.where(lambda one: one.message in shown):
        came[copy.message].append(copy)
    trips = []
    for message, held in sorted(letters.items()):
        called = [(servers[one.connection], one) for one in tried[message] if one.connection is not None]
        trips.append(Trip(held, _stays(held, tried[message], servers, trace.until), called, came[message]))
    return trips


def _stays(letters: list["MessageRow"], tries: list["AttemptRow"], servers: dict[int, str], until: float) -> list[Stay]:
    """In whose queue the message lay: from when it came there until it was handed on, and at last until all is done."""
    comes = {letters[0].host: letters[0].submitted}
    goes: dict[str, float | None] = {}
    for one in tries:
        end = one.time + one.seconds
        goes[one.host] = None if one.outcome == "deferred" else end
        if one.outcome == "sent" and one.connection is not None:
            comes.setdefault(servers[one.connection], end)
    waits = any(one.state == "queued" or one.finished is None for one in letters)
    last = until if waits else max(one.finished or until for one in letters)
    ends = {host: goes.get(host) or last for host in comes}
    return [Stay(host, begin, max(min(ends[host], until), begin)) for host, begin in comes.items()]


def _with_room(trips: list[Trip]) -> tuple[list[Trip], list[str]]:
    """The first of them, as long as they and the hosts that they meet have room, and these hosts in order."""
    hosts: dict[str, None] = {}
    for n, trip in enumerate(trips[:MOST]):
        met = dict.fromkeys([*(one.host for one in trip.stays), *(server for server, _ in trip.tries)])
        met |= dict.fromkeys(one.host for _, one in trip.tries)
        if n and len(hosts | met) > MOST_HOSTS:
            return trips[:n], list(hosts)
        hosts |= met
    return trips[:MOST], list(hosts)


def _bands(trace: "Trace", places: dict[str, int], trips: list[Trip], home: int) -> list[Band]:
    """The outages of the hosts that have a lane; with that of the last one its mailboxes are out of order, too."""
    mailboxes = {one.host for trip in trips for one in trip.came}
    bands = []
    for one in trace.outages:
        if one.name in places and one.start < trace.until:
            lane = places[one.name]
            last = home if lane == home - 1 and mailboxes <= {one.name} else lane
            what = (
                phrase("{name} is out of order", name=one.name)
                if one.what == "host"
                else phrase("{what} of {name} is out of order", what=phrase(one.what), name=one.name)
            )
            told = phrase(
                "{what} from {start} to {end}",
                what=what,
                start=text_of(Number(one.start, "s")),
                end=text_of(Number(one.end, "s")),
            )
            bands.append(Band(lane, last, one.start, min(one.end, trace.until), OUTAGE, told))
    return bands


def _of(one: str, addresses: Iterable[str], several: str) -> str:
    """``"mailbox of hana"``, or the word for several where they are of several people."""
    names = {address.partition("@")[0] for address in addresses}
    return phrase("{one} of {name}", one=one, name=names.pop()) if len(names) == 1 else several


def _how_many_at(spans: Iterable[Stretch], lane: int, until: float) -> str:
    """How many letters are in a lane at the end, in words; nothing where there are none."""
    there = sum(one.lane == lane and one.end >= until for one in spans)
    return how_many(there, "letter") if there else ""


def _from_to(begin: float, end: float, until: float) -> str:
    last = "the end" if end >= until else text_of(Number(round(end, 2), "s"))
    return phrase("from {begin} to {last}", begin=text_of(Number(round(begin, 2), "s")), last=last)
