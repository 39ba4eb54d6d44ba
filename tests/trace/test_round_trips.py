"""What a client sends before it waits, round trip by round trip."""

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
