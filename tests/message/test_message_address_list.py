"""The addresses of a header field: taken apart at commas, and folded."""

import pytest

from simlib.message.address_list import LONGEST_LINE, addresses, joined


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a@x, b@y", ["a@x", "b@y"]),
        (" a@x,\n        b@y ", ["a@x", "b@y"]),
        ('"Sato, T." <t@x>, u@y (one (two), three)', ['"Sato, T." <t@x>', "u@y (one (two), three)"]),
        ("<@a,@b:u@x>, v@y", ["<@a,@b:u@x>", "v@y"]),
        ('"a \\" b, c"@x, d@y', ['"a \\" b, c"@x', "d@y"]),
        ("friends: a@x, b@y;", ["friends: a@x", "b@y;"]),
        ("a@x,,, b@y,", ["a@x", "b@y"]),
        ("", []),
        ("a (open, b@y", ["a (open, b@y"]),
    ],
)
def test_commas_within_quotes_comments_and_brackets_part_nothing(text: str, found: list[str]) -> None:
    assert addresses(text) == found


@pytest.mark.parametrize("length", [LONGEST_LINE - 1, LONGEST_LINE])
def test_a_line_is_filled_up_to_its_last_column(length: int) -> None:
    second = "b" * (length - len("To: a, "))
    assert joined("To", ["a", second]) == f" a, {second}"


def test_what_does_not_fit_goes_to_the_next_line() -> None:
    long = "b" * (LONGEST_LINE + 1 - len("To: a, "))
    assert joined("To", ["a", long]) == f" a,\n        {long}"
    assert joined("To", ["a" * 200, "b"]) == f" {'a' * 200},\n        b"
    assert joined("To", ["a" * 30, "b" * 30], longest=40).count("\n") == 1
