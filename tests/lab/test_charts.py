import json

from simlib import World, lab
from simlib.lab.chart import COLOURS, Axis, Chart, Series
from simlib.lab.numbers import Number


def read(chart):
    """A chart's numbers as they are read."""
    return {name: str(number) for name, number in chart.numbers.items()}


NO_REPLY = (0, 0, 0)


def points(chart, name):
    return {series.name: series.points for series in chart.series}[name]


def test_connections_counts_what_stands_open_to_each_server(hand_made):
    trace = hand_made(
        connections=[
            (10.0, 14.0, "mx.b.example", "accepted", 2, 1, 12),
            (11.0, 13.0, "mx.b.example", "accepted", 1, 0, 6),
            (10.0, 12.0, "mx.a.example", "accepted", 3, 2, 15),
            (12.0, 12.5, "mx.c.example", "refused", *NO_REPLY),
        ]
    )
    chart = lab.connections(trace)
    assert [series.name for series in chart.series] == ["mx.a.example", "mx.b.example"]
    assert points(chart, "mx.b.example") == ((10.0, 1), (11.0, 2), (12.0, 2), (13.0, 1), (14.0, 0))
    assert points(chart, "mx.a.example")[-1] == (14.0, 0)
    assert read(chart) == {
        "connections opened": "3",
        "most open at once": "3",
        "messages carried": "6",
        "RSET commands": "3",
        "round trips": "33",
        "connections refused": "1",
    }


def test_a_connection_that_is_never_closed_stays_open(hand_made):
    chart = lab.connections(
        hand_made(connections=[(10.0, None, "mx", "accepted", 0, 0, 1), (20.0, 30.0, "b", "accepted", 0, 0, 1)])
    )
    assert points(chart, "mx")[-1] == (30.0, 1)


def test_a_closing_and_an_opening_at_one_time_are_not_two_at_once(hand_made):
    rows = [(1.0, 2.0, "mx", "accepted", 1, 0, 3), (2.0, 3.0, "mx", "accepted", 1, 0, 3)]
    assert read(lab.connections(hand_made(connections=rows)))["most open at once"] == "1"


def test_lines_that_nobody_could_tell_apart_are_drawn_as_one(hand_made):
    rows = [(float(n), 60.0, f"mx{n:02}", "accepted", 1, 0, 3) for n in range(12)]
    chart = lab.connections(hand_made(connections=[*rows, (61.0, 62.0, "mx11", "accepted", 1, 0, 3)]))
    names = [series.name for series in chart.series]
    assert len(names) == 8
    assert "mx11" in names
    assert max(value for _, value in points(chart, "5 others")) == 5
    assert chart.numbers["most open at once"] == Number(12)


def test_attempts_add_up_by_outcome(hand_made):
    chart = lab.attempts(
        hand_made(attempts=[(5.0, "sent", 1.0, False), (6.0, "sent", 0.5, True), (7.0, "deferred", 30.0, False)])
    )
    assert points(chart, "sent") == ((5.0, 0), (5.0, 1), (6.0, 2), (7.0, 2))
    assert points(chart, "deferred") == ((5.0, 0), (7.0, 1))
    assert points(chart, "failed") == ((5.0, 0), (7.0, 0))
    assert read(chart) == {
        "attempts": "3",
        "sent": "2",
        "deferred": "1",
        "failed": "0",
        "over a cached connection": "1",
        "time spent in attempts": "31.5 s",
    }


def test_delays_are_those_of_delivered_messages_and_not_of_notices(hand_made):
    rows = [(n, False, "delivered", 0.0, 60.0 * n, 60.0 * n) for n in range(1, 21)]
    others = [
        (97, True, "delivered", 0.0, 9e5, 9e5),
        (98, False, "bounced", 0.0, 9e5, 9e5),
        (99, False, "queued", 0.0, None, None),
    ]
    chart = lab.delays(hand_made(messages=[*rows, *others]))
    assert chart.x == Axis("delay", "min")
    assert sum(count for _, count in points(chart, "messages")) == 20
    assert read(chart) == {
        "messages delivered": "20",
        "median delay": "10 min 30 s",
        "95 % within": "19 min",
        "longest delay": "20 min",
    }


def test_queue_length_leaves_out_queues_that_were_never_used(hand_made):
    queues = {"mail": [(0.0, 0), (60.0, 2), (600.0, 1)], "mx": [(0.0, 0)]}
    chart = lab.queue_length(hand_made(queues=queues))
    assert chart.x == Axis("time since the start", "min")
    assert [(series.name, series.points) for series in chart.series] == [("mail", ((0.0, 0), (1.0, 2), (10.0, 1)))]
    assert read(chart) == {"longest at mail": "2", "left in queues": "1"}


