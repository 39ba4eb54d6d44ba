"""Bytes against encoding (slide claim 10.3)."""

import pytest

from simlib import Trace, World, lab
from simlib.smtp import Quirks

SEVEN_BITS = Quirks(extensions=frozenset({"PIPELINING"}))


def text(share: int, size: int) -> bytes:
    """Bytes of which ``share`` percent have their eighth bit, in lines."""
    every = b"".join(b"\xe9" if n * share // 100 != (n + 1) * share // 100 else b"e" for n in range(size))
    return b"\n".join(every[at : at + 60] for at in range(0, size, 60)) + b"\n"


def conversion(share: int, size: int = 800) -> Trace:
    world = World(seed=10)
    mail = world.sendmail("mail.here.example", cf="O EightBitMode=mimefy")
    world.peer("mx.eight.example", domain="eight.example")
    world.peer("mx.seven.example", domain="seven.example", quirks=SEVEN_BITS)
    for n, to in enumerate(("hana@eight.example", "hana@seven.example")):
        mail.submit("taro", to, message=b"Subject: x\n\n" + text(share, size), at=10 * n)
    return world.run(until="1m")


@pytest.mark.parametrize(
    ("share", "chosen"),
    [(1, "quoted-printable"), (12, "quoted-printable"), (13, "base64"), (100, "base64")],
)
def test_what_was_chosen_and_how_the_body_grew(share: int, chosen: str) -> None:
    trace = conversion(share)
    chart = lab.encodings(trace)
    before, after = (len(trace.content(number).partition(b"\n\n")[2]) for number in (1, 2))
    value = {name: number.value for name, number in chart.numbers.items()}
    assert value["encoding chosen"] == chosen
    assert (value["bytes before"], value["bytes after"]) == (before, after) == (len(text(share, 800)), after)
    assert value["bytes after : before"] == after / before
    assert [series.name for series in chart.series if series.heavy] == [chosen]


def test_it_grows_with_the_share_until_base64_is_chosen_and_then_no_more() -> None:
    grown = [lab.encodings(conversion(share)).numbers["bytes after : before"].value for share in (1, 5, 12, 13, 50)]
    assert grown[:4] == sorted(grown[:4])
    assert grown[3] == grown[4]


@pytest.mark.parametrize("share", [5, 12, 40])
def test_the_mark_lies_near_the_curve_of_what_was_chosen(share: int) -> None:
    quoted, base64, came = lab.encodings(conversion(share, 4_000)).series
    ((percent, factor),) = came.points
    assert percent == pytest.approx(share, abs=1)
    (low, begin), (high, end) = quoted.points if quoted.heavy else base64.points
    assert factor == pytest.approx(begin + (end - begin) * (percent - low) / (high - low), rel=0.05)


def test_nothing_is_encoded_where_nothing_has_to_be() -> None:
    numbers = lab.encodings(conversion(0)).numbers
    assert (numbers["encoding chosen"].value, numbers["bytes after : before"].value) == ("none", 1)
