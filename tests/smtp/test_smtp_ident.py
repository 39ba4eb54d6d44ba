import pytest
from hypothesis import given
from hypothesis import strategies as st

from simlib import WorkbookError
from simlib.smtp.ident import Query, response, user_in

QUERY = Query(1055, 25)


def test_the_query_names_both_ports_theirs_first() -> None:
    assert str(QUERY) == "1055, 25"


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=40))
def test_what_an_identd_says_is_believed(user: str) -> None:
    assert user_in(response(QUERY, user) + "\r\n") == user


@pytest.mark.parametrize(
    "line",
    [
        response(QUERY, None),
        "1055, 25 : ERROR : HIDDEN-USER",
        "1055, 25 : USERID : OTHER :x8d7a",
        "1055, 25 : USERID : UNIX :",
        "nonsense",
        "",
    ],
)
def test_an_error_or_nonsense_names_nobody(line: str) -> None:
    assert user_in(line) is None


@pytest.mark.parametrize("user", ["", "a\r\nb", "x" * 513])
def test_a_user_id_that_cannot_be_sent(user: str) -> None:
    with pytest.raises(WorkbookError, match="user="):
        response(QUERY, user)
