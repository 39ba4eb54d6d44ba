"""A line as a pipe: what crosses it, what does so in vain, and what comes."""

import pytest

from simlib import World, lab
from simlib.lab.pictures.pipe import CAME, CROSSES, HANDED_IN, IN_VAIN, RETURNED, STOPPED

SIZES = (3_000_000, 50_000, 1_500_000, 400_000, 2_000)
TOO_LARGE = 4_500_000  # bytes of those that are larger than 1 MB


def day(hello="HELO", limit=1_000_000, own_limit=0, sizes=SIZES, line="64kbps", apart=600):
    """Letters over a slow line to a host that takes no large ones."""
    world = World(seed=4)
    flag = "a" if hello == "EHLO" else "2"
    mail = world.sendmail(
        "mail.here.example",
        domain="here.example",
        bandwidth=line,
        cf=f"Mesmtp, P=[IPC], F=mDFMuX{flag}, M={own_limit}, A=TCP $h",
    )
    world.sendmail("mx.there.example", domain="there.example", cf=f"O MaxMessageSize={limit}")
    for n, size in enumerate(sizes):
        mail.submit("taro@here.example", "hana@there.example", size=size, at=n * apart)
    return world.run(until="5h")


def length(drawing, kind):
    """How many bytes all that is of that kind is long."""
    return sum(one.end - one.begin for one in drawing.part.spans if one.kind == kind)


@pytest.mark.parametrize(
    ("settings", "crosses", "in_vain", "stopped"),
    [
        ({"hello": "HELO", "limit": 0}, sum(SIZES), 0, 0),
        ({"hello": "HELO"}, sum(SIZES) - TOO_LARGE, TOO_LARGE, 0),
        ({"hello": "EHLO"}, sum(SIZES) - TOO_LARGE, 0, 2),
        ({"hello": "HELO", "own_limit": 1_000_000}, sum(SIZES) - TOO_LARGE, 0, 2),
    ],
    ids=["no limit", "HELO", "EHLO", "M="],
)
def test_what_crosses_the_line_what_in_vain_and_what_not(settings, crosses, in_vain, stopped) -> None:
    trace = day(**settings)
    drawing = lab.pipe(trace)
    assert length(drawing, HANDED_IN) == sum(SIZES)
    assert (length(drawing, CROSSES), length(drawing, IN_VAIN)) == (crosses, in_vain)
    assert length(drawing, CAME) == sum(trace.messages.where(state="delivered", notice=False)["size"])
    assert length(drawing, RETURNED) == sum(trace.messages.where(state="bounced")["size"])
    assert len([one for one in drawing.part.marks if one.kind == STOPPED]) == stopped
    assert drawing.numbers["refused before"].value == stopped


def test_its_bytes_are_those_of_the_chart() -> None:
    trace = day()
    numbers = lab.pipe(trace).numbers
    assert lab.bytes_on_the_wire(trace).numbers.items() <= numbers.items()
    assert numbers["bytes in vain"].value == pytest.approx(TOO_LARGE, rel=0.001)


def test_the_speed_of_the_line_changes_the_time_and_no_length() -> None:
    slow, fast = (lab.pipe(day(line=line)) for line in ("28.8kbps", "1.5Mbps"))
    assert [one[:4] for one in slow.part.spans] == [one[:4] for one in fast.part.spans]
    assert slow.numbers["time in vain"].value > 20 * fast.numbers["time in vain"].value
    assert slow.part.lanes[1].note != fast.part.lanes[1].note


def test_one_below_the_other_stands_what_belongs_to_one_letter() -> None:
    spans = lab.pipe(day()).part.spans
    of_the_largest = [(one.lane, one.begin, one.end) for one in spans if one.told.startswith("letter 1 of 3 MB")]
    assert of_the_largest == [(lane, 0, 3_000_000) for lane in range(3)]


@pytest.mark.parametrize(("hello", "told"), [("HELO", "after its last byte"), ("EHLO", "refused at MAIL")])
def test_it_tells_at_which_door_a_letter_was_refused(hello, told) -> None:
    assert any(told in one and "letter 1 " in one for one in lab.pipe(day(hello)).part.things())


def test_without_a_connection_it_says_so() -> None:
    assert "letter 1 of 3 MB: no connection was made" in lab.pipe(day(own_limit=1_000_000)).part.things()


def test_where_nothing_was_sent_there_is_nothing() -> None:
    world = World(seed=1)
    world.sendmail("mail.here.example")
    drawing = lab.pipe(world.run(until="1h"))
    assert drawing.part.things() == []
    assert [one.note for one in drawing.part.lanes] == ["0 letters, nothing", "nothing", "nothing"]


def test_very_many_small_letters_are_drawn_together_and_nothing_is_left_out() -> None:
    trace = day(sizes=[1_000 + n for n in range(1500)] + [2_000_000], line="1.5Mbps", apart=1)
    drawing = lab.pipe(trace)
    assert len(drawing.part.spans) < 20
    assert length(drawing, HANDED_IN) == sum(trace.messages.where(notice=False)["size"])
    assert any(one.startswith("1,5") and "smaller letters" in one for one in drawing.part.things())
