"""The charts of lessons 03 and 05, against traces that anyone can count."""

from types import SimpleNamespace

from simlib.lab.charts import bytes_on_the_wire, reading_order
from simlib.trace.table import Table


def read(chart):
    """A chart's numbers as they are read."""
    return {name: str(number) for name, number in chart.numbers.items()}


def test_bytes_on_the_wire_are_counted_apart_where_no_mail_came():
    rows = [
        (0.0, 10.0, 1, 5_000),
        (20.0, 80.0, 0, 3_000),
        (15.0, 30.0, 2, 1_000),
        (90.0, None, 0, 0),  # refused
    ]
    chart = bytes_on_the_wire(
        SimpleNamespace(connections=Table.of_rows(("opened", "closed", "messages", "bytes"), rows))
    )
    with_mail, in_vain = (series.points for series in chart.series)
    assert with_mail == ((0, 0), (10, 5), (30, 6), (80, 6))
    assert in_vain == ((0, 0), (80, 3))
    assert read(chart) == {
        "connections": "3",
        "bytes": "9,000",
        "bytes in vain": "3,000",
        "time connected": "85 s",
        "time in vain": "60 s",
    }


def test_reading_order_counts_what_comes_after_a_younger_one():
    sent = {1: 0.0, 2: 60.0, 3: 120.0, 4: 180.0, 5: 0.0}
    chart = reading_order(
        SimpleNamespace(
            messages=Table.of_rows(
                ("message", "submitted", "notice"), [(number, time, number == 5) for number, time in sent.items()]
            ),
            deliveries=Table.of_rows(("message",), [(2,), (1,), (5,), (4,), (3,)]),
        )
    )
    assert chart.series[0].points == ((1, 1), (2, 0), (3, 3), (4, 2))
    assert read(chart) == {"messages read": "4", "after a younger one": "2", "furthest behind": "60 s"}


def test_nothing_happened():
    no_connections = Table.of_rows(("opened", "closed", "messages", "bytes"), [])
    assert read(bytes_on_the_wire(SimpleNamespace(connections=no_connections)))["bytes"] == "0"
    nothing = SimpleNamespace(
        messages=Table.of_rows(("message", "submitted", "notice"), []), deliveries=Table.of_rows(("message",), [])
    )
    assert read(reading_order(nothing))["messages read"] == "0"
