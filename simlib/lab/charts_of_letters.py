"""Charts of single letters: their copies, their fates one a line, and what their senders are told."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

from simlib.lab.chart import Axis, Chart, Point, Series
from simlib.lab.numbers import Number, text_of, time_unit
from simlib.lab.scale import MOST_POINTS
from simlib.language import phrase
from simlib.units import seconds

if TYPE_CHECKING:
    from simlib.trace.record import Trace
    from simlib.trace.row_types import MessageRow
    from simlib.trace.rows_of import RowsOf

MOST_MAILBOXES = 9  # a row each; more have no room
LATE = "1h"

CAME, CAME_LATE, RETURNED, LOST = "came in time", "came late", phrase("returned"), phrase("lost")
WRONG, WAITS, WARNED = "in a wrong mailbox", "still on their way", phrase("warned")
FATES = (CAME, CAME_LATE, RETURNED, LOST, WAITS)

SENDER, POSTMASTER, NOBODY = "the sender", "the postmaster", phrase("nobody")
TOLD_SENDER = {
    "told delivered": "delivered",
    "told relayed": "relayed",
    "warned": "delayed",
    "returned to the sender": "failed",
}
TO_POSTMASTER = ("double bounce", "postmaster copy")  # kinds of notices


class Letter(NamedTuple):
    """What a chart needs to know of one recipient of a message: made in a moment, also where there are thousands."""

    message: int
    recipient: str
    submitted: float
    state: str
    finished: float | None


def copies(trace: "Trace") -> Chart:
    """Each copy of a letter that came, by mailbox and time: the first of them, and those that came again."""
    mail = set(trace.messages.where(notice=False)["message"])
    came: Counter[tuple[str, str, int]] = Counter()
    dots: dict[str, dict[bool, list[float]]] = {}
    for row in trace.deliveries:
        if row.message in mail:
            letter = (row.host, row.mailbox, row.message)
            dots.setdefault(row.mailbox, {False: [], True: []})[letter in came].append(row.time)
            came[letter] += 1
    unit, size = time_unit(trace.until)
    most = sorted(dots, key=lambda mailbox: -len(dots[mailbox][True]))[:MOST_MAILBOXES]
    shown = [mailbox for mailbox in dots if mailbox in most]
    lines = {
        name: tuple((round(time / size, 4), n) for n, mailbox in enumerate(shown) for time in dots[mailbox][again])
        for name, again in (("the first copy", False), ("another copy", True))
    }
    numbers = {
        "copies of one letter, at most": Number(max(came.values(), default=0)),
        "copies in all": Number(came.total()),
        "processes started": Number(len(trace.agents)),
        **{
            phrase("copies to {mailbox}", mailbox=mailbox): Number(len(dots[mailbox][False]) + len(dots[mailbox][True]))
            for mailbox in shown
        },
    }
    y = Axis("mailbox", names=tuple(shown) or (phrase("none"),))
    series = tuple(Series(name, points) for name, points in lines.items())
    return Chart("Copies", Axis("time since the start", unit), y, "points", series, numbers)


def told(trace: "Trace") -> Chart:
    """Who is told what of the letters: by notices that came to the sender, by those that the postmaster has, or nobody.

    Nobody is told of a letter that was lost or given up while no notice of that came to anybody or is on its way.
    """
    letters = mail_of(trace.messages)
    places: dict[tuple[int, str], set[int]] = {}  # of the letters, by message and recipient, and by message alone
    for n, one in enumerate(letters):
        places.setdefault((one.message, one.recipient), set()).add(n)
        places.setdefault((one.message, ""), set()).add(n)
    state = _states_of_notices(trace)
    told_by: dict[int, set[int]] = {}  # notice → letters; a double bounce tells of a notice
    heard: dict[str, set[int]] = {}
    for _, _, kind, notice, about, recipient, action in trace.told.rows():
        which = told_by.get(about) or places.get((about, recipient)) or places.get((about, ""), set())
        told_by.setdefault(notice, set()).update(which)
        word = kind if kind in TO_POSTMASTER else action
        heard.setdefault(word if state[notice] == "delivered" else state[notice], set()).update(which)
    postmaster = {n for kind in TO_POSTMASTER for n in heard.get(kind, ())}
    known = heard.get("failed", set()) | postmaster | heard.get("queued", set())
    counts = {name: heard.get(word, set()) for name, word in TOLD_SENDER.items()} | {
        "the postmaster is told": postmaster,
        "nobody is told": {n for n, one in enumerate(letters) if one.state in ("lost", "bounced")} - known,
    }
    numbers = {name: Number(len(which)) for name, which in counts.items()}
    rows = {"the postmaster is told": 1, "nobody is told": 2}
    series = tuple(Series(name, ((len(which), rows.get(name, 0)),)) for name, which in counts.items())
    y = Axis("who is told", names=(SENDER, POSTMASTER, NOBODY))
    return Chart("Who is told what", Axis("letters"), y, "rows", series, numbers)


def letters(trace: "Trace") -> Chart:
    """Each letter a line, from when it was sent until it came, was returned or was lost; a mark where it was warned of.

    Late is what took more than an hour. See ``letters_with``.
    """
    return _letters(trace, seconds(LATE), 0.0, {})


def letters_with(
    late: str | float = LATE, since: str | float = 0, belongs: Mapping[str, str] | None = None
) -> "Callable[[Trace], Chart]":
    """``letters`` with other rules, as an entry of ``show``: ``show=[lab.letters_with(late="15m")]``.

    ``late``: what took longer has come late (seconds, or text with a unit), counted from ``since`` at the earliest,
    such as the end of a power cut. ``belongs``: mailbox → the host on which its owner reads it; what is in a mailbox of
    that name elsewhere is in a wrong one. Raises UnitError for what is no length of time.
    """
    allowed, begin, where = seconds(late), seconds(since), dict(belongs or {})

    def chart(trace: "Trace") -> Chart:
        return _letters(trace, allowed, begin, where)

    given = {"late": (late, LATE), "since": (since, 0), "belongs": (where, {})}
    chart.__name__ = f"letters_with({', '.join(f'{k}={v!r}' for k, (v, usual) in given.items() if v != usual)})"
    return chart


def _letters(trace: "Trace", late: float, since: float, belongs: Mapping[str, str]) -> Chart:
    rows = sorted(mail_of(trace.messages), key=lambda one: one.submitted)
    wrong = wrong_mailboxes(trace, belongs)
    unit, size = time_unit(trace.until)
    names = (*FATES, WRONG) if belongs else FATES
    fates = [fate_of(one, late, since, wrong) for one in rows]
    counts = Counter(fates)
    step = -(-len(rows) // MOST_POINTS) or 1
    spans: dict[str, list[Point]] = {name: [] for name in names}
    place: dict[int, int] = {}
    for n, (one, fate) in enumerate(zip(rows[::step], fates[::step], strict=True), 1):
        end = trace.until if one.finished is None or fate == WAITS else one.finished
        spans[fate] += [(round(one.submitted / size, 4), n), (round(end / size, 4), n)]
        place.setdefault(one.message, n)
    warned = trace.notices.where(kind="warning")
    marks = [
        (round(time / size, 4), place[about])
        for time, about in zip(warned["time"], warned["about"], strict=True)
        if about in place
    ]
    series = tuple(Series(name, tuple(points)) for name, points in spans.items())
    series += (Series(WARNED, tuple(marks), kind="points"),)
    numbers = {name: Number(counts[name]) for name in names}
    numbers["warnings sent"] = Number(len(warned))
    every = "" if step == 1 else phrase(", one of {step}", step=step)
    title = phrase("Each letter (late: more than {late})", late=text_of(Number(late, "s")))
    return Chart(
        title, Axis("time since the start", unit), Axis(phrase("letter{every}", every=every)), "spans", series, numbers
    )


def wrong_mailboxes(trace: "Trace", belongs: Mapping[str, str]) -> set[tuple[int, str]]:
    """The letters, with their mailboxes, that came to a host where the owner of that mailbox does not read it."""
    came = trace.deliveries
    return {
        (message, mailbox)
        for message, mailbox, host in zip(came["message"], came["mailbox"], came["host"], strict=True)
        if belongs.get(mailbox, host) != host
    }


def fate_of(one: Letter, late: float, since: float, wrong: Collection[tuple[int, str]]) -> str:
    """What became of a letter; late is what took more than so many seconds, counted from ``since`` at the earliest."""
    if one.state == "delivered":
        assert one.finished is not None  # it has come
        if (one.message, one.recipient.partition("@")[0].lower()) in wrong:
            return WRONG
        return CAME_LATE if one.finished - max(one.submitted, since) > late else CAME
    return {"bounced": RETURNED, "lost": LOST, "queued": WAITS}[one.state]


def mail_of(messages: "RowsOf[MessageRow]") -> list[Letter]:
    """The letters, a recipient each, without notices and without aliases, for which others stand."""
    columns = (messages[name] for name in (*Letter._fields, "notice"))
    return [
        Letter(*cells)
        for *cells, notice in zip(*columns, strict=True)
        if not notice and cells[Letter._fields.index("state")] != "expanded"
    ]


def _states_of_notices(trace: "Trace") -> dict[int, str]:
    """What became of each notice; where it went to several, of the one that fared best."""
    states: dict[int, str] = {}
    table = trace.messages.where(notice=True)
    for message, state in zip(table["message"], table["state"], strict=True):
        if states.get(message) != "delivered" and (message not in states or state in ("delivered", "queued")):
            states[message] = state
    return states
