"""Which line a client takes for which answer."""

import pytest

from simlib import World
from simlib.lab.pictures.replies import MISSED, MOST_SAID, SEEMS, TRUE, WRONG, replies
from simlib.smtp import Quirks


def greeted(version: str, one_line: bool = True, to: int = 2):
    """A peer that may take each line for a reply writes to our sendmail of some version."""
    world = World(seed=12)
    world.sendmail("mail.here.example", domain="here.example", version=version)
    odd = world.peer("odd.far.example", quirks=Quirks(one_line_replies=one_line))
    odd.submit("hana@far.example", *[f"taro{n}@here.example" for n in range(to)])
    return world.run(until="2h")


def values(drawing):
    return {name: number.value for name, number in drawing.numbers.items()}


def linked(drawing, *kinds):
    """What stands at both ends of each link of these kinds."""
    left, right = (tape.cells for tape in drawing.part.tapes)
    return [(left[one.cell].text, right[one.to_cell].text) for one in drawing.part.links if one.kind in kinds]


def said_on(trace, arrow):
    return [line[4:] for line in trace.dialogue(1).splitlines() if line.startswith(arrow)]


def test_each_thing_said_has_the_next_line_for_its_answer() -> None:
    trace = greeted("8.6.12")
    drawing = replies(trace)
    said = ["(connect)", *said_on(trace, ">>>")]
    assert linked(drawing, SEEMS, WRONG) == list(zip(said, said_on(trace, "<<<"), strict=False))
    assert [one for one, _ in linked(drawing, WRONG)] == ["DATA", "RSET"]
    assert values(drawing)["gives up at"] == "DATA"


def test_the_true_answer_is_one_line_later() -> None:
    trace = greeted("8.6.12")
    drawing = replies(trace)
    taken, true = dict(linked(drawing, SEEMS, WRONG)), dict(linked(drawing, MISSED))
    lines = said_on(trace, "<<<")
    assert [lines.index(true[one]) - lines.index(taken[one]) for one in true] == [1] * 5
    # so it lies straight, and what is taken aslant
    assert all(one.cell == one.to_cell for one in drawing.part.links if one.kind == MISSED)


@pytest.mark.parametrize(("version", "one_line"), [("8.7", True), ("8.6.12", False)])
def test_with_one_line_or_a_client_that_knows_several_all_answers_are_true(version, one_line) -> None:
    trace = greeted(version, one_line)
    drawing = replies(trace)
    assert {one.kind for one in drawing.part.links} == {TRUE}
    numbers = values(drawing)
    assert numbers["true answers taken"] == numbers["said by the client"] == len(said_on(trace, ">>>")) + 1
    assert (numbers["other lines taken"], numbers["gives up at"]) == (0, None)


def test_a_long_reply_that_is_understood_is_shown_in_short() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.sendmail("mx.there.example", domain="there.example")
    mail.submit("taro@here.example", "hana@there.example")
    trace = world.run(until="1m")
    drawing = replies(trace)
    lines = said_on(trace, "<<<")
    hello = [line for line in lines if line.startswith("250-")]
    assert [text for one, text in linked(drawing, TRUE) if one.startswith("EHLO")] == [hello[0], "250 HELP"]
    assert f"… {len(hello) - 1} more lines" in [cell.text for cell in drawing.part.tapes[1].cells]


def test_where_nothing_was_said_nothing_is_drawn() -> None:
    drawing = replies(World(seed=1).run(until="1m"))
    assert drawing.part.things() == []
    assert values(drawing)["said by the client"] == 0


def test_of_many_letters_the_first_are_shown_and_the_title_says_so() -> None:
    trace = greeted("8.18", to=200)
    drawing = replies(trace)
    assert values(drawing)["said by the client"] == len(said_on(trace, ">>>")) + 1
    assert len(drawing.part.tapes[0].cells) == MOST_SAID
    assert f"the first {MOST_SAID} of" in drawing.title


def test_all_is_told_with_what_was_said() -> None:
    drawing = replies(greeted("8.6.12"))
    told = next(one.told for one in drawing.part.links if one.kind == WRONG)
    assert "after DATA the client takes “250 2.1.5 <taro0@here.example>... Recipient ok” for the answer" in told
    assert "the true one is “354 End data" in told
