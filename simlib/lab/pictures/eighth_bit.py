"""The bytes of a letter from gate to gate, which have their eighth bit, and what two readers see (claim 10.4)."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import TYPE_CHECKING, NamedTuple

from simlib.lab.numbers import Number
from simlib.lab.pictures.common import at
from simlib.lab.pictures.drawing import BAD, FURTHER, GOOD, INK, LIGHT, OTHER, WAITS, Drawing
from simlib.lab.pictures.tapes import Cell, Tape, Tapes
from simlib.language import phrase, sentences

if TYPE_CHECKING:
    from simlib.trace.record import Trace

PLAIN, EIGHTH, ENCODED = "seven bits", "with its eighth bit", "encoded in seven bits"
STRIPPED, CHANGED = "its eighth bit was taken off", "not as it was written"
RIGHT, WRONG = "shown right", "shown wrong"
KEY = {PLAIN: LIGHT, EIGHTH: WAITS, ENCODED: OTHER, STRIPPED: FURTHER, CHANGED: INK, RIGHT: GOOD, WRONG: BAD}

# two readers, and what each takes a letter without a label for
READERS = {"a reader who believes labels": "us-ascii", "a Japanese reader of 1998": "iso-2022-jp"}
FATES = {"bounced": "which was returned", "queued": "which still waits", "lost": "which is lost"}
GUESSES = ("iso-2022-jp", "utf-8", "euc-jp", "shift_jis", "iso-8859-1")  # the first in which all bytes make sense
ENCODINGS = ("base64", "quoted-printable")
MOST_LOOKED_AT = 100  # letters
MOST = 24  # bytes, and characters
MOST_FORMS = 5


class Form(NamedTuple):
    """A letter at a place on its way."""

    where: str
    part: Message  # all of it, or its first part
    body: bytes


def eighth_bit(trace: "Trace") -> Drawing:
    """The first bytes of a letter as it was written, as each gate left it that changed it, and as it came; at last what
    two readers see of it.

    It is the first letter whose text is known and has a byte with its eighth bit; else the first whose text is known.
    Of a letter of several parts it is the first part.
    """
    numbers = list(dict.fromkeys(trace.messages.where(notice=False)["message"]))[:MOST_LOOKED_AT]
    known = {number: held for number in numbers if len(held := trace.forms(number))}
    number = next((n for n, held in known.items() if not held["content"][0].isascii()), next(iter(known), 0))
    came = [row for row in trace.deliveries if row.message == number] if number else []
    content = trace.content(number, came[0].mailbox) if came else b""
    forms = [
        _form(
            phrase("{gate} at {host}", gate=row.gate, host=row.host)
            if n == 0
            else phrase("made at {host} ({gate})", host=row.host, gate=row.gate),
            row.content,
        )
        for n, row in enumerate(known[number] if number else ())
    ]
    if came:
        last = _form(phrase("as it came to {mailbox} at {host}", mailbox=came[0].mailbox, host=came[0].host), content)
        if len(forms) > 1 and last.body == forms[-1].body:
            last = last._replace(where=phrase("{where}, as it came", where=forms.pop().where))
        forms.append(last)
    tapes = [_tape(n, form, forms[0].body) for n, form in enumerate(forms[-MOST_FORMS:])]
    wrote, right = _meant(forms[0]) if forms else "", {}
    for reader, usual in READERS.items() if came else ():
        tape = _read(len(tapes), reader, forms[-1].part, usual, wrote)
        right[reader] = sum(cell.kind == RIGHT for cell in tape.cells)
        tapes.append(tape)
    facts = {
        "8-bit bytes that arrive": Number(sum(byte > 127 for byte in content)),
        "encoding": Number(message_from_bytes(content)["Content-Transfer-Encoding"] or phrase("none")),
        "gates that changed it": Number(max(len(known[number]) - 1, 0) if number else 0),
        "bytes of the text as written": Number(len(forms[0].body) if forms else 0),
        "bytes of the text as it came": Number(len(forms[-1].body) if came else 0),
        **{phrase("shown right to {reader}", reader=reader): Number(many) for reader, many in right.items()},
    }
    states = trace.messages.where(message=number)["state"]
    fate = (
        phrase("which came {when}", when=at(came[0].time))
        if came
        else FATES.get(next(iter(states), ""), "of which nothing is known")
    )
    title = (
        phrase("The bytes of letter {number}, {fate}", number=number, fate=fate)
        if number
        else "No letter whose text is known"
    )
    return Drawing(title, Tapes(tapes, lying=True), KEY, facts)


def _form(where: str, content: bytes) -> Form:
    whole = message_from_bytes(content)
    body = content.partition(b"\n\n")[2]
    first = next(part for part in whole.walk() if not part.is_multipart())
    boundary = whole.get_boundary()
    if first is not whole and boundary:
        mark = f"--{boundary}".encode("utf-8", "surrogateescape")
        pieces = body.split(mark)
        body = pieces[1].partition(b"\n\n")[2].removesuffix(b"\n") if len(pieces) > 1 else body
    return Form(where, first, body)


def _tape(step: int, form: Form, written: bytes) -> Tape:
    """The bytes of a form; its name tells of the label and the encoding."""
    encoding, charset = _encoding(form.part), form.part.get_content_charset()
    named = phrase("charset {charset}", charset=charset) if charset else "no label"
    label = sentences([named, encoding], ", ")
    cut = (
        phrase(", the first {most} of {many:,} bytes", most=MOST, many=len(form.body)) if len(form.body) > MOST else ""
    )
    encoded = encoding in ENCODINGS
    cells = [
        Cell(
            text,
            kind,
            phrase("{where}, byte {n} is {text}: {kind}", where=form.where, n=n + 1, text=text, kind=kind),
            step,
        )
        for n, (text, kind) in enumerate(_bytes(form.body[:MOST], written, encoded))
    ]
    return Tape(phrase("{label}: {where}{cut}", label=label, where=form.where, cut=cut), cells)


def _encoding(part: Message) -> str:
    return str(part["Content-Transfer-Encoding"] or "").strip().lower()


def _bytes(body: bytes, written: bytes, encoded: bool) -> Iterator[tuple[str, str]]:
    """Each byte as it is shown, and its kind beside what was written."""
    for n, byte in enumerate(body):
        was = written[n] if n < len(written) else None
        if encoded:
            yield _shown(byte), ENCODED
        elif byte == was:
            yield _shown(byte), EIGHTH if byte > 127 else PLAIN
        else:
            yield _shown(byte), STRIPPED if was is not None and byte == was & 0x7F else CHANGED


def _shown(byte: int) -> str:
    """A printable byte as it is, ``↵`` for the end of a line, ``^[`` for a control, two digits for 8 bits."""
    if byte > 127:
        return f"{byte:02x}"
    if byte == 10:
        return "↵"
    return "␣" if byte == 32 else chr(byte) if 32 < byte < 127 else f"^{chr(byte ^ 0x40)}"


def _meant(form: Form) -> str:
    """The text that was written, in the code that its label names or else the first that fits its bytes."""
    content = form.part.get_payload(decode=True)
    assert isinstance(content, bytes)  # it is no multipart
    charset = form.part.get_content_charset()
    for code in (charset, *GUESSES) if charset else GUESSES:
        try:
            return content.decode(code).strip()
        except (LookupError, UnicodeDecodeError):
            continue
    return ""


def _read(step: int, reader: str, part: Message, usual: str, wrote: str) -> Tape:
    """What somebody is shown who takes a part without a label for ``usual``."""
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)  # it is no multipart
    code = part.get_content_charset() or usual
    known = True
    try:
        text, how = (
            content.decode(code, "replace").strip(),
            phrase("{reader} sees it as {code}", reader=reader, code=code),
        )
    except LookupError:
        known = False
        text, how = "?" * len(wrote), phrase("{reader} sees nothing: what is {code}?", reader=reader, code=code)
    cells = []
    for n, one in enumerate(text[:MOST]):
        kind = RIGHT if one == wrote[n : n + 1] and known else WRONG
        shown = _shown(ord(one)) if ord(one) < 128 else one
        cells.append(
            Cell(
                shown,
                kind,
                phrase("character {n} for {reader}: {shown}, {kind}", n=n + 1, reader=reader, shown=shown, kind=kind),
                step,
            )
        )
    return Tape(how, cells)
