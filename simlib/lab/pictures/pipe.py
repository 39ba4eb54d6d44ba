"""A line as a pipe: of the letters handed in, what crosses it, what does so in vain, what comes (claims 03.2, 03.3)."""

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from simlib.lab.charts import bytes_on_the_wire
from simlib.lab.numbers import Number, text_of
from simlib.lab.pictures.common import at, how_many, lasting
from simlib.lab.pictures.drawing import BAD, FURTHER, GOOD, INK, LIGHT, OTHER, WAITS, Drawing, Span
from simlib.lab.pictures.lanes import Lane, Lanes, Mark, Stretch
from simlib.language import phrase

if TYPE_CHECKING:
    from simlib.trace.record import Trace
    from simlib.trace.row_types import ConnectionRow, MessageRow

HANDED_IN, CROSSES, IN_VAIN, STOPPED = "handed in", "crosses the line", "crosses it in vain", "refused before"
CAME, RETURNED, WAITING = "in a mailbox", phrase("returned"), "not there yet"
KEY = {
    HANDED_IN: LIGHT,
    CROSSES: OTHER,
    IN_VAIN: BAD,
    STOPPED: INK,
    CAME: GOOD,
    RETURNED: FURTHER,
    WAITING: WAITS,
}
SMALL = 0.01  # of the width: what is narrower is drawn with the others that fare alike
TEXT_FROM = 0.12  # of the width: what is as long has room for its size
MIDDLE, OF_MARKS = 0.3, 0.301  # the row in the middle of a lane of 1.6; marks in a row of their own are drawn large
ENDS = {"delivered": CAME, "queued": WAITING}


class Way(NamedTuple):
    """A letter, or several small ones: what they made cross the line, in bytes, and for how many seconds."""

    message: int
    size: int
    submitted: float
    fate: str
    taken: int
    in_vain: int
    seconds: float
    connection: int | None  # the last one
    letters: int = 1

    @property
    def room(self) -> int:
        """How wide it is drawn."""
        return max(self.size, self.taken + self.in_vain, 1)

    @property
    def stopped(self) -> bool:
        """Whether it came back before it had crossed the line."""
        return self.fate == RETURNED and self.in_vain + self.taken < self.size

    @property
    def name(self) -> str:
        """What is told of it first."""
        if self.letters > 1:
            return phrase("{letters:,} smaller letters, together {size}", letters=self.letters, size=_bytes(self.size))
        return phrase("letter {message} of {size}", message=self.message, size=_bytes(self.size))


def pipe(trace: "Trace") -> Drawing:
    """Letters as long as they have bytes, the largest first: handed in, across the line of their host, in a mailbox.

    What crossed the line and was not taken did so in vain. One below the other stands what belongs to one letter; small
    ones that fare alike are drawn as one.
    """
    every = _ways(trace)
    whole = sum(one.room for one in every)
    spans: list[Stretch] = []
    marks: list[Mark] = []
    begin = 0
    for one in _drawn(every, whole):
        sized = _bytes(one.size) if one.size > whole * TEXT_FROM else ""
        came = phrase(
            "handed in {when}" if one.letters == 1 else "the first of them handed in {when}", when=at(one.submitted)
        )
        spans.append(
            Stretch(0, begin, begin + one.size, HANDED_IN, phrase("{name}: {came}", name=one.name, came=came), sized)
        )
        if one.stopped:
            door = phrase("at {door}", door=_door(trace, one.connection)) if one.connection else "no connection"
            why = (
                phrase("refused {door}, after {span}", door=door, span=lasting(one.seconds))
                if one.connection
                else "no connection was made"
            )
            label = door if one.size > whole / 3 else ""
            marks.append(
                Mark(1, begin + one.room / 2, STOPPED, phrase("{name}: {why}", name=one.name, why=why), label, OF_MARKS)
            )
        parts = ((IN_VAIN, one.in_vain, ", and was refused after its last byte"), (CROSSES, one.taken, ""))
        start = begin
        for kind, amount, ending in parts:
            if amount:
                told = phrase(
                    "{name}: {amount} on the line, in {span}{ending}",
                    name=one.name,
                    amount=_bytes(amount),
                    span=lasting(one.seconds),
                    ending=ending,
                )
                spans.append(Stretch(1, start, start + amount, kind, told, row=MIDDLE))
                start += amount
        spans.append(
            Stretch(2, begin, begin + one.size, one.fate, phrase("{name}: {fate}", name=one.name, fate=one.fate))
        )
        begin += one.room
    numbers = bytes_on_the_wire(trace).numbers
    numbers |= {"letters": Number(len(every)), STOPPED: Number(sum(one.stopped for one in every))}
    crossed, wasted = sum(one.taken + one.in_vain for one in every), sum(one.in_vain for one in every)
    vain = (
        phrase(
            ", {wasted} in vain, in {time_in_vain}",
            wasted=_bytes(wasted),
            time_in_vain=text_of(numbers["time in vain"]),
        )
        if wasted
        else phrase(", in {time_connected}", time_connected=text_of(numbers["time connected"]))
        if crossed
        else ""
    )
    lanes = [
        Lane("handed in", _sum(every)),
        Lane("crosses the line", phrase("{amount}{vain}", amount=_bytes(crossed), vain=vain), rows=1 + 2 * MIDDLE),
        Lane(phrase("comes"), _bytes(sum(one.size for one in every if one.fate == CAME))),
    ]
    axis = Span(0, max(whole, 1), "letters, the largest first", *_unit(whole), timed=False)
    return Drawing("What crosses the line, and what comes", Lanes(axis, lanes, spans, marks), KEY, numbers)


