"""Comments in addresses, and a header without them."""

import pytest

from simlib.message.comments import addresses_only, has_comments
from simlib.message.envelope import Message
from simlib.message.header import given


@pytest.mark.parametrize(
    ("name", "value", "has"),
    [
        ("From", "taro@here.example (Taro)", True),
        ("from", "(Taro) taro@here.example", True),
        ("Resent-To", "a@b, (c) d@e", True),
        ("From", '"Taro (the boss)" <taro@here.example>', False),
        ("From", "Taro Yamada <taro@here.example>", False),
        ("Subject", "hello (again)", False),
    ],
)
def test_where_there_is_a_comment(name: str, value: str, has: bool) -> None:
    assert has_comments(given([(name, value)])) is has


def test_bare_addresses_and_the_same_body() -> None:
    headers = given([("From", "Taro (x) <taro@here.example>"), ("Subject", "hello (again)"), ("To", "undisclosed:;")])
    old = Message(1, 500, headers)
    bare = addresses_only(old)
    assert [bare.header(name) for name in ("From", "Subject", "To")] == [
        "taro@here.example",
        "hello (again)",
        "undisclosed:;",
    ]
    assert bare.text == old.text
    assert bare.size == len(bare.head) + 1 + len(bare.text)
    assert bare.number == old.number
