"""What a server does before it greets: a connection, its question to port 113, and what comes of that (claim 06.2)."""

from dataclasses import replace
from typing import TYPE_CHECKING

from simlib.lab.numbers import Number
from simlib.lab.pictures.common import how_many, lasting
from simlib.lab.pictures.drawing import BAD, FURTHER, GOOD, INK, OTHER, WAITS, Drawing, time_span
from simlib.lab.pictures.lanes import Arrow, Lane, Lanes, Mark, Stretch
from simlib.language import phrase

if TYPE_CHECKING:
    from simlib.trace.record import Trace
    from simlib.trace.row_types import ConnectionRow, IdentRow

SMTP, ASKS, ANSWERS = "SMTP", "question by Ident", "answer to that"
WAITING, GREETED, GONE, VAIN = phrase("waits"), "greeted: mail can go", "connection lost", "no answer"
KEY = {SMTP: INK, ASKS: OTHER, ANSWERS: FURTHER, WAITING: WAITS, GREETED: GOOD, GONE: BAD, VAIN: BAD}
CLIENT, PORT, SERVER, SITES = range(4)
LOW = 0.6  # row below the ends of the arrows
MOST = 5  # kinds of greeting, a row each
NOT_ASKED, NOTHING, TOO_LATE = "not asked", "nothing", "too late"
WITH_IDENTD = ("a user", "no such user", TOO_LATE)


def exchange(trace: "Trace") -> Drawing:
    """One connection to scale: the SYN, the server's question to port 113, what answers, and when the greeting comes.

    It is the connection that fared worst. Below is how the other servers greeted at their first connection, those
    alike together. Times are in seconds since the client's SYN.
    """
    calls = {one.connection: one for one in trace.connections}
    heard = [(one, calls[one.connection]) for one in trace.idents]
    first: dict[str, tuple[IdentRow, ConnectionRow]] = {}
    for one, call in heard:
        first.setdefault(one.host, (one, call))
    alike: dict[tuple[bool, float, str], list[str]] = {}
    for one, call in first.values():
        alike.setdefault((not one.lost, -round(_ends(one, call), 3), one.answer), []).append(one.host)
    groups = sorted(alike.items())
    waits = [one.greeted - call.opened for one, call in heard if one.greeted is not None]
    numbers = {
        "connections accepted": Number(len(heard)),
        "asked by Ident": Number(sum(one.answer != NOT_ASKED for one, _ in heard)),
        "users named": Number(sum(one.user is not None for one, _ in heard)),
        "lost by the question": Number(sum(one.lost for one, _ in heard)),
        "greeted": Number(len(waits)),
        "longest wait for a greeting": Number(round(max(waits), 3) if waits else None, "s"),
    }
    if not groups:
        return Drawing("No connection was accepted", Lanes(time_span(trace.until), [Lane("no server")]), KEY, numbers)
    one, call = first[groups[0][1][0]]
    end = 1.4 * max(_ends(*held) for held in first.values())
    lanes = [Lane(one.client, "", 1.6), Lane(_at_port(one), "", 1.6), Lane(one.host, "", 1.6)]
    spans, marks, arrows = _one(one, call, end)
    if len(first) > 1:
        lanes.append(Lane(phrase("all {many} servers", many=len(first)), "", min(len(groups), MOST)))
        counts = {host: [0, 0] for host in first}
        for row, _ in heard:
            counts[row.host][row.greeted is not None] += 1
        for n, (_, hosts) in enumerate(groups[:MOST]):
            spans += _alike(n, [first[host] for host in hosts], [counts[host] for host in hosts], end)
    asks = "which does not ask" if one.answer == NOT_ASKED else "which asks by Ident before it greets"
    cut = "" if len(groups) <= MOST else phrase(", the slowest {most} of {many} kinds", most=MOST, many=len(groups))
    title = phrase(
        "Connection {connection}: {client} calls {host}, {asks}{cut}",
        connection=one.connection,
        client=one.client,
        host=one.host,
        asks=asks,
        cut=cut,
    )
    axis = replace(time_span(end), name="time since the client's SYN")
    return Drawing(title, Lanes(axis, lanes, spans, marks, arrows), KEY, numbers)


def _in_words(one: "IdentRow") -> str:
    """What came of the question."""
    return phrase(one.answer.replace("-", " "))


def _ends(one: "IdentRow", call: "ConnectionRow") -> float:
    """How long after its SYN the client knows: it has a greeting, or no connection any more."""
    if one.greeted is not None:
        return one.greeted - call.opened
    return one.time - call.opened + one.seconds


def _at_port(one: "IdentRow") -> str:
    """Who is at port 113 of the client, as far as the answer tells."""
    if one.answer in WITH_IDENTD:
        return "its port 113: identd"
    silent = one.answer in (NOT_ASKED, NOTHING, "reset", "no route")
    return "its port 113" if silent else "its port 113: filter"


