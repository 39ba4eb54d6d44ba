import sys

import pytest

from simlib.errors import WorkbookError
from simlib.trace.table import SHOWN, Table


@pytest.fixture
def servers():
    return Table({"server": ["mx.b", "mx.a", "mx.b"], "opened": [1.5, 0.25, 1234.0]}, {"opened": "s"}, "Connections")


def test_a_column_is_a_list_by_name(servers):
    assert servers["server"] == ["mx.b", "mx.a", "mx.b"]
    assert len(servers) == 3
    with pytest.raises(WorkbookError, match="no column 'sever'; there are: server, opened"):
        servers["sever"]


def test_rows_have_their_cells_by_name(servers):
    assert [(row.server, row.opened) for row in servers] == list(servers.rows())


def test_where_takes_values_and_conditions(servers):
    assert servers.where(server="mx.b")["opened"] == [1.5, 1234.0]
    assert servers.where(lambda row: row.opened < 1)["server"] == ["mx.a"]
    assert len(servers.where(lambda row: row.opened < 1, server="mx.b")) == 0
    with pytest.raises(WorkbookError, match="no column"):
        servers.where(sever="mx.b")


def test_sorted_keeps_ties_in_their_order(servers):
    assert servers.sorted("server")["opened"] == [0.25, 1.5, 1234.0]
    assert servers.sorted("server", "opened")["opened"] == [0.25, 1.5, 1234.0]


def test_select_and_count(servers):
    assert list(servers.select("opened", "server").columns) == ["opened", "server"]
    assert servers.count("server") == {"mx.a": 1, "mx.b": 2}


def test_it_reads_as_text_with_units(servers):
    assert repr(servers).splitlines() == [
        "Connections",
        "server  opened (s)",
        "mx.b           1.5",
        "mx.a          0.25",
        "mx.b         1,234",
    ]


def test_a_long_table_says_how_much_it_leaves_out():
    table = Table({"n": list(range(SHOWN + 7))})
    assert repr(table).splitlines()[-1] == "… and 7 more rows"
    assert table._repr_html_().endswith("<p>… and 7 more rows</p>")


def test_in_html_text_stands_to_the_left_and_dollars_make_no_formula():
    html = Table({"A=": ["mail -d $u $h"], "runs": [3]})._repr_html_()
    assert "<td style='text-align:left'>mail -d <span>$</span>u <span>$</span>h</td><td>3</td>" in html
    assert "<th scope='col' style='text-align:left'>A=</th><th scope='col'>runs</th>" in html


def test_html_is_escaped(servers):
    html = Table({"text": ["<taro&mail>"]}, title="a < b")._repr_html_()
    assert "&lt;taro&amp;mail&gt;" in html
    assert "<caption>a &lt; b</caption>" in html


def test_an_empty_table_is_still_a_table():
    table = Table.of_rows(("a", "b"), [])
    assert len(table) == 0
    assert repr(table) == "a  b"
    assert list(table.columns) == ["a", "b"]


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(WorkbookError, match="different lengths"):
        Table({"a": [1], "b": []})


def test_a_table_is_a_copy_of_what_it_was_made_of():
    column = [1, 2]
    table = Table({"a": column})
    column.append(3)
    assert table["a"] == [1, 2]


def test_pandas_is_asked_for_only_when_wanted(servers, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(WorkbookError, match="pandas is not installed here"):
        servers.to_pandas()


def test_rows_that_name_their_cells_make_columns_as_they_first_come() -> None:
    table = Table.of_records(
        ({"n": n, "even": True} if n % 2 == 0 else {"n": n, "odd": True} for n in range(3)), {"n": "s"}
    )
    assert list(table.rows()) == [(0, True, None), (1, None, True), (2, True, None)]
    assert repr(table).splitlines()[0].split() == ["n", "(s)", "even", "odd"]
