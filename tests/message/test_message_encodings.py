"""Quoted-printable and base64, as sendmail breaks their lines and as the standard library reads them."""

import base64
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simlib.message.encodings import from_base64, from_quoted_printable, to_base64, to_quoted_printable
from simlib.message.lines import broken

text = st.binary(max_size=400).map(lambda raw: raw.replace(b"\r", b"") + b"\n")
lines = st.lists(st.text(st.sampled_from("a.= \té"), max_size=90), min_size=1, max_size=6).map(
    lambda some: "".join(f"{line}\n" for line in some).encode("latin-1")
)


@given(text | lines)
def test_what_is_quoted_can_be_read_by_others_and_is_fit_for_the_way(content: bytes) -> None:
    quoted = to_quoted_printable(content)
    assert quopri.decodestring(quoted) == content
    assert from_quoted_printable(quoted) == content
    assert quoted.isascii()
    assert all(len(line) <= 76 for line in quoted.split(b"\n")), "RFC 2045 §6.7 (5)"
    assert not any(line.endswith((b" ", b"\t")) or line == b"." for line in quoted.split(b"\n"))


@given(text)
def test_base64_is_the_canonical_form_in_lines_of_72(content: bytes) -> None:
    encoded = to_base64(content)
    assert base64.b64decode(encoded) == content.replace(b"\n", b"\r\n")
    assert from_base64(encoded) == content
    assert {len(line) for line in encoded.split(b"\n")[:-1]} <= {72}


@pytest.mark.parametrize(
    ("quoted", "meant"),
    [
        (b"caf=E9 =\nsoft\n", b"caf\xe9 soft\n"),
        (b"=e9\n", b"\xe9\n"),
        (b"  bad =ZZ=41\nnext\n", b"  bad next\n"),
        (b"no end", b"no end\n"),
    ],
)
def test_bad_quoted_printable_loses_the_rest_of_its_line(quoted: bytes, meant: bytes) -> None:
    assert from_quoted_printable(quoted) == meant


@pytest.mark.parametrize("encoded", [b"", b"!", b"Y", b"Y2Fm6Q", b"Y2F m6Q0K\n\n==\n", b"\xff\x00YQ=="])
def test_bad_base64_is_read_as_far_as_it_goes(encoded: bytes) -> None:
    from_base64(encoded)


@given(st.binary(max_size=6_000), st.integers(2, 2_000))
def test_broken_lines_hold_what_was_in_them(body: bytes, limit: int) -> None:
    together = broken(body, limit)
    if b"!\n " not in body:
        assert together.replace(b"!\n ", b"") == body


def test_a_line_of_ten_million_is_broken_too() -> None:
    together = broken(b"y" * 10_000_000 + b"\n", 990)
    assert together.count(b"y") == 10_000_000
    assert max(map(len, together.split(b"\n"))) < 2 * 990
