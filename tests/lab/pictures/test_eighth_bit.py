"""The bytes of a letter from gate to gate."""

import base64
from collections import Counter

import pytest

from simlib import World
from simlib.lab.pictures.eighth_bit import (
    CHANGED,
    EIGHTH,
    ENCODED,
    MOST,
    PLAIN,
    RIGHT,
    STRIPPED,
    WRONG,
    eighth_bit,
)
from simlib.smtp import Quirks

WORD = "日本語"
SEVEN_BITS = Quirks(extensions=frozenset({"SIZE"}))  # a peer that does not offer 8BITMIME


def sent(cf="", code="euc-jp", labelled=True, text=WORD + "\n", letters=1):
    """A letter to a peer of seven bits."""
    world = World(seed=10)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=cf)
    world.peer("mx.there.example", domain="there.example", quirks=SEVEN_BITS)
    label = f"MIME-Version: 1.0\nContent-Type: text/plain; charset={code}\n" if labelled else ""
    for _ in range(letters):
        mail.submit("taro@here.example", "hana@there.example", message=f"Subject: x\n{label}\n{text}".encode(code))
    return world.run(until="1h")


def there_and_back(flag):
    """Over a mailer of seven bits to a sendmail whose local mailer may decode."""
    world = World(seed=10)
    mail = world.sendmail("mail.here.example", cf="Mesmtp, P=[IPC], F=mDFMuXa7, L=990, A=TCP $h")
    local = f"Mlocal, P=/usr/lib/mail.local, F=lsDFMAw5:/|@qSPn{flag}, A=mail.local -d $u"
    world.sendmail("mx.there.example", domain="there.example", cf=local)
    label = "MIME-Version: 1.0\nContent-Type: text/plain; charset=euc-jp\n"
    letter = f"Subject: x\n{label}\n{WORD}\n".encode("euc-jp")
    mail.submit("taro@mail.here.example", "hana@there.example", message=letter)
    return world.run(until="1m")


def values(drawing):
    return {name: number.value for name, number in drawing.numbers.items()}


def kinds(drawing):
    """Of each tape, how many cells of each kind."""
    return [dict(Counter(cell.kind for cell in tape.cells)) for tape in drawing.part.tapes]


def texts(drawing):
    return ["".join(cell.text for cell in tape.cells) for tape in drawing.part.tapes]


def test_seven_bits_and_back_leave_the_bytes_and_an_empty_line_more() -> None:
    trace = there_and_back("9")
    drawing = eighth_bit(trace)
    written, encoded, came, *read = kinds(drawing)
    assert (written, encoded) == ({EIGHTH: 6, PLAIN: 1}, {ENCODED: 13})  # eight characters of base64, …
    assert came == {EIGHTH: 6, PLAIN: 1, CHANGED: 1}
    assert read == [{RIGHT: 3}, {RIGHT: 3}]
    assert trace.content(1).endswith(WORD.encode("euc-jp") + b"\n\n")  # as it is without the picture
    assert "F=7" in drawing.part.tapes[1].name
    assert "F=9" in drawing.part.tapes[2].name


def test_without_9_it_stays_encoded_and_is_read_all_the_same() -> None:
    drawing = eighth_bit(there_and_back(""))
    assert len(drawing.part.tapes) == 4
    assert base64.b64decode(texts(drawing)[1].removesuffix("↵")) == WORD.encode("euc-jp") + b"\r\n"
    assert values(drawing)["encoding"] == "base64"
    assert values(drawing)["8-bit bytes that arrive"] == 0
    assert texts(drawing)[2:] == [WORD, WORD]


@pytest.mark.parametrize(("code", "right"), [("euc-jp", 0), ("utf-8", 0), ("iso-2022-jp", 3)])
def test_seven_bit_input_cannot_be_undone(code, right) -> None:
    trace = sent("O SevenBitInput=True", code, labelled=False)
    drawing = eighth_bit(trace)
    high = sum(byte > 127 for byte in WORD.encode(code))
    assert sum(held.get(STRIPPED, 0) for held in kinds(drawing)) == high
    assert trace.content(1).endswith(bytes(byte & 127 for byte in f"{WORD}\n".encode(code)))
    assert kinds(drawing)[-1].get(RIGHT, 0) == right
    assert values(drawing)["gates that changed it"] == bool(high)


def test_without_a_label_the_bytes_pass_and_nobody_knows_what_they_mean() -> None:
    drawing = eighth_bit(sent(labelled=False))
    assert kinds(drawing)[:2] == [{EIGHTH: 6, PLAIN: 1}] * 2
    assert set(kinds(drawing)[2]) == {WRONG}
    assert values(drawing)["8-bit bytes that arrive"] == 6
    named = eighth_bit(sent("O EightBitMode=mimefy", labelled=False))
    assert "unknown-8bit" in named.part.tapes[1].name
    assert kinds(named)[2:] == [{WRONG: 3}] * 2


def test_what_is_refused_has_no_bytes_but_those_that_were_written() -> None:
    drawing = eighth_bit(sent("O EightBitMode=strict", labelled=False))
    assert kinds(drawing) == [{EIGHTH: 6, PLAIN: 1}]
    assert "which was returned" in drawing.title


def test_of_a_long_letter_the_first_bytes_are_shown_and_its_tape_says_so() -> None:
    drawing = eighth_bit(sent(text=WORD * 500))
    assert all(len(tape.cells) <= MOST for tape in drawing.part.tapes)
    assert f"the first {MOST} of 3,001 bytes" in drawing.part.tapes[0].name


def test_of_many_letters_one_is_shown_in_a_moment() -> None:
    trace = sent(letters=500)
    drawing = eighth_bit(trace)
    assert "letter 1," in drawing.title


def test_where_no_text_is_known_there_are_no_bytes() -> None:
    assert eighth_bit(World(seed=1).run(until="1m")).part.things() == []
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    mail.submit("taro@here.example", "hana@here.example", size=5_000)
    assert eighth_bit(world.run(until="1m")).part.things() == []
