"""The aliases file as ``newaliases`` reads it; the words are those of the real one."""

import pytest

from simlib import WorkbookError, World
from simlib.mta.policy.aliases import addresses, newaliases

OWN = {"mail.example": None}
REPORT = "/etc/mail/aliases: {} aliases, longest {} bytes, {} bytes total"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nocolon here", "line 1: missing colon"),
        ("empty:", "line 1: empty:... missing value for alias"),
        ("a: b\ndup: hana\ndup: taro", "line 3: dup... Warning: duplicate alias name dup"),
        ("far@one.test: hana", "line 1: far@one.test... cannot alias non-local names"),
        ("  continued", "line 1: Non-continuation line starts with space"),
        (":include:/x: hana", "line 1: :include:/x: hana... illegal alias name"),
    ],
)
def test_what_newaliases_complains_of(text: str, said: str) -> None:
    assert f"/etc/mail/aliases: {said}" in newaliases(text, OWN).report


def test_lines_are_continued_and_names_have_no_case() -> None:
    read = newaliases("# staff\nStaff: hana,\n  taro\n\tjiro\n\nLocal@mail.example: hana\n", OWN)
    assert read.targets("STAFF") == ["hana", "taro\tjiro"]  # no comma, as the real one reads it
    assert "local" in read
    assert not read.problems


def test_the_report_counts_bytes() -> None:
    assert newaliases("a: hana,\n  taro\n\tpostmaster", OWN).report == REPORT.format(1, 22, 23)
    assert newaliases("", OWN).report == REPORT.format(0, 0, 0)


def test_commas_in_quotes_part_nothing() -> None:
    assert addresses('hana, "|/bin/f a,b", :include:/x') == ["hana", '"|/bin/f a,b"', ":include:/x"]


def test_a_slip_is_an_error_and_leaves_the_aliases_as_they_were() -> None:
    mail = World().sendmail("mail.example")
    mail.aliases = "hana: taro"
    with pytest.raises(WorkbookError, match="line 1: missing colon"):
        mail.aliases = "hana taro"
    assert mail.aliases == "hana: taro"
    assert "missing colon" in mail.newaliases("hana taro")
