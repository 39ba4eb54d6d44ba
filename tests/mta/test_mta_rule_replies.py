"""$#error of a rule, as a reply and as a status (texts as the real one answers them)."""

import pytest

from simlib.message.status import Exit
from simlib.mta.policy.rule_replies import exit_of, fault, refusal

WHOM = "<hana@far.example>"


@pytest.mark.parametrize(
    ("host", "said", "reply"),
    [
        ("5.7.1", "550 Relaying denied", f"550 5.7.1 {WHOM}... Relaying denied"),
        ("5.7.1", "550 5.7.9 of its own", f"550 5.7.9 {WHOM}... of its own"),
        (None, "550 no status", f"550 5.0.0 {WHOM}... no status"),
        ("nouser", "550 by name", f"550 5.0.0 {WHOM}... by name"),
        ("5.1.1", "no code", f"553 5.3.0 {WHOM}... no code"),
        (None, "", f"553 5.3.0 {WHOM}..."),
        ("4.7.1", "450 later", f"450 4.7.1 {WHOM}... later"),
        ("4.7.1", "451 later", "451 4.7.1 later"),
        ("5.7.1", "554 out of the question", "554 5.7.1 out of the question"),
        ("4.7.0", "421 go away", "421 4.7.0 go away"),
        ("4.7.1", "550 at odds", f"550 4.7.1 {WHOM}... at odds"),
        ("5.7.1", "650 no code of SMTP", f"553 5.3.0 {WHOM}... 650 no code of SMTP"),
    ],
)
def test_the_reply_has_the_code_and_the_status_that_the_rule_gives(host: str | None, said: str, reply: str) -> None:
    assert str(refusal(host, said).reply(WHOM)) == reply


def test_only_replies_about_an_address_name_it() -> None:
    named = {code for code in range(400, 600) if WHOM in str(refusal(None, f"{code} no").reply(WHOM))}
    assert named == {450, 550, 553}
    assert str(refusal(None, "550 no").reply("")) == "550 5.0.0 no"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("nouser", Exit.NOUSER), ("NoHost", Exit.NOHOST), ("tempfail", Exit.TEMPFAIL), ("67", Exit.NOUSER),
        ("999", Exit.UNAVAILABLE), ("whatever", Exit.UNAVAILABLE), ("", Exit.UNAVAILABLE),
        ("5.1.1", Exit.NOUSER), ("5.1.2", Exit.NOHOST), ("5.7.1", Exit.DATAERR), ("5.2.2", Exit.UNAVAILABLE),
        ("4.7.1", Exit.TEMPFAIL),
    ],
)  # fmt: skip
def test_the_host_of_an_error_is_an_exit_status(host: str, status: Exit) -> None:
    assert exit_of(host) is status
    assert refusal(host, "550 no").exit is status


def test_the_log_has_the_status_only_where_the_rule_gives_one() -> None:
    assert [refusal(host, "550 no").status for host in ("5.7.1", "nouser", None)] == ["5.7.1", "", ""]


def test_rules_that_lead_nowhere_are_a_fault_of_this_host() -> None:
    assert fault("buildaddr: unknown mailer pigeon")[:2] == (554, "5.3.5")
    assert refusal(None, "buildaddr: no mailer").exit is Exit.SOFTWARE
    assert fault("Unbalanced '('")[:2] == (553, "5.0.0")
