"""Reading a header as sendmail does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simlib.message import header


def test_a_header_ends_at_the_empty_line() -> None:
    fields, body = header.read(b"Subject: hi\nTo: hana,\n\ttaro\n\nHello: world\n")
    assert fields == (("Subject", " hi"), ("To", " hana,\n\ttaro"))
    assert body == b"Hello: world\n"
    assert header.value_of(fields, "to") == "hana, taro"


@pytest.mark.parametrize(
    ("content", "names", "body"),
    [
        (b"just a line\nanother: line\n", [], b"just a line\nanother: line\n"),
        (b" leading blank\nSubject: hi\n", [], b" leading blank\nSubject: hi\n"),
        (b"Subject: hi\nbroken line\nX: y\n\nb\n", ["Subject"], b"broken line\nX: y\n\nb\n"),
        (b"\nno header\n", [], b"no header\n"),
        (b"Subject: hi\n", ["Subject"], b""),
        (b"Subject : blank before the colon\n\n", ["Subject"], b""),
        (b"No spaces allowed: here\n\nb\n", [], b"No spaces allowed: here\n\nb\n"),
        (b": no name\n", [], b": no name\n"),
    ],
)
def test_what_is_no_header_begins_the_body(content: bytes, names: list[str], body: bytes) -> None:
    fields, found = header.read(content)
    assert [name for name, _ in fields] == names
    assert found == body


@given(st.binary())
def test_whatever_comes_is_read_and_nothing_is_lost(content: bytes) -> None:
    content = content.replace(b"\r", b"")
    fields, body = header.read(content)
    written = header.write(fields)
    assert content in (written + body, written + b"\n" + body, written[:-1]) or b" :" in content or b"\t:" in content


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [("Two words", "x", "no name"), ("", "x", "no name"), ("Sub:ject", "x", "no name"), ("X", "a\nEvil: b", "blank")],
)
def test_a_program_cannot_give_what_is_no_header(name: str, value: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        header.given([(name, value)])
