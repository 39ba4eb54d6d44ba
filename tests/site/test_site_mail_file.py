"""A mailbox file: its bytes are those of the last who wrote there, and it knows who was hurt."""

from hypothesis import given
from hypothesis import strategies as st

from simlib.site.mail_file import GONE, INTACT, TORN, MailFile
from simlib.trace.clock import Clock

CLOCK = Clock.starting("1998-07-01T09:00+09:00")


class Text:
    def __init__(self, text: bytes) -> None:
        self.text = text
        self.length = len(text)

    def as_bytes(self, dates: Clock) -> bytes:
        return self.text


def written(*deliveries: tuple[bytes, int]) -> MailFile:
    file = MailFile()
    for number, (text, offset) in enumerate(deliveries):
        file.deliveries.append(Text(text))
        file.write(offset, len(text), number, 0)
    return file


def test_one_behind_the_other() -> None:
    file = written((b"aaaa", 0), (b"bb", 4))
    assert file.content(CLOCK) == b"aaaabb"
    assert file.conditions() == [INTACT, INTACT]


def test_both_at_the_same_place() -> None:
    file = written((b"aaaa", 0), (b"bb", 0))
    assert file.content(CLOCK) == b"bbaa"
    assert file.conditions() == [TORN, INTACT]
    assert written((b"aa", 0), (b"bbbb", 0)).conditions()[0] == GONE


def test_a_write_tells_whom_it_hurts() -> None:
    file = written((b"aaaa", 0), (b"bbbb", 4))
    file.deliveries.append(Text(b"cc"))
    assert file.write(3, 2, 2, 0) == [0, 1]
    assert file.write(8, 2, 2, 0) == []


@given(st.lists(st.tuples(st.integers(1, 20), st.integers(0, 30)), min_size=1, max_size=8))
def test_what_is_intact_is_to_be_read_in_one_piece(places: list[tuple[int, int]]) -> None:
    deliveries = [(bytes([65 + n]) * length, offset) for n, (length, offset) in enumerate(places)]
    file = written(*deliveries)
    content = file.content(CLOCK)
    for number, (text, offset) in enumerate(deliveries):
        there = content[offset : offset + len(text)]
        expected = INTACT if there == text else TORN if text[:1] in there else GONE
        assert file.conditions()[number] == expected
