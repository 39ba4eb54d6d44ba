"""Letters in the order in which they were sent and in which they are read."""

import pytest

from simlib import World
from simlib.lab.charts import reading_order
from simlib.lab.pictures.reading import BEHIND, IN_ORDER, MOST, reading


def morning(order="priority", letters=8):
    """A letter each half hour for a host without power, and a queue run after each; then the power is back."""
    world = World(seed=4)
    cf = f"O DeliveryMode=queueonly\nO QueueSortOrder={order}"
    mail = world.sendmail("relay.city.example", cf=cf)
    reader = world.sendmail("mail.reader.example", domain="reader.example")
    world.outage(reader, "1s", letters * 1_800)
    for n in range(letters):
        mail.submit("taro@relay.city.example", "hana@reader.example", at=60 + n * 1_800)
    mail.queue_run(every="30m", at="5m")
    return world.run(until=(letters + 4) * 1_800)


def values(drawing):
    return {name: number.value for name, number in drawing.numbers.items()}


def order_read(drawing):
    return [int(cell.text) for cell in drawing.part.tapes[1].cells]


def late_in(trace):
    """Which letters have a younger one before them in the mailbox, each looked at beside each."""
    sent = dict(zip(trace.messages["message"], trace.messages["submitted"], strict=True))
    times = [sent[one] for one in trace.deliveries["message"]]
    return [any(before > time for before in times[:n]) for n, time in enumerate(times)]


@pytest.mark.parametrize("order", ["priority", "time"])
def test_a_letter_is_marked_where_a_younger_one_lies_before_it(order) -> None:
    trace = morning(order)
    drawing = reading(trace)
    late = late_in(trace)
    assert [cell.kind == BEHIND for cell in drawing.part.tapes[1].cells] == late
    assert [link.kind == BEHIND for link in drawing.part.links] == late
    assert values(drawing)["after a younger one"] == sum(late)


def test_priority_turns_the_order_round_and_time_does_not() -> None:
    assert order_read(reading(morning("priority"))) == [8, 7, 6, 5, 4, 3, 2, 1]
    assert order_read(reading(morning("time"))) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert {link.kind for link in reading(morning("time")).part.links} == {IN_ORDER}


def test_each_line_goes_from_a_letter_to_the_same_letter() -> None:
    drawing = reading(morning())
    sent, read = (tape.cells for tape in drawing.part.tapes)
    ends = [(sent[one.cell].text, read[one.to_cell].text) for one in drawing.part.links]
    assert ends == [(str(n), str(n)) for n in order_read(drawing)]
    assert [one.step for one in drawing.part.links] == list(range(1, 9))


def test_it_has_the_numbers_of_the_chart() -> None:
    trace = morning()
    assert reading(trace).numbers == reading_order(trace).numbers


def test_of_many_one_of_every_few_has_room() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    for n in range(3_000):
        mail.submit("taro@here.example", "hana@here.example", at=n)
    trace = world.run(until="2h")
    drawing = reading(trace)
    assert values(drawing)["messages read"] == 3_000
    assert len(drawing.part.tapes[0].cells) <= MOST
    assert "one of every 84 letters" in drawing.title


def test_of_nothing_nothing_is_read() -> None:
    assert reading(World(seed=1).run(until="1m")).part.things() == []
