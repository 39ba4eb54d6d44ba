import pytest

from simlib.message.envelope import AddressError, Message, distinct, domain_of, parse_address
from simlib.message.precedence import precedence_class, timeout_class

STOCK = {"special-delivery": 100, "first-class": 0, "list": -30, "bulk": -60, "junk": -100}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("<Taro@Site.Example>", "Taro@site.example"),
        ("taro", "taro"),
        ("a@b@c.test", "a@b@c.test"),
        (" x@y.test ", "x@y.test"),
    ],
)
def test_an_address_keeps_its_user_part_and_lowers_its_domain(text: str, address: str) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize("text", ["", "@site.example", "taro@", "ta ro@site.example", "<>", "a<b@c.test"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(AddressError, match="not a mail address"):
        parse_address(text)


def test_the_domain_is_what_stands_behind_the_last_at() -> None:
    assert [domain_of(a) for a in ("taro@site.example", "a%b@c.test", "taro", "")] == ["site.example", "c.test", "", ""]


def test_nobody_is_addressed_twice() -> None:
    assert distinct(["b", "a", "b"]) == ["b", "a"]


def test_headers_are_found_whatever_their_case() -> None:
    message = Message(1, 100, (("Subject", "hello"), ("PRECEDENCE", "bulk")))
    assert message.header("precedence") == "bulk"
    assert message.header("Priority") is None


@pytest.mark.parametrize(
    ("header", "number"), [("list", -30), ("Bulk", -60), ("special-delivery", 100), ("normal", 0), (None, 0)]
)
def test_the_p_lines_give_a_precedence_its_number(header: str | None, number: int) -> None:
    assert precedence_class(header, STOCK) == number


def test_another_p_line_gives_another_number() -> None:
    assert precedence_class("list", {**STOCK, "list": 5}) == 5


@pytest.mark.parametrize(
    ("number", "priority", "expected"),
    [
        (-30, None, "non-urgent"),
        (0, None, "normal"),
        (100, None, "urgent"),
        (0, "urgent", "urgent"),
        (-60, "Normal", "normal"),
        (0, "non-urgent", "non-urgent"),
        (0, "whatever", "normal"),
    ],
)
def test_the_sign_of_the_precedence_chooses_the_timeouts_unless_a_priority_header_does(
    number: int, priority: str | None, expected: str
) -> None:
    assert timeout_class(number, priority) == expected
