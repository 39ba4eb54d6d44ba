"""``lab.table``: a scenario over its settings."""

import pytest

from simlib import Trace, WorkbookError, World, lab
from simlib.lab.numbers import Number


@lab.telling("connections opened")
def queue_run(cache_size: int = 2, sites: int = 3) -> Trace:
    """cache_size: ConnectionCacheSize"""
    world = World(seed=4)
    mail = world.sendmail("mail.here.example", cf=f"O ConnectionCacheSize={cache_size}\nO DeliveryMode=queueonly")
    for n in range(sites):
        world.sendmail(f"mx.site{n}.example", domain=f"site{n}.example")
    for n in range(12):
        mail.submit("taro@here.example", f"user@site{n % sites}.example", at=n)
    mail.queue_run(at="10m")
    return world.run(until="1h")


def rows(table):
    return [tuple(table.columns), *table.rows()]


def test_a_row_for_each_setting_with_the_telling_numbers() -> None:
    assert rows(lab.table(queue_run, cache_size=(0, 3))) == [
        ("ConnectionCacheSize", "connections opened"),
        (0, 12),
        (3, 3),
    ]


def test_several_settings_make_a_grid_and_a_single_value_has_no_column() -> None:
    seen = []

    def run(a, b, c):
        seen.append((a, b, c))
        return {"sum": a + b + c}

    assert rows(lab.table(run, a=(1, 2), b=[10, 20], c=100)) == [
        ("a", "b", "sum"), (1, 10, 111), (1, 20, 121), (2, 10, 112), (2, 20, 122)
    ]  # fmt: skip
    assert seen == [(1, 10, 100), (1, 20, 100), (2, 10, 100), (2, 20, 100)]


def test_texts_stand_for_values_as_in_a_drop_down() -> None:
    table = lab.table(lambda letter: {"words": len(letter)}, letter={"short": ["a"], "long": ["a", "b"]})
    assert rows(table) == [("letter", "words"), ("short", 1), ("long", 2)]


def test_settings_that_go_together_are_cases() -> None:
    cases = [{"cache_size": 0, "sites": 2}, {"cache_size": 2, "sites": 2}]
    assert rows(lab.table(queue_run, cases, show=["connections opened"]))[1:] == [(0, 2, 12), (2, 2, 2)]


def test_columns_come_by_name_from_charts_and_from_functions() -> None:
    def last(trace):
        return {"last after": Number(max(trace.deliveries["time"]), "s"), "hosts": len(set(trace.deliveries["host"]))}

    table = lab.table(queue_run, cache_size=(3,), show=["delivered", last, "round trips", lab.reading_order])
    assert list(table.columns) == [
        "ConnectionCacheSize", "delivered", "last after", "hosts", "round trips", "messages read",
        "after a younger one", "furthest behind",
    ]  # fmt: skip
    assert repr(table).splitlines()[0].split("  ")[2] == "last after (min)"
    assert table["last after"] == [10]


def test_telling_numbers_stand_before_the_others_that_are_shown() -> None:
    table = lab.table(queue_run, cache_size=(3,), show=["delivered", "connections opened"])
    assert list(table.columns) == ["ConnectionCacheSize", "connections opened", "delivered"]


def test_times_of_a_column_share_the_unit_of_its_heading() -> None:
    table = lab.table(lambda n: {"wait": Number(n, "s")}, n=(600, 5_400, 7_000))
    assert repr(table) == "   n  wait (min)\n 600          10\n5400          90\n7000         117"


def test_a_number_that_one_run_lacks_leaves_its_cell_empty() -> None:
    table = lab.table(lambda n: {"even": n} if n % 2 == 0 else {"odd": n}, n=(1, 2))
    assert rows(table) == [("n", "odd", "even"), (1, 1, None), (2, None, 2)]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: lab.table(queue_run, cache=(0, 3)), "queue_run has no parameter cache; .*did you mean cache_size"),
        (lambda: lab.table(queue_run, sites=()), r"sites=\(\) has no values"),
        (lambda: lab.table(queue_run, sites=(1,), show="delivered"), r"write a list, show=\['delivered'\]"),
        (lambda: lab.table(queue_run, sites=(1,), show=[len]), "has no len"),
        (lambda: lab.table(queue_run, sites=(1,), show=[repr]), "neither a chart nor a dict"),
        (lambda: lab.table(queue_run, sites=(1,), show=["RSETs"]), "no number is called 'RSETs'.*RSET commands"),
        (lambda: lab.table(lambda n: World().run("1s"), n=(1,)), "nothing to show of <lambda>"),
        (lambda: lab.table(lambda n: {"n": n}, n=(1,)), "'n' is the heading of a setting and of a cell"),
    ],
)
def test_what_makes_no_table_is_told_in_words(call, words: str) -> None:
    with pytest.raises((WorkbookError, TypeError), match=words):
        call()


@pytest.mark.parametrize("cases", [{"cache_size": 1}, [1, 2], [], "abc"])
def test_cases_that_are_no_list_of_dicts_are_refused_in_words(cases) -> None:
    with pytest.raises(WorkbookError, match="write a list of dicts, parameter → value"):
        lab.table(queue_run, cases, show=["delivered"])


def test_a_run_that_gives_no_trace_is_said_to_give_none() -> None:
    with pytest.raises(WorkbookError, match="the run returned None, not a trace; let it end with: return world.run"):
        lab.table(lambda cache_size=1: None, cache_size=(1, 2), show=["delivered"])
