"""Numbers with their units, and how they read."""

import pytest

from simlib import WorkbookError
from simlib.lab.numbers import Number, estimate, text_of, texts_of


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (0, "0 s"),
        (0.08, "0.08 s"),
        (95, "95 s"),
        (179.5, "180 s"),
        (600, "10 min"),
        (625.7, "10 min 26 s"),
        (3600, "1 h"),
        (7500, "2 h 5 min"),
        (5 * 86400, "5 d"),
    ],
)
def test_a_length_of_time_is_read_in_the_unit_that_fits(span: float, text: str) -> None:
    assert text_of(Number(span, "s")) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Number(12_000), "12,000"),
        (Number(9_000, "bytes"), "9,000"),  # its name says bytes
        (Number(12.345, "%"), "12.3 %"),
        (Number(14, "load"), "14.0"),
        (Number("install, copy"), "install, copy"),
        (Number(None, "s"), "—"),
        (Number(2.5, "", 0.25), "2.5 ± 0.25"),
        (Number(2e-5, "s", 1e-6), "2e-05 ± 1e-06 s"),
    ],
)
def test_a_number_reads_as_its_value_and_unit(number: Number, text: str) -> None:
    assert str(number) == text


def test_only_a_row_with_a_margin_shares_a_unit() -> None:
    assert texts_of([Number(626, "s"), Number(7500, "s")]) == ["10 min 26 s", "2 h 5 min"]
    assert texts_of([Number(626, "s", 60), Number(7500, "s")]) == ["10.4 ± 1 min", "125 min"]


def test_runs_that_agree_need_no_margin() -> None:
    assert estimate([Number(7, "s"), Number(7, "s")]) == Number(7, "s")
    assert estimate([Number(7), Number(9)]) == Number(8, "", pytest.approx(12.71))
    assert estimate([Number(7), Number(None)]) == Number(7, runs=(1, 2))
    assert estimate([Number(None)] * 2) == Number(None)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Number(999.4), "999"),
        (Number(999.6), "1,000"),
        (Number(999.97), "1,000"),
        (Number(-999.7), "-1,000"),
        (Number(3599.7, "s"), "1 h"),
        (Number(86399.9, "s"), "1 d"),
        (Number(-3600, "s"), "-1 h"),
        (Number(float("nan"), "s"), "—"),
        (Number(float("inf")), "—"),
        (Number(10**400, "bytes"), "—"),
        (Number(3, "", float("nan")), "3"),
    ],
)
def test_numbers_at_the_edge_of_a_form(number: Number, text: str) -> None:
    assert str(number) == text


def test_what_is_no_number_does_not_count_in_a_mean() -> None:
    assert str(estimate([Number(1), Number(float("nan")), Number(1)])) == "1 (in 2 of 3 runs)"


def test_numbers_of_several_units_have_no_mean() -> None:
    with pytest.raises(WorkbookError, match="numbers of several units, 's', '%', have none in common"):
        estimate([Number(1, "s"), Number(2, "%")])
    with pytest.raises(WorkbookError, match="several units"):
        texts_of([Number(5, "s", 1), Number(5, "%", 1)])
