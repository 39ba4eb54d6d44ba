"""A mailbox file as a page on which several hosts write: who wrote where, and what is to be read there (claim 14.1)."""

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from simlib.errors import WorkbookError
from simlib.lab.numbers import Number
from simlib.lab.pictures.common import at, first_of, how_many, lasting
from simlib.lab.pictures.drawing import BAD, FURTHER, GOOD, WAITS, Drawing, Span
from simlib.lab.pictures.lanes import Band, Lane, Lanes, Stretch, beside_each_other, rows_in
from simlib.language import phrase, sentences

if TYPE_CHECKING:
    from simlib.trace.record import Trace
    from simlib.trace.row_types import PieceRow, WritingRow

WHOLE, TORN, GONE, TWICE = phrase("whole"), phrase("torn"), phrase("gone"), "written twice"
KIND = {"intact": WHOLE, "torn": TORN, "gone": GONE}
KEY = {WHOLE: GOOD, TORN: WAITS, GONE: BAD, TWICE: FURTHER}
MOST, MOST_HOSTS = 120, 5  # letters, and lanes of those who write


class Twice(NamedTuple):
    """A place, in bytes, that was written by two letters."""

    begin: int
    end: int
    first: int
    second: int


def pens(trace: "Trace") -> Drawing:
    """Where in a mailbox file each host has written its letters, and what is to be read there in the end.

    It is the file that most letters came to. Letters of two hosts at the same place are seen in bands; what is left of
    a letter, all, a part or nothing, is its tone. Places are in bytes from the beginning of the file.
    """
    host, user = _fullest(trace)
    wrote, read = _file(trace, host, user)
    shown, cut = first_of(sorted(wrote, key=lambda one: one.place), phrase("letters"), MOST)
    waited: dict[str, float] = {}
    for one in wrote:
        waited[one.host] = waited.get(one.host, 0.0) + one.began - one.asked
    names = sorted(waited)[:MOST_HOSTS]
    fates = {one.message: KIND[one.condition] for one in wrote}
    spans = [
        Stretch(
            names.index(one.host), one.place, one.place + one.length, KIND[one.condition], _told(one), f"{one.message}"
        )
        for one in shown
        if one.host in names
    ]
    spans = beside_each_other(spans)
    lanes = [
        Lane(
            name,
            phrase("waited {span}", span=lasting(round(waited[name]))) if waited[name] > 1 else "",
            rows_in(spans, n),
        )
        for n, name in enumerate(names)
    ]
    end = max((one.place + one.length for one in shown), default=1)
    spans += _page(read, len(names), end, fates)
    counts = Counter(KIND[one.condition] for one in wrote)
    lanes.append(Lane("to be read", _counted(counts)))
    bands = [
        Band(
            0,
            len(names),
            one.begin,
            one.end,
            TWICE,
            phrase(
                "{many:,} bytes from byte {begin:,} on: both letter {first} and {second}",
                many=one.end - one.begin,
                begin=one.begin,
                first=one.first,
                second=one.second,
            ),
        )
        for one in _twice(shown)
    ]
    numbers = {phrase("letters {kind}", kind=kind): Number(counts[kind]) for kind in KIND.values()}
    numbers["bytes written twice"] = Number(sum(one.end - one.begin for one in _twice(wrote)), "bytes")
    numbers["waited for a lock"] = Number(round(sum(waited.values()), 3), "s")
    title = phrase(
        "Who wrote where in the mailbox of {user}, {letters}{cut}",
        user=user,
        letters=how_many(len(wrote), "letter"),
        cut=cut,
    )
    axis = Span(0, end, "place in the file", "kB", 1000, timed=False)
    part = Lanes(axis, lanes, spans, bands=bands)
    return Drawing(title if wrote else "No mailbox file was written", part, KEY, numbers)


def _fullest(trace: "Trace") -> tuple[str, str]:
    """The mailbox that most letters came to or were lost in, and a host that has it."""
    came = Counter((row.host, row.mailbox) for table in (trace.deliveries, trace.losses) for row in table)
    users = Counter[str]()
    for (_, mailbox), many in came.items():
        users[mailbox] += many
    user = max(users, key=lambda name: users[name], default="")
    return max((one for one in came if one[1] == user), key=lambda one: came[one], default=("", ""))


def _file(trace: "Trace", host: str, user: str) -> "tuple[list[WritingRow], list[PieceRow]]":
    """Who wrote to the file, and what is to be read in it; nothing where there is no such file."""
    try:
        return list(trace.writings(host, user)), list(trace.pieces(host, user))
    except WorkbookError:  # the host does not name its users: its mailboxes are no files
        return [], []


def _counted(counts: "Counter[str]") -> str:
    """``"8 whole, 2 torn"``."""
    return sentences([phrase("{n} {kind}", n=counts[kind], kind=kind) for kind in KIND.values() if counts[kind]], ", ")


def _told(one: "WritingRow") -> str:
    """What became of a letter, and when it was written."""
    waited = one.began - one.asked
    told = phrase(
        "letter {message}, {length:,} bytes from byte {place:,} on, written by {host} {when}",
        message=one.message,
        length=one.length,
        place=one.place,
        host=one.host,
        when=at(one.began),
    )
    told += phrase(" after {span} of waiting for a lock", span=lasting(waited)) if waited > 0 else ""
    left = phrase(", {left:,} bytes are left", left=one.left) if one.condition == "torn" else ""
    return phrase("{told}: {kind}{left}", told=told, kind=KIND[one.condition], left=left)


def _page(pieces: "list[PieceRow]", lane: int, end: int, fates: dict[int, str]) -> list[Stretch]:
    """What is to be read, the pieces of one letter that lie together as one."""
    made: list[tuple[int, int, int]] = []
    for one in pieces:
        begin, over, message = made[-1] if made else (0, 0, 0)
        if message == one.message and over == one.place:
            made[-1] = (begin, one.place + one.length, message)
        elif one.place < end:
            made.append((one.place, one.place + one.length, one.message))
    return [
        Stretch(
            lane,
            begin,
            over,
            fates[message],
            phrase(
                "from byte {begin:,} on: {many:,} bytes of letter {message}",
                begin=begin,
                many=over - begin,
                message=message,
            ),
            f"{message}",
        )
        for begin, over, message in made
    ]


def _twice(rows: "list[WritingRow]") -> list[Twice]:
    """The places where one letter was written over another."""
    found: list[Twice] = []
    end, last = 0, 0
    for one in sorted(rows, key=lambda one: (one.place, one.began)):
        over = one.place + one.length
        if one.place < end:
            found.append(Twice(one.place, min(over, end), last, one.message))
        if over > end:
            end, last = over, one.message
    return found
