"""From each line of the mail log to the number of mailstats that it adds one to (claim 11.2)."""

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from simlib.lab.numbers import Number
from simlib.lab.pictures.common import first_of, how_many
from simlib.lab.pictures.drawing import GOOD, INK, LIGHT, OTHER, PALE, WAITS, Drawing
from simlib.lab.pictures.tapes import Cell, Link, Tape, Tapes
from simlib.language import phrase, sentences
from simlib.trace.log_report import CAME, DEFERRED, FAILED, NOTICE, QUEUED, SENT, read_maillog
from simlib.trace.statistics import FROM, TO

if TYPE_CHECKING:
    from simlib.trace.record import Trace
    from simlib.trace.row_types import CountRow
    from simlib.trace.rows_of import RowsOf

LINE, NOTHING, GONE = "adds one, each line", "adds nothing", "its one is gone: the file was emptied"
COUNTER, BY_SENDER, BY_DELIVERY = "a number of mailstats", "by who has sent it", "by how it was delivered"
KEY = {LINE: INK, NOTHING: PALE, GONE: WAITS, COUNTER: LIGHT, BY_SENDER: GOOD, BY_DELIVERY: OTHER}

ATTEMPTS, EMPTY = (SENT, DEFERRED, FAILED, QUEUED), "nrcpts=0"
MOST = 16  # lines of the log, or kinds of such, that have room on a projected page
MOST_READ = 3_000  # lines of the log
ALWAYS = ("local", "esmtp")  # mailers whose numbers are told even where nothing was counted


class LogLine(NamedTuple):
    """A line of the log about a message.

    ``column``: that of mailstats, if the line is of a kind that is counted; ``mailer``: that in whose row it was.
    ``by``: the mailer that the line names.
    """

    qid: str
    time: str
    column: str
    mailer: str
    address: str
    by: str
    stat: str


def threads(trace: "Trace") -> Drawing:
    """Lines of a mail log with ``from=`` and ``to=`` and those of notices, and the numbers of mailstats: each line that
    was counted has a link to the number that it has added one to.

    It is the log of the first host that has counted anything. Where lines are many, those of one kind are one.
    """
    counts = {host: trace.counted(host) for host in trace.hosts}
    host = next((name for name, held in counts.items() if len(held)), next(iter(counts), ""))
    if not host:
        return Drawing("No sendmail, no log", Tapes([Tape("log", []), Tape("mailstats", [])]), KEY, _numbers(Counter()))
    counted = counts[host]
    sums = Counter(zip(counted["counter"], counted["mailer"], strict=True))
    text = trace.syslog(host).splitlines()
    lines = _lines(text[:MOST_READ], counted)
    kinds = _groups(lines)
    groups, more = first_of(kinds, phrase("kinds of lines"), MOST)
    cells = [*sums] or [(FROM, ALWAYS[0])]
    cells.sort(key=lambda cell: (ALWAYS.index(cell[1]) if cell[1] in ALWAYS else len(ALWAYS), cell[1], cell[0]))
    left, links = [], []
    for step, (words, held) in enumerate(groups):
        first = held[0]
        kind = LINE if first.mailer else GONE if first.column else NOTHING
        many = f"{len(held)} × " if len(kinds) < len(lines) else ""
        told = phrase(
            "{lines} with {words}, the first of {qid} at {time}: {kind}",
            lines=how_many(len(held), "line"),
            words=words,
            qid=first.qid,
            time=first.time,
            kind=kind,
        )
        left.append(Cell(sentences([many, words], ""), kind, told, step))
        if first.mailer:
            adds = phrase(
                "{told}, to {column} of {mailer}", told=told, column=phrase(first.column), mailer=first.mailer
            )
            how = BY_SENDER if first.column == FROM else BY_DELIVERY
            links.append(Link(0, step, 1, cells.index((first.column, first.mailer)), how, adds, step))
    right = [
        Cell(
            phrase("{n:,} {column} of {mailer}", n=sums[column, mailer], column=phrase(column), mailer=mailer),
            COUNTER,
            _means(column, mailer, sums[column, mailer]),
        )
        for column, mailer in cells
    ]
    cut = (
        phrase(", the first {most_read:,} of {many:,} lines", most_read=MOST_READ, many=len(text))
        if len(text) > MOST_READ
        else ""
    )
    title = phrase(
        "Which line of the log adds one to which number of mailstats ({host}{cut}{more})", host=host, cut=cut, more=more
    )
    numbers = _numbers(sums) | {
        "lines that add one": Number(sum(bool(line.mailer) for line in lines)),
        "lines that add nothing": Number(sum(not line.mailer for line in lines)),
    }
    return Drawing(title, Tapes([Tape("the log", left), Tape("mailstats", right)], links), KEY, numbers)


