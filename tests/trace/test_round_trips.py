"""What a client sends before it waits, round trip by round trip, and what it is answered."""

import pytest

from simlib import WorkbookError, World
from simlib.smtp import Quirks


def dialogue(offers, recipients=3):
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.peer("mx.there.example", domain="there.example", quirks=Quirks(extensions=frozenset(offers)))
    mail.submit("taro@here.example", *[f"hana{n}@there.example" for n in range(recipients)])
    return world.run(until="5m")


def test_without_pipelining_each_command_waits_for_its_answer() -> None:
    table = dialogue({"SIZE"}).round_trips(1)
    assert [one.split()[0] for one in table["the client sends"][1:]] == [
        *("EHLO", "MAIL", "RCPT", "RCPT", "RCPT", "DATA", "the", "QUIT")
    ]
    assert table["it waits for"] == ["220", "250", "250", "250", "250", "250", "354", "250", "221"]


def test_with_pipelining_recipients_and_data_go_together() -> None:
    table = dialogue({"SIZE", "PIPELINING"}).round_trips(1)
    assert ("RCPT × 3, DATA", "250 × 3, 354") in zip(table["the client sends"], table["it waits for"], strict=True)


@pytest.mark.parametrize("offers", [{"SIZE"}, {"PIPELINING"}])
def test_the_table_has_a_row_for_each_round_trip_counted(offers) -> None:
    trace = dialogue(offers)
    assert len(trace.round_trips(1)) == trace.connections["round_trips"][0]


def test_a_connection_that_there_is_not_is_told() -> None:
    with pytest.raises(WorkbookError, match="no connection 9"):
        dialogue({"SIZE"}).round_trips(9)


def test_each_answer_has_its_time_its_text_and_its_lines() -> None:
    trace = dialogue({"SIZE"})
    table = trace.answers(1)
    lines = [line[4:] for line in trace.dialogue(1).splitlines() if line.startswith("<<<")]
    assert [one for one in table["says"] if one.startswith("(")] == ["(connect)", "(the letter and its final dot)"]
    assert table["true"] == table["takes"] == ["\n".join(lines[one.first - 1 : one.last]) for one in table]
    assert table["time"][0] > trace.connections["opened"][0]
    assert table["time"] == sorted(table["time"])
    assert table["time"][-1] == trace.connections["closed"][0]
