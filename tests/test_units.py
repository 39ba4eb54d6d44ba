import pytest
from hypothesis import given
from hypothesis import strategies as st

from simlib.units import UnitError, bits_per_second, delay, in_words, seconds


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("30m", "s", 1800),
        ("1d12h", "s", 129_600),
        ("5d", "s", 432_000),
        ("2w", "s", 1_209_600),
        ("80ms", "s", 0.08),
        ("10", "m", 600),
        ("5", "d", 432_000),
        ("now", "s", 0),
        (2.5, "s", 2.5),
        (0, "h", 0),
    ],
)
def test_a_time_is_read_as_sendmail_reads_it(text: str | float, unit: str, expected: float) -> None:
    assert seconds(text, unit) == pytest.approx(expected)


@pytest.mark.parametrize("text", ["", "soon", "5x", "-5m", "m", "5 minutes", -1, float("nan"), float("inf")])
def test_what_is_no_time_is_refused_with_an_example(text: str | float) -> None:
    with pytest.raises(UnitError, match="not a length of time"):
        seconds(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("9600bps", 9600), ("28.8kbps", 28_800), ("1.5Mbps", 1.5e6), ("1Gbps", 1e9), (300, 300)]
)
def test_a_line_speed_is_read(text: str | float, expected: float) -> None:
    assert bits_per_second(text) == pytest.approx(expected)


@pytest.mark.parametrize("text", ["fast", "0bps", "-1kbps", "10", "10 MB", 0, float("inf")])
def test_what_is_no_line_speed_is_refused(text: str | float) -> None:
    with pytest.raises(UnitError, match="not a line speed"):
        bits_per_second(text)


@given(st.integers(0, 10**7))
def test_a_delay_as_syslog_writes_it_can_be_read_back(span: int) -> None:
    days, _, clock = delay(span).rpartition("+")
    hours, minutes, rest = map(int, clock.split(":"))
    assert int(days or 0) * 86_400 + hours * 3600 + minutes * 60 + rest == span


def test_words_are_those_of_a_warning() -> None:
    assert in_words(4 * 3600) == "4 hours"
    assert in_words(5 * 86_400) == "5 days"
    assert in_words(0) == "0 seconds"