def test_an_empty_trace_gives_empty_charts(hand_made):
    for draw in (lab.connections, lab.attempts, lab.delays, lab.queue_length):
        chart = draw(hand_made())
        assert {value for series in chart.series for _, value in series.points} <= {0}
        json.dumps(chart.option(), allow_nan=False)


def test_a_chart_reads_as_its_key_numbers():
    chart = Chart("Queue", Axis("time", "s"), Axis("messages"), "steps", (), {"longest": Number(12), "left": Number(0)})
    assert repr(chart) == "Queue\n  longest  12\n  left     0"


def test_a_chart_is_titled_named_and_described():
    line = Series("mail", ((0.0, 1.0),))
    option = Chart("Queue", Axis("time", "s"), Axis("messages"), "steps", (line,), {"longest": Number(12)}).option()
    assert option["title"]["text"] == "Queue"
    assert (option["xAxis"]["name"], option["yAxis"]["name"]) == ("time (s)", "messages")
    assert option["aria"]["enabled"] and option["aria"]["decal"]["show"]
    assert option["aria"]["label"]["description"] == "Queue: messages over time (s). longest 12."
    assert option["animation"] is False


def test_bands_lie_on_one_another_and_each_still_tells_its_own_number():
    bands = (Series("a", ((0.0, 1.0), (1.0, 2.0))), Series("b", ((0.0, 3.0), (1.0, 0.0))))
    low, high = Chart("", Axis("x"), Axis("y"), "bands", bands).option()["series"]
    assert low["data"] == [(0.0, 1.0, 1.0), (1.0, 2.0, 2.0)]
    assert high["data"] == [(0.0, 4.0, 3.0), (1.0, 2.0, 0.0)]
    assert low["z"] > high["z"]  # drawn before it
    assert low["encode"]["tooltip"] == 2
    assert low["lineStyle"]["width"] > 0  # an area of no width is not painted


def test_a_dot_on_an_axis_hides_no_number_there():
    drawn = {}
    for kind in ("steps", "points"):
        series = (Series("orders", ((0.0, 5.0),)),)
        drawn[kind] = Chart("", Axis("harmed"), Axis("late"), kind, series).option()
    for axis in ("xAxis", "yAxis"):
        margins = {kind: option[axis]["axisLabel"]["margin"] for kind, option in drawn.items()}
        assert margins["points"] > drawn["points"]["series"][0]["symbolSize"] / 2 > margins["steps"] - 8


def test_a_bar_at_the_end_has_room_for_its_whole_width():
    bars = (Series("messages", ((10.5, 3.0), (11.5, 0.0), (12.5, 1.0))),)
    axis = Chart("", Axis("delay", "min"), Axis("messages"), "bars", bars).option()["xAxis"]
    assert (axis["min"], axis["max"]) == (10, 13)


def test_names_that_take_no_more_than_two_rows_are_all_shown():
    def legend(names):
        return Chart("", Axis("x"), Axis("y"), "steps", tuple(Series(name, ()) for name in names)).option()["legend"]

    assert legend(["mail"])["show"] is False
    assert legend([f"mx.site{n}.example" for n in range(5)])["type"] == "plain"
    assert legend([f"mx.site{n}.example" for n in range(9)])["type"] == "scroll"


def test_no_two_lines_look_alike():
    lines = tuple(Series(str(n), ((0.0, 1.0),)) for n in range(8))
    drawn = Chart("", Axis("x"), Axis("y"), "steps", lines).option()["series"]
    looks = {(COLOURS[n % len(COLOURS)], series["lineStyle"]["type"]) for n, series in enumerate(drawn)}
    assert len(looks) == 8


def test_fates_counts_letters_that_are_on_their_way_delivered_and_returned(hand_made):
    chart = lab.fates(
        hand_made(
            messages=[
                (1, False, "delivered", 0.0, 60.0, 60.0),
                (2, False, "bounced", 10.0, 40.0, 30.0),
                (3, False, "queued", 20.0, None, None),
                (4, True, "delivered", 40.0, 41.0, 1.0),
            ],
            until=100.0,
        )
    )
    assert points(chart, "on their way")[-1] == (100.0, 1)
    assert max(value for _, value in points(chart, "on their way")) == 3
    assert points(chart, "bounced")[-1] == (100.0, 1)
    assert read(chart) == {
        "delivered": "1",
        "bounced": "1",
        "not there at the end": "1",
        "longest delay": "60 s",
    }


def test_a_site_with_nothing_to_do_has_a_load_of_nothing():
    world = World(seed=1)
    world.sendmail("idle.example")
    chart = lab.load(world.run(until="10m"))
    assert {value for _, value in points(chart, "idle.example")} == {0.0}
    assert read(chart) == {"highest at idle.example": "0.0"}