def _one(one: "IdentRow", call: "ConnectionRow", end: float) -> tuple[list[Stretch], list[Mark], list[Arrow]]:
    """The connection itself, what is asked about it, and what both sides wait for."""
    way, asked, over = call.wait / 2, one.time - call.opened, _ends(one, call)
    until, roomy = asked + one.seconds, way > 0.04 * end
    arrows = [
        Arrow(
            CLIENT,
            0,
            SERVER,
            way,
            SMTP,
            phrase("{client} connects to port 25 of {host}", client=one.client, host=one.host),
            "to 25" * roomy,
        ),
        Arrow(
            SERVER,
            way,
            CLIENT,
            call.wait,
            SMTP,
            phrase("{host} has taken the connection after {span}", host=one.host, span=lasting(call.wait)),
        ),
    ]
    spans = [
        Stretch(
            CLIENT,
            call.wait,
            over,
            WAITING,
            phrase("the client waits for the greeting until {span}", span=lasting(over)),
        )
    ]
    marks = []
    if one.answer != NOT_ASKED:
        told = phrase(
            "{host} waits for an answer by Ident, for {span}: {answer}",
            host=one.host,
            span=lasting(one.seconds),
            answer=_in_words(one),
        )
        spans.append(Stretch(SERVER, asked, until, WAITING, told, "waits for an answer", LOW))
        arrows += _question(one, asked, min(way, one.seconds / 2), until)
    if one.answer == NOTHING:
        at, told = asked + min(way, one.seconds), phrase("nobody answers the question of {host}", host=one.host)
        marks.append(Mark(PORT, at, VAIN, told, "nothing answers", 0.3))
    if one.answer in WITH_IDENTD:
        late = one.answer == TOO_LATE
        began, ready = min(asked + 3 * way, until), until if late else until - way
        told = phrase("identd thinks for {span}", span=lasting(ready - began))
        spans.append(
            Stretch(
                PORT,
                began,
                ready,
                WAITING,
                told + phrase(", and has no answer yet") if late else told,
                phrase("thinks"),
            )
        )
    if one.answer in (NOTHING, TOO_LATE):
        marks.append(
            Mark(
                SERVER,
                until,
                VAIN,
                phrase("{host} gives up after {span}, and greets", host=one.host, span=lasting(one.seconds)),
                row=LOW,
            )
        )
    if one.greeted is not None:
        told = phrase("220: the greeting is here after {span}", span=lasting(over))
        arrows.append(Arrow(SERVER, max(over - way, 0), CLIENT, over, GREETED, told, "220" * roomy))
    fate = GREETED if one.greeted is not None else GONE
    text = phrase("220 after {span}" if fate == GREETED else "lost after {span}", span=lasting(over))
    spans.append(
        Stretch(
            CLIENT, over, end, fate, phrase("{fate} {span} after the client's SYN", fate=fate, span=lasting(over)), text
        )
    )
    if fate == GONE:
        told = phrase(
            "{host}'s TCP ends the SMTP connection, too, {span} after the client's SYN",
            host=one.host,
            span=lasting(until),
        )
        spans.append(Stretch(SERVER, until, end, fate, told, "ended by its TCP", LOW))
    return spans, marks, arrows


def _question(one: "IdentRow", asked: float, way: float, until: float) -> list[Arrow]:
    """The question to port 113, and the answer to it where there is one; an identd is connected to before."""
    arrows, begin = [], asked
    if one.answer in WITH_IDENTD:
        there, back = (
            phrase("{host} connects to port 113 of {client}", host=one.host, client=one.client),
            phrase("identd of {client} has taken it", client=one.client),
        )
        arrows.append(Arrow(SERVER, asked, PORT, asked + way, ASKS, there))
        arrows.append(Arrow(PORT, asked + way, SERVER, asked + 2 * way, ANSWERS, back))
        begin = asked + 2 * way
    told = phrase(
        "{host} asks {span} after the SYN: who is behind this connection?", host=one.host, span=lasting(begin)
    )
    arrows.append(Arrow(SERVER, begin, PORT, begin + way, ASKS, told, "who is it?"))
    if one.answer not in (NOTHING, TOO_LATE):
        said = one.user if one.user is not None else _in_words(one)
        told = phrase("the answer is there after {span}: {said}", span=lasting(until), said=said)
        arrows.append(Arrow(PORT, until - way, SERVER, until, ANSWERS, told, said))
    return arrows


def _alike(
    row: int, held: "list[tuple[IdentRow, ConnectionRow]]", counts: list[list[int]], end: float
) -> list[Stretch]:
    """The first connections to servers that greeted alike: how long they waited, and what came."""
    one, call = held[0]
    over, fate = _ends(one, call), GREETED if one.greeted is not None else GONE
    many = how_many(len(held), "server")
    asked = "not asked" if one.answer == NOT_ASKED else phrase("the answer is {answer}", answer=_in_words(one))
    vain, came = sum(count[0] for count in counts), sum(count[1] for count in counts)
    came_of_it = "{many}: lost after {span}" if fate == GONE else "{many}: 220 after {span}"
    text = phrase(came_of_it, many=many, span=lasting(over))
    text += phrase(", {vain:,} times", vain=vain) if vain > len(held) else ""
    names = ", ".join(row.host for row, _ in held[:4]) + (", …" if len(held) > 4 else "")
    told = phrase(
        "{many} ({names}), {asked}: {fate} after {span}",
        many=many,
        names=names,
        asked=asked,
        fate=fate,
        span=lasting(over),
    )
    told += phrase(
        "; in all {connections} in vain, {came:,} greeted", connections=how_many(vain, "connection"), came=came
    )
    wide = over > end / 2  # the text stands where it has room
    return [
        Stretch(SITES, 0, over, WAITING, told, text if wide else "", row),
        Stretch(SITES, over, end, fate, told, "" if wide else text, row),
    ]
