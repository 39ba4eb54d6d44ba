"""The exit statuses say what becomes of a recipient."""

import pytest

from simlib.message.status import Exit


def test_three_statuses_queue_and_all_other_failures_bounce() -> None:
    assert [status for status in Exit if status.transient] == [Exit.OSERR, Exit.IOERR, Exit.TEMPFAIL]
    assert [status for status in Exit if status.permanent] == [
        status for status in Exit if status not in (Exit.OK, Exit.OSERR, Exit.IOERR, Exit.TEMPFAIL)
    ]


@pytest.mark.parametrize(
    ("number", "text", "enhanced"),
    [
        (0, "Sent", "2.0.0"),
        (67, "User unknown", "5.1.1"),
        (68, "Host unknown", "5.1.2"),
        (69, "Service unavailable", "5.5.0"),
        (71, "Operating system error", "4.5.0"),
        (75, "Deferred", "4.2.0"),
        (78, "Local configuration error", "5.5.0"),
    ],
)
def test_number_text_and_enhanced_code_are_sendmails(number: int, text: str, enhanced: str) -> None:
    status = Exit(number)
    assert (status.text, status.enhanced) == (text, enhanced)


def test_a_mailers_exit_code_is_the_status() -> None:
    assert Exit(75) is Exit.TEMPFAIL
    assert Exit.TEMPFAIL == 75
    assert Exit.UNAVAILABLE.message == "554 5.0.0 Service unavailable"


def test_all_of_sysexits_is_there() -> None:
    assert [int(status) for status in Exit] == [0, *range(64, 79)]
