"""What a client says, and which line of the server it takes for the answer, where that is not the true one (12.1)."""

from typing import TYPE_CHECKING

from simlib.lab.numbers import Number
from simlib.lab.pictures.common import how_many
from simlib.lab.pictures.drawing import BAD, FURTHER, GOOD, INK, LIGHT, PALE, WAITS, Drawing
from simlib.lab.pictures.tapes import GAP, Cell, Link, Tape, Tapes
from simlib.language import phrase

if TYPE_CHECKING:
    from simlib.trace.record import Trace
    from simlib.trace.row_types import AnswerRow

SAYS, UNHEARD, LINE = "the client says", "its own answer never comes", "a line of the server"
TRUE, SEEMS = "takes the true answer", "takes another line, whose code fits"
WRONG = "takes another line, whose code does not fit"
MISSED = "the true answer, not taken"
KEY = {SAYS: INK, UNHEARD: FURTHER, LINE: LIGHT, TRUE: GOOD, SEEMS: WAITS, WRONG: BAD, MISSED: PALE}

MOST_LOOKED_AT = 40  # connections
MOST_SAID, MOST_LINES = 14, 18  # more have no room on a projected page
WHOLE = 3  # lines of a reply that was understood as a whole; of more, the first and the last are shown


def replies(trace: "Trace") -> Drawing:
    """What was said on a connection: each thing that the client says has a link to what it takes for the answer.

    It is the first connection on which that is not always the true one, which has a link of its own then; else the
    first on which anything was said. A code fits that begins with 3 after ``DATA``, with 2 after all else.
    """
    used = trace.connections.where(outcome="accepted")
    heard = {number: trace.answers(number) for number in used["connection"][:MOST_LOOKED_AT]}
    number = next((n for n, rows in heard.items() if any(map(_is_wrong, rows))), 0)
    number = number or next((n for n, rows in heard.items() if len(rows)), 0)
    if not number:
        return Drawing(
            "Nothing was said", Tapes([Tape(phrase("client"), []), Tape(phrase("server"), [])]), KEY, _numbers([])
        )
    every = list(heard[number])
    client, server = next((one.client, one.server) for one in used if one.connection == number)
    place, right = _lines(every)
    left: list[Cell] = []
    links: list[Link] = []
    for n, one in enumerate(every[:MOST_SAID]):
        kind, told = _told(one)
        here = max(place.get(one.true_last, 0), len(left))  # beside its true answer: only a wrong one lies aslant
        left += [GAP] * (here - len(left))
        left.append(Cell(one.says, SAYS if one.true_first else UNHEARD, told, n))
        takes = [place[line] for line in dict.fromkeys((one.first, one.last)) if line in place]
        links += [Link(0, here, 1, line, kind, told, n) for line in takes]
        if kind != TRUE and one.true_last in place:
            missed = phrase(
                "the true answer to {says} is “{lines}”, but the client does not take it for that",
                says=one.says,
                lines=_in_a_row(one.true),
            )
            links.append(Link(0, here, 1, place[one.true_last], MISSED, missed, n))
    cut = (
        phrase(", the first {most_said} of {things} said", most_said=MOST_SAID, things=how_many(len(every), "thing"))
        if len(every) > MOST_SAID
        else ""
    )
    title = phrase(
        "Which line {client} takes for which answer (connection {number} of {many:,}{cut})",
        client=client,
        number=number,
        many=len(trace.connections),
        cut=cut,
    )
    tapes = [Tape(phrase("{client} says", client=client), left), Tape(phrase("{server} answers", server=server), right)]
    return Drawing(title, Tapes(tapes, links), KEY, _numbers(every))


def _numbers(rows: "list[AnswerRow]") -> dict[str, Number]:
    kinds = [_told(one)[0] for one in rows]
    last = next((one.says.split()[0] for one, kind in zip(rows, kinds, strict=True) if kind == WRONG), None)
    return {
        "said by the client": Number(len(rows)),
        "true answers taken": Number(kinds.count(TRUE)),
        "other lines taken": Number(kinds.count(SEEMS) + kinds.count(WRONG)),
        "its own answer never comes": Number(sum(one.true_first is None for one in rows)),
        "gives up at": Number(last),
    }


def _is_wrong(row: "AnswerRow") -> bool:
    return (row.first, row.last) != (row.true_first, row.true_last)


def _told(row: "AnswerRow") -> tuple[str, str]:
    """What kind of answer the client takes, and the whole sentence of it."""
    if row.first is None:
        return UNHEARD, phrase("to {says} no answer comes", says=row.says)
    takes = phrase("after {says} the client takes “{lines}” for the answer", says=row.says, lines=_in_a_row(row.takes))
    if not _is_wrong(row):
        return TRUE, phrase("{takes}, and that it is", takes=takes)
    fits = row.takes[:1] == ("3" if row.says == "DATA" else "2")
    true = phrase("the true one is “{lines}”", lines=_in_a_row(row.true)) if row.true else "the server gives none"
    if fits:
        return SEEMS, phrase("{takes}; {true}, but the code fits, and it goes on", takes=takes, true=true)
    return WRONG, phrase("{takes}; {true}; this code does not fit, and it gives up", takes=takes, true=true)


def _in_a_row(lines: str) -> str:
    return lines.replace("\n", " / ")


def _lines(rows: "list[AnswerRow]") -> tuple[dict[int | None, int], list[Cell]]:
    """The server's lines that have room: where each stands by its number, and all the cells."""
    place: dict[int | None, int] = {}
    cells: list[Cell] = []
    for step, one in enumerate(rows[:MOST_SAID]):
        if one.true_first is None or one.true_last is None:
            continue
        first, texts = one.true_first, one.true.split("\n")
        numbers = range(first, one.true_last + 1)
        for n in numbers if len(numbers) <= WHOLE or _is_wrong(one) else (first, None, one.true_last):
            if len(cells) == MOST_LINES:
                return place, cells
            place[n] = len(cells)
            text = phrase("… {many} more lines", many=len(numbers) - 2) if n is None else texts[n - first]
            cells.append(
                Cell(text, LINE, phrase("in answer to {says} the server says {text}", says=one.says, text=text), step)
            )
    place.pop(None, None)
    return place, cells