def _numbers(sums: "Counter[tuple[str, str]]") -> dict[str, Number]:
    mailers = dict.fromkeys((*ALWAYS, *(mailer for _, mailer in sums)))
    return {
        phrase("{column} of {mailer}", column=phrase(column), mailer=mailer): Number(sums[column, mailer])
        for mailer in mailers
        for column in (FROM, TO)
    }


def _means(column: str, mailer: str, count: int) -> str:
    if column == FROM:
        return phrase(
            "{letters} came whose sender is of mailer {mailer}", letters=how_many(count, "letter"), mailer=mailer
        )
    return phrase("mailer {mailer} has delivered {times}", mailer=mailer, times=how_many(count, "time"))


def _lines(text: list[str], counted: "RowsOf[CountRow]") -> list[LogLine]:
    """The lines about messages; of the counted kinds of one queue id the last ones are those that still count."""
    mailers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in counted:
        mailers[one.qid, one.counter].append(one.mailer)
    found = []
    for row in reversed(list(read_maillog("\n".join(text)))):
        if row.kind == CAME:
            column, address, stat = (
                FROM if row.recipients else "",
                f"from={row.address}",
                "" if row.recipients else EMPTY,
            )
        elif row.kind == NOTICE:
            column, address, stat = FROM, row.address or "", ""
        elif row.kind in ATTEMPTS:
            column, address, stat = TO if row.kind == SENT else "", f"to={row.address}", f"stat={_first(row.stat)}"
        else:
            continue
        held = mailers.get((row.qid, column))
        mailer = held.pop() if held else ""
        found.append(LogLine(row.qid, row.time, column, mailer, address, row.mailer or "", stat))
    return found[::-1]


def _first(stat: str) -> str:
    """``Sent`` of ``Sent (c61 Message accepted)``, ``Deferred`` of ``Deferred: Connection refused``."""
    return stat.partition(":")[0].partition(" (")[0]


def _groups(lines: list[LogLine]) -> list[tuple[str, list[LogLine]]]:
    """Each line by itself where they are few; else those of letters from the same to the same, or by the same mailers.

    With what its lines say; what becomes of one kind of letters stands together.
    """
    if len(lines) <= MOST:
        return [(_words(line.address, line), [line]) for line in lines]
    of: dict[str, list[LogLine]] = defaultdict(list)
    for line in lines:
        of[line.qid].append(line)
    by_address = _together(lines, {qid: _addresses(held) for qid, held in of.items()})
    return (
        by_address if len(by_address) <= MOST else _together(lines, {qid: _mailers(held) for qid, held in of.items()})
    )


def _words(address: str, line: LogLine) -> str:
    words = phrase("{words}, mailer={by}", words=address, by=line.by) if line.by else address
    return phrase("{words}, {stat}", words=words, stat=line.stat) if line.stat else words


def _addresses(letter: list[LogLine]) -> tuple[str, str]:
    """From whom and to whom a letter is, as its lines say; what its line ``from=`` says besides."""
    sender = next((one.address for one in letter if not one.address.startswith("to=")), "")
    to = next((one.address for one in letter if one.address.startswith("to=")), "")
    return sender, phrase(", for {to}", to=to.removeprefix("to=")) if to else ""


def _mailers(letter: list[LogLine]) -> tuple[str, str]:
    """The same by mailers: of which its sender is, and by which it goes on."""
    sender = next((one.mailer for one in letter if one.column == FROM and one.mailer), "")
    path = sentences([sender, sentences(sorted({one.by for one in letter if one.by}), " and ")], " → ")
    return "…", phrase(" ({path})", path=path) if sender and len(
        letter
    ) > 1 else ""  # the mailer of a sender was counted, or is not known


def _together(lines: list[LogLine], paths: dict[str, tuple[str, str]]) -> list[tuple[str, list[LogLine]]]:
    """Lines that say the same of letters that go the same path, and with what words."""
    held: dict[tuple[tuple[str, str], str, str], list[LogLine]] = defaultdict(list)
    for line in lines:
        path = paths[line.qid]
        word, has_address, address = line.address.partition("=")
        by_mailer = path[0] == "…"
        shown = f"{word}={'…' if by_mailer else address}" if has_address else word
        words = _words(sentences([shown, path[1] if by_mailer or word != "to" else ""], ""), line)
        held[path, words, line.mailer].append(line)
    order = {path: n for n, path in reversed(list(enumerate(path for path, _, _ in held)))}  # where it comes first
    return [(words, found) for (path, words, _), found in sorted(held.items(), key=lambda item: order[item[0][0]])]
