"""What it costs to bring 8-bit mail over a path of 7 bits (slide claim 10.3)."""

from email import message_from_bytes
from typing import TYPE_CHECKING, NamedTuple

from simlib.lab.chart import Axis, Chart, Series
from simlib.lab.numbers import Number
from simlib.language import phrase, sentences
from simlib.message.encodings import from_base64, from_quoted_printable

if TYPE_CHECKING:
    from simlib.trace.record import Trace

QUOTED, BASE64 = "quoted-printable", "base64"
DECODE = {QUOTED: from_quoted_printable, BASE64: from_base64}
BASE64_FACTOR = 1.38  # four characters for three bytes, and the ends of lines
NONE = phrase("none")
MOST = 100  # conversions that are looked at: reading a body takes its time


class Conversion(NamedTuple):
    """What a host has made of a body: how, and bytes before, of these with their eighth bit, and after."""

    encoding: str
    before: int
    eight_bit: int
    after: int


def encodings(trace: "Trace") -> Chart:
    """How a body grows in quoted-printable and in base64, by its share of 8-bit bytes, and what was chosen.

    The chosen encoding is the thick line, and each body that was converted a mark.
    """
    found = _conversions(trace)
    chosen = list(dict.fromkeys(one.encoding for one in found))
    curves = {
        QUOTED: ((0.0, 1.0), (100.0, 3.0)),  # three characters for each such byte
        BASE64: ((0.0, BASE64_FACTOR), (100.0, BASE64_FACTOR)),
    }
    marks = [(round(100 * one.eight_bit / one.before, 2), round(one.after / one.before, 3)) for one in found]
    series = (
        *(Series(name, points, heavy=name in chosen) for name, points in curves.items()),
        Series("what came", tuple(marks), kind="points"),
    )
    before, after = sum(one.before for one in found), sum(one.after for one in found)
    numbers = {
        "encoding chosen": Number(sentences(chosen, " and ") or NONE),
        "bodies encoded": Number(len(found)),
        "bytes before": Number(before, "bytes"),
        "bytes after": Number(after, "bytes"),
        "bytes after : before": Number(after / before if before else 1.0),
    }
    x = Axis("bytes of the body with their eighth bit", "%")
    return Chart("Bytes after : before", x, Axis("bytes after : before"), "curves", series, numbers)


def _conversions(trace: "Trace") -> list[Conversion]:
    """Of all letters that came in another size than they were sent, those whose body a host had encoded."""
    sent = dict(zip(trace.messages["message"], trace.messages["size"], strict=True))
    grown = dict.fromkeys(row.message for row in trace.deliveries if row.size != sent[row.message])
    found = []
    for number in list(grown)[:MOST]:
        letter = message_from_bytes(trace.content(number))
        encoding = (letter["Content-Transfer-Encoding"] or "").strip().lower()
        if "X-MIME-Autoconverted" not in letter or encoding not in DECODE:
            continue
        body = trace.content(number).partition(b"\n\n")[2]
        text = DECODE[encoding](body)
        if text:
            found.append(Conversion(encoding, len(text), sum(byte > 127 for byte in text), len(body)))
    return found
