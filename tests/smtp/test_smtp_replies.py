"""Replies: what they mean, and their form on the wire."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simlib.smtp import NoReply, Reply, ReplyError, ReplyReader, lost, timed_out

codes = st.integers(200, 599)
words = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=60)


@st.composite
def replies(draw: st.DrawFn) -> Reply:
    code = draw(codes)
    enhanced = "" if code < 400 and code >= 300 else draw(st.sampled_from(["", f"{code // 100}.1.10"]))
    return Reply(code, *draw(st.lists(words, min_size=1, max_size=4)), enhanced=enhanced)


def test_a_dialogue_shows_all_lines_with_codes() -> None:
    expanded = Reply(250, "nobody <nobody@snd.test>", "root <root@snd.test>", enhanced="2.1.5")
    assert str(expanded) == "250-2.1.5 nobody <nobody@snd.test>\n250 2.1.5 root <root@snd.test>"
    assert expanded.encode() == b"250-2.1.5 nobody <nobody@snd.test>\r\n250 2.1.5 root <root@snd.test>\r\n"


def test_the_enhanced_code_is_found_in_the_text() -> None:
    assert Reply(550, "5.1.1 <u@one.test>... User unknown") == Reply(
        550, "<u@one.test>... User unknown", enhanced="5.1.1"
    )
    assert Reply.parse("550-5.7.1 no\n550 5.7.1 never").lines == ("no", "never")


def test_a_code_of_another_class_or_form_is_only_text() -> None:
    assert Reply(250, "5.1.1 is what I said").enhanced == ""
    assert Reply(250, "2.1 is a version").enhanced == ""
    assert Reply.parse("550 5.1.1000 x").enhanced == ""


def test_5_1_10_does_not_begin_with_5_1_1() -> None:
    assert Reply(556, "5.1.1 null", "5.1.10 mx").lines == ("null", "5.1.10 mx")


@pytest.mark.parametrize(
    ("code", "kind"), [(250, "positive"), (354, "intermediate"), (451, "transient"), (554, "permanent")]
)
def test_the_first_digit_gives_the_kind(code: int, kind: str) -> None:
    kinds = ("positive", "intermediate", "transient", "permanent")
    assert [name for name in kinds if getattr(Reply(code, "x"), name)] == [kind]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (lambda: Reply(99, "x"), "three digits"),
        (lambda: Reply(250, "two\r\nlines"), "argument of its own"),
        (lambda: Reply(250, "x", enhanced="5.1.1"), "same digit"),
        (lambda: Reply.parse("hello"), "not one reply"),
        (lambda: Reply.parse("250-more to come"), "not one reply"),
        (lambda: Reply.parse("250 a\n250 b"), "not one reply"),
    ],
)
def test_what_is_no_reply_is_refused_with_the_cure(bad: object, words: str) -> None:
    with pytest.raises(ReplyError, match=words):
        bad()  # type: ignore[operator]  # the lambdas above


@given(replies())
def test_written_and_read_again_it_is_the_same(reply: Reply) -> None:
    assert ReplyReader().feed(reply.encode()) == [reply]
    assert Reply.parse(str(reply)) == reply
    assert hash(Reply.parse(str(reply))) == hash(reply)


@given(st.lists(replies(), max_size=4), st.data())
def test_pieces_of_any_size_give_the_same_replies(said: list[Reply], data: st.DataObject) -> None:
    wire = b"".join(reply.encode() for reply in said)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(wire)), max_size=6)))
    reader, heard = ReplyReader(), []
    for start, end in zip([0, *cuts], [*cuts, len(wire)], strict=True):
        heard += reader.feed(wire[start:end])
    assert heard == said


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_raise(data: bytes) -> None:
    ReplyReader().feed(data + b"\n")


def test_what_is_no_reply_is_passed_over_as_sendmail_does() -> None:
    reader = ReplyReader()
    assert reader.feed(b"hello there\r\n050 aliased to root\r\n2500 x\r\n250") == []
    assert reader.feed(b"\r\n250 really\n") == [Reply(250), Reply(250, "really")]


def test_the_last_lines_code_counts_and_the_first_lines_text_comes_first() -> None:
    assert ReplyReader().feed(b"250-fine\r\n451 not so fine\r\n") == [Reply(451, "fine", "not so fine")]


def test_an_endless_reply_does_not_fill_the_memory() -> None:
    reader = ReplyReader()
    assert reader.feed(b"250-" + b"x" * 100_000 + b"\r\n") == []
    assert reader.feed(b"250-line\r\n" * 5_000) == []
    (reply,) = reader.feed(b"250 end\r\n")
    assert len(reply.lines) <= 512
    assert len(reply.lines[0]) <= 2048


def test_a_reply_that_never_came_is_a_421_of_its_own_kind() -> None:
    assert str(lost("mx1.test")) == "421 4.4.2 Connection reset by mx1.test"
    assert str(timed_out("mx1.test")) == "421 4.4.1 Connection timed out with mx1.test"
    assert lost("a") != Reply.parse(str(lost("a")))
    assert isinstance(timed_out("a"), NoReply)