def _sum(every: list[Way]) -> str:
    """How many they are, and how large together."""
    size = _bytes(sum(one.size for one in every))
    return phrase("{letters}, {size}", letters=how_many(len(every), "letter"), size=size)


def _drawn(every: list[Way], whole: int) -> list[Way]:
    """The letters in order of size; behind the large ones the small ones, those that fare alike together."""
    small: dict[tuple[str, bool, bool], list[Way]] = defaultdict(list)
    large = []
    for one in sorted(every, key=lambda one: (-one.size, one.message)):
        if one.room >= whole * SMALL:
            large.append(one)
        else:
            small[one.fate, one.stopped, one.in_vain > 0].append(one)
    return large + [held[0] if len(held) == 1 else _together(held) for held in small.values()]


def _together(held: list[Way]) -> Way:
    """Several letters as one."""
    first = min(one.submitted for one in held)
    return held[0]._replace(
        size=sum(one.size for one in held),
        submitted=first,
        taken=sum(one.taken for one in held),
        in_vain=sum(one.in_vain for one in held),
        seconds=sum(one.seconds for one in held),
        letters=len(held),
    )


def _door(trace: "Trace", connection: int) -> str:
    """The command that was refused for good on a connection, or the dot."""
    said = ""
    for line in trace.dialogue(connection).splitlines():
        if line.startswith("<<< 5"):
            return "the dot" if said == "." else said
        said = line[4:].partition(" ")[0] if line.startswith(">>>") else said
    return "its end"


def _ways(trace: "Trace") -> list[Way]:
    """Each message that is no notice, with what it cost the line of the host where it was handed in."""
    letters: dict[int, list[MessageRow]] = defaultdict(list)
    for row in trace.messages:
        if not row.notice and row.state != "expanded":
            letters[row.message].append(row)
    used = {one.connection: one for one in trace.connections}
    tries: dict[int, list[tuple[int, bool, float]]] = defaultdict(list)  # message → (connection, it was taken, seconds)
    over: dict[int, list[tuple[int, bool]]] = defaultdict(list)  # connection → (message, it was taken)
    for one in trace.attempts:
        if one.connection is not None and one.message in letters and one.host == letters[one.message][0].host:
            tries[one.message].append((one.connection, one.outcome == "sent", one.seconds))
            over[one.connection].append((one.message, one.outcome == "sent"))
    wasted = {number: _wasted(used[number], held, letters) for number, held in over.items()}
    return [
        Way(
            message,
            rows[0].size,
            rows[0].submitted,
            ENDS.get(rows[0].state, RETURNED) if len({one.state for one in rows}) == 1 else RETURNED,
            sum(rows[0].size for _, taken, _ in tries[message] if taken),
            sum(wasted[number].get(message, 0) for number, taken, _ in tries[message] if not taken),
            sum(seconds for _, _, seconds in tries[message]),
            tries[message][-1][0] if tries[message] else None,
        )
        for message, rows in letters.items()
    ]


def _wasted(
    used: "ConnectionRow", held: list[tuple[int, bool]], letters: "dict[int, list[MessageRow]]"
) -> dict[int, int]:
    """Which of the letters on a connection crossed it without being taken, and with how many bytes each."""
    left = used.bytes - sum(letters[message][0].size for message, taken in held if taken)
    crossed = {}
    for message, taken in held:
        if not taken and left >= letters[message][0].size:
            crossed[message] = letters[message][0].size
            left -= letters[message][0].size
    return crossed


def _unit(amount: float) -> tuple[str, float]:
    """The unit in which so many bytes are read, and its size."""
    return ("MB", 1e6) if amount >= 1e6 else ("kB", 1e3)


def _bytes(amount: float) -> str:
    """``"26 MB"``."""
    unit, size = _unit(amount)
    return f"{text_of(Number(float(f'{amount / size:.3g}')))} {unit}" if amount else phrase("nothing")
